import type { Call, Endpoint, Instruments, PlainOrderIntent } from '../../../client/definition.ts'
import type { Reader } from '../../../core/reader.ts'
import type { Instrument } from '../../../model/instrument.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import type { PositionSide } from '../../../model/tokens.ts'
import { readOrder, readReceipt } from '../orderRow.ts'
import { PAGE_SIZE, type Page, type PageRequest, readPage } from '../pages.ts'
import { productOf } from '../symbols.ts'
import {
  closingSide,
  isYes,
  marginModeTokens,
  orderTypeTokens,
  positionSideTokens,
  readHedgeSide,
  readPositionSide,
  readSide,
  sideTokens,
  timeInForceTokens,
  triggerToken,
} from '../tokens.ts'

// The store of normal orders. Conditional orders are strategy orders (triggers.ts).

/** Which normal order is meant. */
export interface PlainKey {
  orderId?: string
  clientOrderId?: string
}

export function createOrder(call: Call, intent: PlainOrderIntent): Promise<FuturesOrder> {
  return call(newOrder, intent)
}

/** https://www.bitget.com/api-doc/uta/trade/Place-Order */
const newOrder: Endpoint<PlainOrderIntent, FuturesOrder> = {
  method: 'POST',
  path: '/api/v3/trade/place-order',
  access: 'trade',
  effect: 'once',
  cost: { address: 1, 'v3/trade/place-order': 1 },
  encode: (intent) => ({ json: orderWords(intent) }),
  decode: readReceipt,
}

/** An order by itself or in a batch. */
export function orderWords(intent: PlainOrderIntent): Record<string, string | undefined> {
  const { instrument, side, type, quantity, price, timeInForce, marginMode } = intent
  const isLimit = type === 'LIMIT'
  return {
    category: productOf(instrument).name,
    symbol: instrument.nativeSymbol,
    qty: quantity,
    price: isLimit ? price : undefined,
    side: sideTokens[side],
    orderType: orderTypeTokens[type],
    timeInForce: isLimit ? timeInForceTokens[timeInForce ?? 'GTC'] : undefined,
    ...positionWords(intent),
    marginMode: marginModeTokens[marginMode ?? 'CROSS'],
    clientOid: intent.clientOrderId,
    ...presetWords(intent),
  }
}

const presetTokens = { MARK: 'mark', LAST: 'market' } as const

/** It becomes a stop of what the order has filled (docs/wire/bitget.md 12.5). */
function presetWords({ stopLoss }: PlainOrderIntent): Record<string, string> {
  if (!stopLoss) return {}
  return {
    stopLoss: stopLoss.stopPrice,
    slTriggerBy: triggerToken(stopLoss.triggerSource, presetTokens),
    slOrderType: 'market',
  }
}

/**
 * In hedge mode the position says whether an order closes, and `reduceOnly` beside it is refused
 * (docs/wire/bitget.md 12.2).
 */
export function positionWords({
  positionSide,
  reduceOnly,
}: {
  positionSide?: PositionSide
  reduceOnly: boolean
}): { posSide: string | undefined; reduceOnly: string | undefined } {
  if (positionSide === undefined) {
    return { posSide: undefined, reduceOnly: reduceOnly ? 'yes' : undefined }
  }
  return { posSide: positionSideTokens[positionSide], reduceOnly: undefined }
}

/** https://www.bitget.com/api-doc/uta/trade/Get-Order-Details */
export const orderInfo: Endpoint<PlainKey, FuturesOrder> = {
  method: 'GET',
  path: '/api/v3/trade/order-info',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v3/trade/order-info': 1 },
  encode({ orderId, clientOrderId }) {
    return { query: { orderId, clientOid: orderId === undefined ? clientOrderId : undefined } }
  },
  decode(answer, _key, { instruments }) {
    return readPlainOrder(answer.at('data'), instruments)
  },
}

/** How V3 names a list and where to go on. */
export const LIST = { list: 'list', next: 'cursor' } as const

/** https://www.bitget.com/api-doc/uta/trade/Get-Order-Pending */
export const openOrders: Endpoint<PageRequest, Page<FuturesOrder>> = {
  method: 'GET',
  path: '/api/v3/trade/unfilled-orders',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v3/trade/unfilled-orders': 1 },
  encode: ({ filter, from }) => ({ query: { ...filter, limit: PAGE_SIZE, cursor: from } }),
  decode(answer, _page, { instruments }) {
    return readPage(answer, LIST, (row) => readPlainOrder(row, instruments))
  },
}

/** https://www.bitget.com/api-doc/uta/trade/Cancel-Order */
export const cancellation: Endpoint<{ instrument: Instrument; orderId: string }, void> = {
  method: 'POST',
  path: '/api/v3/trade/cancel-order',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'v3/trade/cancel-order': 1 },
  encode({ instrument, orderId }) {
    return { json: { category: productOf(instrument).name, orderId } }
  },
  decode(answer) {
    answer.at('data').at('orderId').id()
  },
}

/**
 * Without a symbol it would take the whole category.
 * https://www.bitget.com/api-doc/uta/trade/Cancel-All-Order
 */
export const cancellationOfAll: Endpoint<{ instrument: Instrument }, void> = {
  method: 'POST',
  path: '/api/v3/trade/cancel-symbol-order',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'v3/trade/cancel-symbol-order': 1 },
  encode({ instrument }) {
    return { json: { category: productOf(instrument).name, symbol: instrument.nativeSymbol } }
  },
  // Failures among successes are left to the caller, who looks whether any order is left.
  decode() {},
}

export function readPlainOrder(row: Reader, instruments: Instruments): FuturesOrder {
  const side = readSide(row.at('side'))
  // In hedge mode a close trades against the side of its position, and reads reduceOnly NO.
  const position = readPositionSide(row.at('posSide'))
  const closes = position !== undefined && side === closingSide(position)
  return readOrder(
    {
      row,
      side,
      ...readHedgeSide(row, 'holdMode'),
      reduceOnly: closes || isYes(row.at('reduceOnly')),
      quantity: row.at('qty'),
      executed: row.at('cumExecQty'),
      averagePrice: row.at('avgPrice'),
      status: row.at('orderStatus'),
      timeInForce: row.at('timeInForce'),
      createdAt: row.at('createdTime'),
      updatedAt: row.at('updatedTime'),
    },
    instruments,
  )
}
