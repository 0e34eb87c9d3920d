import ccxt, { type Exchange } from 'ccxt'
import type { VenueName } from 'perpkit/simulator'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type ForeignStage, setForeignStage } from './foreignStage.ts'
import { redirect } from './redirect.ts'

// ccxt's streams as they are published, with nothing changed but where they connect.

interface Witness {
  venue: VenueName
  symbol: string
  make(stage: ForeignStage): Exchange
}

const SWAP = { defaultType: 'swap', defaultSubType: 'linear' }

function keyOf({ apiKey, apiSecret, passphrase = '' }: ForeignStage) {
  return { apiKey, secret: apiSecret, password: passphrase, options: { ...SWAP } }
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
})

/** Closing rejects what ccxt itself still waits for, and nobody there listens to that. */
async function leave(client: Exchange): Promise<void> {
  for (const connection of Object.values(client.clients)) {
    for (const future of Object.values(connection.futures)) future.catch(() => undefined)
  }
  await client.close()
}
