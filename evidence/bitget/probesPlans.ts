import type { Probe, Shape } from '../../test/wire/evidence.ts'
import {
  emptyEntrusted,
  endedPlan,
  entrusted,
  is58000,
  isHundredth,
  lists,
  orderDetail,
  plan,
  position,
  receipt,
  receiptOf,
  success,
} from './shapes.ts'
import {
  allPositions,
  ask,
  btc,
  closeLong,
  create,
  fall,
  memberOf,
  openLong,
  openShort,
  plansOf,
  protect,
  rise,
  stopOfLong,
  write,
} from './words.ts'

// docs/wire/bitget.md 4.6 to 4.8, one-way mode.

const wholeStop = protect({
  planType: 'pos_loss',
  triggerPrice: '58000',
  triggerType: 'mark_price',
  holdSide: 'buy',
})

const take = protect({
  planType: 'profit_plan',
  triggerPrice: '62000',
  triggerType: 'fill_price',
  holdSide: 'buy',
  size: '0.004',
  clientOid: 'take-1',
})

const closes = {
  side: ['one of', 'sell'],
  posSide: ['one of', 'net'],
  tradeSide: ['one of', 'sell_single'],
} as const

const stopRow = {
  ...closes,
  clientOid: ['one of', 'stop-1'],
  size: isHundredth,
  triggerPrice: is58000,
  triggerType: ['one of', 'mark_price'],
} as const satisfies Shape

const stopped = endedPlan('loss_plan', 'executed', { ...stopRow, executeOrderId: /^\d{19}$/ })
export const cancelPlan = (planType: string, clientOid: string) =>
  write('order/cancel-plan-order', { planType, orderIdList: [{ clientOid }] })

const cancelledRow = { ...receipt, clientOid: ['one of', 'stop-1'] } as const satisfies Shape

/** What the first row of a list of plans placed. */
export function placedBy(answer: unknown) {
  const [row] = Object.values(Object(memberOf(memberOf(answer, 'data'), 'entrustedList')))
  const orderId = String(memberOf(row, 'executeOrderId'))
  return ask('v2/mix/order/detail', { ...btc, orderId })
}

export const planProbes: readonly Probe[] = [
  {
    title: 'a sized stop is acknowledged',
    before: [openLong],
    send: stopOfLong,
    answer: receiptOf('stop-1'),
  },
  { title: 'no plans: null', send: plansOf('profit_loss'), answer: emptyEntrusted },
  {
    title: 'a sized stop',
    before: [openLong, stopOfLong],
    send: plansOf('profit_loss'),
    answer: entrusted(plan('loss_plan', stopRow)),
  },
  {
    title: 'a sized stop is no plan of its own',
    before: [openLong, stopOfLong],
    send: plansOf('normal_plan'),
    answer: emptyEntrusted,
  },
  {
    title: 'a stop of a short position',
    before: [
      openShort,
      protect({
        planType: 'loss_plan',
        triggerPrice: '62000',
        triggerType: 'fill_price',
        holdSide: 'sell',
        size: '0.01',
      }),
    ],
    send: plansOf('profit_loss'),
    answer: entrusted(
      plan('loss_plan', {
        side: ['one of', 'buy'],
        posSide: ['one of', 'net'],
        tradeSide: ['one of', 'buy_single'],
        triggerType: ['one of', 'fill_price'],
      }),
    ),
  },
  {
    title: 'a stop of the whole position',
    before: [openLong, wholeStop],
    send: plansOf('profit_loss'),
    answer: entrusted(plan('pos_loss', { ...closes, size: ['one of', '0', ''] })),
  },
  {
    title: 'a stop of the whole position stands in the position',
    before: [openLong, wholeStop],
    send: allPositions,
    answer: success(['rows', { ...position, stopLoss: is58000, stopLossId: /^\d{19}$/ }]),
  },
  {
    title: 'several take-profits and a stop beside each other, newest first',
    before: [openLong, wholeStop, take],
    send: plansOf('profit_loss'),
    answer: entrusted(
      plan('profit_plan', { ...closes, clientOid: ['one of', 'take-1'], size: /^0\.0040*$/ }),
      plan('pos_loss', closes),
    ),
  },
  {
    title: 'take-profit and stop of the whole position in one request',
    before: [openLong],
    send: write('order/place-pos-tpsl', {
      holdSide: 'buy',
      stopSurplusTriggerPrice: '62000',
      stopSurplusTriggerType: 'mark_price',
      stopSurplusClientOid: 'take-1',
      stopLossTriggerPrice: '58000',
      stopLossTriggerType: 'mark_price',
      stopLossClientOid: 'stop-1',
    }),
    answer: success([
      'rows',
      {
        orderId: /^\d{19}$/,
        stopSurplusClientOid: ['one of', 'take-1'],
        stopLossClientOid: ['one of', ''],
      },
      {
        orderId: /^\d{19}$/,
        stopSurplusClientOid: ['one of', ''],
        stopLossClientOid: ['one of', 'stop-1'],
      },
    ]),
  },
  {
    title: 'a stop moved keeps its id',
    before: [openLong, stopOfLong],
    send: write('order/modify-tpsl-order', {
      clientOid: 'stop-1',
      triggerPrice: '58500',
      triggerType: 'mark_price',
      size: '0.01',
    }),
    answer: receiptOf('stop-1'),
  },
  {
    title: 'a stop that was moved; what is not sent is kept',
    before: [
      openLong,
      stopOfLong,
      write('order/modify-tpsl-order', { clientOid: 'stop-1', triggerPrice: '58500' }),
    ],
    send: plansOf('profit_loss'),
    answer: entrusted(plan('loss_plan', { ...stopRow, triggerPrice: /^58500(\.0+)?$/ })),
  },
  {
    title: 'a stop triggers',
    before: [openLong, stopOfLong, fall],
    send: plansOf('profit_loss', 'history'),
    answer: entrusted(stopped),
  },
  {
    title: 'the order of a stop that triggered',
    before: [openLong, stopOfLong, fall, plansOf('profit_loss', 'history')],
    send: (earlier) => placedBy(earlier.at(-1)),
    answer: orderDetail('filled', {
      clientOid: 'digits',
      side: ['one of', 'sell'],
      orderType: ['one of', 'market'],
      orderSource: ['one of', 'loss_market'],
      baseVolume: isHundredth,
    }),
  },
  {
    title: 'a stop goes with its position',
    before: [openLong, stopOfLong, closeLong],
    send: plansOf('profit_loss', 'history'),
    answer: entrusted(endedPlan('loss_plan', 'cancelled', { clientOid: ['one of', 'stop-1'] })),
  },
  {
    title: 'a stop cancelled by its own kind',
    before: [openLong, stopOfLong],
    send: cancelPlan('loss_plan', 'stop-1'),
    answer: lists(['rows', cancelledRow]),
  },
  {
    title: 'a stop is not found among another kind',
    before: [openLong, stopOfLong],
    send: cancelPlan('profit_plan', 'stop-1'),
    answer: lists(
      ['rows'],
      [
        'rows',
        {
          orderId: ['optional', ['either', 'text or empty', 'null']],
          clientOid: ['one of', 'stop-1'],
          errorMsg: ['one of', 'notExistend'],
          errorCode: ['optional', 'text or empty'],
        },
      ],
    ),
  },
  {
    title: 'a stop on the entry becomes one of the whole position',
    before: [
      create({
        side: 'buy',
        orderType: 'market',
        size: '0.01',
        presetStopLossPrice: '58000',
        clientOid: 'entry-1',
      }),
    ],
    send: plansOf('profit_loss'),
    answer: entrusted(
      plan('pos_loss', { ...closes, triggerPrice: is58000, triggerType: ['one of', 'fill_price'] }),
    ),
  },
  {
    title: 'a trailing stop of the position',
    before: [
      openLong,
      protect({
        planType: 'moving_plan',
        triggerPrice: '61000',
        triggerType: 'mark_price',
        holdSide: 'buy',
        size: '0.01',
        rangeRate: '1',
      }),
    ],
    send: plansOf('profit_loss'),
    answer: entrusted(plan('moving_plan', closes)),
  },
  {
    title: 'the order of a stop of the whole position',
    before: [openLong, wholeStop, fall, plansOf('profit_loss', 'history')],
    send: (earlier) => placedBy(earlier.at(-1)),
    answer: orderDetail('filled', {
      orderSource: ['one of', 'pos_loss_market'],
      baseVolume: isHundredth,
    }),
  },
  {
    title: 'a take-profit triggers and leaves the rest of the position',
    before: [openLong, take, rise],
    send: allPositions,
    answer: success(['rows', { ...position, total: /^0\.0060*$/ }]),
  },
  {
    title: 'cancel of all that protects',
    before: [openLong, wholeStop, take],
    send: write('order/cancel-plan-order', { planType: 'profit_loss' }),
    answer: lists(['rows', receipt, receipt]),
  },
]
