import type {
  Call,
  ConditionalOrderIntent,
  Endpoint,
  TrailingOrderIntent,
} from '../../../client/definition.ts'
import type { Reader } from '../../../core/reader.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { unsupported } from '../amendRules.ts'
import { rowsIn, rowsOf } from '../fields.ts'
import { readTrailingReceipt, readTriggerReceipt } from '../orderRow.ts'
import { PAGE_SIZE, type Page, type PageRequest, readPage } from '../pages.ts'
import { productOf, type Scope } from '../symbols.ts'
import { sideTokens, toPercent, triggerToken } from '../tokens.ts'
import { LIST, positionWords } from './orders.ts'
import {
  isConditional,
  readStrategy,
  readStrategyWords,
  type StrategyWords,
} from './strategyRow.ts'

// Strategy orders: protection of a position (`tpsl`), and triggers that stand alone.

/** Which strategy order is meant. */
export type StrategyKey = { orderId: string } | { clientOrderId: string }

/** One that may open keeps no client order id, so its fate could not be asked for. */
export async function createConditionalOrder(
  call: Call,
  intent: ConditionalOrderIntent,
): Promise<FuturesOrder> {
  if (intent.reduceOnly) return call(newProtection, intent)
  throw unsupported(
    'unified accounts keep no client order id for conditional orders that may open a position; use reduceOnly',
  )
}

/**
 * It keeps no client order id either, but one that only reduces does no harm: when its fate is not
 * told, it stays unknown.
 */
export async function createTrailingOrder(
  call: Call,
  intent: TrailingOrderIntent,
): Promise<FuturesOrder> {
  if (intent.reduceOnly) return call(newTrailing, intent)
  throw unsupported(
    'unified accounts keep no client order id for trailing stops that may open a position; use reduceOnly',
  )
}

const triggerTokens = { MARK: 'mark', LAST: 'market' } as const

/**
 * Of exactly the quantity given, or of the whole position, which keeps no quantity: one a side
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
        tpslMode: intent.closePosition ? 'full' : 'partial',
        qty: intent.closePosition ? undefined : intent.quantity,
        side: sideTokens[intent.side],
        ...positionWords(intent),
        ...leg,
        clientOid: intent.clientOrderId,
      },
    }
  },
  decode: readTriggerReceipt,
}

/** https://www.bitget.com/api-doc/uta/strategy/Place-Strategy-Order */
const newTrailing: Endpoint<TrailingOrderIntent, FuturesOrder> = {
  method: 'POST',
  path: '/api/v3/trade/place-strategy-order',
  access: 'trade',
  effect: 'once',
  cost: { address: 1, 'v3/trade/place-strategy-order': 1 },
  encode(intent) {
    return {
      json: {
        category: productOf(intent.instrument).name,
        symbol: intent.instrument.nativeSymbol,
        type: 'trailing_stop',
        qty: intent.quantity,
        side: sideTokens[intent.side],
        ...positionWords(intent),
        trailingStopParams: [
          {
            activationPrice: intent.activationPrice,
            activationType: triggerToken(intent.triggerSource, triggerTokens),
            trailType: 'ratio',
            trailVariance: toPercent(intent.callbackRate),
            preOrderType: 'market',
          },
        ],
      },
    }
  },
  decode(answer, intent) {
    // Its client order id is one the exchange made.
    const clientOrderId = answer.at('data').at('clientOid').optionalString() ?? ''
    return readTrailingReceipt(answer, { ...intent, clientOrderId })
  },
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
      .filter(isConditional)
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

/** The same, in the words it was placed with. */
export const openTriggerWords: Endpoint<Scope & { key: StrategyKey }, StrategyWords | undefined> = {
  ...unfilled,
  decode(answer, scope, { instruments }) {
    const row = rowsOfScope(answer, scope).find((each) => isMeant(each, scope.key))
    return row && readStrategyWords(row, instruments)
  },
}

const history = {
  method: 'GET',
  path: '/api/v3/trade/history-strategy-orders',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v3/trade/history-strategy-orders': 1 },
  encode: ({ filter, from }: PageRequest) => ({
    query: { ...filter, limit: PAGE_SIZE, cursor: from },
  }),
} as const

/**
 * The list knows no filter by id: of a page, what is meant.
 * https://www.bitget.com/api-doc/uta/strategy/Get-History-Strategy-Orders
 */
export const endedTrigger: Endpoint<PageRequest & { key: StrategyKey }, Page<FuturesOrder>> = {
  ...history,
  decode(answer, { key }, { instruments }) {
    const { rows, next } = readPage(answer, LIST, (row) => row)
    const meant = rows.filter((row) => isMeant(row, key))
    return { rows: meant.map((row) => readStrategy(row, instruments)), next }
  },
}

/**
 * Of a page, the conditional ones of one symbol.
 * https://www.bitget.com/api-doc/uta/strategy/Get-History-Strategy-Orders
 */
export const triggered: Endpoint<PageRequest & { symbol: string }, Page<FuturesOrder>> = {
  ...history,
  decode(answer, { symbol }, { instruments }) {
    const { rows, next } = readPage(answer, LIST, (row) => row)
    const meant = rows.filter((row) => row.at('symbol').value === symbol && isConditional(row))
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

function rowsOfScope(answer: Reader, { symbol }: Scope): Reader[] {
  const rows = rowsOf(answer.at('data'))
  return symbol === undefined ? rows : rows.filter((row) => row.at('symbol').string() === symbol)
}

function isMeant(row: Reader, key: StrategyKey): boolean {
  if ('orderId' in key) return row.at('orderId').id() === key.orderId
  return row.at('clientOid').optionalString() === key.clientOrderId
}
