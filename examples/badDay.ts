import { createFuturesExchange } from 'perpkit'
import { startSimulator } from 'perpkit/simulator'

const simulator = await startSimulator({ port: 0, seed: 1 })
const exchange = createFuturesExchange('BYBIT', {
  ...simulator.credentials('bybit'),
  baseUrl: simulator.url('bybit'),
})

await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '58000' })

// The next order is executed, and its answer never arrives.
await simulator.control.inject({
  venue: 'bybit',
  operation: 'createOrder',
  kind: 'dropAfter',
  times: 1,
})
const order = await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01')

// What the client believes, and how many orders the venue has seen.
const truth = await simulator.control.state({ venue: 'bybit' })
console.log(order.status, truth.orders.length)

await exchange.close()
await simulator.close()
