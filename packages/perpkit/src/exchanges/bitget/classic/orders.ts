import type { Call, Endpoint, Instruments, PlainOrderIntent } from '../../../client/definition.ts'
import type { Reader } from '../../../core/reader.ts'
import type { Instrument } from '../../../model/instrument.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { opposite } from '../../../model/tokens.ts'
import { readOrder, readReceipt } from '../orderRow.ts'
import { PAGE_SIZE, type Page, type PageRequest, readPage } from '../pages.ts'
import { productOf } from '../symbols.ts'
import {
  isYes,
  marginModeTokens,
  orderTypeTokens,
  readHedgeSide,
  readSide,
  timeInForceTokens,
  wordOf,
} from '../tokens.ts'
import { directionWords, type Words } from './direction.ts'

// The store of plain orders. Conditional orders live in two more (triggers.ts) and send an order here
// when they trigger.

/** Which plain order is meant. */
export interface PlainKey {
  instrument: Instrument
  orderId?: string
  clientOrderId?: string
}

export function createOrder(call: Call, intent: PlainOrderIntent): Promise<FuturesOrder> {
  return call(newOrder, intent)
}

/** https://www.bitget.com/api-doc/contract/trade/Place-Order */
const newOrder: Endpoint<PlainOrderIntent, FuturesOrder> = {
  method: 'POST',
  path: '/api/v2/mix/order/place-order',
  access: 'trade',
  effect: 'once',
  cost: { address: 1, 'v2/mix/order/place-order': 1 },
  encode(intent) {
    return { json: { ...scopeWords(intent), ...orderWords(intent) } }
  },
  decode: readReceipt,
}

/** What all orders of a batch have in common; the margin mode must be the symbol's own. */
export function scopeWords({ instrument, marginMode }: PlainOrderIntent): Words {
  const { name, coin } = productOf(instrument)
  return {
    symbol: instrument.nativeSymbol,
    productType: name,
    marginMode: marginModeTokens[marginMode ?? 'CROSS'],
    marginCoin: coin,
  }
}

/** What each order of a batch says for itself. */
export function orderWords(intent: PlainOrderIntent): Words {
  const { type, quantity, price, timeInForce, clientOrderId, stopLoss } = intent
  const isLimit = type === 'LIMIT'
  const { side, tradeSide, reduceOnly } = directionWords(intent)
  return {
    size: quantity,
    price: isLimit ? price : undefined,
    side,
    tradeSide,
    orderType: orderTypeTokens[type],
    force: isLimit ? timeInForceTokens[timeInForce ?? 'GTC'] : undefined,
    reduceOnly,
    clientOid: clientOrderId,
    // It becomes the stop of the whole position, and watches the last price: there is no word for
    // another one (docs/wire/bitget.md 4.4).
    presetStopLossPrice: stopLoss?.stopPrice,
  }
}

const detail = {
  method: 'GET',
  path: '/api/v2/mix/order/detail',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v2/mix/order/detail': 1 },
  encode: (key: PlainKey) => ({ query: ofKey(key) }),
} as const

/** https://www.bitget.com/api-doc/contract/trade/Get-Order-Details */
export const orderDetail: Endpoint<PlainKey, FuturesOrder> = {
  ...detail,
  decode(answer, _key, { instruments }) {
    return readPlainOrder(answer.at('data'), instruments)
  },
}

/**
 * The same, and whether a conditional order placed it.
 * https://www.bitget.com/api-doc/contract/trade/Get-Order-Details
 */
export const orderOrigin: Endpoint<PlainKey, { order: FuturesOrder; isChild: boolean }> = {
  ...detail,
  decode(answer, _key, { instruments }) {
    const row = answer.at('data')
    return { order: readPlainOrder(row, instruments), isChild: isChild(row) }
  },
}

/** How V2 names a list and where to go on. */
export const LIST = { list: 'entrustedList', next: 'endId' } as const

/** https://www.bitget.com/api-doc/contract/trade/Get-Orders-Pending */
export const openOrders: Endpoint<PageRequest, Page<FuturesOrder>> = {
  method: 'GET',
  path: '/api/v2/mix/order/orders-pending',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v2/mix/order/orders-pending': 1 },
  encode: ({ filter, from }) => ({ query: { ...filter, idLessThan: from, limit: PAGE_SIZE } }),
  decode(answer, _page, { instruments }) {
    return readPage(answer, LIST, (row) => readPlainOrder(row, instruments))
  },
}

/** https://www.bitget.com/api-doc/contract/trade/Cancel-Order */
export const cancellation: Endpoint<PlainKey, void> = {
  method: 'POST',
  path: '/api/v2/mix/order/cancel-order',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'v2/mix/order/cancel-order': 1 },
  encode: (key) => ({ json: { ...ofKey(key), marginCoin: productOf(key.instrument).coin } }),
  decode(answer) {
    answer.at('data').at('orderId').id()
  },
}

/**
 * Without a list of ids: all of the symbol. The call that is named cancel-all-orders takes the
 * whole product type (docs/wire/bitget.md 9, trap 14).
 * https://www.bitget.com/api-doc/contract/trade/Batch-Cancel-Orders
 */
export const cancellationOfAll: Endpoint<{ instrument: Instrument }, void> = {
  method: 'POST',
  path: '/api/v2/mix/order/batch-cancel-orders',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'v2/mix/order/batch-cancel-orders': 1 },
  encode({ instrument }) {
    const { name, coin } = productOf(instrument)
    return { json: { productType: name, symbol: instrument.nativeSymbol, marginCoin: coin } }
  },
  // Failures among successes are left to the caller, who looks whether any order is left.
  decode() {},
}

function ofKey({ instrument, orderId, clientOrderId }: PlainKey): {
  [name in 'productType' | 'symbol' | 'orderId' | 'clientOid']: string | undefined
} {
  return {
    productType: productOf(instrument).name,
    symbol: instrument.nativeSymbol,
    orderId,
    clientOid: orderId === undefined ? clientOrderId : undefined,
  }
}

export function readPlainOrder(row: Reader, instruments: Instruments): FuturesOrder {
  const closes = closesInHedgeMode(row)
  return readOrder(
    {
      row,
      side: closes ? opposite(readSide(row.at('side'))) : readSide(row.at('side')),
      ...readHedgeSide(row, 'posMode'),
      reduceOnly: onlyReduces(row),
      quantity: row.at('size'),
      executed: row.at('baseVolume'),
      averagePrice: row.at('priceAvg'),
      // `state` in the answer about one order, `status` in lists.
      status: row.has('state') ? row.at('state') : row.at('status'),
      timeInForce: row.at('force'),
      createdAt: row.at('cTime'),
      updatedAt: row.at('uTime'),
    },
    instruments,
  )
}

/** Whether a trigger placed it. */
export function isChild(row: Reader): boolean {
  return TRIGGERED.test(wordOf(row.at('orderSource')) ?? '')
}

/** Sources that are triggers (docs/wire/bitget.md 4.5). */
const TRIGGERED = /^(pos_)?(profit|loss)_(market|limit)$|^(plan|move|tracking)_(market|limit)$/

/** Rows of conditional orders tell it by `tradeSide` alone: `reduce_sell_single` in one-way mode. */
export function onlyReduces(row: Reader): boolean {
  if (closesInHedgeMode(row) || isYes(row.at('reduceOnly'))) return true
  return wordOf(row.at('tradeSide'))?.startsWith('reduce_') ?? false
}

/** There `side` is that of the position, so that a close trades the other way (trap 1). */
export function closesInHedgeMode(row: Reader): boolean {
  const isHedge = wordOf(row.at('posMode')) === 'hedge_mode'
  return isHedge && (wordOf(row.at('tradeSide'))?.includes('close') ?? false)
}
