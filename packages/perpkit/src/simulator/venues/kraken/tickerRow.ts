import { type Decimal, div, isPositive, mul, sub } from '../../../core/decimal.ts'
import type { Engine } from '../../engine/types.ts'
import { runningRate } from './funding.ts'
import type { Listing } from './instruments.ts'
import { iso, num } from './numbers.ts'

/** A row of `/tickers`: docs/wire/kraken.md 3.3. */
export function tickerRow(engine: Engine, listing: Listing): Record<string, unknown> {
  const { symbol } = listing.engine
  const { ask, askQuantity, bid, bidQuantity, index, last, mark } = engine.prices(symbol)
  const day = engine.day(symbol)
  const [trade] = engine.trades(symbol, 1)
  const funding = runningRate(engine, listing)
  return {
    tag: 'perpetual',
    pair: `${listing.wireBase}:USD`,
    symbol: listing.native,
    markPrice: num(mark),
    // Both vanish with their side of the book.
    ...(isPositive(bidQuantity) && { bid: num(bid), bidSize: num(bidQuantity) }),
    ...(isPositive(askQuantity) && { ask: num(ask), askSize: num(askQuantity) }),
    vol24h: num(day.volume),
    volumeQuote: num(day.turnover),
    openInterest: num(engine.openInterest(symbol)),
    open24h: num(day.open),
    high24h: num(day.high),
    low24h: num(day.low),
    indexPrice: num(index),
    last: num(last),
    lastTime: iso(trade?.timestamp ?? engine.now()),
    lastSize: num(trade?.quantity ?? listing.engine.stepSize),
    suspended: !engine.isTrading(symbol),
    fundingRate: funding,
    fundingRatePrediction: funding,
    postOnly: false,
    change24h: changeInPercent(day.open, last),
  }
}

function changeInPercent(open: Decimal, last: Decimal): number {
  return isPositive(open) ? num(mul(div(sub(last, open), open), '100'), 2) : 0
}
