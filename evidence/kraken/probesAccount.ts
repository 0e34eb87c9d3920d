import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { is, iso, success, uuid } from './shapes.ts'
import { pageOf } from './shapesHistory.ts'
import { accounts, flex, instrument, position } from './shapesMarket.ts'
import { API, ask, btc, openLong, post, put, restingBuy, send } from './words.ts'

// docs/wire/kraken.md 4.2 to 4.4, 4.9 and 4.10.

const positions = ask(`${API}/openpositions`)
const leverages = ask(`${API}/leveragepreferences`)
const isolate = put('/leveragepreferences', { ...btc, maxLeverage: '5' })

function listed(...rows: readonly Shape[]): Shape {
  return success({ openPositions: ['rows', ...rows] })
}

function preferred(...rows: readonly Shape[]): Shape {
  return success({ leveragePreferences: ['rows', ...rows] })
}

const long: Shape = {
  ...position,
  side: is('long'),
  size: is(0.01),
}

export const accountProbes: readonly Probe[] = [
  {
    title: 'wallet, nothing open',
    send: ask(`${API}/accounts`),
    answer: accounts({
      ...flex,
      initialMargin: is(0),
      initialMarginWithOrders: is(0),
      maintenanceMargin: is(0),
      pnl: is(0),
      totalUnrealized: is(0),
      totalUnrealizedAsMargin: is(0),
    }),
  },
  {
    title: 'wallet, a resting order',
    before: [restingBuy],
    send: ask(`${API}/accounts`),
    answer: accounts({ ...flex, initialMargin: is(0), initialMarginWithOrders: is(5.95, 6) }),
  },
  {
    title: 'wallet, a position: margin at the mark',
    before: [openLong, { price: ['BTCUSDT', '61000'] }],
    send: ask(`${API}/accounts`),
    answer: accounts({
      ...flex,
      initialMargin: is(6.1),
      initialMarginWithOrders: is(6.1),
      maintenanceMargin: is(3.05),
    }),
  },
  {
    title: 'wallet, an isolated position: what is put aside is not available',
    before: [openLong, isolate],
    send: ask(`${API}/accounts`),
    answer: accounts({ ...flex, initialMargin: is(120), initialMarginWithOrders: is(120) }),
  },
  { title: 'no positions', send: positions, answer: listed() },
  {
    title: 'a long position, cross margin',
    before: [openLong],
    send: positions,
    answer: listed(long),
  },
  {
    title: 'a short position has a positive size',
    before: [send({ orderType: 'mkt', side: 'sell', size: '0.02' })],
    send: positions,
    answer: listed({ ...position, side: is('short'), size: is(0.02) }),
  },
  {
    title: 'positions are netted',
    before: [openLong, send({ orderType: 'mkt', side: 'sell', size: '0.03' })],
    send: positions,
    answer: listed({ ...position, side: is('short'), size: is(0.02) }),
  },
  {
    title: 'a position that was closed is not listed',
    before: [openLong, send({ orderType: 'mkt', side: 'sell', size: '0.01', reduceOnly: 'true' })],
    send: positions,
    answer: listed(),
  },
  {
    title: 'an isolated position tells its leverage',
    before: [isolate, openLong],
    send: positions,
    answer: listed({ ...position, side: is('long'), size: is(0.01), maxFixedLeverage: is(5) }),
  },
  {
    title: 'a preference set under an open position isolates it',
    before: [openLong, isolate],
    send: positions,
    answer: listed({ ...position, side: is('long'), size: is(0.01), maxFixedLeverage: is(5) }),
  },
  {
    title: 'a preference taken back makes it cross again',
    before: [isolate, openLong, put('/leveragepreferences', btc)],
    send: positions,
    answer: listed(long),
  },
  { title: 'no leverage preference', send: leverages, answer: preferred() },
  { title: 'leverage set', send: isolate, answer: success() },
  {
    title: 'the same leverage again, a success',
    before: [isolate],
    send: isolate,
    answer: success(),
  },
  {
    title: 'leverage that was set',
    before: [isolate],
    send: leverages,
    answer: preferred({ symbol: is('PF_XBTUSD'), maxLeverage: is(5) }),
  },
  {
    title: 'a fraction of leverage, and a symbol that is ignored',
    before: [isolate, put('/leveragepreferences', { symbol: 'PF_ETHUSD', maxLeverage: '2.5' })],
    send: ask(`${API}/leveragepreferences`, { symbol: 'PF_SOLUSD' }),
    answer: success({
      leveragePreferences: [
        'rows by',
        'symbol',
        {
          PF_XBTUSD: { symbol: 'text', maxLeverage: is(5) },
          PF_ETHUSD: { symbol: 'text', maxLeverage: is(2.5) },
        },
      ],
    }),
  },
  {
    title: 'back to cross margin, whatever it was',
    send: put('/leveragepreferences', btc),
    answer: success(),
  },
  {
    title: 'cross markets are not listed',
    before: [isolate, put('/leveragepreferences', btc)],
    send: leverages,
    answer: preferred(),
  },
  {
    title: 'currencies of profit and loss',
    send: ask(`${API}/pnlpreferences`),
    answer: success({
      preferences: ['array of', { symbol: 'text', pnlCurrency: is('USD') }],
    }),
  },
  {
    title: 'profit and loss in USD',
    send: put('/pnlpreferences', { ...btc, pnlPreference: 'USD' }),
    answer: success(),
  },
  {
    title: 'self-trade strategy',
    send: ask(`${API}/self-trade-strategy`),
    answer: success({ strategy: is('REJECT_TAKER') }),
  },
  {
    title: 'self-trade strategy as it is',
    send: { ...put('/self-trade-strategy', { strategy: 'REJECT_TAKER' }) },
    answer: success({ strategy: ['optional', is('REJECT_TAKER')] }),
  },
  {
    title: 'what the account may trade',
    send: ask(`${API}/trading/instruments`),
    answer: success({ instruments: ['at least one', { ...instrument, restricted: is(false) }] }),
  },
  {
    title: 'volume of 30 days by fee table',
    send: ask(`${API}/feeschedules/volumes`),
    answer: success({ volumesByFeeSchedule: 'anything' }),
  },
  {
    title: 'what a key may do: no envelope',
    send: ask('/api/auth/v1/api-keys/v3/check'),
    answer: {
      apiKey: 'text',
      accountUid: uuid,
      iiban: ['either', 'text', 'null'],
      createdAt: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/,
      permissions: {
        general: is('FULL_ACCESS'),
        transfer: is('NO_ACCESS', 'READ_ONLY', 'FULL_ACCESS'),
      },
      allowedCidrBlock: ['either', 'text', 'null'],
      allowedCidrBlocks: ['array of', 'text'],
    },
  },
  {
    title: 'an isolated position is liquidated for itself',
    before: [isolate, openLong, { price: ['BTCUSDT', '47000'] }],
    send: positions,
    answer: listed(),
  },
  {
    title: 'room again ten seconds after the limit',
    before: [...Array.from({ length: 20 }, () => post('/cancelallorders')), { advanceMs: 10_001 }],
    send: positions,
    answer: listed(),
  },
  {
    title: 'history: room for one more call after six seconds',
    before: [
      ...Array.from({ length: 10 }, () => ask('/api/history/v3/account-log', { count: '5001' })),
      { advanceMs: 6_001 },
    ],
    send: ask('/api/history/v3/orders'),
    answer: pageOf(['rows'], 0),
  },
  {
    title: 'a signed call with a nonce',
    send: { ...positions, signedAfterMs: 0 },
    answer: success({ openPositions: ['rows'] }),
  },
  {
    title: 'the time is told by every answer',
    send: ask(`${API}/openorders`),
    answer: { result: is('success'), openOrders: ['rows'], serverTime: iso },
  },
]
