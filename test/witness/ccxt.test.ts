import ccxt from 'ccxt'
import { describe, expect, it } from 'vitest'
import { type ForeignStage, setForeignStage } from './foreignStage.ts'
import { redirect } from './redirect.ts'

// ccxt as it is published, with nothing changed but where it sends its requests.

const SYMBOL = 'BTC/USDT:USDT'

const WITNESSES = [
  {
    venue: 'binance',
    // For this one ccxt has no class on USD-M futures.
    noMargin: '"code":-2019',
    nothingToReduce: '"code":-2022',
    make: ({ url, apiKey, apiSecret }: ForeignStage) =>
      redirect(new ccxt.binanceusdm({ apiKey, secret: apiSecret }), url),
  },
  {
    venue: 'bybit',
    noMargin: '"retCode":110007',
    nothingToReduce: '"retCode":110017',
    make: ({ url, apiKey, apiSecret }: ForeignStage) =>
      redirect(
        new ccxt.bybit({ apiKey, secret: apiSecret, options: { defaultType: 'swap' } }),
        url,
      ),
  },
] as const

for (const { venue, noMargin, nothingToReduce, make } of WITNESSES) {
  describe(`ccxt 4.5.84 on ${venue}`, () => {
    it('behavior: reads the market', async () => {
      const stage = await setForeignStage(venue)
      const client = make(stage)
      await client.loadMarkets()
      expect(client.market(SYMBOL)).toMatchObject({ id: 'BTCUSDT', linear: true, swap: true })
      const ticker = await client.fetchTicker(SYMBOL)
      expect(ticker.last).toBe(60_000)
      const book = await client.fetchOrderBook(SYMBOL, 50)
      expect(book.bids[0]?.[0]).toBeLessThan(Number(book.asks[0]?.[0]))
      const candles = await client.fetchOHLCV(SYMBOL, '5m', undefined, 30)
      expect(candles).toHaveLength(30)
      expect((await client.fetchTrades(SYMBOL, undefined, 5)).length).toBeLessThanOrEqual(5)
      expect((await client.fetchFundingRate(SYMBOL)).fundingRate).toBeTypeOf('number')
    })

    it('behavior: life of an order: open, read, close', async () => {
      const stage = await setForeignStage(venue)
      const client = make(stage)
      const balance = await client.fetchBalance()
      expect(Number(balance.USDT?.total)).toBe(100_000)
      await client.setLeverage(5, SYMBOL)
      const bought = await client.createOrder(SYMBOL, 'market', 'buy', 0.02)
      const [position] = await client.fetchPositions([SYMBOL])
      expect(position).toMatchObject({ side: 'long', contracts: 0.02, symbol: SYMBOL })
      expect(position?.entryPrice).toBeCloseTo(60_000, -2)
      const fills = await client.fetchMyTrades(SYMBOL)
      expect(fills.map(({ order }) => order)).toContain(bought.id)
      await client.createOrder(SYMBOL, 'market', 'sell', 0.02, undefined, { reduceOnly: true })
      const { positions, orders } = await stage.truth()
      expect(positions).toEqual([])
      expect(orders.map(({ status }) => status)).toEqual(['FILLED', 'FILLED'])
    })

    it('behavior: limit orders: rest, list, amend, fill, cancel', async () => {
      const stage = await setForeignStage(venue)
      const client = make(stage)
      const resting = await client.createOrder(SYMBOL, 'limit', 'buy', 0.01, 59_000)
      const other = await client.createOrder(SYMBOL, 'limit', 'buy', 0.01, 50_000)
      const open = await client.fetchOpenOrders(SYMBOL)
      expect(open.map(({ id }) => id).sort()).toEqual([resting.id, other.id].sort())
      await client.editOrder(String(resting.id), SYMBOL, 'limit', 'buy', 0.02, 59_500)
      await stage.price(59_400)
      const { orders } = await stage.truth()
      expect(orders.find(({ orderId }) => orderId === resting.id)).toMatchObject({
        status: 'FILLED',
        price: '59500',
        executedQty: '0.02',
      })
      await client.cancelOrder(String(other.id), SYMBOL)
      expect(await client.fetchOpenOrders(SYMBOL)).toEqual([])
      await client.createOrder(SYMBOL, 'limit', 'buy', 0.01, 50_000)
      await client.cancelAllOrders(SYMBOL)
      expect(await client.fetchOpenOrders(SYMBOL)).toEqual([])
    })

    it('behavior: a stop loss waits and closes the position', async () => {
      const stage = await setForeignStage(venue)
      const client = make(stage)
      await client.createOrder(SYMBOL, 'market', 'buy', 0.02)
      await client.createOrder(SYMBOL, 'market', 'sell', 0.02, undefined, {
        stopLossPrice: 58_000,
        reduceOnly: true,
      })
      const { conditionalOrders } = await stage.truth()
      expect(conditionalOrders).toHaveLength(1)
      expect(conditionalOrders[0]).toMatchObject({
        type: 'STOP_MARKET',
        status: 'PENDING',
        stopPrice: '58000',
        reduceOnly: true,
      })
      await stage.price(57_900)
      const after = await stage.truth()
      expect(after.positions).toEqual([])
      expect(after.conditionalOrders[0]?.status).toBe('FILLED')
    })

    it("error: refusals arrive with the venue's own codes, as the classes ccxt has for them", async () => {
      const stage = await setForeignStage(venue)
      const client = make(stage)
      const huge = client.createOrder(SYMBOL, 'market', 'buy', 100)
      await expect(huge).rejects.toThrow(noMargin)
      const unknown = client.cancelOrder('123456', SYMBOL)
      await expect(unknown).rejects.toBeInstanceOf(ccxt.OrderNotFound)
      const stranger = make({ ...stage, apiSecret: 'wrong' })
      await expect(stranger.fetchBalance()).rejects.toBeInstanceOf(ccxt.AuthenticationError)
      const naked = client.createOrder(SYMBOL, 'market', 'sell', 0.01, undefined, {
        reduceOnly: true,
      })
      await expect(naked).rejects.toThrow(nothingToReduce)
    })
  })
}
