import { describe, expect, test } from 'vitest'
import { binance } from './index.ts'
import { bitcoin, script } from './script.testing.ts'

/** Who may call, and what a second execution would do. */
const RULES = {
  'GET /fapi/v1/time': 'public read',
  'GET /fapi/v1/exchangeInfo': 'public read',
  'GET /fapi/v1/ticker/24hr': 'public read',
  'GET /fapi/v1/ticker/bookTicker': 'public read',
  'GET /fapi/v1/premiumIndex': 'public read',
  'GET /fapi/v1/depth': 'public read',
  'GET /fapi/v1/klines': 'public read',
  'GET /fapi/v1/trades': 'public read',
  'GET /fapi/v1/fundingRate': 'public read',
  'GET /fapi/v1/openInterest': 'public read',
  'GET /fapi/v1/accountConfig': 'read read',
  'GET /fapi/v1/commissionRate': 'read read',
  'GET /fapi/v1/allAlgoOrders': 'read read',
  'GET /fapi/v1/allOrders': 'read read',
  'GET /fapi/v1/userTrades': 'read read',
  'GET /fapi/v1/leverageBracket': 'read read',
  'GET /fapi/v3/account': 'read read',
  'GET /fapi/v3/positionRisk': 'read read',
  'GET /fapi/v1/symbolConfig': 'read read',
  'GET /fapi/v1/order': 'read read',
  'GET /fapi/v1/openOrders': 'read read',
  'GET /fapi/v1/algoOrder': 'read read',
  'GET /fapi/v1/openAlgoOrders': 'read read',
  'POST /fapi/v1/leverage': 'trade idempotent',
  'POST /fapi/v1/marginType': 'trade idempotent',
  'POST /fapi/v1/positionSide/dual': 'trade idempotent',
  'POST /fapi/v1/countdownCancelAll': 'trade idempotent',
  'PUT /fapi/v1/order': 'trade idempotent',
  'POST /fapi/v1/batchOrders': 'trade once',
  'POST /fapi/v1/order': 'trade once',
  'POST /fapi/v1/algoOrder': 'trade once',
  'DELETE /fapi/v1/order': 'trade idempotent',
  'DELETE /fapi/v1/algoOrder': 'trade idempotent',
  'DELETE /fapi/v1/algoOpenOrders': 'trade idempotent',
  'DELETE /fapi/v1/allOpenOrders': 'trade idempotent',
}

describe('binance', () => {
  test('default: origins, and a testnet of its own', () => {
    expect(binance.name).toBe('BINANCE')
    expect(binance.liveOrigin).toBe('https://fapi.binance.com')
    expect(binance.testnetOrigin).toBe('https://demo-fapi.binance.com')
    expect(binance.needsPassphrase).toBe(false)
  })

  test('default: the budgets of section 7', () => {
    expect(binance.limits).toEqual([
      { name: 'weight', limit: 2_400, windowMs: 60_000, scope: 'address' },
      { name: 'orders10s', limit: 300, windowMs: 10_000, scope: 'key' },
      { name: 'orders1m', limit: 1_200, windowMs: 60_000, scope: 'key' },
      { name: 'funding', limit: 500, windowMs: 300_000, scope: 'address' },
      { name: 'statistics', limit: 1_000, windowMs: 300_000, scope: 'address' },
    ])
  })

  test('default: what the capabilities promise is there', () => {
    const { capabilities } = binance
    const operations = binance.createOperations()
    expect(Object.keys(capabilities.unsupported)).toEqual(['getKeyPermissions'])
    expect(capabilities.positionModes).toEqual(['ONE_WAY', 'HEDGE'])
    expect(capabilities.marginModes).toEqual(['CROSS', 'ISOLATED'])
    expect(capabilities.batch).toEqual({ maxOrders: 5, oneSymbol: false })
    expect(capabilities.cancelAllAfter).toMatchObject({
      scope: 'symbol',
      includesConditional: false,
    })
    expect(capabilities.trailing).toMatchObject({
      minCallbackRate: '0.001',
      maxCallbackRate: '0.2',
    })
    const optional = [
      operations.setMarginMode,
      operations.getPositionMode,
      operations.setPositionMode,
      operations.createTrailingOrder,
      operations.createOrders,
      operations.amendOrder,
      operations.setCancelAllAfter,
    ]
    expect(optional.every((operation) => operation !== undefined)).toBe(true)
  })

  test.each(['a', 'g1:sl/1', 'A.b_C-9', 'x'.repeat(36)])('args: %s is a client order id', (id) => {
    expect(binance.clientOrderIdPattern.test(id)).toBe(true)
  })

  test.each(['', 'x'.repeat(37), 'a b', 'ä', 'a#1', 'a\n'])('error: %j is none', (id) => {
    expect(binance.clientOrderIdPattern.test(id)).toBe(false)
  })

  test('behavior: every request draws on budgets that exist, and costs something', async () => {
    const names = binance.limits.map(({ name }) => name)
    // Where two requests follow each other, the first is answered; all others end their call.
    const { call, sent, lines } = script({
      'GET /fapi/v1/openAlgoOrders': [],
      'GET /fapi/v1/allAlgoOrders': [],
      'DELETE /fapi/v1/algoOpenOrders': { code: 200, msg: 'success' },
    })
    const operations = binance.createOperations()
    const plain = { instrument: bitcoin, side: 'BUY', quantity: '1', clientOrderId: 'a' } as const
    const ordered = { ...plain, type: 'MARKET', reduceOnly: false } as const
    const stopped = {
      ...plain,
      type: 'STOP_MARKET',
      stopPrice: '1',
      triggerSource: 'MARK',
      reduceOnly: true,
    } as const
    const trailing = { ...plain, callbackRate: '0.01', triggerSource: 'MARK' } as const
    const order = {
      orderId: '1',
      clientOrderId: 'a',
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      side: 'BUY',
      type: 'LIMIT',
      quantity: '1',
      price: '1',
      status: 'NEW',
      executedQty: '0',
      timeInForce: 'GTC',
    } as const
    const amendment = { instrument: bitcoin, order, price: '2', newClientOrderId: 'b' }
    const past = { instrument: bitcoin, startTime: 0, endTime: 1, limit: 1 }
    const day = { interval: '1d', startTime: 0, endTime: 0, limit: 1 } as const
    const calls = [
      operations.getServerTime(call, undefined),
      operations.getInstruments(call, undefined),
      operations.getMaxLeverage?.(call, { instrument: bitcoin }),
      operations.getTicker(call, { instrument: bitcoin }),
      operations.getOrderBook(call, { instrument: bitcoin, depth: 5 }),
      operations.getKlines(call, { instrument: bitcoin, ...day }),
      operations.getTrades(call, { instrument: bitcoin, limit: 1 }),
      operations.getFundingRate(call, { instrument: bitcoin }),
      operations.getFundingRateHistory(call, past),
      operations.getOpenInterest(call, { instrument: bitcoin }),
      operations.getAccountInfo(call, undefined),
      operations.getPositions(call, {}),
      operations.getLeverage(call, { instrument: bitcoin }),
      operations.setLeverage(call, { instrument: bitcoin, leverage: 1 }),
      operations.getMarginMode(call, { instrument: bitcoin }),
      operations.setMarginMode?.(call, { instrument: bitcoin, marginMode: 'CROSS' }),
      operations.getPositionMode?.(call, {}),
      operations.setPositionMode?.(call, { positionMode: 'HEDGE' }),
      operations.getFeeRates(call, { instrument: bitcoin }),
      operations.createTrailingOrder?.(call, { ...trailing, reduceOnly: true }),
      operations.createOrders?.(call, [ordered]),
      operations.amendOrder?.(call, amendment),
      operations.getOrderHistory(call, past),
      operations.getFills(call, past),
      operations.setCancelAllAfter?.(call, { timeoutMs: 1_000, instrument: bitcoin }),
      operations.createOrder(call, ordered),
      operations.createConditionalOrder(call, stopped),
      operations.getOrder(call, { instrument: bitcoin, orderId: '1' }),
      operations.getOrder(call, { instrument: bitcoin, orderId: 'algo:1' }),
      operations.getOpenOrders(call, {}),
      operations.cancelOrder(call, { instrument: bitcoin, orderId: '1' }),
      operations.cancelOrder(call, { instrument: bitcoin, orderId: 'algo:1' }),
      operations.cancelAllOrders(call, { instrument: bitcoin }),
    ]
    const ends = await Promise.allSettled(calls)
    expect(ends.every(({ status }) => status === 'rejected')).toBe(true)
    expect(sent).toHaveLength(calls.length + 6)
    const rules = lines.map((line, index) => [
      line.split(/[? ]/, 2).join(' '),
      `${sent[index]?.access} ${sent[index]?.effect}`,
    ])
    expect(Object.fromEntries(rules)).toEqual(RULES)
    for (const { cost } of sent) {
      const entries = Object.entries(cost)
      expect(entries.length).toBeGreaterThan(0)
      for (const [name, amount] of entries) {
        expect(names).toContain(name)
        expect(amount).toBeGreaterThan(0)
      }
    }
  })
})
