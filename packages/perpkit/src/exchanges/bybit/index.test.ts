import { expect, test } from 'vitest'
import { bybit } from './index.ts'

test('default: real money and play money have different origins', () => {
  expect(bybit.liveOrigin).toBe('https://api.bybit.com')
  expect(bybit.testnetOrigin).toBe('https://api-testnet.bybit.com')
  expect(bybit.capabilities.testnet).toBe(true)
})

test('default: what the actions decide by', () => {
  expect(bybit).toMatchObject({
    name: 'BYBIT',
    needsPassphrase: false,
    maxKlinesPerRequest: 1000,
    positionModeScope: 'symbol',
    capabilities: {
      positionModes: ['ONE_WAY', 'HEDGE'],
      marginModes: ['CROSS', 'ISOLATED'],
      marginModeScope: 'account',
      amend: { plain: ['quantity', 'price'], conditional: ['quantity', 'stopPrice'] },
      stopSizing: 'set',
      attachedStop: { entries: ['MARKET', 'LIMIT'], positionModes: ['ONE_WAY', 'HEDGE'] },
      batch: { maxOrders: 10, oneSymbol: false },
      triggerSources: ['MARK', 'LAST', 'INDEX'],
      timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
      orderAnswer: 'receipt',
      clientOrderIdUnique: 'forEver',
    },
  })
})

test('default: what is unsupported has no operation, and a reason', () => {
  const operations = bybit.createOperations()
  expect(Object.keys(bybit.capabilities.unsupported)).toEqual([
    'createTrailingStopOrder',
    'setCancelAllAfter',
  ])
  expect(operations.createTrailingOrder).toBeUndefined()
  expect(operations.setCancelAllAfter).toBeUndefined()
  expect(bybit.capabilities.trailing).toBeUndefined()
  expect(bybit.capabilities.cancelAllAfter).toBeUndefined()
})

test('behavior: a full batch is within the budget', () => {
  const budget = bybit.limits.find(({ name }) => name === 'order/create-batch')
  expect(bybit.capabilities.batch?.maxOrders).toBe(budget?.limit)
})

test('default: the intervals are those with a token', () => {
  expect(bybit.capabilities.klineIntervals.join(' ')).toBe(
    '1m 3m 5m 15m 30m 1h 2h 4h 6h 12h 1d 1w 1M',
  )
})

test.each(['a', 'tx-0001', 'A_b-9'.padEnd(36, 'x')])('args: %s is a client order id', (id) => {
  expect(bybit.clientOrderIdPattern.test(id)).toBe(true)
})

test.each(['', 'x'.repeat(37), 'a b', 'a.b', 'ä', 'a\n'])('error: %j is none', (id) => {
  expect(bybit.clientOrderIdPattern.test(id)).toBe(false)
})

test('default: what each budget allows', () => {
  const allowed = bybit.limits.map(({ name, limit, windowMs, scope }) =>
    [name, limit, windowMs, scope].join(' '),
  )
  expect(allowed).toEqual([
    'address 600 5000 address',
    'account/fee-rate 5 1000 key',
    'account/info 50 1000 key',
    'account/set-margin-mode 5 1000 key',
    'account/wallet-balance 50 1000 key',
    'execution/list 50 1000 key',
    'order/amend 10 1000 key',
    'order/cancel 10 1000 key',
    'order/cancel-all 10 1000 key',
    'order/create 10 1000 key',
    'order/create-batch 10 1000 key',
    'order/history 50 1000 key',
    'order/realtime 50 1000 key',
    'position/list 50 1000 key',
    'position/set-leverage 10 1000 key',
    'position/switch-mode 10 1000 key',
    'position/trading-stop 10 1000 key',
    'user/query-api 10 1000 key',
  ])
})
