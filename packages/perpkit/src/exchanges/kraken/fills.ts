import type { Call, Endpoint, HistoryQuery, Instruments } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import type { Fill } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { readTime } from './fields.ts'
import { isOf, type OrderIds } from './ids.ts'
import { readSymbols } from './symbols.ts'
import { readSide } from './tokens.ts'

/**
 * The list is that of the whole account, newest first, and can only be walked backwards. It tells no
 * fees (docs/wire/kraken.md 4.8).
 */
export async function getFills(call: Call, query: HistoryQuery): Promise<Fill[]> {
  const { instrument, startTime, endTime, limit } = query
  const wanted = new Map<string, Fill>()
  let before: number | undefined
  for (let page = 1; page <= MAX_PAGES; page++) {
    const rows = await call(before === undefined ? newestFills : fillsBefore, { before })
    for (const fill of rows) {
      const isInside = fill.timestamp >= startTime && fill.timestamp <= endTime
      if (isInside && fill.nativeSymbol === instrument.nativeSymbol) wanted.set(fill.fillId, fill)
    }
    const oldest = Math.min(...rows.map(({ timestamp }) => timestamp))
    if (rows.length < PAGE_SIZE || oldest < startTime || wanted.size >= limit) break
    before = nextCursor(before, oldest, endTime)
  }
  return [...wanted.values()]
}

const PAGE_SIZE = 100
const MAX_PAGES = 50

/**
 * The bound is exclusive: one millisecond later than the oldest row, because others of the same one
 * may be on the next page. Where a page holds nothing but one millisecond there is no way to the
 * rest of it.
 */
function nextCursor(before: number | undefined, oldest: number, endTime: number): number {
  const next = Math.min(oldest, endTime) + 1
  return next === before ? oldest : next
}

interface FillsRequest {
  /** Absent: the newest. */
  before: number | undefined
}

/** https://docs.kraken.com/api-reference/historical-data/get-your-fills */
export const newestFills: Endpoint<FillsRequest, Fill[]> = {
  method: 'GET',
  path: '/derivatives/api/v3/fills',
  access: 'read',
  effect: 'read',
  cost: { derivatives: 2 },
  encode({ before }) {
    const lastFillTime = before === undefined ? undefined : new Date(before).toISOString()
    return { query: { lastFillTime } }
  },
  decode(answer, _, { instruments }) {
    return answer
      .at('fills')
      .items()
      .map((row) => readFill(row, instruments))
  },
}

const fillsBefore: Endpoint<FillsRequest, Fill[]> = { ...newestFills, cost: { derivatives: 25 } }

/**
 * The executions of one order among the latest 100 of the account.
 * https://docs.kraken.com/api-reference/historical-data/get-your-fills
 */
export const latestFills: Endpoint<OrderIds, Fill[]> = {
  method: 'GET',
  path: '/derivatives/api/v3/fills',
  access: 'read',
  effect: 'read',
  cost: { derivatives: 2 },
  encode() {
    return {}
  },
  decode(answer, ids, { instruments }) {
    const fills = new Map<string, Fill>()
    for (const row of answer.at('fills').items()) {
      if (!isOf(ids, readNames(row))) continue
      const fill = readFill(row, instruments)
      fills.set(fill.fillId, fill)
    }
    return [...fills.values()]
  },
}

function readNames(row: Reader): { orderId: string; clientOrderId?: string } {
  const clientOrderId = row.at('cliOrdId').optionalString()
  return { orderId: row.at('order_id').id(), ...(clientOrderId !== undefined && { clientOrderId }) }
}

function readFill(row: Reader, instruments: Instruments): Fill {
  const realizedPnl = row.at('realized_pnl').optionalDecimal()
  return withRaw(
    {
      fillId: row.at('fill_id').id(),
      ...readNames(row),
      ...readSymbols(row.at('symbol'), instruments),
      side: readSide(row.at('side')),
      quantity: row.at('size').decimal(),
      price: row.at('price').decimal(),
      ...readRole(row.at('fillType')),
      ...(realizedPnl !== undefined && { realizedPnl }),
      timestamp: readTime(row.at('fillTime')),
    },
    row.value,
  )
}

/** Whether the order of an execution was resting. */
export function readRole({ value }: Reader): { isMaker?: boolean } {
  const isMaker = MAKERS.get(value)
  return isMaker === undefined ? {} : { isMaker }
}

/** Other words tell who took over a position, and not whose order was resting. */
const MAKERS: ReadonlyMap<unknown, boolean> = new Map([
  ['maker', true],
  ['taker', false],
  ['takerAfterEdit', false],
  ['liquidation', false],
  ['partialLiquidation', false],
])
