import { createHmac } from 'node:crypto'
import { USDMClient } from 'binance'
import ccxt from 'ccxt'
import { BinanceFutures } from 'perpkit/binance'
import { Agent, request } from 'undici'
import { type SimulatorProcess, startBinance } from './simulatorProcess.ts'
import { median, type Row } from './table.ts'

const ORDERS = 300
const WARM_UP = 50

/** One market order over loopback, from the call to its acknowledgement. */
export async function orderRoundTrips(): Promise<Row[]> {
  const simulator = await startBinance()
  // One after another, each with a fresh connection pool; in turns, so that noise hits all alike.
  const contestants = { perpkit: perpkit(simulator), ...rivals(simulator), floor: bare(simulator) }
  const names = Object.keys(contestants)
  const times = new Map(names.map((name): [string, number[]] => [name, []]))
  for (let i = 0; i < WARM_UP + ORDERS; i++) {
    for (const [name, order] of Object.entries(contestants)) {
      const begun = performance.now()
      await order(i % 2 === 0 ? 'BUY' : 'SELL')
      if (i >= WARM_UP) times.get(name)?.push(performance.now() - begun)
    }
  }
  await simulator.stop()
  const of = (name: string): number => median(times.get(name) ?? [])
  return [
    {
      claim: 'market order over loopback, Binance',
      unit: 'ms, median',
      target: '< 1.5 × floor',
      reached: of('perpkit'),
      floor: of('floor'),
      rivals: { ccxt: of('ccxt'), 'binance SDK': of('binance SDK') },
    },
  ]
}

type PlaceOrder = (side: 'BUY' | 'SELL') => Promise<unknown>

function perpkit({ url, apiKey, apiSecret }: SimulatorProcess): PlaceOrder {
  const exchange = new BinanceFutures({ apiKey, apiSecret, baseUrl: url, rateLimit: false })
  return (side) => exchange.createMarketOrder('BTCUSDT', side, '0.01', { awaitFill: false })
}

function rivals({ url, apiKey, apiSecret }: SimulatorProcess): Record<string, PlaceOrder> {
  const client = new ccxt.binanceusdm({ apiKey, secret: apiSecret, enableRateLimit: false })
  const api = client.urls.api as Record<string, string>
  for (const [name, address] of Object.entries(api)) {
    api[name] = address.replace(/^https:\/\/[^/]+/, url)
  }
  client.options.fetchCurrencies = false
  const sdk = new USDMClient({
    api_key: apiKey,
    api_secret: apiSecret,
    baseUrl: url,
    keepAlive: true,
  })
  return {
    ccxt: (side) =>
      client.createOrder('BTC/USDT:USDT', 'market', side === 'BUY' ? 'buy' : 'sell', 0.01),
    'binance SDK': (side) =>
      sdk.submitNewOrder({ symbol: 'BTCUSDT', side, type: 'MARKET', quantity: 0.01 }),
  }
}

/** The same order by hand: one template, one signature, one request. */
function bare({ url, apiKey, apiSecret }: SimulatorProcess): PlaceOrder {
  const dispatcher = new Agent({ pipelining: 1 })
  return async (side) => {
    const text = `symbol=BTCUSDT&side=${side}&type=MARKET&quantity=0.01&timestamp=${Date.now()}`
    const signature = createHmac('sha256', apiSecret).update(text).digest('hex')
    const answer = await request(`${url}/fapi/v1/order`, {
      method: 'POST',
      dispatcher,
      headers: {
        'x-mbx-apikey': apiKey,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: `${text}&signature=${signature}`,
    })
    return answer.body.json()
  }
}
