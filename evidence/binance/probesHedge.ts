import type { Probe, Shape, Words } from '../../test/wire/evidence.ts'
import {
  account,
  fill,
  oldAccount,
  placedAlgo,
  placedOrder,
  position,
  queriedOrder,
  refusal,
  success,
  waitingAlgo,
} from './shapes.ts'
import { algo, ask, member, order, post, put } from './words.ts'

// docs/wire/binance.md 4.2 to 4.7: hedge mode, a position for each side.

const btc = { symbol: 'BTCUSDT' }
const isHundredth = /^0\.010*$/
const isMinusHundredth = /^-0\.010*$/

export const hedgeOn: Words = dual('true')

function dual(dualSidePosition: string): Words {
  return post('/fapi/v1/positionSide/dual', { dualSidePosition })
}

function market(side: string, positionSide: string, newClientOrderId: string): Words {
  return order({
    side,
    positionSide,
    type: 'MARKET',
    quantity: '0.01',
    newOrderRespType: 'RESULT',
    newClientOrderId,
  })
}

export const hedgedLong: Words = market('BUY', 'LONG', 'long-1')
const hedgedShort = market('SELL', 'SHORT', 'short-1')
const closeLong = market('SELL', 'LONG', 'close-1')

const restingLong = order({
  side: 'BUY',
  positionSide: 'LONG',
  type: 'LIMIT',
  quantity: '0.01',
  price: '50000',
  timeInForce: 'GTC',
  newClientOrderId: 'resting-1',
})

const stopOfShort = algo({
  side: 'BUY',
  positionSide: 'SHORT',
  type: 'STOP_MARKET',
  quantity: '0.01',
  triggerPrice: '62000',
  workingType: 'MARK_PRICE',
  clientAlgoId: 'stop-2',
})

const stopAboveShort: Words = {
  ...stopOfShort,
  form: { ...stopOfShort.form, quantity: '0.02' },
}

const askStop = ask('/fapi/v1/algoOrder', { clientAlgoId: 'stop-2' })

const stopForLong = algo({
  side: 'SELL',
  positionSide: 'LONG',
  type: 'STOP_MARKET',
  triggerPrice: '58000',
  closePosition: 'true',
})

const rise = { price: ['BTCUSDT', '62100'] } as const
const fall = { price: ['BTCUSDT', '57900'] } as const

type Members = { readonly [key: string]: Shape }

function placed(positionSide: string, status: string, reduceOnly: boolean, more: Members): Shape {
  return {
    ...placedOrder,
    positionSide: ['one of', positionSide],
    status: ['one of', status],
    reduceOnly: ['one of', reduceOnly],
    ...more,
  }
}

function placedStop(positionSide: string, more: Members): Shape {
  return { ...placedAlgo, positionSide: ['one of', positionSide], ...more }
}

const long = {
  ...position,
  positionSide: ['one of', 'LONG'],
  positionAmt: isHundredth,
  notional: /^\d/,
} as const satisfies Shape

/** Amount and notional are negative. */
const short = {
  ...position,
  positionSide: ['one of', 'SHORT'],
  positionAmt: isMinusHundredth,
  notional: /^-\d/,
} as const satisfies Shape

const accountRow = account.positions[1]
const oldAccountRow = oldAccount.positions[1]
const bySide = ask('/fapi/v3/positionRisk', btc)

export const hedgeProbes: readonly Probe[] = [
  { title: 'hedge mode: set', send: hedgeOn, answer: { ...success, msg: ['one of', 'success'] } },
  {
    title: 'hedge mode: told',
    before: [hedgeOn],
    send: ask('/fapi/v1/positionSide/dual'),
    answer: { dualSidePosition: ['one of', true] },
  },
  {
    title: 'hedge mode: told among the flags of the account',
    before: [hedgeOn],
    send: ask('/fapi/v1/accountConfig'),
    answer: {
      feeTier: 'integer',
      canTrade: 'boolean',
      canDeposit: 'boolean',
      canWithdraw: 'boolean',
      dualSidePosition: ['one of', true],
      updateTime: 'integer',
      multiAssetsMargin: ['one of', false],
      tradeGroupId: 'integer',
    },
  },
  {
    title: 'hedge mode: back in one-way mode',
    before: [hedgeOn, dual('false')],
    send: ask('/fapi/v1/positionSide/dual'),
    answer: { dualSidePosition: ['one of', false] },
  },
  {
    title: 'hedge mode: an order that opens',
    before: [hedgeOn],
    send: hedgedLong,
    answer: placed('LONG', 'FILLED', false, { side: ['one of', 'BUY'] }),
  },
  {
    title: 'hedge mode: side and position side say that it closes',
    before: [hedgeOn, hedgedLong],
    send: closeLong,
    answer: placed('LONG', 'FILLED', true, { side: ['one of', 'SELL'] }),
  },
  {
    title: 'hedge mode: the order that is asked for',
    before: [hedgeOn, hedgedLong, closeLong],
    send: ask('/fapi/v1/order', { ...btc, origClientOrderId: 'close-1' }),
    answer: {
      ...queriedOrder,
      positionSide: ['one of', 'LONG'],
      status: ['one of', 'FILLED'],
      reduceOnly: ['one of', true],
    },
  },
  {
    title: 'hedge mode: no position, no row',
    before: [hedgeOn],
    send: bySide,
    answer: ['rows'],
  },
  {
    title: 'hedge mode: a long and a short beside each other',
    before: [hedgeOn, hedgedLong, hedgedShort],
    send: bySide,
    answer: ['rows by', 'positionSide', { LONG: long, SHORT: short }],
  },
  {
    title: 'hedge mode: closing the long leaves the short',
    before: [hedgeOn, hedgedLong, hedgedShort, closeLong],
    send: bySide,
    answer: ['rows', short],
  },
  {
    title: 'hedge mode: positions in the account',
    before: [hedgeOn, hedgedLong, hedgedShort],
    send: ask('/fapi/v3/account'),
    answer: {
      ...account,
      positions: [
        'rows by',
        'positionSide',
        {
          LONG: { ...accountRow, positionSide: 'text', positionAmt: isHundredth },
          SHORT: { ...accountRow, positionSide: 'text', positionAmt: isMinusHundredth },
        },
      ],
    },
  },
  {
    title: 'hedge mode: positions in the account, second version, of both sides',
    before: [hedgeOn, hedgedLong],
    send: ask('/fapi/v2/account'),
    answer: {
      ...oldAccount,
      positions: ['at least one', { ...oldAccountRow, positionSide: ['one of', 'LONG', 'SHORT'] }],
    },
  },
  {
    title: 'hedge mode: fills',
    before: [hedgeOn, hedgedShort],
    send: ask('/fapi/v1/userTrades', btc),
    answer: [
      'at least one',
      { ...fill, positionSide: ['one of', 'SHORT'], side: ['one of', 'SELL'] },
    ],
  },
  {
    title: 'hedge mode: a stop of a short',
    before: [hedgeOn, hedgedShort],
    send: stopOfShort,
    answer: placedStop('SHORT', {
      side: ['one of', 'BUY'],
      quantity: isHundredth,
      reduceOnly: ['one of', true],
      closePosition: ['one of', false],
    }),
  },
  {
    title: 'hedge mode: it closes the short, and nothing else',
    before: [hedgeOn, hedgedLong, hedgedShort, stopOfShort, rise],
    send: bySide,
    answer: ['rows', long],
  },
  {
    title: 'hedge mode: a stop above the position is cut to it when it triggers',
    before: [hedgeOn, hedgedShort, stopAboveShort, rise, askStop],
    send: ([, , , asked]) =>
      ask('/fapi/v1/order', { ...btc, orderId: member(asked, 'actualOrderId') }),
    answer: {
      ...queriedOrder,
      positionSide: ['one of', 'SHORT'],
      status: ['one of', 'FILLED'],
      origType: ['one of', 'STOP_MARKET'],
      origQty: isHundredth,
      executedQty: isHundredth,
    },
  },
  {
    title: 'hedge mode: a stop of a flat side is refused when it triggers',
    before: [hedgeOn, stopOfShort, rise],
    send: askStop,
    answer: {
      ...waitingAlgo,
      positionSide: ['one of', 'SHORT'],
      algoStatus: ['one of', 'REJECTED'],
      triggerTime: 'integer',
    },
  },
  {
    title: 'hedge mode: a stop for a whole side',
    before: [hedgeOn, hedgedLong],
    send: stopForLong,
    answer: placedStop('LONG', { closePosition: ['one of', true], quantity: /^0(\.0+)?$/ }),
  },
  {
    title: 'hedge mode: it closes that side, and nothing else',
    before: [hedgeOn, hedgedLong, hedgedShort, stopForLong, fall],
    send: bySide,
    answer: ['rows', short],
  },
  {
    title: 'hedge mode: amended without a position side',
    before: [hedgeOn, restingLong],
    send: put('/fapi/v1/order', {
      ...btc,
      origClientOrderId: 'resting-1',
      side: 'BUY',
      quantity: '0.02',
      price: '49000',
    }),
    answer: placed('LONG', 'NEW', false, {
      pair: ['one of', 'BTCUSDT'],
      origQty: /^0\.020*$/,
      price: /^49000(\.0+)?$/,
    }),
  },
  {
    title: 'hedge mode: a batch, one item without a position side',
    before: [hedgeOn],
    send: post('/fapi/v1/batchOrders', {
      batchOrders: JSON.stringify([
        { ...btc, side: 'SELL', positionSide: 'SHORT', type: 'MARKET', quantity: '0.01' },
        { ...btc, side: 'SELL', type: 'MARKET', quantity: '0.01' },
      ]),
    }),
    answer: ['rows', placed('SHORT', 'NEW', false, {}), refusal(-4061)],
  },
  {
    title: 'hedge mode: places in the queue for deleveraging',
    before: [hedgeOn, hedgedLong, hedgedShort],
    send: ask('/fapi/v1/adlQuantile', btc),
    answer: quantiles('HEDGE'),
  },
  {
    title: 'place in the queue for deleveraging',
    before: [order({ side: 'BUY', type: 'MARKET', quantity: '0.01' })],
    send: ask('/fapi/v1/adlQuantile', btc),
    answer: quantiles('BOTH'),
  },
]

function quantiles(third: 'HEDGE' | 'BOTH'): Shape {
  const row: Shape = {
    symbol: ['one of', 'BTCUSDT'],
    adlQuantile: { LONG: 'integer', SHORT: 'integer', [third]: 'integer' },
  }
  // With a symbol an object or an array of one.
  return ['either', ['rows', row], row]
}
