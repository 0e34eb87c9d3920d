// One process of a fleet on one key and one address: asks as fast as the shared budgets let it. Told
// by its parent what to do and, once it is ready, until when; answers how it went.

import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { createFuturesExchange, createRedisBudgetStore } from 'perpkit'

/** Calls at the same time: enough to keep every budget in demand. */
const LOOPS = 3
/** All others of the fleet may stand before a call. */
const TIMEOUT_MS = 30_000
/** Whatever has failed is not asked for again at once. */
const AFTER_ERROR_MS = 100

const SYMBOL = 'BTCUSDT'

const WORKS = {
  orders: [
    async (exchange) => {
      // Far from the market, within every price band.
      const { orderId } = await exchange.createLimitOrder(SYMBOL, 'BUY', '0.01', '57500')
      await exchange.cancelOrder(SYMBOL, orderId)
    },
  ],
  reads: [
    (exchange) => exchange.getTicker(SYMBOL),
    (exchange) => exchange.getOpenOrders(SYMBOL),
    (exchange) => exchange.getOrderBook(SYMBOL, { depth: 5 }),
    (exchange) => exchange.getPositionInfo(SYMBOL),
    (exchange) => exchange.getAccountInfo(),
  ],
}

const [{ name, options, work, redis, processes }] = await once(process, 'message')

/** Times Redis was lost: until it is back, this process goes on with its own share. */
let lost = 0
const store = await createRedisBudgetStore({
  url: redis,
  processes,
  logger: { warn: ({ reason }) => (lost += reason === undefined ? 0 : 1) },
})
const exchange = createFuturesExchange(name, {
  ...options,
  rateLimit: { store },
  timeoutMs: TIMEOUT_MS,
})
await exchange.getSymbolPrecision(SYMBOL)
// Where orders name it, each would ask for the position's mode first and wait for the budget of that.
if (work === 'orders' && exchange.capabilities.marginModeScope === 'order') {
  await exchange.setMarginMode(SYMBOL, 'CROSS')
}
// Once through everything: what connects and compiles at first arrives later than it was counted.
for (const deed of WORKS[work]) {
  await Promise.all(Array.from({ length: LOOPS }, () => deed(exchange)))
}
process.send('ready')
const [{ endAt }] = await once(process, 'message')

const errors = {}

async function loop(first) {
  const deeds = WORKS[work]
  for (let i = first; Date.now() < endAt; i += 1) {
    try {
      await deeds[i % deeds.length](exchange)
    } catch (error) {
      const what = `${error.name} ${error.code}: ${error.message}`
      errors[what] = (errors[what] ?? 0) + 1
      await pause(AFTER_ERROR_MS)
    }
  }
}

await Promise.all(Array.from({ length: LOOPS }, (_, first) => loop(first)))
await exchange.close()
await store.disconnect()
process.send({ errors, lost })
process.disconnect()
