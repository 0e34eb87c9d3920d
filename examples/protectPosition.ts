import { createFuturesExchange } from 'perpkit'
import { startSimulator } from 'perpkit/simulator'

const simulator = await startSimulator({ port: 0 })
const exchange = createFuturesExchange('BYBIT', {
  ...simulator.credentials('bybit'),
  baseUrl: simulator.url('bybit'),
})

await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.03')
const managed = await exchange.createManagedOrders({
  symbol: 'BTCUSDT',
  side: 'SELL',
  quantity: '0.03',
  stopPrice: '58000',
  takeProfits: [
    { price: '62000', share: '0.5' },
    { price: '64000', share: '0.5' },
  ],
})

// The market reaches the first take-profit: the stop is sized to what is left.
await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '62100' })
const half = await managed.refresh()
console.log(half.takeProfitOrders[0]?.status, half.stopLossOrder?.quantity)

// It turns round and takes the stop: the second take-profit is removed.
await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '57900' })
const end = await managed.refresh()
console.log(end.status, end.takeProfitOrders[1]?.status)

await exchange.close()
await simulator.close()
