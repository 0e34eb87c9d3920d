import { div, roundToStep } from '../../../../core/decimal.ts'
import type { Engine, EngineEvent, EngineOrder } from '../../../engine/types.ts'
import type { Channel, Payload, PayloadObject } from '../../../server/socketTypes.ts'
import { contractsOf, plain } from '../decimals.ts'
import { fundingRow } from '../funding.ts'
import { instrumentRow } from '../instrumentRow.ts'
import { type Listing, listingOf } from '../instruments.ts'
import { sideWord } from '../legs.ts'
import { tickerRow } from '../market.ts'
import { isLiquidation } from '../notes.ts'
import { priceLimitRow } from '../priceBand.ts'
import { indexRow, interestRow, markRow } from '../statistics.ts'
import { isIn, type Scope } from './events.ts'

// Figures of contracts, rows as over REST: docs/wire/okx.md 8.2.

/** How often a figure is told: when it has changed, and otherwise again after `restMs`. */
interface Pace {
  everyMs?: number
  restMs?: number
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-tickers-channel */
export function tickerChannel(engine: Engine, listing: Listing): Channel {
  return figure(engine, listing, { everyMs: 100 }, tickerRow)
}

/** https://www.okx.com/docs-v5/en/#public-data-websocket-mark-price-channel */
export function markChannel(engine: Engine, listing: Listing): Channel {
  return figure(engine, listing, { everyMs: 200, restMs: 10_000 }, markRow)
}

/** https://www.okx.com/docs-v5/en/#public-data-websocket-index-tickers-channel */
export function indexChannel(engine: Engine, listing: Listing): Channel {
  return figure(engine, listing, { everyMs: 100, restMs: 60_000 }, indexRow)
}

/** https://www.okx.com/docs-v5/en/#public-data-websocket-open-interest-channel */
export function interestChannel(engine: Engine, listing: Listing): Channel {
  return figure(engine, listing, { everyMs: 3_000 }, interestRow)
}

/** https://www.okx.com/docs-v5/en/#public-data-websocket-price-limit-channel */
export function priceLimitChannel(engine: Engine, listing: Listing): Channel {
  return figure(engine, listing, { everyMs: 200 }, priceLimitRow)
}

/** https://www.okx.com/docs-v5/en/#public-data-websocket-funding-rate-channel */
export function fundingChannel(engine: Engine, listing: Listing): Channel {
  return figure(engine, listing, { restMs: 60_000 }, fundingRow)
}

/**
 * Records that have changed, and no list of all.
 * https://www.okx.com/docs-v5/en/#public-data-websocket-instruments-channel
 */
export function instrumentsChannel(engine: Engine, scope: Scope): Channel {
  const statesOf = (): boolean[] => scope.map((listing) => engine.isTrading(listing.engine.symbol))
  let told = statesOf()
  return {
    everyMs: 1_000,
    collect() {
      const states = statesOf()
      const changed = scope.filter((_, i) => states[i] !== told[i])
      told = states
      return changed.length === 0
        ? []
        : [{ data: changed.map((listing) => instrumentRow(engine, listing)) }]
    },
  }
}

/**
 * Of each contract the latest, once a second at most.
 * https://www.okx.com/docs-v5/en/#public-data-websocket-liquidation-orders-channel
 */
export function liquidationChannel(_engine: Engine, scope: Scope): Channel {
  const gathered = new Map<string, EngineOrder>()
  return {
    everyMs: 1_000,
    isStirredBy(event) {
      if (event.kind !== 'fill' || !isLiquidation(event.order.venueData)) return false
      if (!isIn(scope, event.order.symbol)) return false
      gathered.set(event.order.symbol, event.order)
      return true
    },
    collect() {
      const rows = [...gathered.values()].map(liquidationRow)
      gathered.clear()
      return rows.length === 0 ? [] : [{ data: rows }]
    },
  }
}

function figure(
  engine: Engine,
  listing: Listing,
  { everyMs, restMs }: Pace,
  rowAt: (engine: Engine, listing: Listing, now: number) => PayloadObject,
): Channel {
  let told = withoutTime(rowAt(engine, listing, engine.now()))
  let saidAt = engine.now()
  return {
    ...(everyMs !== undefined && { everyMs }),
    ...(restMs !== undefined && { nextAt: () => saidAt + restMs }),
    isStirredBy: (event) => everyMs !== undefined && isOfMarket(event, listing),
    welcome: () => [{ data: [rowAt(engine, listing, engine.now())] }],
    collect(now): Payload[] {
      const row = rowAt(engine, listing, now)
      const text = withoutTime(row)
      const isDue = restMs !== undefined && now - saidAt >= restMs
      if (text === told && !isDue) return []
      told = text
      saidAt = now
      return [{ data: [row] }]
    },
  }
}

function withoutTime(row: PayloadObject): string {
  return JSON.stringify({ ...row, ts: '' })
}

function isOfMarket(event: EngineEvent, listing: Listing): boolean {
  const { symbol } = listing.engine
  return (
    (event.kind === 'book' && event.symbol === symbol) ||
    (event.kind === 'trade' && event.trade.symbol === symbol)
  )
}

/** The liquidating order; its price stands for that of the bankruptcy. */
function liquidationRow(order: EngineOrder): PayloadObject {
  const listing = listingOf(order.symbol)
  const { engine, family, instId } = listing
  const average = div(order.executedNotional, order.executedQuantity)
  return {
    instType: 'SWAP',
    instId,
    instFamily: family,
    uly: family,
    details: [
      {
        side: order.side === 'BUY' ? 'buy' : 'sell',
        posSide: sideWord(order),
        bkPx: roundToStep(average, engine.tickSize),
        sz: plain(contractsOf(listing, order.executedQuantity)),
        bkLoss: '0',
        ccy: '',
        ts: String(order.updatedAt),
      },
    ],
  }
}
