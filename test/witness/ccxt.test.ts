import ccxt, { type Exchange } from 'ccxt'
import type { VenueName } from 'perpkit/simulator'
import { describe, expect, it } from 'vitest'
import { type ForeignStage, setForeignStage } from './foreignStage.ts'
import { redirect } from './redirect.ts'

// ccxt as it is published, with nothing changed but where it sends its requests.

interface Witness {
  venue: VenueName
  symbol: string
  /** Base units in one of ccxt's contracts. */
  contract: number
  noMargin: string
  /** Absent where ccxt takes the refusal for an order without an id. */
  nothingToReduce?: string
  /** More base units than the account can carry. Default 100. */
  tooMuch?: number
  /** An id no order has; absent where ccxt does not notice the refusal of a cancel. */
  unknownId?: string
  /** Why ccxt cannot place a stop here. */
  noStop?: string
  /** What the account is counted in. Default USDT. */
  asset?: string
  make(stage: ForeignStage): Exchange
}

const WITNESSES: readonly Witness[] = [
  {
    venue: 'binance',
    symbol: 'BTC/USDT:USDT',
    contract: 1,
    // For this one ccxt has no class on USD-M futures.
    noMargin: '"code":-2019',
    nothingToReduce: '"code":-2022',
    unknownId: '123456',
    make: ({ url, apiKey, apiSecret }) =>
      redirect(new ccxt.binanceusdm({ apiKey, secret: apiSecret }), url),
  },
  {
    venue: 'bybit',
    symbol: 'BTC/USDT:USDT',
    contract: 1,
    noMargin: '"retCode":110007',
    nothingToReduce: '"retCode":110017',
    unknownId: '123456',
    make: ({ url, apiKey, apiSecret }) =>
      redirect(
        new ccxt.bybit({ apiKey, secret: apiSecret, options: { defaultType: 'swap' } }),
        url,
      ),
  },
  {
    venue: 'okx',
    symbol: 'BTC/USDT:USDT',
    contract: 0.01,
    noMargin: '"sCode":"51008"',
    nothingToReduce: '"sCode":"51169"',
    unknownId: '123456',
    make: ({ url, apiKey, apiSecret, passphrase = '' }) =>
      redirect(
        new ccxt.okx({
          apiKey,
          secret: apiSecret,
          password: passphrase,
          options: { defaultType: 'swap' },
        }),
        url,
      ),
  },
  {
    venue: 'bitget',
    symbol: 'BTC/USDT:USDT',
    contract: 1,
    noMargin: '"code":"40762"',
    nothingToReduce: '"code":"22002"',
    unknownId: '123456',
    make: ({ url, apiKey, apiSecret, passphrase = '' }) =>
      redirect(
        new ccxt.bitget({
          apiKey,
          secret: apiSecret,
          password: passphrase,
          options: { defaultType: 'swap' },
        }),
        url,
      ),
  },
  {
    venue: 'htx',
    symbol: 'BTC/USDT:USDT',
    contract: 0.001,
    noMargin: '1047',
    noStop: 'ccxt leaves out position_side, which the algo service asks for (docs/wire/htx.md)',
    make: ({ url, apiKey, apiSecret }) =>
      redirect(
        new ccxt.htx({
          apiKey,
          secret: apiSecret,
          options: { defaultType: 'swap', defaultSubType: 'linear' },
        }),
        url,
      ),
  },
  {
    venue: 'kraken',
    symbol: 'BTC/USD:USD',
    contract: 1,
    noMargin: 'insufficientAvailableFunds',
    nothingToReduce: 'wouldNotReducePosition',
    tooMuch: 400,
    asset: 'USD',
    make: ({ url, apiKey, apiSecret }) =>
      redirect(new ccxt.krakenfutures({ apiKey, secret: apiSecret }), url),
  },
]

for (const witness of WITNESSES) {
  const { venue, symbol, contract, noMargin, nothingToReduce, make } = witness
  const { asset = 'USDT', tooMuch = 100 } = witness
  /** Base units as ccxt counts them. */
  const amount = (quantity: number): number => quantity / contract
  describe(`ccxt 4.5.84 on ${venue}`, () => {
    it('behavior: reads the market', async () => {
      const stage = await setForeignStage(venue)
      const client = make(stage)
      await client.loadMarkets()
      expect(client.market(symbol)).toMatchObject({ linear: true, swap: true })
      const ticker = await client.fetchTicker(symbol)
      expect(ticker.last).toBe(60_000)
      const book = await client.fetchOrderBook(symbol, 50)
      expect(book.bids[0]?.[0]).toBeLessThan(Number(book.asks[0]?.[0]))
      const candles = await client.fetchOHLCV(symbol, '5m', undefined, 30)
      expect(candles).toHaveLength(30)
      expect((await client.fetchTrades(symbol, undefined, 5)).length).toBeLessThanOrEqual(5)
      expect((await client.fetchFundingRate(symbol)).fundingRate).toBeTypeOf('number')
    })

    it('behavior: life of an order: open, read, close', async () => {
      const stage = await setForeignStage(venue)
      const client = make(stage)
      const balance = await client.fetchBalance()
      expect(Number(balance[asset]?.total)).toBe(100_000)
      await client.setLeverage(5, symbol)
      const bought = await client.createOrder(symbol, 'market', 'buy', amount(0.02))
      const [position] = await client.fetchPositions([symbol])
      expect(position).toMatchObject({ side: 'long', contracts: amount(0.02), symbol: symbol })
      expect(position?.entryPrice).toBeCloseTo(60_000, -2)
      const fills = await client.fetchMyTrades(symbol)
      expect(fills.map(({ order }) => order)).toContain(bought.id)
      await client.createOrder(symbol, 'market', 'sell', amount(0.02), undefined, {
        reduceOnly: true,
      })
      const { positions, orders } = await stage.truth()
      expect(positions).toEqual([])
      expect(orders.map(({ status }) => status)).toEqual(['FILLED', 'FILLED'])
    })

    it('behavior: limit orders: rest, list, amend, fill, cancel', async () => {
      const stage = await setForeignStage(venue)
      const client = make(stage)
      const resting = await client.createOrder(symbol, 'limit', 'buy', amount(0.01), 59_000)
      const other = await client.createOrder(symbol, 'limit', 'buy', amount(0.01), 50_000)
      const open = await client.fetchOpenOrders(symbol)
      expect(open.map(({ id }) => id).sort()).toEqual([resting.id, other.id].sort())
      await client.editOrder(String(resting.id), symbol, 'limit', 'buy', amount(0.02), 59_500)
      await stage.price(59_400)
      const { orders } = await stage.truth()
      expect(orders.find(({ price }) => price === '59500')).toMatchObject({
        status: 'FILLED',
        price: '59500',
        executedQty: '0.02',
      })
      await client.cancelOrder(String(other.id), symbol)
      expect(await client.fetchOpenOrders(symbol)).toEqual([])
      const last = await client.createOrder(symbol, 'limit', 'buy', amount(0.01), 50_000)
      // ccxt has no such call for every exchange.
      if (client.has.cancelAllOrders) await client.cancelAllOrders(symbol)
      else await client.cancelOrder(String(last.id), symbol)
      expect(await client.fetchOpenOrders(symbol)).toEqual([])
    })

    it('behavior: a stop loss waits and closes the position', async ({ skip }) => {
      if (witness.noStop) skip(witness.noStop)
      const stage = await setForeignStage(venue)
      const client = make(stage)
      await client.createOrder(symbol, 'market', 'buy', amount(0.02))
      await client.createOrder(symbol, 'market', 'sell', amount(0.02), undefined, {
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
      const huge = client.createOrder(symbol, 'market', 'buy', amount(tooMuch))
      await expect(huge).rejects.toThrow(noMargin)
      if (witness.unknownId) {
        const unknown = client.cancelOrder(witness.unknownId, symbol)
        await expect(unknown).rejects.toBeInstanceOf(ccxt.OrderNotFound)
      }
      const stranger = make({
        ...stage,
        apiSecret: stage.apiSecret.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
      })
      await expect(stranger.fetchBalance()).rejects.toBeInstanceOf(ccxt.AuthenticationError)
      if (!nothingToReduce) return
      const naked = client.createOrder(symbol, 'market', 'sell', amount(0.01), undefined, {
        reduceOnly: true,
      })
      await expect(naked).rejects.toThrow(nothingToReduce)
    })
  })
}
