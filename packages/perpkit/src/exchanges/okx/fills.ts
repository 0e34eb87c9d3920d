import type { Call, Endpoint, HistoryQuery } from '../../client/definition.ts'
import { negate } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Fill } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { readTargetSide } from './direction.ts'
import { timeOrNone } from './fields.ts'
import { type Page, type PageRequest, pageQuery, readPage } from './pages.ts'
import { findInstrument, fromContracts } from './symbols.ts'
import { readSide } from './tokens.ts'
import { type Past, readPast } from './window.ts'

/** Of the last three months. */
export function getFills(call: Call, query: HistoryQuery): Promise<Fill[]> {
  return readPast(call, fills, query)
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-transaction-details-last-3-days */
const recentFills: Endpoint<PageRequest, Page<Fill>> = {
  method: 'GET',
  path: '/api/v5/trade/fills',
  access: 'read',
  effect: 'read',
  cost: { 'GET trade/fills': 1 },
  encode(request) {
    return { query: pageQuery(request) }
  },
  decode(answer, _params, { instruments, receivedAt }) {
    // Paged by `billId`: several fills may be of one trade, and of one millisecond.
    return readPage(answer, 'billId', receivedAt, (row) => {
      const instrument = findInstrument(row, instruments)
      return instrument && readFill(row, instrument)
    })
  },
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-transaction-details-last-3-months */
const oldFills: Endpoint<PageRequest, Page<Fill>> = {
  ...recentFills,
  path: '/api/v5/trade/fills-history',
  cost: { 'GET trade/fills-history': 1 },
}

const fills: Past<Fill> = {
  recent: recentFills,
  archive: oldFills,
  // Three days, less an hour for clocks that differ.
  keptMs: 71 * 3_600_000,
  timeOf: ({ timestamp }) => timestamp,
  counts: () => true,
}

/** A row of fills, as calls tell it. */
export function readFill(row: Reader, instrument: Instrument): Fill {
  const clientOrderId = row.at('clOrdId').optionalString()
  const positionSide = readTargetSide(row.at('posSide'))
  const fee = row.at('fee').optionalDecimal()
  const feeAsset = row.at('feeCcy').optionalString()
  const isMaker = readIsMaker(row.at('execType'))
  const realizedPnl = row.at('fillPnl').optionalDecimal()
  return withRaw(
    {
      fillId: row.at('tradeId').id(),
      orderId: row.at('ordId').id(),
      ...(clientOrderId !== undefined && { clientOrderId }),
      symbol: instrument.symbol,
      nativeSymbol: instrument.nativeSymbol,
      side: readSide(row.at('side')),
      ...(positionSide !== undefined && { positionSide }),
      quantity: fromContracts(row.at('fillSz').decimal(), instrument),
      price: row.at('fillPx').decimal(),
      // Theirs are negative where one pays.
      ...(fee !== undefined && { fee: negate(fee) }),
      ...(feeAsset !== undefined && { feeAsset }),
      ...(isMaker !== undefined && { isMaker }),
      ...(realizedPnl !== undefined && { realizedPnl }),
      // `ts` is the time of the record.
      timestamp: timeOrNone(row.at('fillTime')) ?? row.at('ts').integer(),
    },
    row.value,
  )
}

/** `undefined` of liquidations, which are neither. */
function readIsMaker(field: Reader): boolean | undefined {
  switch (field.optionalString()) {
    case 'M':
      return true
    case 'T':
      return false
    default:
      return undefined
  }
}
