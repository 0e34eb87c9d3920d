import { describe, expect, it } from 'vitest'
import { FuturesClient } from '../../client/FuturesClient.ts'
import { ManualClock } from '../../core/clock.ts'
import type { HttpRequest } from '../../transport/types.ts'
import { kraken } from './index.ts'
import { ORDER_ID, success } from './script.testing.ts'

describe('kraken', () => {
  it('default: what the actions decide by', () => {
    expect(kraken).toMatchObject({
      name: 'KRAKEN',
      liveOrigin: 'https://futures.kraken.com',
      needsPassphrase: false,
      maxKlinesPerRequest: 2_000,
      capabilities: {
        triggerSources: ['MARK', 'LAST', 'INDEX'],
        timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
        testnet: false,
        orderAnswer: 'state',
        clientOrderIdUnique: 'forEver',
        positionModes: ['ONE_WAY'],
        marginModes: ['CROSS', 'ISOLATED'],
        marginModeScope: 'symbol',
        amend: { plain: ['quantity', 'price'], conditional: ['quantity', 'stopPrice'] },
        batch: { maxOrders: 10, oneSymbol: false },
        trailing: { minCallbackRate: '0.001', maxCallbackRate: '0.5', callbackRateStep: '0.0001' },
        cancelAllAfter: { scope: 'account', stepMs: 1_000, includesConditional: true },
        unsupported: {},
      },
    })
    expect(kraken.testnetOrigin).toBeUndefined()
    expect(kraken.capabilities.klineIntervals.join(' ')).toBe('1m 5m 15m 30m 1h 4h 12h 1d 1w')
  })

  it('default: what each budget allows', () => {
    const allowed = kraken.limits.map(({ name, limit, windowMs, scope }) =>
      [name, limit, windowMs, scope].join(' '),
    )
    expect(allowed).toEqual(['derivatives 500 10000 key', 'history 100 600000 key'])
  })

  it.each(['a', 'tx-0001', 'A_b-9'.padEnd(100, 'x')])('args: %s is a client order id', (id) => {
    expect(kraken.clientOrderIdPattern.test(id)).toBe(true)
  })

  it.each(['', 'x'.repeat(101), 'a b', 'a.b', 'ä', 'a\n'])('error: %j is none', (id) => {
    expect(kraken.clientOrderIdPattern.test(id)).toBe(false)
  })

  it('error: there is no testnet, and live must be written', () => {
    expect(() => new FuturesClient(kraken)).toThrow('KRAKEN has no testnet')
    expect(() => new FuturesClient(kraken, { testnet: true })).toThrow('simulator')
    expect(() => new FuturesClient(kraken, { testnet: false })).not.toThrow()
  })
})

describe('kraken through the client', () => {
  const instrument = (symbol: string, base: string): unknown => ({
    symbol,
    tickSize: 1,
    contractSize: 1,
    maxPositionSize: 1200,
    marginLevels: [{ numNonContractUnits: 0, initialMargin: 0.01 }],
    contractValueTradePrecision: 4,
    base,
    quote: 'USD',
    isExpired: false,
  })
  const execution = { type: 'EXECUTION', price: 84000, amount: 0.01 }
  const answers: Record<string, unknown> = {
    '/derivatives/api/v3/instruments': success({
      instruments: [instrument('PF_XBTUSD', 'BTC'), instrument('PF_AAPLxUSD', 'AAPLx')],
    }),
    '/derivatives/api/v3/tickers/PF_XBTUSD': success(),
    '/derivatives/api/v3/orders/status': success({
      orders: [
        {
          order: {
            orderId: ORDER_ID,
            cliOrdId: 'demo-1',
            symbol: 'PF_XBTUSD',
            side: 'sell',
            quantity: 0.01,
            filled: 0,
            reduceOnly: true,
            priceTriggerOptions: { triggerPrice: 80000, triggerSide: 'TRIGGER_BELOW' },
          },
          status: 'TRIGGER_PLACED',
        },
      ],
    }),
    '/derivatives/api/v3/openorders': success({ openOrders: [] }),
    '/derivatives/api/v3/editorder': success({
      editStatus: { status: 'edited', orderId: ORDER_ID, orderEvents: [] },
    }),
    '/derivatives/api/v3/batchorder': success({
      batchStatus: [
        { status: 'insufficientAvailableFunds', order_tag: '1', orderEvents: [] },
        { status: 'placed', order_tag: '0', order_id: ORDER_ID, orderEvents: [execution] },
      ],
    }),
    '/derivatives/api/v3/leveragepreferences': success({ leveragePreferences: [] }),
    '/derivatives/api/v3/cancelallordersafter': success({ status: { triggerTime: '0' } }),
    '/derivatives/api/v3/sendorder': success({
      sendStatus: { order_id: ORDER_ID, status: 'placed', orderEvents: [execution] },
    }),
  }

  function connect() {
    const requests: HttpRequest[] = []
    const exchange = new FuturesClient(kraken, {
      testnet: false,
      apiKey: 'demoKey',
      apiSecret: 'c2VjcmV0',
      clock: new ManualClock(1_700_000_000_000),
      transport: {
        async send(request) {
          requests.push(request)
          const body = answers[new URL(request.url).pathname]
          return { status: 200, headers: {}, text: JSON.stringify(body) }
        },
        async close() {},
      },
    })
    return { exchange, requests }
  }

  it('default: an order in another writing of the symbol, signed and dated', async () => {
    const { exchange, requests } = connect()
    const order = await exchange.createMarketOrder('BTC/USDT', 'BUY', '0.01', {
      clientOrderId: 'demo-1',
    })
    expect(order).toMatchObject({ symbol: 'BTCUSD', status: 'FILLED', averagePrice: '84000' })
    const sent = requests.at(-1)
    expect(sent?.url).toBe('https://futures.kraken.com/derivatives/api/v3/sendorder')
    expect(sent?.body).toMatch(
      /^orderType=mkt&symbol=PF_XBTUSD&side=buy&size=0\.01&cliOrdId=demo-1&processBefore=2026-11-22T05%3A00%3A02\.000Z$/,
    )
    expect(sent?.headers).toMatchObject({
      APIKey: 'demoKey',
      'content-type': 'application/x-www-form-urlencoded',
    })
  })

  it('default: a batch, dated, with one result for each order', async () => {
    const { exchange, requests } = connect()
    const order = { symbol: 'BTC/USD', side: 'BUY', quantity: '0.01' } as const
    const results = await exchange.createOrders([
      { ...order, type: 'MARKET' },
      { ...order, type: 'LIMIT', price: '60000' },
    ])
    expect(results).toMatchObject([
      { outcome: 'done', order: { status: 'FILLED' } },
      { error: { code: 'INSUFFICIENT_MARGIN' } },
    ])
    const sent = requests.filter(({ url }) => url.endsWith('/batchorder'))
    expect(sent).toHaveLength(1)
    expect(sent[0]?.body).toMatch(
      /^json=%7B%22batchOrder%22%3A%5B.*%5D%7D&processBefore=2026-11-22T05%3A00%3A02\.000Z$/,
    )
  })

  it('default: an amended stop, its edit dated', async () => {
    const { exchange, requests } = connect()
    const order = await exchange.amendOrder({
      symbol: 'BTCUSD',
      orderId: ORDER_ID,
      stopPrice: '81000',
    })
    expect(order).toMatchObject({ orderId: ORDER_ID, stopPrice: '81000', status: 'PENDING' })
    const sent = requests.find(({ url }) => url.endsWith('/editorder'))
    expect(sent?.body).toMatch(/^orderId=[^&]+&stopPrice=81000&processBefore=2026-11-22T05/)
  })

  it('default: one-way mode is so already, and hedge mode is refused', async () => {
    const { exchange, requests } = connect()
    expect(await exchange.getPositionMode()).toBe('ONE_WAY')
    expect(await exchange.setPositionMode('ONE_WAY')).toBe(true)
    await expect(exchange.setPositionMode('HEDGE')).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    expect(requests).toEqual([])
  })

  it('default: isolated margin is a leverage, cross margin none', async () => {
    const { exchange, requests } = connect()
    expect(await exchange.getMarginMode('BTCUSD')).toBe('CROSS')
    expect(await exchange.setLeverage('BTCUSD', 4)).toBe(true)
    expect(await exchange.setMarginMode('BTCUSD', 'ISOLATED')).toBe(true)
    const settings = requests.filter(({ method }) => method === 'PUT').map(({ body }) => body)
    expect(settings).toEqual(['symbol=PF_XBTUSD&maxLeverage=4', 'symbol=PF_XBTUSD&maxLeverage=4'])
  })

  it('error: a trailing stop with an activation price sends nothing', async () => {
    const { exchange, requests } = connect()
    const request = { symbol: 'BTCUSD', side: 'SELL', quantity: '0.01' } as const
    await expect(
      exchange.createTrailingStopOrder({
        ...request,
        callbackRate: '0.01',
        activationPrice: '90000',
      }),
    ).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    expect(requests.filter(({ url }) => url.endsWith('/sendorder'))).toEqual([])
  })

  it('default: the dead man’s switch in seconds', async () => {
    const { exchange, requests } = connect()
    expect(await exchange.setCancelAllAfter(60_000)).toBe(true)
    expect(requests.at(-1)?.body).toBe('timeout=60')
  })

  it.each(['PF_AAPLxUSD', 'AAPLx/USD', 'aaplxusd'])(
    'behavior: %s is found in any case, and sent as it is listed',
    async (symbol) => {
      const { exchange } = connect()
      expect(exchange.normalizeSymbol(symbol)).toBe('PF_AAPLXUSD')
      expect(await exchange.roundQuantity('1.23456', symbol)).toBe('1.2345')
    },
  )

  it('error: a contract that is not listed is refused by us', async () => {
    const { exchange, requests } = connect()
    await expect(exchange.createMarketOrder('1000PEPEUSDT', 'BUY', '1000')).rejects.toMatchObject({
      code: 'UNKNOWN_SYMBOL',
    })
    expect(requests.map(({ url }) => new URL(url).pathname)).toEqual([
      '/derivatives/api/v3/instruments',
    ])
  })
})
