import type { Instruments } from '../../client/definition.ts'
import { type Decimal, isPositive } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { OrderStatus, OrderType } from '../../model/tokens.ts'
import { amountOrNone, timeOrNone } from './fields.ts'
import { readPositionSide, readSide, readTimeInForce, triggerDirections } from './tokens.ts'

/** One row of the one store: plain, conditional and position-bound orders look alike. */
export function readOrder(row: Reader, instruments: Instruments): FuturesOrder {
  const nativeSymbol = row.at('symbol').string()
  const type = readType(row)
  const averagePrice = amountOrNone(row.at('avgPrice'))
  const triggerPrice = amountOrNone(row.at('triggerPrice'))
  const positionSide = readPositionSide(row.at('positionIdx'))
  const createdAt = timeOrNone(row.at('createdTime'))
  const updatedAt = timeOrNone(row.at('updatedTime'))
  return withRaw(
    {
      orderId: row.at('orderId').id(),
      // Orders the exchange made itself, such as the legs of a position's protection, have none.
      clientOrderId: row.at('orderLinkId').optionalString() ?? '',
      symbol: instruments.symbolOf(nativeSymbol),
      nativeSymbol,
      side: readSide(row.at('side')),
      type,
      quantity: row.at('qty').decimal(),
      // A market order shows the worst price it would take (docs/wire/bybit.md 9, trap 11).
      price: hasLimitPrice(type) ? (amountOrNone(row.at('price')) ?? '0') : '0',
      status: readStatus(row),
      executedQty: row.at('cumExecQty').decimal(),
      timeInForce: readTimeInForce(row.at('timeInForce')),
      ...(averagePrice !== undefined && { averagePrice }),
      ...(triggerPrice !== undefined && namedPrice(type, triggerPrice)),
      ...(positionSide !== undefined && { positionSide }),
      // Closing on trigger implies it (docs/wire/bybit.md 4.4).
      reduceOnly: row.at('reduceOnly').boolean() || row.at('closeOnTrigger').boolean(),
      ...(WHOLE_POSITION.has(row.at('stopOrderType').optionalString() ?? '') && {
        closePosition: true,
      }),
      ...(createdAt !== undefined && { createdAt }),
      ...(updatedAt !== undefined && { updatedAt }),
    },
    row.value,
  )
}

// Protection of a position in full mode follows its size (docs/wire/bybit.md 4.5).
const WHOLE_POSITION: ReadonlySet<string> = new Set(['StopLoss', 'TakeProfit', 'TrailingStop'])

// A trailing stop shows its activation price there; its distance stands in the position row alone
// (docs/wire/bybit.md 4.5).
function namedPrice(type: OrderType, price: Decimal): Partial<FuturesOrder> {
  return type === 'TRAILING_STOP_MARKET' ? { activationPrice: price } : { stopPrice: price }
}

function hasLimitPrice(type: OrderType): boolean {
  return type === 'LIMIT' || type === 'STOP' || type === 'TAKE_PROFIT'
}

// `orderType` is the type after the trigger; `stopOrderType` stays when it has fired
// (docs/wire/bybit.md 4.5).
function readType(row: Reader): OrderType {
  const isLimit = row.at('orderType').string() === 'Limit'
  switch (row.at('stopOrderType').optionalString()) {
    case 'StopLoss':
    case 'PartialStopLoss':
      return isLimit ? 'STOP' : 'STOP_MARKET'
    case 'TakeProfit':
    case 'PartialTakeProfit':
      return isLimit ? 'TAKE_PROFIT' : 'TAKE_PROFIT_MARKET'
    case 'TrailingStop':
      return 'TRAILING_STOP_MARKET'
    default:
      break
  }
  // `Stop`, or a word we do not know yet: conditional is what has a trigger price.
  if (amountOrNone(row.at('triggerPrice')) === undefined) return isLimit ? 'LIMIT' : 'MARKET'
  if (takesProfit(row)) return isLimit ? 'TAKE_PROFIT' : 'TAKE_PROFIT_MARKET'
  return isLimit ? 'STOP' : 'STOP_MARKET'
}

// The exchange has one kind of conditional order: side and direction tell which of ours it is.
function takesProfit(row: Reader): boolean {
  const direction = row.at('triggerDirection').optionalInteger()
  return readSide(row.at('side')) === 'SELL'
    ? direction === triggerDirections.rises
    : direction === triggerDirections.falls
}

// docs/wire/bybit.md 5
function readStatus(row: Reader): OrderStatus {
  const hasFills = isPositive(row.at('cumExecQty').decimal())
  switch (row.at('orderStatus').string()) {
    case 'Untriggered':
      return 'PENDING'
    case 'PartiallyFilled':
      return 'PARTIALLY_FILLED'
    case 'Filled':
      return 'FILLED'
    case 'Cancelled':
      return readEnding(row)
    case 'PartiallyFilledCanceled':
    case 'Deactivated':
      return 'CANCELLED'
    case 'Rejected':
      return hasFills ? 'CANCELLED' : 'REJECTED'
    // `Created`, `New`, `Active`, `Triggered`; and a word we do not know yet counts as open, so
    // that nobody takes a live order for an ended one.
    default:
      return hasFills ? 'PARTIALLY_FILLED' : 'NEW'
  }
}

// The exchange has one word for what was withdrawn, refused to rest, or found nobody to trade with.
function readEnding(row: Reader): OrderStatus {
  if (row.at('rejectReason').optionalString() === 'EC_PostOnlyWillTakeLiquidity') return 'REJECTED'
  const timeInForce = row.at('timeInForce').string()
  const isImmediate = timeInForce === 'IOC' || timeInForce === 'FOK'
  const isWithdrawn = WITHDRAWN.has(row.at('cancelType').optionalString() ?? '')
  return isImmediate && !isWithdrawn ? 'EXPIRED' : 'CANCELLED'
}

// By the user; or, of a leg that waited, because its position or its other half is gone. Streams
// call the same end `Deactivated` (docs/wire/bybit.md 4.5).
const WITHDRAWN: ReadonlySet<string> = new Set([
  'CancelByUser',
  'CancelByTpSlTsClear',
  'CancelByOCOTpCanceledBySlTriggered',
  'CancelByOCOSlCanceledByTpTriggered',
])
