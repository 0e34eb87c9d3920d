import { describe, expect, test } from 'vitest'
import { bitget } from './index.ts'

test('default: play money is told by a header, at the same origin', () => {
  expect(bitget.liveOrigin).toBe('https://api.bitget.com')
  expect(bitget.testnetOrigin).toBe('https://api.bitget.com')
  expect(bitget.testnetHeaders).toEqual({ paptrading: '1' })
  expect(bitget.needsPassphrase).toBe(true)
})

test('default: what the actions decide by', () => {
  expect(bitget).toMatchObject({
    name: 'BITGET',
    namesMarginMode: true,
    maxKlinesPerRequest: 1000,
    visibilityDelayMs: 2000,
    capabilities: {
      triggerSources: ['MARK', 'LAST'],
      timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
      positionModes: ['ONE_WAY', 'HEDGE'],
      marginModes: ['CROSS', 'ISOLATED'],
      marginModeScope: 'symbol',
      amend: { plain: ['quantity', 'price'], conditional: ['quantity', 'stopPrice'] },
      stopSizing: 'amend',
      attachedStop: { entries: ['MARKET', 'LIMIT'], triggerSource: 'LAST' },
      batch: { maxOrders: 20, oneSymbol: true },
      trailing: { minCallbackRate: '0.001', maxCallbackRate: '0.1', callbackRateStep: '0.0001' },
      testnet: true,
      orderAnswer: 'receipt',
      clientOrderIdUnique: 'whileOpen',
    },
  })
})

test('default: the intervals are those with a token; there is no 8h', () => {
  expect(bitget.capabilities.klineIntervals.join(' ')).toBe(
    '1m 3m 5m 15m 30m 1h 2h 4h 6h 12h 1d 3d 1w 1M',
  )
})

test.each(['a', 'tx-0001', 'A_b-9'.padEnd(32, 'x')])('args: %s is a client order id', (id) => {
  expect(bitget.clientOrderIdPattern.test(id)).toBe(true)
})

test.each(['', 'x'.repeat(33), 'a b', 'a.b', 'a:b', 'a#b', 'ä', 'a\n'])(
  'error: %j is none',
  (id) => {
    expect(bitget.clientOrderIdPattern.test(id)).toBe(false)
  },
)

test('default: every operation is there', () => {
  expect(Object.keys(bitget.createOperations()).sort()).toEqual([
    'amendOrder',
    'cancelAllOrders',
    'cancelOrder',
    'createConditionalOrder',
    'createOrder',
    'createOrders',
    'createTrailingOrder',
    'getAccountInfo',
    'getFeeRates',
    'getFills',
    'getFundingRate',
    'getFundingRateHistory',
    'getInstruments',
    'getKeyPermissions',
    'getKlines',
    'getLeverage',
    'getMarginMode',
    'getOpenInterest',
    'getOpenOrders',
    'getOrder',
    'getOrderBook',
    'getOrderHistory',
    'getPositionMode',
    'getPositions',
    'getServerTime',
    'getTicker',
    'getTrades',
    'setLeverage',
    'setMarginMode',
    'setPositionMode',
  ])
})

test('default: what is left out says why', () => {
  const { unsupported, cancelAllAfter } = bitget.capabilities
  expect(Object.keys(unsupported)).toEqual(['setCancelAllAfter'])
  expect(cancelAllAfter).toBeUndefined()
})

describe('limits', () => {
  const allowed = new Map(bitget.limits.map((limit) => [limit.name, limit]))

  test.each([
    ['address', 6000, 60_000, 'address'],
    ['v2/public/time', 20, 1000, 'address'],
    ['v2/mix/market/candles', 20, 1000, 'address'],
    ['v2/mix/market/history-candles', 20, 1000, 'address'],
    ['v2/mix/market/fills', 20, 1000, 'address'],
    ['v2/mix/market/fills-history', 10, 1000, 'address'],
    ['v2/mix/market/history-fund-rate', 20, 1000, 'address'],
    ['v2/mix/account/set-margin-mode', 5, 1000, 'key'],
    ['v2/mix/account/set-position-mode', 5, 1000, 'key'],
    ['v2/mix/order/batch-place-order', 5, 1000, 'key'],
    ['v2/mix/order/modify-order', 10, 1000, 'key'],
    ['v3/account/set-hold-mode', 10, 1000, 'key'],
    ['v3/account/fee-rate', 3, 1000, 'key'],
    ['v3/trade/place-batch', 5, 1000, 'key'],
    ['v3/trade/history-orders', 20, 1000, 'key'],
    ['v2/mix/position/all-position', 5, 1000, 'key'],
    ['v2/mix/account/set-leverage', 5, 1000, 'key'],
    ['v2/mix/order/place-order', 10, 1000, 'key'],
    ['v2/mix/order/cancel-plan-order', 10, 1000, 'key'],
    ['v3/account/settings', 20, 1000, 'key'],
    ['v3/trade/place-order', 10, 1000, 'key'],
    ['v3/trade/place-strategy-order', 10, 1000, 'key'],
    ['v3/trade/cancel-symbol-order', 5, 1000, 'key'],
    ['v3/trade/unfilled-strategy-orders', 20, 1000, 'key'],
  ])('default: %s allows %i in %i ms for one %s', (name, limit, windowMs, scope) => {
    expect(allowed.get(name)).toEqual({ name, limit, windowMs, scope })
  })

  test('default: no budget has two rows', () => {
    expect(allowed.size).toBe(bitget.limits.length)
  })
})
