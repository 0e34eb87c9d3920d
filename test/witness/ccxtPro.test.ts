import ccxt, { type Exchange } from 'ccxt'
import type { VenueName } from 'perpkit/simulator'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type ForeignStage, setForeignStage } from './foreignStage.ts'
import { redirect } from './redirect.ts'

// ccxt's streams as they are published, with nothing changed but where they connect and its own options.

interface Witness {
  venue: VenueName
  symbol: string
  make(stage: ForeignStage): Exchange
}

const SWAP = {
  defaultType: 'swap',
  defaultSubType: 'linear',
  // Its first `watchPositions` on Bybit would answer over REST and subscribe to nothing.
  watchPositions: { fetchPositionsSnapshot: false },
}

function keyOf({ apiKey, apiSecret, passphrase = '' }: ForeignStage) {
  // Waiting out the exchanges' limits would take longer than everything else.
  const enableRateLimit = false
  return { apiKey, secret: apiSecret, password: passphrase, enableRateLimit, options: { ...SWAP } }
}

const USDT = 'BTC/USDT:USDT'
const WITNESSES: readonly Witness[] = [
  { venue: 'binance', symbol: USDT, make: (stage) => new ccxt.pro.binanceusdm(keyOf(stage)) },
  { venue: 'bybit', symbol: USDT, make: (stage) => new ccxt.pro.bybit(keyOf(stage)) },
  { venue: 'okx', symbol: USDT, make: (stage) => new ccxt.pro.okx(keyOf(stage)) },
  { venue: 'bitget', symbol: USDT, make: (stage) => new ccxt.pro.bitget(keyOf(stage)) },
  { venue: 'htx', symbol: USDT, make: (stage) => new ccxt.pro.htx(keyOf(stage)) },
  {
    venue: 'kraken',
    symbol: 'BTC/USD:USD',
    make: (stage) => new ccxt.pro.krakenfutures(keyOf(stage)),
  },
]

describe.each(WITNESSES)('ccxt pro 4.5.84 on $venue', ({ venue, symbol, make }) => {
  it('behavior: watches the ticker, the book and its own orders', async () => {
    const stage = await setForeignStage(venue)
    const client = redirect(make(stage), stage.url)
    onTestFinished(() => leave(client))
    // Asked for by ccxt itself before it opens a socket without TLS.
    await client.loadHttpProxyAgent()
    await client.loadMarkets()
    const ticker = client.watchTicker(symbol)
    const book = client.watchOrderBook(symbol)
    expect((await book).bids[0]?.[0]).toBeLessThan(Number((await book).asks[0]?.[0]))
    await stage.price(60_100)
    expect((await ticker).symbol).toBe(symbol)
    let seen: string[] | undefined
    void client.watchOrders(symbol).then((orders) => {
      seen = orders.map(({ id }) => String(id))
    })
    // ccxt does not tell when it has subscribed: an order placed before that is not told of.
    const amount = client.market(symbol).contractSize === 1 ? 0.01 : 1
    const placed: string[] = []
    for (let i = 0; i < 120 && !seen; i++) {
      const { id } = await client.createOrder(symbol, 'limit', 'buy', amount, 50_000)
      placed.push(String(id))
    }
    expect(placed).toEqual(expect.arrayContaining(seen ?? ['none was told']))
  })

  it('behavior: watches trades, its own fills and its position', async () => {
    const stage = await setForeignStage(venue)
    const client = redirect(make(stage), stage.url)
    onTestFinished(() => leave(client))
    await client.loadHttpProxyAgent()
    await client.loadMarkets()
    const { contractSize = 1 } = client.market(symbol)
    const amount = contractSize === 1 ? 0.01 : 1
    const told = new Set<string>()
    void client.watchTrades(symbol).then(() => told.add('trades'))
    void client.watchMyTrades(symbol).then(() => told.add('fills'))
    void client.watchPositions([symbol]).then(() => told.add('positions'))
    for (let i = 0; i < 60 && told.size < 3; i++)
      await client.createOrder(symbol, 'market', 'buy', amount)
    expect([...told].sort()).toEqual(['fills', 'positions', 'trades'])
    // Now all three are subscribed: of this order none may miss a word.
    const { id } = await client.createOrder(symbol, 'market', 'buy', amount)
    const { fills, positions } = await stage.truth()
    const bought = amount * contractSize
    const fill = fills.find(({ orderId }) => orderId === String(id))
    expect(Number(fill?.quantity)).toBe(bought)
    await vi.waitFor(
      () => {
        expect(rowsOf(client.trades)).toContainEqual(
          expect.objectContaining({ side: 'buy', amount, price: Number(fill?.price) }),
        )
        expect(rowsOf(client.myTrades)).toContainEqual(
          expect.objectContaining({ order: String(id), amount, price: Number(fill?.price) }),
        )
        const sizes = rowsOf(client.positions).map(({ contracts }) => Number(contracts))
        expect(sizes.at(-1)).toBeCloseTo(Number(positions[0]?.size) / contractSize, 8)
      },
      { timeout: 3_000, interval: 10 },
    )
  })
})

// Where no SDK is a witness of the login and of a cut connection.
const REFUSALS = new Map<VenueName, string>([
  ['htx', '"err-code":2003'],
  ['kraken', 'Failed to subscribe to authenticated feed'],
])
const ALONE = WITNESSES.filter(({ venue }) => REFUSALS.has(venue))

describe.each(ALONE)('ccxt pro 4.5.84 alone on $venue', ({ venue, symbol, make }) => {
  it('error: a login with the wrong secret', async () => {
    const stage = await setForeignStage(venue)
    const apiSecret = `AAAA${stage.apiSecret.slice(4)}`
    const client = redirect(make({ ...stage, apiSecret }), stage.url)
    onTestFinished(() => leave(client))
    await client.loadHttpProxyAgent()
    // Neither of the two is told apart by ccxt from any other error.
    await expect(client.watchOrders(symbol)).rejects.toThrow(REFUSALS.get(venue) ?? venue)
  })

  it('behavior: logs in and subscribes again after its connection was cut', async () => {
    const stage = await setForeignStage(venue)
    const client = redirect(make(stage), stage.url)
    onTestFinished(() => leave(client))
    await client.loadHttpProxyAgent()
    await client.loadMarkets()
    const { contractSize = 1 } = client.market(symbol)
    const amount = contractSize === 1 ? 0.01 : 1
    const untilTold = async (): Promise<void> => {
      let isTold = false
      const watched = client.watchMyTrades(symbol).then(() => {
        isTold = true
      })
      for (let i = 0; i < 60 && !isTold; i++)
        await client.createOrder(symbol, 'market', 'buy', amount)
      await watched
    }
    await untilTold()
    const cut = expect(client.watchMyTrades(symbol)).rejects.toBeInstanceOf(ccxt.NetworkError)
    await stage.simulator.control.inject({ venue, kind: 'disconnect', times: 1 })
    await cut
    await untilTold()
  })
})

/** What ccxt keeps of a stream: an array, or arrays under symbols, kinds of account or addresses. */
function rowsOf(cache: unknown): Record<string, unknown>[] {
  if (typeof cache !== 'object' || cache === null) return []
  if (!Array.isArray(cache)) return Object.values(cache).flatMap(rowsOf)
  return cache.map((row: object) => ({ ...row }))
}

/** Closing rejects what ccxt itself still waits for, and nobody there listens to that. */
async function leave(client: Exchange): Promise<void> {
  for (const connection of Object.values(client.clients)) {
    for (const future of Object.values(connection.futures)) future.catch(() => undefined)
  }
  await client.close()
}
