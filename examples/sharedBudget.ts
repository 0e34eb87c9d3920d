import { createFuturesExchange, createRedisBudgetStore } from 'perpkit'
import { startSimulator } from 'perpkit/simulator'

// A url needs the package @redis/client. Where no Redis answers, as perhaps here, each process goes
// on with its share of the limits.
const store = await createRedisBudgetStore({
  url: 'redis://127.0.0.1:6379',
  processes: 4, // the most that will ever share it
})

const simulator = await startSimulator({ port: 0 })
const exchange = createFuturesExchange('BYBIT', {
  ...simulator.credentials('bybit'),
  baseUrl: simulator.url('bybit'),
  rateLimit: { store },
})
const order = await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01')
console.log(order.status)

await exchange.close()
await store.disconnect()
await simulator.close()
