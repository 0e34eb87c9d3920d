import { USDMClient } from 'binance'
import ccxt from 'ccxt'
import { startSimulator } from 'perpkit/simulator'

const simulator = await startSimulator({ port: 0 })

// ccxt on the simulator's Bybit
const bybit = simulator.credentials('bybit')
const url = simulator.url('bybit')
const client = new ccxt.bybit({
  apiKey: bybit.apiKey,
  secret: bybit.apiSecret,
  urls: { api: { public: url, private: url } },
  options: { defaultType: 'swap', fetchMarkets: { types: ['linear'] } },
})
const placed = await client.createOrder('BTC/USDT:USDT', 'market', 'buy', 0.01)
const order = await client.fetchOpenOrder(String(placed.id), 'BTC/USDT:USDT')
console.log(order.info.orderStatus)

// the SDK on the simulator's Binance
const binance = simulator.credentials('binance')
const sdk = new USDMClient({
  api_key: binance.apiKey,
  api_secret: binance.apiSecret,
  baseUrl: simulator.url('binance'),
})
const filled = await sdk.submitNewOrder({
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'MARKET',
  quantity: 0.01,
  newOrderRespType: 'RESULT',
})
console.log(filled.status)

await simulator.close()
