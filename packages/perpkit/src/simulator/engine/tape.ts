import { fromCount } from './grid.ts'
import type { Contract, Market, TradedMinute, World } from './state.ts'
import type { EngineSide, EngineTrade } from './types.ts'

/** Public trades a market remembers at least. */
const keptTrades = 1_000

/** Prints a public trade; `side` is the aggressor's. The last price is the trade's from here on. */
export function printTrade(
  world: World,
  contract: Contract,
  market: Market,
  trade: { tick: number; steps: number; side: EngineSide },
): void {
  world.state.tradeNumber++
  const printed: EngineTrade = {
    tradeId: String(world.state.tradeNumber),
    symbol: market.symbol,
    price: fromCount(trade.tick, contract.ticks),
    quantity: fromCount(trade.steps, contract.steps),
    side: trade.side,
    timestamp: world.at,
  }
  market.trades.push(printed)
  world.listener?.happened({ kind: 'trade', trade: { ...printed }, at: world.at })
  if (market.trades.length >= 2 * keptTrades) market.trades.splice(0, keptTrades)
  addToMinute(minuteAt(market, Math.floor(world.at / 60_000)), trade.tick, trade.steps)
  market.last = trade.tick
  world.stirred.add(market.symbol)
}

/** The row of that minute: the latest one, or a new one that opens where the last price stands. */
function minuteAt(market: Market, minute: number): TradedMinute {
  const latest = market.minutes.at(-1)
  if (latest && latest.minute >= minute) return latest
  const { last } = market
  const opened: TradedMinute = {
    minute,
    open: last,
    high: last,
    low: last,
    close: last,
    volume: 0,
    turnover: 0,
    trades: 0,
  }
  market.minutes.push(opened)
  return opened
}

function addToMinute(row: TradedMinute, tick: number, steps: number): void {
  if (tick > row.high) row.high = tick
  if (tick < row.low) row.low = tick
  row.close = tick
  row.volume += steps
  row.turnover += tick * steps
  row.trades++
}
