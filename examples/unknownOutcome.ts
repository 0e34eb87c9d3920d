import {
  createFuturesExchange,
  type FuturesOrder,
  OrderNotFoundError,
  OutcomeUnknownError,
  TransportError,
} from 'perpkit'
import { startSimulator } from 'perpkit/simulator'

const simulator = await startSimulator({ port: 0 })
const exchange = createFuturesExchange('BYBIT', {
  ...simulator.credentials('bybit'),
  baseUrl: simulator.url('bybit'),
  timeoutMs: 500,
})

// The next order is executed, its answer is lost, and nobody answers questions about orders.
const silent = { venue: 'bybit', kind: 'dropBefore' } as const
await simulator.control.inject({ ...silent, operation: 'getOrder' })
await simulator.control.inject({ ...silent, operation: 'getOpenOrders' })
await simulator.control.inject({ ...silent, operation: 'createOrder', kind: 'dropAfter', times: 1 })

const order = await buy('0.01')
const { orders } = await simulator.control.state({ venue: 'bybit' })
console.log(order?.status ?? 'not placed', orders.length)

await exchange.close()
await simulator.close()

async function buy(quantity: string): Promise<FuturesOrder | undefined> {
  try {
    // done
    return await exchange.createMarketOrder('BTCUSDT', 'BUY', quantity)
  } catch (error) {
    if (error instanceof OutcomeUnknownError && error.clientOrderId !== undefined) {
      // unknown: never send it again; write the id down, and ask once the exchange answers
      console.log(error.clientOrderId, error.tried)
      await simulator.control.clearFaults({})
      return find(error.clientOrderId)
    }
    // notSent: nothing left this machine, so this is the one case in which it may simply be repeated
    if (error instanceof TransportError && error.sent === 'no') return buy(quantity)
    // rejected, or refused by perpkit: it did not happen, and the error says why
    throw error
  }
}

async function find(clientOrderId: string): Promise<FuturesOrder | undefined> {
  try {
    return await exchange.getOrder({ symbol: 'BTCUSDT', clientOrderId })
  } catch (error) {
    // An answer, and the order is not there: on Bybit a late one is refused after 2 s.
    if (error instanceof OrderNotFoundError) return undefined
    throw error
  }
}
