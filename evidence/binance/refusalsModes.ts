import type { Probe } from '../../test/wire/evidence.ts'
import { hedgedLong, hedgeOn } from './probesHedge.ts'
import { isolatedOn } from './probesIsolated.ts'
import { refusal } from './shapes.ts'
import { algo, ask, openLong, order, post, put, restingBuy, waitingStop } from './words.ts'

// docs/wire/binance.md 4.2 to 4.7 and 6: modes, isolated margin, amending, trailing, windows of time.

const NOW = 1_763_798_400_000
const DAY = 86_400_000

const btc = { symbol: 'BTCUSDT' }
const market = { side: 'BUY', type: 'MARKET', quantity: '0.01' }
const isolate = post('/fapi/v1/marginType', { ...btc, marginType: 'ISOLATED' })

function refused(
  code: number,
  title: string,
  send: Probe['send'],
  before: Probe['before'] = [],
): Probe {
  return { title: `${code} ${title}`, send, status: 400, answer: refusal(code), before }
}

function closing(quantity: string): Probe['send'] {
  return order({ side: 'SELL', positionSide: 'LONG', type: 'MARKET', quantity })
}

function addMargin(amount: string, more: { readonly [name: string]: string } = {}): Probe['send'] {
  return post('/fapi/v1/positionMargin', { ...btc, amount, type: '1', ...more })
}

function amend(form: { readonly [name: string]: string }): Probe['send'] {
  return put('/fapi/v1/order', {
    ...btc,
    origClientOrderId: 'resting-1',
    side: 'BUY',
    quantity: '0.01',
    price: '50000',
    ...form,
  })
}

function trailing(form: { readonly [name: string]: string }): Probe['send'] {
  return algo({
    side: 'SELL',
    type: 'TRAILING_STOP_MARKET',
    quantity: '0.01',
    callbackRate: '1',
    ...form,
  })
}

const tooLong = { ...btc, startTime: String(NOW - 8 * DAY), endTime: String(NOW) }
const backwards = { ...btc, startTime: String(NOW), endTime: String(NOW - DAY) }

export const modeRefusals: readonly Probe[] = [
  refused(-4067, 'position mode with an order', hedgeOn, [restingBuy]),
  refused(-4067, 'position mode with a conditional order', hedgeOn, [waitingStop]),
  refused(-4068, 'position mode with a position', hedgeOn, [openLong]),
  refused(-4067, 'position mode with both: orders come first', hedgeOn, [openLong, restingBuy]),
  refused(-4059, 'hedge mode as it is', hedgeOn, [hedgeOn]),
  refused(-4047, 'margin type with an order', isolate, [restingBuy]),
  refused(-4047, 'margin type with a conditional order', isolate, [waitingStop]),
  refused(-4048, 'margin type with a position', isolate, [openLong]),
  refused(-4046, 'isolated as it is', isolate, [isolatedOn]),
  refused(-4061, 'no side in hedge mode', order(market), [hedgeOn]),
  refused(-4061, 'the one side in hedge mode', order({ ...market, positionSide: 'BOTH' }), [
    hedgeOn,
  ]),
  refused(
    -4061,
    'a conditional without a side in hedge mode',
    algo({ side: 'SELL', type: 'STOP_MARKET', quantity: '0.01', triggerPrice: '58000' }),
    [hedgeOn],
  ),
  refused(
    -1106,
    'reduce-only in hedge mode',
    order({ ...market, side: 'SELL', positionSide: 'LONG', reduceOnly: 'true' }),
    [hedgeOn, hedgedLong],
  ),
  refused(
    -1106,
    'reduce-only in hedge mode, even false',
    order({ ...market, positionSide: 'LONG', reduceOnly: 'false' }),
    [hedgeOn],
  ),
  refused(-2022, 'a close of a flat side', closing('0.01'), [hedgeOn]),
  refused(-2022, 'a close above the side, which is not cut', closing('0.02'), [
    hedgeOn,
    hedgedLong,
  ]),
  refused(
    -1106,
    'a stop for a whole side that would open it',
    algo({
      side: 'BUY',
      positionSide: 'LONG',
      type: 'STOP_MARKET',
      triggerPrice: '62000',
      closePosition: 'true',
    }),
    [hedgeOn, hedgedLong],
  ),
  refused(-4049, 'margin of a cross position', addMargin('10'), [openLong]),
  refused(-4054, 'margin of no position', addMargin('10'), [isolatedOn]),
  refused(-4055, 'no margin', addMargin('0'), [isolatedOn, openLong]),
  refused(-4050, 'more margin than is free', addMargin('10000000'), [isolatedOn, openLong]),
  refused(-4051, 'margin the position needs', addMargin('29.9', { type: '2' }), [
    isolatedOn,
    openLong,
  ]),
  refused(-4061, 'margin of a side of the other mode', addMargin('10', { positionSide: 'LONG' }), [
    isolatedOn,
    openLong,
  ]),
  refused(-1111, 'margin of nine decimals', addMargin('1.000000001'), [isolatedOn, openLong]),
  {
    ...refused(-1130, 'margin neither added nor taken', addMargin('1', { type: '3' }), [
      isolatedOn,
      openLong,
    ]),
    notUnderstood: ['type'],
  },
  refused(
    -4161,
    'leverage lowered under an isolated position',
    post('/fapi/v1/leverage', { ...btc, leverage: '10' }),
    [isolatedOn, openLong],
  ),
  refused(-5027, 'amend without a change', amend({}), [restingBuy]),
  refused(-2013, 'amend of an unknown order', amend({ price: '49000' })),
  refused(-2013, 'amend of a conditional order', amend({ origClientOrderId: 'stop-1' }), [
    waitingStop,
  ]),
  refused(-2013, 'amend of an order that has ended', amend({ origClientOrderId: 'entry-1' }), [
    openLong,
  ]),
  refused(-1130, 'amend with another side', amend({ side: 'SELL' }), [restingBuy]),
  refused(-5047, 'amend that asserts it reduces', amend({ price: '49000', reduceOnly: 'true' }), [
    restingBuy,
  ]),
  refused(-2021, 'trailing with a trigger price', trailing({ triggerPrice: '58000' })),
  refused(
    -2021,
    'trailing from a price the market has passed',
    trailing({ activatePrice: '59000' }),
  ),
  refused(-1130, 'trailing by more than 20 %', trailing({ callbackRate: '20.1' })),
  refused(-1130, 'trailing by less than 0.1 %', trailing({ callbackRate: '0.09' })),
  refused(-4165, 'orders of more than a week', ask('/fapi/v1/allOrders', tooLong)),
  refused(-4165, 'conditionals of more than a week', ask('/fapi/v1/allAlgoOrders', tooLong)),
  refused(-4165, 'fills of more than a week', ask('/fapi/v1/userTrades', tooLong)),
  refused(-1023, 'orders from the end to the start', ask('/fapi/v1/allOrders', backwards)),
  refused(
    -1128,
    'fills by id and by time',
    ask('/fapi/v1/userTrades', { ...btc, fromId: '1', startTime: String(NOW - DAY) }),
  ),
  refused(-4082, 'a batch of nothing', post('/fapi/v1/batchOrders', { batchOrders: '[]' })),
]
