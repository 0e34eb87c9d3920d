import { isPositive } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { OrderStatus } from '../../model/tokens.ts'
import { readDirection } from './direction.ts'
import { amountOrNone, amountOrZero, timeOrNone } from './fields.ts'
import { fromContracts } from './symbols.ts'
import { readBookOrderType } from './tokens.ts'

/** An order of the book by its own record. */
export interface BookOrder {
  order: FuturesOrder
  /** The conditional order that made it. */
  algoId: string | undefined
}

export function readOrder(row: Reader, instrument: Instrument): BookOrder {
  const { type, timeInForce } = readBookOrderType(row.at('ordType'))
  const averagePrice = amountOrNone(row.at('avgPx'))
  const createdAt = timeOrNone(row.at('cTime'))
  const updatedAt = timeOrNone(row.at('uTime'))
  const order: FuturesOrder = {
    orderId: row.at('ordId').id(),
    // Orders the exchange made itself, such as those of a conditional order, have none.
    clientOrderId: row.at('clOrdId').optionalString() ?? '',
    symbol: instrument.symbol,
    nativeSymbol: instrument.nativeSymbol,
    ...readDirection(row),
    type,
    quantity: fromContracts(row.at('sz').decimal(), instrument),
    price: type === 'LIMIT' ? amountOrZero(row.at('px')) : '0',
    status: readStatus(row),
    executedQty: fromContracts(amountOrZero(row.at('accFillSz')), instrument),
    timeInForce,
    ...(averagePrice !== undefined && { averagePrice }),
    ...(createdAt !== undefined && { createdAt }),
    ...(updatedAt !== undefined && { updatedAt }),
  }
  return { order: withRaw(order, row.value), algoId: row.at('algoId').optionalId() }
}

// docs/wire/okx.md 5
function readStatus(row: Reader): OrderStatus {
  switch (row.at('state').string()) {
    case 'partially_filled':
      return 'PARTIALLY_FILLED'
    case 'filled':
      return 'FILLED'
    case 'canceled':
      return readEnding(row)
    case 'mmp_canceled':
      return 'CANCELLED'
    // `live`; and a word we do not know yet counts as open, so that nobody takes a live order for
    // an ended one.
    default:
      return isPositive(amountOrZero(row.at('accFillSz'))) ? 'PARTIALLY_FILLED' : 'NEW'
  }
}

// The exchange has one word for what was withdrawn, refused to rest, or found nobody to trade with.
function readEnding(row: Reader): OrderStatus {
  const source = row.at('cancelSource').optionalId() ?? ''
  if (source === WOULD_HAVE_TAKEN) return 'REJECTED'
  if (RAN_OUT.has(source)) return 'EXPIRED'
  return source !== BY_USER && IMMEDIATE.has(row.at('ordType').string()) ? 'EXPIRED' : 'CANCELLED'
}

const BY_USER = '1'
const WOULD_HAVE_TAKEN = '31'
/** Not filled at once and whole, not filled at once, more makers than one order may meet. */
const RAN_OUT: ReadonlySet<string> = new Set(['13', '14', '33'])
const IMMEDIATE: ReadonlySet<string> = new Set(['ioc', 'fok', 'optimal_limit_ioc', 'market'])
