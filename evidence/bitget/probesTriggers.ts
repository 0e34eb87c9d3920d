import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { cancelPlan, placedBy } from './probesPlans.ts'
import {
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
  create,
  createPlan,
  fall,
  member,
  openLong,
  plansOf,
  protect,
  rise,
  stopEntry,
  stopOfLong,
  usdt,
  write,
} from './words.ts'

// docs/wire/bitget.md 4.7 and 4.8, one-way mode: plans that stand alone.

const trail = createPlan({
  planType: 'track_plan',
  side: 'sell',
  orderType: 'market',
  size: '0.01',
  triggerPrice: '61000',
  triggerType: 'mark_price',
  callbackRatio: '1.5',
  reduceOnly: 'YES',
  clientOid: 'trail-1',
})

const entryRow = {
  clientOid: ['one of', 'plan-1'],
  size: isHundredth,
  triggerPrice: /^62000(\.0+)?$/,
  triggerType: ['one of', 'mark_price'],
  side: ['one of', 'buy'],
  posSide: ['one of', 'net'],
  tradeSide: ['one of', 'buy_single'],
  orderType: ['one of', 'market'],
} as const satisfies Shape

export const triggerProbes: readonly Probe[] = [
  { title: 'a plan is acknowledged', send: stopEntry, answer: receiptOf('plan-1') },
  {
    title: 'a plan that waits',
    before: [stopEntry],
    send: plansOf('normal_plan'),
    answer: entrusted(plan('normal_plan', entryRow)),
  },
  {
    title: 'a plan moved keeps its id and what is not sent',
    before: [
      stopEntry,
      write('order/modify-plan-order', { clientOid: 'plan-1', newTriggerPrice: '62500' }),
    ],
    send: plansOf('normal_plan'),
    answer: entrusted(plan('normal_plan', { ...entryRow, triggerPrice: /^62500(\.0+)?$/ })),
  },
  {
    title: 'a plan triggers',
    before: [stopEntry, rise],
    send: plansOf('normal_plan', 'history'),
    answer: entrusted(
      endedPlan('normal_plan', 'executed', { ...entryRow, executeOrderId: /^\d{19}$/ }),
    ),
  },
  {
    title: 'the order of a plan that triggered',
    before: [stopEntry, rise, plansOf('normal_plan', 'history')],
    send: (earlier) => placedBy(earlier.at(-1)),
    answer: orderDetail('filled', { side: ['one of', 'buy'], orderSource: /^plan_/ }),
  },
  {
    title: 'what a plan placed, asked for by the plan',
    before: [stopEntry, rise],
    send: ([entry]) =>
      ask('v2/mix/order/plan-sub-order', {
        ...usdt,
        planType: 'normal_plan',
        planOrderId: member(entry, 'orderId'),
      }),
    answer: success([
      'rows',
      {
        orderId: /^\d{19}$/,
        price: 'decimal or empty',
        type: 'text',
        status: ['one of', 'success'],
      },
    ]),
  },
  {
    title: 'a trailing stop that waits',
    before: [openLong, trail],
    send: plansOf('track_plan'),
    answer: entrusted(
      plan('track_plan', {
        clientOid: ['one of', 'trail-1'],
        callbackRatio: /^1\.50*$/,
        triggerPrice: /^61000(\.0+)?$/,
        side: ['one of', 'sell'],
        posSide: ['one of', 'net'],
        tradeSide: ['one of', 'reduce_sell_single'],
        orderType: ['one of', 'market'],
      }),
    ),
  },
  {
    title: 'cancel of plans: those that stand alone unless told otherwise',
    before: [openLong, stopOfLong, stopEntry],
    send: write('order/cancel-plan-order', {}),
    answer: lists(['rows', { ...receipt, clientOid: ['one of', 'plan-1'] }]),
  },
  {
    title: 'a plan that was cancelled',
    before: [stopEntry, cancelPlan('normal_plan', 'plan-1')],
    send: plansOf('normal_plan', 'history'),
    answer: entrusted(endedPlan('normal_plan', 'cancelled', entryRow)),
  },
  {
    title: 'a plan that is refused when it triggers',
    before: [
      createPlan({
        planType: 'normal_plan',
        side: 'buy',
        orderType: 'market',
        size: '200',
        triggerPrice: '62000',
        triggerType: 'mark_price',
      }),
      rise,
    ],
    send: plansOf('normal_plan', 'history'),
    answer: entrusted(endedPlan('normal_plan', 'fail_execute')),
  },
  {
    title: 'a trailing stop follows and closes',
    before: [openLong, trail, { price: ['BTCUSDT', '61500'] }, { price: ['BTCUSDT', '60000'] }],
    send: allPositions,
    answer: success(['rows']),
  },
  {
    title: 'a plan as another client sends it: a number for the trigger',
    send: createPlan({
      planType: 'normal_plan',
      side: 'buy',
      orderType: 'limit',
      size: '0.01',
      price: '62000',
      executePrice: '62000',
      triggerPrice: 62000,
      triggerType: 'mark_price',
      clientOid: 'plan-1',
    }),
    answer: receiptOf('plan-1'),
  },
  {
    title: 'a stop as another client sends it: type and force are ignored',
    before: [openLong],
    send: protect({
      planType: 'pos_loss',
      triggerPrice: '58000',
      triggerType: 'mark_price',
      holdSide: 'buy',
      orderType: 'market',
      force: 'GTC',
      clientOid: 'stop-1',
    }),
    answer: receiptOf('stop-1'),
  },
  {
    title: 'a stop and a take-profit on the entry',
    before: [
      create({
        side: 'buy',
        orderType: 'market',
        size: '0.01',
        presetStopLossPrice: '58000',
        presetStopSurplusPrice: '62000',
      }),
    ],
    send: plansOf('profit_loss'),
    answer: success({
      entrustedList: [
        'rows by',
        'planType',
        {
          pos_loss: plan('pos_loss', { triggerPrice: is58000 }),
          pos_profit: plan('pos_profit', { triggerPrice: /^62000(\.0+)?$/ }),
        },
      ],
      endId: 'digits',
    }),
  },
  {
    title: 'a stop of the whole position moved, with an empty size, moves in the position too',
    before: [
      openLong,
      protect({
        planType: 'pos_loss',
        triggerPrice: '58000',
        triggerType: 'mark_price',
        holdSide: 'buy',
        clientOid: 'stop-1',
      }),
      write('order/modify-tpsl-order', { clientOid: 'stop-1', triggerPrice: '58500', size: '' }),
    ],
    send: allPositions,
    answer: success(['rows', { ...position, stopLoss: /^58500(\.0+)?$/, stopLossId: 'digits' }]),
  },
  {
    title: 'a stop above what is left of the position closes what is left',
    before: [
      openLong,
      stopOfLong,
      create({ side: 'sell', orderType: 'market', size: '0.004', reduceOnly: 'YES' }),
      fall,
    ],
    send: allPositions,
    answer: success(['rows']),
  },
]
