import { type FuturesExchange, PerpkitError } from 'perpkit'
import type { Simulator } from 'perpkit/simulator'
import { nextFloat, nextInteger, type Random } from '../../../packages/perpkit/src/core/random.ts'

/** What somebody does on the account and in its market while its streams are watched. */
export interface Trading {
  /** How many times something has happened to the account. */
  readonly events: number
  /** How many of these were about conditional orders. */
  readonly stops: number
  /** A position that the other orders do not close. */
  begin(): Promise<void>
  /** Moves the market by up to half a per cent. */
  move(): Promise<void>
  /** Places, fills or cancels an order; what it comes to is not waited for. */
  trade(): void
  /** Places a conditional order. */
  protect(): void
}

const SYMBOL = 'BTCUSDT'
const LOWEST = 57_000
const HIGHEST = 63_000

export function createTrading(
  trader: FuturesExchange,
  simulator: Simulator,
  random: Random,
): Trading {
  let price = 60_000
  let number = 1_000_000_000_000
  let events = 0
  let stops = 0
  /** Ids of orders that may still be open. */
  const open: { orderId: string; isStop: boolean }[] = []

  function attempt(
    deed: Promise<{ orderId: string } | boolean>,
    { rests = false, isStop = false } = {},
  ): void {
    deed.then(
      (placed) => {
        if (placed !== false) events++
        if (placed !== false && isStop) stops++
        if (rests && typeof placed === 'object') open.push({ orderId: placed.orderId, isStop })
      },
      (error: unknown) => {
        if (!PerpkitError.is(error)) throw error
      },
    )
  }
  function placeStop(quantity: string, clientOrderId: string): void {
    const order = { symbol: SYMBOL, side: 'SELL', quantity, clientOrderId } as const
    const distance = 10 * (1 + nextInteger(random, 30))
    const deed =
      nextFloat(random) < 0.5
        ? trader.createStopLossOrder({ ...order, stopPrice: String(price - distance) })
        : trader.createTakeProfitOrder({ ...order, stopPrice: String(price + distance) })
    attempt(deed, { rests: true, isStop: true })
  }
  return {
    get events() {
      return events
    },
    get stops() {
      return stops
    },
    async begin() {
      await trader.createMarketOrder(SYMBOL, 'BUY', '0.5')
    },
    async move() {
      const change = 10 * (nextInteger(random, 61) - 30)
      price = Math.min(HIGHEST, Math.max(LOWEST, price + change))
      await simulator.control.setPrice({ symbol: SYMBOL, price: String(price) })
    },
    protect() {
      number++
      placeStop('0.01', String(number))
    },
    trade() {
      number++
      const clientOrderId = String(number)
      const quantity = (0.01 + 0.001 * nextInteger(random, 20)).toFixed(3)
      const side = nextFloat(random) < 0.5 ? 'BUY' : 'SELL'
      const dice = nextFloat(random)
      if (dice < 0.3) {
        attempt(trader.createMarketOrder(SYMBOL, side, quantity, { clientOrderId }))
      } else if (dice < 0.55) {
        const away = 10 * (1 + nextInteger(random, 25))
        const limit = String(side === 'BUY' ? price - away : price + away)
        const deed = trader.createLimitOrder(SYMBOL, side, quantity, limit, { clientOrderId })
        attempt(deed, { rests: true })
      } else if (dice < 0.8 || open.length === 0) {
        placeStop(quantity, clientOrderId)
      } else {
        const [chosen] = open.splice(nextInteger(random, open.length), 1)
        if (chosen) attempt(trader.cancelOrder(SYMBOL, chosen.orderId), chosen)
      }
    },
  }
}
