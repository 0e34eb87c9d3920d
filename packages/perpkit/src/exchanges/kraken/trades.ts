import type { Call, Endpoint } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Trade } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import { readTime } from './fields.ts'
import { readSide } from './tokens.ts'

/** Reaches back 7 days at most, or to the last start of the exchange's engine. */
export async function getTrades(
  call: Call,
  { instrument, limit }: { instrument: Instrument; limit: number },
): Promise<Trade[]> {
  const trades = new Map<string, Trade>()
  let before: number | undefined
  for (let page = 1; page <= MAX_PAGES && trades.size < limit; page++) {
    const rows = await call(tradesBefore, { instrument, before })
    const known = trades.size
    for (const trade of rows) if (!trades.has(trade.tradeId)) trades.set(trade.tradeId, trade)
    if (rows.length < PAGE_SIZE || trades.size === known) break
    // One millisecond later than the oldest: others of the same one may be on the next page.
    before = Math.min(...rows.map(({ timestamp }) => timestamp)) + 1
  }
  return [...trades.values()].slice(0, limit).reverse()
}

const PAGE_SIZE = 100
const MAX_PAGES = 10

interface TradesRequest {
  instrument: Instrument
  /** Absent: the newest. */
  before: number | undefined
}

/**
 * Newest first.
 * https://docs.kraken.com/api-reference/market-data/get-trade-history (docs/wire/kraken.md 3.5)
 */
const tradesBefore: Endpoint<TradesRequest, Trade[]> = {
  method: 'GET',
  path: '/derivatives/api/v3/history',
  access: 'public',
  effect: 'read',
  cost: {},
  encode({ instrument, before }) {
    const lastTime = before === undefined ? undefined : new Date(before).toISOString()
    return { query: { symbol: instrument.nativeSymbol, lastTime } }
  },
  decode(answer, { instrument }) {
    return answer
      .at('history')
      .items()
      .map((row) => readTrade(row, instrument))
  },
}

function readTrade(row: Reader, { symbol, nativeSymbol }: Instrument): Trade {
  return withRaw(
    {
      symbol,
      nativeSymbol,
      // `trade_id` counts down within one answer and identifies nothing.
      tradeId: row.at('uid').id(),
      price: row.at('price').decimal(),
      quantity: row.at('size').decimal(),
      side: readSide(row.at('side')),
      timestamp: readTime(row.at('time')),
    },
    row.value,
  )
}
