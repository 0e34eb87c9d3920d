import type { Call, Endpoint, HistoryQuery } from '../../client/definition.ts'
import { type Decimal, div, isZero } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { FeeRates } from '../../model/account.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Fill } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { type OfInstrument, readContracts } from './contracts.ts'
import { readToken } from './fields.ts'
import {
  type Page,
  type PageStart,
  pageFields,
  readAllPages,
  readPage,
  type Window,
} from './pages.ts'
import { readPositionSide } from './positionSide.ts'
import { FILLS_REACH, PRIVATE_WINDOWS, withinReach } from './reach.ts'
import { sides } from './tokens.ts'
import { readNewest } from './windows.ts'

/** Of the last three days: older ones are not given. */
export async function getFills(call: Call, query: HistoryQuery): Promise<Fill[]> {
  const { instrument } = query
  const prints = await readNewest(await withinReach(call, query, FILLS_REACH), PRIVATE_WINDOWS, {
    read: (window) => readAllPages(call, ownFills, { instrument, ...window }),
    keyOf: ({ id }) => id,
    timeOf: ({ fill }) => fill.timestamp,
  })
  return withFillIds(prints.sort(byId))
}

/** An execution, and what the answer or the stream it stands in calls it. */
interface Print {
  id: string
  tradeId: string | undefined
  fill: Omit<Fill, 'fillId'>
}

/**
 * Names executions alike wherever they are told: calls and stream give one execution different ids
 * (docs/wire/htx.md 8.2). Order and trade name it, and its place where one trade of an order has
 * several, which `prints` must have in their order.
 */
export function withFillIds(prints: readonly Print[]): Fill[] {
  const counts = new Map<string, number>()
  return prints.map(({ id, tradeId, fill }) => {
    const pair = tradeId === undefined ? undefined : `${tradeId}-${fill.orderId}`
    const place = pair === undefined ? 0 : (counts.get(pair) ?? 0) + 1
    if (pair !== undefined) counts.set(pair, place)
    return withRaw({ fillId: pair === undefined ? id : `${pair}-${place}`, ...fill }, fill.raw)
  })
}

/** Digits, too many of them for a number. */
function byId(a: Print, b: Print): number {
  return a.id.length - b.id.length || (a.id < b.id ? -1 : 1)
}

/** No call tells them: what the last fills paid does, else what is usual. */
export function getFeeRates(call: Call, params: OfInstrument): Promise<FeeRates> {
  return call(paidFees, params)
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1957e2a0e6a
const fillsRequest = {
  method: 'GET',
  path: '/v5/trade/order/details',
  access: 'read',
  effect: 'read',
  cost: { read: 1 },
} as const

/** The oldest of the window first. */
const ownFills: Endpoint<PageStart & Window & { instrument: Instrument }, Page<Print>> = {
  ...fillsRequest,
  encode: ({ instrument, ...page }) => ({
    query: { contract_code: instrument.nativeSymbol, ...pageFields(page) },
  }),
  decode: (answer, { instrument }) => readPage(answer, (row) => readPrint(row, instrument)),
}

/** The stream says `direction` for the side. */
export function readPrint(row: Reader, instrument: Instrument): Print {
  const fill: Omit<Fill, 'fillId'> = {
    orderId: row.at('order_id').id(),
    symbol: instrument.symbol,
    nativeSymbol: instrument.nativeSymbol,
    side: readToken(row.at(row.has('side') ? 'side' : 'direction'), sides),
    quantity: readContracts(row.at('trade_volume'), instrument),
    price: row.at('trade_price').decimal(),
    timestamp: row.at('created_time').integer(),
  }
  const clientOrderId = row.at('client_order_id').optionalId()
  const positionSide = readPositionSide(row.at('position_side'))
  // Positive when paid, unlike the fee of the order (docs/wire/htx.md 4.8).
  const fee = row.at('trade_fee').optionalDecimal()
  const feeAsset = row.at('fee_currency').optionalString()
  const isMaker = readIsMaker(row)
  const realizedPnl = row.at('profit').optionalDecimal()
  if (clientOrderId !== undefined) fill.clientOrderId = clientOrderId
  if (positionSide !== undefined) fill.positionSide = positionSide
  if (fee !== undefined) fill.fee = fee
  if (feeAsset !== undefined) fill.feeAsset = feeAsset
  if (isMaker !== undefined) fill.isMaker = isMaker
  if (realizedPnl !== undefined) fill.realizedPnl = realizedPnl
  return {
    // One order and one trade can have several: this alone is unique.
    id: row.at('id').id(),
    tradeId: row.at('trade_id').optionalId(),
    fill: withRaw(fill, row.value),
  }
}

/** Upper case here, lower case on the stream. */
function readIsMaker(row: Reader): boolean | undefined {
  const role = row.at('role').optionalString()?.toLowerCase()
  return role === 'maker' || role === 'taker' ? role === 'maker' : undefined
}

/** What accounts without a discount have been seen to pay (docs/wire/htx.md 4.9). */
const USUAL_MAKER_RATE = '0.0002'
const USUAL_TAKER_RATE = '0.0006'

/** Fills of the last 48 hours, a hundred at most: the rates of an account seldom change. */
const paidFees: Endpoint<OfInstrument, FeeRates> = {
  ...fillsRequest,
  encode: ({ instrument }) => ({
    query: { contract_code: instrument.nativeSymbol, ...pageFields({}) },
  }),
  decode(answer, { instrument }) {
    const paid = answer.at('data').items().flatMap(readPaidRate)
    const newest = (maker: boolean): Decimal | undefined =>
      paid
        .filter(({ isMaker }) => isMaker === maker)
        .sort((a, b) => a.timestamp - b.timestamp)
        .at(-1)?.rate
    const rates: FeeRates = {
      symbol: instrument.symbol,
      nativeSymbol: instrument.nativeSymbol,
      makerRate: newest(true) ?? USUAL_MAKER_RATE,
      takerRate: newest(false) ?? USUAL_TAKER_RATE,
    }
    return withRaw(rates, answer.value)
  },
}

/** What `order_type` says of a fill that was a trade, and not a liquidation or the like. */
const TRADE = '1'

/** Fees may have been paid in another asset than the turnover is counted in. */
function readPaidRate(row: Reader): { isMaker: boolean; timestamp: number; rate: Decimal }[] {
  const isMaker = readIsMaker(row)
  const fee = row.at('trade_fee').optionalDecimal()
  const turnover = row.at('trade_turnover').optionalDecimal()
  const isTrade = (row.at('order_type').optionalId() ?? TRADE) === TRADE
  const isInQuote = row.at('fee_currency').value === 'USDT'
  if (isMaker === undefined || fee === undefined || turnover === undefined) return []
  if (!isTrade || !isInQuote || isZero(turnover)) return []
  // Six decimals: fees are rounded, rates are not.
  return [{ isMaker, timestamp: row.at('created_time').integer(), rate: div(fee, turnover, 6) }]
}
