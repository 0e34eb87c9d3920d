import { add } from '../../../../core/decimal.ts'
import type { Engine, EngineEvent, EngineKline, EngineTrade } from '../../../engine/types.ts'
import type { Channel, Payload } from '../../../server/socketTypes.ts'
import { type Bar, barAfter, barStart, readBars } from '../bars.ts'
import type { Listing } from '../instruments.ts'
import { tradeRow } from '../publicTrades.ts'

// Trades and candles: docs/wire/okx.md 8.2.

/**
 * What one taker traded at one price, in one row with the id of the last.
 * https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-trades-channel
 */
export function tradeChannel(engine: Engine, listing: Listing): Channel {
  return {
    hear(events) {
      const seqId = engine.depth(listing.engine.symbol, 1).sequence
      return aggregated(tradesIn(events, listing)).map(({ trade, count }) => ({
        data: [{ ...tradeRow(listing, trade), count: String(count), seqId }],
      }))
    },
  }
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-all-trades-channel */
export function everyTradeChannel(_engine: Engine, listing: Listing): Channel {
  return {
    hear: (events) =>
      tradesIn(events, listing).map((trade) => ({ data: [tradeRow(listing, trade)] })),
  }
}

/**
 * The open bar when it has changed, and each one once more when it is closed.
 * https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-candlesticks-channel
 */
export function candleChannel(
  engine: Engine,
  listing: Listing,
  bar: Bar,
  rowOf: (listing: Listing, candle: EngineKline, confirm: string) => string[],
): Channel {
  const { symbol } = listing.engine
  let start = barStart(bar, engine.now())
  const say = (now: number): Payload[] => {
    const current = barStart(bar, now)
    return readBars(engine, symbol, bar, start, current).map((candle) => ({
      data: [rowOf(listing, candle, candle.start === current ? '0' : '1')],
    }))
  }
  return {
    everyMs: 1_000,
    isStirredBy: (event) => event.kind === 'trade' && event.trade.symbol === symbol,
    nextAt: () => barAfter(bar, start, 1),
    welcome: () => say(engine.now()),
    collect(now) {
      const said = say(now)
      start = barStart(bar, now)
      return said
    },
  }
}

function tradesIn(events: readonly EngineEvent[], listing: Listing): EngineTrade[] {
  return events.flatMap((event) =>
    event.kind === 'trade' && event.trade.symbol === listing.engine.symbol ? [event.trade] : [],
  )
}

/** Trades of one call that follow each other at one price on one side are of one taker. */
function aggregated(trades: readonly EngineTrade[]): { trade: EngineTrade; count: number }[] {
  const rows: { trade: EngineTrade; count: number }[] = []
  for (const trade of trades) {
    const row = rows.at(-1)
    if (row && row.trade.price === trade.price && row.trade.side === trade.side) {
      row.trade = { ...trade, quantity: add(row.trade.quantity, trade.quantity) }
      row.count++
    } else {
      rows.push({ trade, count: 1 })
    }
  }
  return rows
}
