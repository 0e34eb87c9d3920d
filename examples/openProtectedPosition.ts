import { createFuturesExchange } from 'perpkit'
import { startSimulator } from 'perpkit/simulator'

const simulator = await startSimulator({ port: 0 })
const exchange = createFuturesExchange('OKX', {
  ...simulator.credentials('okx'),
  baseUrl: simulator.url('okx'),
})

const managed = await exchange.openProtectedPosition({
  symbol: 'BTCUSDT',
  side: 'SELL', // of the protective orders: this opens a long
  quantity: '0.03',
  entry: { type: 'LIMIT', price: '59500' },
  stopPrice: '58000',
  takeProfitPrice: '62000',
})

for await (const { reason, status, stopLossOrder } of managed.watch()) {
  console.log(reason, status, stopLossOrder?.quantity)
  // The market comes down to the entry, and then to the stop.
  const next = { CURRENT: '59400', ENTRY_FILLED: '57900' }
  const price = reason === 'CURRENT' || reason === 'ENTRY_FILLED' ? next[reason] : undefined
  if (price) await simulator.control.setPrice({ symbol: 'BTCUSDT', price })
}

await exchange.close()
await simulator.close()
