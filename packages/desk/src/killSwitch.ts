import type { FuturesExchange, FuturesOrder, FuturesPosition } from 'perpkit'
import { isProtective } from './coverage.ts'

// Clear and flat on one account: entries first, positions next, stops last, and a look afterwards.

export interface Sweep {
  /** Orders that were cancelled. */
  cancelled: number
  /** Positions that were closed. */
  closed: number
  /** Entries, and after `flat` anything at all, that are still there. */
  left: string[]
}

/** More than this many rounds means that something else keeps placing orders. */
const ROUNDS = 5

/** Cancels what could open or enlarge a position; what protects stays. */
export async function clearEntries(exchange: FuturesExchange): Promise<Sweep> {
  let cancelled = 0
  for (let round = 0; round < ROUNDS; round++) {
    const entries = (await exchange.getOpenOrders()).filter((order) => !isProtective(order))
    if (entries.length === 0) return { cancelled, closed: 0, left: [] }
    cancelled += await cancelEach(exchange, entries)
  }
  const left = (await exchange.getOpenOrders()).filter((order) => !isProtective(order))
  return { cancelled, closed: 0, left: left.map(orderText) }
}

/** Cancels entries, closes every position, removes what is left of orders, and looks again. */
export async function flatten(exchange: FuturesExchange): Promise<Sweep> {
  const sweep = await clearEntries(exchange)
  let { cancelled, closed } = sweep
  for (let round = 0; round < ROUNDS; round++) {
    const positions = await exchange.getPositionInfo()
    for (const symbol of new Set(positions.map((position) => position.symbol))) {
      await exchange.closePosition(symbol)
    }
    closed = Math.max(closed, positions.length)
    const open = await exchange.getPositionInfo()
    // A stop goes only when there is nothing left for it to protect.
    const needed = new Set(open.map(({ symbol }) => symbol))
    const orders = await exchange.getOpenOrders()
    cancelled += await cancelEach(
      exchange,
      orders.filter(({ symbol }) => !needed.has(symbol)),
    )
    const [positionsLeft, ordersLeft] = await lookAgain(exchange)
    if (positionsLeft.length + ordersLeft.length === 0) return { cancelled, closed, left: [] }
  }
  const [positions, orders] = await lookAgain(exchange)
  const left = [...positions.map(positionText), ...orders.map(orderText)]
  return { cancelled, closed: closed - positions.length, left }
}

function lookAgain(exchange: FuturesExchange): Promise<[FuturesPosition[], FuturesOrder[]]> {
  return Promise.all([exchange.getPositionInfo(), exchange.getOpenOrders()])
}

async function cancelEach(
  exchange: FuturesExchange,
  orders: readonly FuturesOrder[],
): Promise<number> {
  let cancelled = 0
  for (const { symbol, orderId } of orders) {
    if (await exchange.cancelOrder(symbol, orderId)) cancelled += 1
  }
  return cancelled
}

function orderText({ symbol, type, side, quantity, orderId }: FuturesOrder): string {
  return `${type} ${side} ${quantity} ${symbol} (${orderId})`
}

function positionText({ symbol, side, size }: FuturesPosition): string {
  return `${side} ${size} ${symbol}`
}
