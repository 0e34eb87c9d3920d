import { createFuturesExchange } from 'perpkit'
import { startSimulator } from 'perpkit/simulator'

const simulator = await startSimulator({ port: 0 })
const exchange = createFuturesExchange('BINANCE', {
  ...simulator.credentials('binance'),
  baseUrl: simulator.url('binance'),
})

const order = await exchange.createMarketOrder('BTC/USDT', 'BUY', '0.01')
console.log(order.status, order.executedQty, order.averagePrice)

await exchange.close()
await simulator.close()
