import type {
  Call,
  ConditionalOrderIntent,
  Endpoint,
  Instruments,
} from '../../../client/definition.ts'
import type { Decimal } from '../../../core/decimal.ts'
import type { Reader } from '../../../core/reader.ts'
import { RequestError } from '../../../model/errors.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { withRaw } from '../../../model/raw.ts'
import type { OrderType, Side } from '../../../model/tokens.ts'
import { amountOrNone, rowsIn, rowsOf, timeOrNone } from '../fields.ts'
import { readTriggerReceipt, toOrderId } from '../orderRow.ts'
import { PAGE_SIZE, type Page, type PageRequest, readPage } from '../pages.ts'
import { productOf, type Scope } from '../symbols.ts'
import {
  closingSide,
  isYes,
  readSide,
  readTriggerStatus,
  requirePositionSide,
  sideTokens,
  triggerToken,
  wordOf,
} from '../tokens.ts'
import { LIST } from './orders.ts'

// Strategy orders: protection of a position (`tpsl`), and triggers that stand alone.

/** Which strategy order is meant. */
export type StrategyKey = { orderId: string } | { clientOrderId: string }

/** One that may open keeps no client order id, so its fate could not be asked for. */
export async function createConditionalOrder(
  call: Call,
  intent: ConditionalOrderIntent,
): Promise<FuturesOrder> {
  if (intent.reduceOnly) return call(newProtection, intent)
  throw new RequestError(
    'BITGET unified accounts keep no client order id for conditional orders that may open a position; use reduceOnly',
    { code: 'UNSUPPORTED', exchange: 'BITGET' },
  )
}

const triggerTokens = { MARK: 'mark', LAST: 'market' } as const

/**
 * Of exactly the quantity given: the default `full` takes the whole position, whatever `qty` says
 * (docs/wire/bitget.md 12.5).
 * https://www.bitget.com/api-doc/uta/strategy/Place-Strategy-Order
 */
const newProtection: Endpoint<ConditionalOrderIntent, FuturesOrder> = {
  method: 'POST',
  path: '/api/v3/trade/place-strategy-order',
  access: 'trade',
  effect: 'once',
  cost: { address: 1, 'v3/trade/place-strategy-order': 1 },
  encode(intent) {
    const trigger = triggerToken(intent.triggerSource, triggerTokens)
    const leg =
      intent.type === 'STOP_MARKET'
        ? { stopLoss: intent.stopPrice, slTriggerBy: trigger, slOrderType: 'market' }
        : { takeProfit: intent.stopPrice, tpTriggerBy: trigger, tpOrderType: 'market' }
    return {
      json: {
        category: productOf(intent.instrument).name,
        symbol: intent.instrument.nativeSymbol,
        type: 'tpsl',
        tpslMode: 'partial',
        qty: intent.quantity,
        side: sideTokens[intent.side],
        reduceOnly: 'yes',
        ...leg,
        clientOid: intent.clientOrderId,
      },
    }
  },
  decode: readTriggerReceipt,
}

/**
 * All symbols of the category at once, and no pages.
 * https://www.bitget.com/api-doc/uta/strategy/Get-Unfilled-Strategy-Orders
 */
const unfilled = {
  method: 'GET',
  path: '/api/v3/trade/unfilled-strategy-orders',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v3/trade/unfilled-strategy-orders': 1 },
  encode({ product }: Scope) {
    return { query: { category: product.name } }
  },
} as const

/** Conditional orders; there are other strategies in the list. */
export const openTriggers: Endpoint<Scope, FuturesOrder[]> = {
  ...unfilled,
  decode(answer, scope, { instruments }) {
    return rowsOfScope(answer, scope)
      .filter((row) => CONDITIONAL.has(wordOf(row.at('type')) ?? 'tpsl'))
      .map((row) => readStrategy(row, instruments))
  },
}

/** Strategies of every kind, for cancelling all. */
export const openStrategyIds: Endpoint<Scope, string[]> = {
  ...unfilled,
  decode(answer, scope) {
    return rowsOfScope(answer, scope).map((row) => row.at('orderId').id())
  },
}

/** One that is open; `undefined` when none is meant. */
export const openTrigger: Endpoint<Scope & { key: StrategyKey }, FuturesOrder | undefined> = {
  ...unfilled,
  decode(answer, scope, { instruments }) {
    const row = rowsOfScope(answer, scope).find((each) => isMeant(each, scope.key))
    return row && readStrategy(row, instruments)
  },
}

/**
 * The list knows no filter by id: of a page, what is meant.
 * https://www.bitget.com/api-doc/uta/strategy/Get-History-Strategy-Orders
 */
export const endedTrigger: Endpoint<PageRequest & { key: StrategyKey }, Page<FuturesOrder>> = {
  method: 'GET',
  path: '/api/v3/trade/history-strategy-orders',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v3/trade/history-strategy-orders': 1 },
  encode: ({ filter, from }) => ({ query: { ...filter, limit: PAGE_SIZE, cursor: from } }),
  decode(answer, { key }, { instruments }) {
    const { rows, next } = readPage(answer, LIST, (row) => row)
    const meant = rows.filter((row) => isMeant(row, key))
    return { rows: meant.map((row) => readStrategy(row, instruments)), next }
  },
}

/**
 * Ids of the normal orders a strategy placed.
 * https://www.bitget.com/api-doc/uta/strategy/Get-Strategy-Sub-Orders
 */
export const childIds: Endpoint<{ orderId: string }, string[]> = {
  method: 'GET',
  path: '/api/v3/trade/strategy-sub-orders',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v3/trade/strategy-sub-orders': 1 },
  encode({ orderId }) {
    return { query: { orderId } }
  },
  decode(answer) {
    return rowsIn(answer.at('data'), 'list').map((row) => row.at('subOrderId').id())
  },
}

/** https://www.bitget.com/api-doc/uta/strategy/Cancel-Strategy-Order */
export const triggerCancellation: Endpoint<{ orderId: string }, void> = {
  method: 'POST',
  path: '/api/v3/trade/cancel-strategy-order',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'v3/trade/cancel-strategy-order': 1 },
  encode({ orderId }) {
    return { json: { orderId } }
  },
  // There is no content.
  decode() {},
}

const CONDITIONAL: ReadonlySet<string> = new Set(['tpsl', 'trigger', 'trailing_stop', 'oco'])

function rowsOfScope(answer: Reader, { symbol }: Scope): Reader[] {
  const rows = rowsOf(answer.at('data'))
  return symbol === undefined ? rows : rows.filter((row) => row.at('symbol').string() === symbol)
}

function isMeant(row: Reader, key: StrategyKey): boolean {
  if ('orderId' in key) return row.at('orderId').id() === key.orderId
  return row.at('clientOid').optionalString() === key.clientOrderId
}

function readStrategy(row: Reader, instruments: Instruments): FuturesOrder {
  const nativeSymbol = row.at('symbol').string()
  const { type, stopPrice, price } = readLeg(row)
  // Without a quantity it takes the whole position.
  const quantity = amountOrNone(row.at('qty'))
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
      quantity: quantity ?? '0',
      price,
      status: readTriggerStatus(row.at('status')),
      executedQty: '0',
      timeInForce: type === 'STOP' || type === 'TAKE_PROFIT' ? ('GTC' as const) : ('IOC' as const),
      ...(stopPrice !== undefined && { stopPrice }),
      reduceOnly: protects(row) || isYes(row.at('reduceOnly')),
      ...(quantity === undefined && { closePosition: true }),
      ...(createdAt !== undefined && { createdAt }),
      ...(updatedAt !== undefined && { updatedAt }),
    },
    row.value,
  )
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
