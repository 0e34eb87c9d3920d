import { createFuturesExchange } from 'perpkit'
import { startSimulator } from 'perpkit/simulator'

const simulator = await startSimulator({ port: 0 })
const exchange = createFuturesExchange('BYBIT', {
  ...simulator.credentials('bybit'),
  baseUrl: simulator.url('bybit'),
})

const book = exchange.watchOrderBook('BTCUSDT', { depth: 5 })
for await (const { bids, asks } of book) {
  console.log(bids[0], asks[0], book.status)
  break // closes the stream
}

const orders = exchange.watchOrders()
exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01').catch(console.error)
for await (const { status, executedQty } of orders) {
  console.log(status, executedQty)
  if (status === 'FILLED') break
}

await exchange.close()
await simulator.close()
