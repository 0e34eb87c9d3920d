import type { Probe, Shape, Words } from '../../test/wire/evidence.ts'
import { hedgedLong, hedgeOn } from './probesHedge.ts'
import { isolatedOn } from './probesIsolated.ts'
import { refusal } from './shapes.ts'
import { ask, btc, create, look, openLong, post, restingBuy } from './words.ts'

// docs/wire/bybit.md 4.1 to 4.3 and the table of texts in 6: modes, isolated margin, windows of time.

const NOW = 1_763_798_400_000
const DAY = 86_400_000

function refused(
  code: number,
  retMsg: string,
  title: string,
  send: Probe['send'],
  more: Partial<Probe> = {},
): Probe {
  const text: Shape = ['one of', retMsg]
  return { title: `${code} ${title}`, send, answer: refusal(code, text), ...more }
}

function marginMode(setMarginMode: string): Words {
  return post('/v5/account/set-margin-mode', { setMarginMode })
}

function addMargin(margin: string): Words {
  return post('/v5/position/add-margin', { ...btc, margin, positionIdx: 0 })
}

const switchToHedge = post('/v5/position/switch-mode', { ...btc, mode: 3 })
const market = { side: 'Buy', orderType: 'Market', qty: '0.01' } as const

/** The only refusal with a result, and without the rest of the envelope. */
const marginModeRefused: Shape = {
  retCode: ['one of', 3400045],
  retMsg: ['one of', 'Set margin mode failed'],
  result: {
    reasons: [
      'rows',
      { reasonCode: ['one of', '110073'], reasonMsg: ['one of', 'Set margin mode failed'] },
    ],
  },
}

const week = { startTime: String(NOW - 8 * DAY), endTime: String(NOW) }
const tooLong = 'params error: the time range should not exceed 7 days'

export const modeRefusals: readonly Probe[] = [
  refused(
    110024,
    'You have an existing position, so the position mode cannot be switched.',
    'position mode of a symbol with a position',
    switchToHedge,
    { before: [openLong] },
  ),
  refused(
    110028,
    'You have existing open orders, so the position mode cannot be switched.',
    'position mode of a symbol with an order',
    switchToHedge,
    { before: [restingBuy] },
  ),
  refused(
    10001,
    'params error: coin invalid',
    'position mode of another coin',
    post('/v5/position/switch-mode', { category: 'linear', coin: 'BTC', mode: 3 }),
    { notUnderstood: ['coin'] },
  ),
  refused(
    10001,
    'position idx not match position mode',
    'an order of no slot in hedge mode',
    create({ ...market, positionIdx: 0 }),
    { before: [hedgeOn] },
  ),
  refused(
    10001,
    'position idx not match position mode',
    'protection of no slot in hedge mode',
    post('/v5/position/trading-stop', {
      ...btc,
      tpslMode: 'Full',
      positionIdx: 0,
      stopLoss: '58000',
    }),
    { before: [hedgeOn, hedgedLong] },
  ),
  refused(
    10001,
    'position idx not match position mode',
    'protection of a slot in one-way mode',
    post('/v5/position/trading-stop', {
      ...btc,
      tpslMode: 'Full',
      positionIdx: 1,
      stopLoss: '58000',
    }),
    { before: [openLong] },
  ),
  refused(
    110017,
    'current position is zero, cannot fix reduce-only order qty',
    'a close of a flat slot',
    create({ ...market, side: 'Sell', positionIdx: 1, reduceOnly: true }),
    { before: [hedgeOn] },
  ),
  refused(
    110017,
    'current position is zero, cannot fix reduce-only order qty',
    'a close of a flat slot that does not say so',
    create({ ...market, side: 'Sell', positionIdx: 1 }),
    { before: [hedgeOn] },
  ),
  refused(
    10001,
    'leverage invalid',
    'two leverages in one-way mode',
    post('/v5/position/set-leverage', { ...btc, buyLeverage: '7', sellLeverage: '8' }),
  ),
  refused(
    10001,
    'leverage invalid',
    'two leverages in cross margin',
    post('/v5/position/set-leverage', { ...btc, buyLeverage: '7', sellLeverage: '8' }),
    { before: [hedgeOn] },
  ),
  refused(
    3400045,
    'Set margin mode failed',
    'margin mode with a position',
    marginMode('ISOLATED_MARGIN'),
    { before: [openLong], answer: marginModeRefused },
  ),
  refused(
    3400045,
    'Set margin mode failed',
    'margin mode with an order',
    marginMode('ISOLATED_MARGIN'),
    { before: [restingBuy], answer: marginModeRefused },
  ),
  refused(3400045, 'Set margin mode failed', 'portfolio margin', marginMode('PORTFOLIO_MARGIN'), {
    answer: marginModeRefused,
  }),
  refused(
    110015,
    'The position is in cross margin mode.',
    'margin of a cross position added by itself',
    post('/v5/position/set-auto-add-margin', { ...btc, autoAddMargin: 1, positionIdx: 0 }),
  ),
  refused(
    110033,
    "You can't set margin without an open position",
    'margin added to nothing',
    addMargin('10'),
    { before: [isolatedOn] },
  ),
  refused(110027, 'Margin is not modified', 'no margin added', addMargin('0'), {
    before: [isolatedOn, openLong],
  }),
  refused(
    110044,
    'Available margin is insufficient',
    'more margin added than is free',
    addMargin('10000000'),
    { before: [isolatedOn, openLong] },
  ),
  refused(
    110011,
    'Liquidation will be triggered immediately by this adjustment',
    'margin taken back that the position needs',
    addMargin('-59.9'),
    { before: [isolatedOn, openLong] },
  ),
  refused(10001, 'params error: margin invalid', 'margin of five decimals', addMargin('1.00001'), {
    before: [isolatedOn, openLong],
  }),
  refused(
    10001,
    tooLong,
    'orders of more than a week',
    ask('/v5/order/history', { ...btc, ...week }),
  ),
  refused(
    10001,
    tooLong,
    'fills of more than a week',
    ask('/v5/execution/list', { ...btc, ...week }),
  ),
  refused(
    10001,
    'params error: endTime invalid',
    'funding rates from a time on',
    look('/v5/market/funding/history', { ...btc, startTime: String(NOW - DAY) }),
  ),
  refused(
    10001,
    'Request parameter error.',
    'a batch of twenty-one',
    post('/v5/order/create-batch', {
      category: 'linear',
      request: Array.from({ length: 21 }, () => ({ ...market, symbol: 'BTCUSDT', positionIdx: 0 })),
    }),
  ),
  refused(
    10001,
    'Request parameter error.',
    'a batch of nothing',
    post('/v5/order/create-batch', { category: 'linear', request: [] }),
  ),
]
