import { describe, expect, test } from 'vitest'
import { FuturesClient } from '../../client/FuturesClient.ts'
import type { HttpRequest, Transport } from '../../transport/types.ts'
import { htx } from './index.ts'
import { filledRow } from './rows.testing.ts'
import { bitcoin, done, script } from './script.testing.ts'

/** Who may call, and what a second execution would do. */
const RULES = {
  'GET /api/v1/timestamp': 'public read',
  'GET /linear-swap-api/v1/swap_contract_info': 'public read',
  'GET /linear-swap-api/v1/swap_query_elements': 'public read',
  'GET /linear-swap-ex/market/detail/merged': 'public read',
  'GET /index/market/history/linear_swap_mark_price_kline': 'public read',
  'GET /linear-swap-api/v1/swap_index': 'public read',
  'GET /v5/market/funding_rate': 'public read',
  'GET /linear-swap-ex/market/depth': 'public read',
  'GET /linear-swap-ex/market/history/kline': 'public read',
  'GET /linear-swap-ex/market/history/trade': 'public read',
  'GET /v5/market/funding_rate_history': 'public read',
  'GET /v5/market/open_interest': 'public read',
  'GET /v5/account/balance': 'read read',
  'GET /v5/trade/position/opens': 'read read',
  'GET /v5/position/lever': 'read read',
  'GET /v5/trade/order': 'read read',
  'GET /v5/trade/order/opens': 'read read',
  'GET /v5/trade/order/history': 'read read',
  'GET /v5/algo/order': 'read read',
  'GET /v5/algo/order/opens': 'read read',
  'GET /v5/algo/order/history': 'read read',
  'GET /v5/trade/order/details': 'read read',
  'GET /v5/position/mode': 'read read',
  'POST /v5/position/mode': 'trade idempotent',
  'POST /v5/position/lever': 'trade idempotent',
  'POST /v5/trade/order': 'trade once',
  'POST /v5/trade/batch_orders': 'trade once',
  'POST /v5/algo/order': 'trade once',
  'POST /v5/trade/cancel_order': 'trade idempotent',
  'POST /v5/algo/cancel_orders': 'trade idempotent',
  'POST /v5/trade/cancel_all_orders': 'trade idempotent',
  'POST /v5/trade/cancel-after': 'trade idempotent',
}

describe('htx', () => {
  test('default: one origin, other names, no testnet and no passphrase', () => {
    expect(htx.name).toBe('HTX')
    expect(htx.aliases).toEqual(['HUOBI'])
    expect(htx.liveOrigin).toBe('https://api.hbdm.com')
    expect(htx).not.toHaveProperty('testnetOrigin')
    expect(htx.capabilities.testnet).toBe(false)
    expect(htx.needsPassphrase).toBe(false)
  })

  test('default: what it can do is told as data, and every operation is there for it', () => {
    const { capabilities } = htx
    const operations = htx.createOperations()
    expect(htx.namesMarginMode).toBe(true)
    expect(capabilities.marginModeScope).toBe('order')
    expect(operations).not.toHaveProperty('setMarginMode')
    expect(operations).not.toHaveProperty('amendOrder')
    expect(Object.keys(capabilities.unsupported)).toEqual(['amendOrder', 'getKeyPermissions'])
    expect(capabilities.amend).toEqual({ plain: [], conditional: [] })
    expect(capabilities.attachedStop?.entries).toEqual(['MARKET', 'LIMIT'])
    expect(capabilities).not.toHaveProperty('stopSizing')
    expect(capabilities.batch).toEqual({ maxOrders: 10, oneSymbol: false })
    expect(capabilities.trailing?.minCallbackRate).toBe('0.001')
    expect(capabilities.cancelAllAfter).toMatchObject({ minMs: 5_000, includesConditional: false })
    expect(capabilities.klineIntervals).toEqual(['1m', '5m', '15m', '30m', '1h', '4h'])
  })

  test('error: a testnet is refused, and real money only by name', async () => {
    expect(() => new FuturesClient(htx)).toThrow(
      expect.objectContaining({ code: 'NO_TESTNET', name: 'RequestError' }),
    )
    expect(() => new FuturesClient(htx, { testnet: true })).toThrow(/no testnet.*simulator/)
    const live = new FuturesClient(htx, { testnet: false })
    expect(live.exchangeName).toBe('HTX')
    await live.close()
  })

  test('default: the budgets of section 7', () => {
    expect(htx.limits).toEqual([
      { name: 'trade', limit: 72, windowMs: 3_000, scope: 'key' },
      { name: 'read', limit: 72, windowMs: 3_000, scope: 'key' },
      { name: 'market', limit: 800, windowMs: 1_000, scope: 'address' },
      { name: 'reference', limit: 240, windowMs: 3_000, scope: 'address' },
      { name: 'elements', limit: 20, windowMs: 2_000, scope: 'address' },
    ])
  })

  test.each(['1', '1780315200001', '4611686018427387904', '8999999999999999999'])(
    'args: %s is a client order id',
    (id) => {
      expect(htx.clientOrderIdPattern.test(id)).toBe(true)
      expect(BigInt(id)).toBeLessThan(2n ** 63n)
    },
  )

  test.each(['', '0', '01', '-1', '1.5', '1e3', 'x-SL-ab12', '9223372036854775808', '1\n'])(
    'error: %j is none',
    (id) => {
      expect(htx.clientOrderIdPattern.test(id)).toBe(false)
    },
  )

  test('behavior: every request draws on budgets that exist, and costs something', async () => {
    const names = htx.limits.map(({ name }) => name)
    // Where requests follow each other, the first ones are answered; all others end their call.
    const levers = [{ contract_code: 'BTC-USDT', margin_mode: 'cross', lever_rate: 5 }]
    const { call, sent, lines } = script({
      'GET /v5/position/lever': done(levers),
      'GET /v5/trade/order': { code: 1017, message: '', data: null },
      'GET /v5/algo/order': done([]),
      'GET /v5/algo/order/opens': done([]),
      'GET /api/v1/timestamp': { status: 'ok', ts: 1_780_315_200_123 },
      'GET /v5/position/mode': done({ position_mode: 'single_side' }),
    })
    const operations = htx.createOperations()
    const plain = { instrument: bitcoin, side: 'BUY', quantity: '1', clientOrderId: '1' } as const
    const stopped = { type: 'STOP_MARKET', stopPrice: '1', triggerSource: 'LAST' } as const
    const trailing = { callbackRate: '0.01', triggerSource: 'LAST' } as const
    const now = 1_780_315_200_123
    const past = { instrument: bitcoin, startTime: now - 3_600_000, endTime: now, limit: 1 }
    const hour = { interval: '1h', startTime: 0, endTime: 0, limit: 1 } as const
    await Promise.allSettled([
      operations.getServerTime(call, undefined),
      operations.getInstruments(call, undefined),
      operations.getTicker(call, { instrument: bitcoin }),
      operations.getOrderBook(call, { instrument: bitcoin, depth: 5 }),
      operations.getKlines(call, { instrument: bitcoin, ...hour }),
      operations.getAccountInfo(call, undefined),
      operations.getPositions(call, {}),
      operations.getTrades(call, { instrument: bitcoin, limit: 1 }),
      operations.getFundingRate(call, { instrument: bitcoin }),
      operations.getFundingRateHistory(call, past),
      operations.getOpenInterest(call, { instrument: bitcoin }),
      operations.getFeeRates(call, { instrument: bitcoin }),
      operations.getFills(call, past),
      operations.getOrderHistory(call, past),
      operations.getMarginMode(call, { instrument: bitcoin }),
      operations.setPositionMode?.(call, { positionMode: 'HEDGE' }),
      operations.setCancelAllAfter?.(call, { timeoutMs: 5_000 }),
      operations.createTrailingOrder?.(call, { ...plain, ...trailing, reduceOnly: true }),
      operations.createOrders?.(call, [{ ...plain, type: 'MARKET', reduceOnly: false }]),
      operations.setLeverage(call, { instrument: bitcoin, leverage: 1 }),
      operations.createOrder(call, { ...plain, type: 'MARKET', reduceOnly: false }),
      operations.createConditionalOrder(call, { ...plain, ...stopped, reduceOnly: true }),
      operations.getOrder(call, { instrument: bitcoin, clientOrderId: '1' }),
      operations.getOpenOrders(call, {}),
      operations.cancelOrder(call, { instrument: bitcoin, orderId: '1' }),
      operations.cancelOrder(call, { instrument: bitcoin, orderId: 'algo:1' }),
      operations.cancelAllOrders(call, { instrument: bitcoin }),
    ])
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

describe('a client of HTX', () => {
  const contract = {
    symbol: 'BTC',
    contract_code: 'BTC-USDT',
    contract_size: 0.001,
    price_tick: 0.1,
    contract_status: 1,
    business_type: 'swap',
  }
  const elements = { contract_code: 'BTC-USDT', max_level: '200' }
  const answers: Record<string, unknown> = {
    '/api/v1/timestamp': { status: 'ok', ts: Date.UTC(2026, 5, 1, 12) },
    '/linear-swap-api/v1/swap_contract_info': { status: 'ok', data: [contract] },
    '/linear-swap-api/v1/swap_query_elements': { status: 'ok', data: [elements] },
    'POST /v5/trade/order': done({ order_id: '1512509978516443136', client_order_id: null }),
    '/v5/trade/order': done(filledRow),
    '/v5/position/mode': done({ position_mode: 'single_side' }),
    '/v5/trade/position/opens': done([]),
  }

  function wire() {
    const requests: HttpRequest[] = []
    const transport: Transport = {
      async send(request) {
        requests.push(request)
        const { pathname } = new URL(request.url)
        const answer = answers[`${request.method} ${pathname}`] ?? answers[pathname]
        return { status: 200, headers: {}, text: JSON.stringify(answer) }
      },
      async close() {},
    }
    return { requests, transport }
  }

  const options = {
    apiKey: 'a1b2c3d4-e5f6a7b8-c9d0e1f2-00001',
    apiSecret: 'f0e1d2c3-b4a59687-78695a4b-3c2d1',
    baseUrl: 'http://127.0.0.1:7075',
  }

  test('default: a market order under a number of ours, signed for the host it goes to', async () => {
    const { requests, transport } = wire()
    const exchange = new FuturesClient(htx, { ...options, transport })
    const order = await exchange.createMarketOrder('BTC/USDT', 'BUY', '0.005')
    expect(order).toMatchObject({ status: 'FILLED', executedQty: '0.005' })
    const creation = requests.find(({ method }) => method === 'POST')
    const { client_order_id, ...body } = JSON.parse(creation?.body ?? '')
    expect(client_order_id).toMatch(htx.clientOrderIdPattern)
    expect(body).toEqual({
      contract_code: 'BTC-USDT',
      margin_mode: 'cross',
      position_side: 'both',
      side: 'buy',
      type: 'market',
      volume: '5',
    })
    const { searchParams } = new URL(creation?.url ?? '')
    const dated = { timestamp: Date.parse(`${searchParams.get('Timestamp')}Z`), windowMs: 2_000 }
    const unsigned = {
      method: 'POST',
      host: '127.0.0.1:7075',
      path: '/v5/trade/order',
      query: '',
      body: '',
      contentType: '',
    }
    expect(new URL(creation?.url ?? '').search).toBe(`?${htx.sign(unsigned, options, dated).query}`)
  })

  test('error: a prefix for client order ids has no place in a number', () => {
    const { transport } = wire()
    expect(
      () => new FuturesClient(htx, { ...options, transport, clientOrderIdPrefix: '12' }),
    ).toThrow(expect.objectContaining({ code: 'UNSUPPORTED', name: 'RequestError' }))
  })

  test('error: a client order id that is no number is refused before anything is sent', async () => {
    const { requests, transport } = wire()
    const exchange = new FuturesClient(htx, { ...options, transport })
    await expect(
      exchange.createMarketOrder('BTCUSDT', 'BUY', '0.005', { clientOrderId: 'mine-0001' }),
    ).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([])
  })
})
