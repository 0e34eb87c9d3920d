import { expect, test } from 'vitest'
import { okx } from './index.ts'

test('default: play money is told by a header', () => {
  expect(okx.liveOrigin).toBe('https://www.okx.com')
  expect(okx.testnetOrigin).toBe('https://www.okx.com')
  expect(okx.testnetHeaders).toEqual({ 'x-simulated-trading': '1' })
  expect(okx.capabilities.testnet).toBe(true)
})

test('default: what the actions decide by', () => {
  expect(okx).toMatchObject({
    name: 'OKX',
    needsPassphrase: true,
    maxKlinesPerRequest: 300,
    visibilityDelayMs: 3_000,
    capabilities: {
      triggerSources: ['MARK', 'LAST', 'INDEX'],
      timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
      orderAnswer: 'receipt',
      clientOrderIdUnique: 'whileOpen',
      positionModes: ['ONE_WAY', 'HEDGE'],
      marginModes: ['CROSS', 'ISOLATED'],
      marginModeScope: 'order',
      amend: { plain: ['quantity', 'price'], conditional: ['quantity', 'stopPrice'] },
      batch: { maxOrders: 20, oneSymbol: false },
      trailing: { minCallbackRate: '0.001', maxCallbackRate: '1', callbackRateStep: '0.0001' },
      cancelAllAfter: {
        scope: 'account',
        minMs: 10_000,
        maxMs: 120_000,
        stepMs: 1_000,
        includesConditional: false,
      },
      unsupported: {},
    },
    namesMarginMode: true,
  })
})

test('default: the margin mode is said with each order, and not set', () => {
  const operations = okx.createOperations()
  expect(operations).not.toHaveProperty('setMarginMode')
  expect(Object.keys(okx.capabilities.emulated)).toEqual(['setMarginMode', 'getMarginMode'])
})

test('default: the intervals are those with a token', () => {
  expect(okx.capabilities.klineIntervals.join(' ')).toBe(
    '1m 3m 5m 15m 30m 1h 2h 4h 6h 12h 1d 3d 1w 1M',
  )
})

test.each(['a', 'lab0000000000001', 'A9'.padEnd(32, 'x')])(
  'args: %s is a client order id',
  (id) => {
    expect(okx.clientOrderIdPattern.test(id)).toBe(true)
  },
)

test.each(['', 'x'.repeat(33), 'a b', 'a-b', 'a_b', 'ä', 'a\n'])('error: %j is none', (id) => {
  expect(okx.clientOrderIdPattern.test(id)).toBe(false)
})

// docs/wire/okx.md 3, 4 and 7
test('default: what each budget allows in two seconds', () => {
  const windows = okx.limits.filter(({ windowMs }) => windowMs !== 2_000)
  expect(windows).toEqual([
    { name: 'POST trade/cancel-all-after', limit: 1, windowMs: 1_000, scope: 'key' },
  ])
  const allowed = okx.limits.map(({ name, limit, scope }) => `${name}: ${limit} per ${scope}`)
  expect(allowed).toEqual([
    'GET public/time: 10 per address',
    'GET public/instruments: 20 per address',
    'GET public/mark-price: 10 per address',
    'GET market/ticker: 20 per address',
    'GET market/index-tickers: 20 per address',
    'GET market/books: 40 per address',
    'GET market/books-full: 10 per address',
    'GET market/trades: 100 per address',
    'GET market/candles: 40 per address',
    'GET market/history-candles: 20 per address',
    'GET public/funding-rate: 10 per address',
    'GET public/funding-rate-history: 10 per address',
    'GET public/open-interest: 20 per address',
    'GET account/config: 5 per key',
    'GET account/balance: 10 per key',
    'GET account/positions: 10 per key',
    'GET account/leverage-info: 20 per key',
    'POST account/set-leverage: 20 per key',
    'POST account/set-position-mode: 5 per key',
    'GET account/trade-fee: 5 per key',
    'new orders: 1000 per key',
    'POST trade/order: 60 per symbol',
    'POST trade/batch-orders: 300 per symbol',
    'POST trade/amend-order: 60 per symbol',
    'GET trade/order: 60 per key',
    'GET trade/orders-pending: 60 per key',
    'GET trade/orders-history: 40 per key',
    'GET trade/orders-history-archive: 20 per key',
    'GET trade/fills: 60 per key',
    'GET trade/fills-history: 10 per key',
    'POST trade/cancel-order: 60 per symbol',
    'POST trade/cancel-batch-orders: 300 per symbol',
    'POST trade/order-algo: 20 per symbol',
    'GET trade/order-algo: 20 per key',
    'GET trade/orders-algo-pending: 20 per key',
    'GET trade/orders-algo-history: 20 per key',
    'POST trade/amend-algos: 20 per symbol',
    'POST trade/cancel-algos: 20 per key',
    'POST trade/cancel-all-after: 1 per key',
  ])
})
