import type { Fields, Instruments } from '../../../client/definition.ts'
import type { Decimal } from '../../../core/decimal.ts'
import type { Reader } from '../../../core/reader.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { withRaw } from '../../../model/raw.ts'
import type { OrderType, PositionSide, Side } from '../../../model/tokens.ts'
import { amountOrNone, timeOrNone } from '../fields.ts'
import { toOrderId } from '../orderRow.ts'
import {
  closingSide,
  isYes,
  ofPercent,
  readPositionSide,
  readSide,
  readTriggerStatus,
  requirePositionSide,
  wordOf,
} from '../tokens.ts'

// Rows of strategy orders (docs/wire/bitget.md 12.5).

/** A strategy order with the words an amend of it repeats. */
export interface StrategyWords {
  order: FuturesOrder
  /** Which of its prices `stopPrice` is; absent for trailing ones. */
  priceName: 'stopLoss' | 'takeProfit' | 'triggerPrice' | undefined
  /** What that price watches, and the order it places. */
  leg: Fields
}

/** Whether it is one of the strategies that wait for a price. */
export function isConditional(row: Reader): boolean {
  return CONDITIONAL.has(wordOf(row.at('type')) ?? 'tpsl')
}

const CONDITIONAL: ReadonlySet<string> = new Set(['tpsl', 'trigger', 'trailing_stop', 'oco'])

export function readStrategyWords(row: Reader, instruments: Instruments): StrategyWords {
  const order = readStrategy(row, instruments)
  if (order.type === 'TRAILING_STOP_MARKET') return { order, priceName: undefined, leg: {} }
  if (amountOrNone(row.at('stopLoss')) !== undefined) {
    return {
      order,
      priceName: 'stopLoss',
      leg: legOf(row, 'slTriggerBy', 'slOrderType', 'slLimitPrice'),
    }
  }
  if (amountOrNone(row.at('takeProfit')) !== undefined) {
    return {
      order,
      priceName: 'takeProfit',
      leg: legOf(row, 'tpTriggerBy', 'tpOrderType', 'tpLimitPrice'),
    }
  }
  const leg = legOf(row, 'triggerBy', 'triggerOrderType', 'triggerOrderPrice')
  return { order, priceName: 'triggerPrice', leg }
}

function legOf(row: Reader, ...names: string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, row.at(name).optionalString()]))
}

export function readStrategy(row: Reader, instruments: Instruments): FuturesOrder {
  const nativeSymbol = row.at('symbol').string()
  const { type, stopPrice, price } = readLeg(row)
  const positionSide = readPositionSide(row.at('posSide'))
  const quantity = amountOrNone(row.at('qty'))
  // Without a quantity it takes the whole position; one that is told does not count there.
  const isWhole = quantity === undefined || wordOf(row.at('tpslMode')) === 'full'
  const createdAt = timeOrNone(row.at('createdTime'))
  const updatedAt = timeOrNone(row.at('updatedTime'))
  return withRaw(
    {
      orderId: toOrderId(row.at('orderId').id()),
      clientOrderId: row.at('clientOid').optionalString() ?? '',
      symbol: instruments.symbolOf(nativeSymbol),
      nativeSymbol,
      side: readStrategySide(row),
      type,
      quantity: isWhole ? '0' : quantity,
      price,
      status: readTriggerStatus(row.at('status')),
      executedQty: '0',
      timeInForce: type === 'STOP' || type === 'TAKE_PROFIT' ? ('GTC' as const) : ('IOC' as const),
      ...(stopPrice !== undefined && { stopPrice }),
      ...readTrail(row),
      // Told in one-way mode too, which the row does not tell: modes.ts takes it out there.
      ...(positionSide !== undefined && { positionSide }),
      reduceOnly: reduces(row, positionSide),
      ...(isWhole && { closePosition: true }),
      ...(createdAt !== undefined && { createdAt }),
      ...(updatedAt !== undefined && { updatedAt }),
    },
    row.value,
  )
}

/** In hedge mode the direction tells: a trade against the side of its position closes it. */
function reduces(row: Reader, positionSide: PositionSide | undefined): boolean {
  if (protects(row) || isYes(row.at('reduceOnly'))) return true
  return positionSide !== undefined && readStrategySide(row) === closingSide(positionSide)
}

/** What a trailing one follows the market with. Distances in money are left to `raw`. */
function readTrail(row: Reader): Pick<FuturesOrder, 'callbackRate' | 'activationPrice'> {
  if (wordOf(row.at('type')) !== 'trailing_stop') return {}
  const params = row.at('trailingStopParams')
  const trail = params.isArray() ? params.at(0) : params
  if (trail.isAbsent()) return {}
  const activationPrice = amountOrNone(trail.at('activationPrice'))
  const percent = amountOrNone(trail.at('trailVariance'))
  const isRatio = wordOf(trail.at('trailType')) === 'ratio'
  return {
    ...(isRatio && percent !== undefined && { callbackRate: ofPercent(percent) }),
    ...(activationPrice !== undefined && { activationPrice }),
  }
}

interface Leg {
  type: OrderType
  stopPrice: Decimal | undefined
  price: Decimal
}

/**
 * Kinds are told apart by the fields that are filled. Where both legs are under one id, the stop is
 * what matters; the other leg is in `raw`.
 */
function readLeg(row: Reader): Leg {
  if (wordOf(row.at('type')) === 'trailing_stop') {
    return { type: 'TRAILING_STOP_MARKET', stopPrice: undefined, price: '0' }
  }
  const stopLoss = amountOrNone(row.at('stopLoss'))
  if (stopLoss !== undefined) return readStop(stopLoss, row, 'slOrderType', 'slLimitPrice')
  const takeProfit = amountOrNone(row.at('takeProfit'))
  if (takeProfit === undefined) {
    const stopPrice = row.at('triggerPrice').decimal()
    return readStop(stopPrice, row, 'triggerOrderType', 'triggerOrderPrice')
  }
  const isLimit = wordOf(row.at('tpOrderType')) === 'limit'
  if (!isLimit) return { type: 'TAKE_PROFIT_MARKET', stopPrice: takeProfit, price: '0' }
  return { type: 'TAKE_PROFIT', stopPrice: takeProfit, price: row.at('tpLimitPrice').decimal() }
}

function readStop(stopPrice: Decimal, row: Reader, orderType: string, limitPrice: string): Leg {
  const isLimit = wordOf(row.at(orderType)) === 'limit'
  if (!isLimit) return { type: 'STOP_MARKET', stopPrice, price: '0' }
  return { type: 'STOP', stopPrice, price: row.at(limitPrice).decimal() }
}

/** Of the order to come; protection tells it by the position alone. */
function readStrategySide(row: Reader): Side {
  if (!row.at('side').isAbsent() || !protects(row)) return readSide(row.at('side'))
  return closingSide(requirePositionSide(row.at('posSide')))
}

function protects(row: Reader): boolean {
  return wordOf(row.at('type')) !== 'trigger' && wordOf(row.at('type')) !== 'trailing_stop'
}
