import type { Call, ConditionalOrderIntent, Endpoint } from '../../client/definition.ts'
import type { Decimal } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { ConditionalOrderType } from '../../model/tokens.ts'
import { instrumentOf, readContracts, toContracts } from './contracts.ts'
import { priceOrNone, readFlag, readToken, timeOrNone } from './fields.ts'
import { type Page, type PageStart, pageFields, readPage } from './pages.ts'
import {
  type AlgoType,
  algoStatuses,
  CROSS,
  ONE_WAY,
  sides,
  sideTokens,
  triggerPriceTypeOf,
} from './tokens.ts'

// Conditional orders have a store of their own, with ids that are not those of the plain book. They
// hold no margin and no part of the position until they trigger (docs/wire/htx.md 4.10).

const PREFIX = 'algo:'

/** Their id in ours; `undefined` for an order of the plain book. */
export function toAlgoId(orderId: string): string | undefined {
  return orderId.startsWith(PREFIX) ? orderId.slice(PREFIX.length) : undefined
}

/** Which conditional order is meant: by one of its ids, and only among those of one kind. */
export interface AlgoKey {
  instrument: Instrument
  type: AlgoType
  algoId?: string
  clientOrderId?: string
}

/** A conditional order by its own record. */
export interface ConditionalOrder {
  order: FuturesOrder
  /** The order it became in the plain book, once triggered. */
  childId: string | undefined
}

/** Throws `RequestError` for an order that may open: stops and take-profits here only close. */
export async function createConditionalOrder(
  call: Call,
  intent: ConditionalOrderIntent,
): Promise<FuturesOrder> {
  if (intent.reduceOnly) return call(newAlgoOrder, intent)
  throw new RequestError(
    `HTX: a ${intent.type} only closes there; one that may open (reduceOnly: false) is not possible`,
    { code: 'UNSUPPORTED', exchange: 'HTX' },
  )
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b72756dd7
const newAlgoOrder: Endpoint<ConditionalOrderIntent, FuturesOrder> = {
  method: 'POST',
  path: '/v5/algo/order',
  access: 'trade',
  effect: 'once',
  cost: { trade: 1 },
  encode(intent) {
    const { instrument, side, quantity, clientOrderId } = intent
    return {
      json: {
        contract_code: instrument.nativeSymbol,
        margin_mode: CROSS,
        // Required here, in one-way mode too.
        position_side: ONE_WAY,
        side: sideTokens[side],
        volume: toContracts(quantity, instrument),
        ...legOf(intent),
        algo_client_order_id: clientOrderId,
      },
    }
  },
  decode(answer, intent) {
    const { instrument, side, type, quantity, stopPrice, reduceOnly, clientOrderId } = intent
    const receipt = answer.at('data').at(0)
    const order: FuturesOrder = {
      orderId: PREFIX + receipt.at('algo_id').id(),
      clientOrderId: receipt.at('algo_client_order_id').optionalId() ?? clientOrderId,
      symbol: instrument.symbol,
      nativeSymbol: instrument.nativeSymbol,
      side,
      type,
      quantity,
      price: '0',
      status: 'PENDING',
      executedQty: '0',
      timeInForce: 'IOC',
      stopPrice,
      reduceOnly,
    }
    return withRaw(order, receipt.value)
  },
}

/** The kind of the order, and its trigger in the words of that kind. */
function legOf({ type, stopPrice, triggerSource }: ConditionalOrderIntent): Record<string, string> {
  const triggerPriceType = triggerPriceTypeOf(triggerSource)
  return type === 'STOP_MARKET'
    ? {
        type: 'sl',
        sl_trigger_price: stopPrice,
        sl_type: 'market',
        sl_trigger_price_type: triggerPriceType,
      }
    : {
        type: 'tp',
        tp_trigger_price: stopPrice,
        tp_type: 'market',
        tp_trigger_price_type: triggerPriceType,
      }
}

/**
 * Open or ended; `undefined` when no order of that kind has the id, which is told by an empty list.
 * https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b73278ea1
 */
export const algoOrderQuery: Endpoint<AlgoKey, ConditionalOrder | undefined> = {
  method: 'GET',
  path: '/v5/algo/order',
  access: 'read',
  effect: 'read',
  cost: { read: 1 },
  encode: ({ instrument, type, algoId, clientOrderId }) => ({
    query: {
      type,
      contract_code: instrument.nativeSymbol,
      algo_id: algoId,
      algo_client_order_id: algoId === undefined ? clientOrderId : undefined,
    },
  }),
  decode: (answer, { instrument, algoId, clientOrderId }) => {
    const row = answer
      .at('data')
      .items()
      .find((item) =>
        algoId === undefined
          ? item.at('algo_client_order_id').optionalId() === clientOrderId
          : item.at('algo_id').id() === algoId,
      )
    return row && readConditional(row, instrument)
  },
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b7345a20e
export const openAlgoOrders: Endpoint<
  PageStart & { type: AlgoType; instrument?: Instrument | undefined },
  Page<ConditionalOrder>
> = {
  method: 'GET',
  path: '/v5/algo/order/opens',
  access: 'read',
  effect: 'read',
  cost: { read: 1 },
  encode: ({ type, instrument, ...start }) => ({
    query: { type, contract_code: instrument?.nativeSymbol, ...pageFields(start) },
  }),
  decode: (answer, { instrument }, { instruments }) =>
    readPage(answer, (row) => {
      const known = instrumentOf(row, instrument, instruments)
      return known && readConditional(row, known)
    }),
}

/**
 * The outcome of each stands beside it, and an unknown or ended one is refused there.
 * https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b73242ab0
 */
export const algoOrdersCancel: Endpoint<
  { instrument: Instrument; algoIds: readonly string[] },
  void
> = {
  method: 'POST',
  path: '/v5/algo/cancel_orders',
  access: 'trade',
  effect: 'idempotent',
  cost: { trade: 1 },
  encode: ({ instrument, algoIds }) => ({
    json: algoIds.map((algoId) => ({ contract_code: instrument.nativeSymbol, algo_id: algoId })),
  }),
  decode(answer) {
    answer.at('data').items()
  },
  // It is being cancelled already.
  unchanged() {},
}

function readConditional(row: Reader, instrument: Instrument): ConditionalOrder {
  const { type, price, stopPrice, reduceOnly } = readKind(row)
  const order: FuturesOrder = {
    orderId: PREFIX + row.at('algo_id').id(),
    clientOrderId: row.at('algo_client_order_id').optionalId() ?? '',
    symbol: instrument.symbol,
    nativeSymbol: instrument.nativeSymbol,
    side: readToken(row.at('side'), sides),
    type,
    quantity: readContracts(row.at('volume'), instrument),
    price: price ?? '0',
    status: readToken(row.at('state'), algoStatuses),
    // What was executed is known of the order it became alone.
    executedQty: '0',
    timeInForce: type === 'STOP_MARKET' || type === 'TAKE_PROFIT_MARKET' ? 'IOC' : 'GTC',
    reduceOnly,
  }
  const createdAt = timeOrNone(row.at('created_time'))
  const updatedAt = timeOrNone(row.at('updated_time'))
  if (stopPrice !== undefined) order.stopPrice = stopPrice
  if (createdAt !== undefined) order.createdAt = createdAt
  if (updatedAt !== undefined) order.updatedAt = updatedAt
  const childId = row.at('relation_order_id').optionalId()
  return { order: withRaw(order, row.value), childId: childId === '0' ? undefined : childId }
}

interface Kind {
  type: ConditionalOrderType
  price: Decimal | undefined
  stopPrice: Decimal | undefined
  reduceOnly: boolean
}

function readKind(row: Reader): Kind {
  switch (row.at('type').string()) {
    case 'sl':
    case 'tpsl':
      // Of the two legs of one order the stop is the one that protects; the other is in the raw row.
      return readLeg(row, 'sl', { market: 'STOP_MARKET', limit: 'STOP' })
    case 'tp':
      return readLeg(row, 'tp', { market: 'TAKE_PROFIT_MARKET', limit: 'TAKE_PROFIT' })
    case 'trigger':
      return {
        type: 'STOP',
        price: priceOrNone(row.at('price')),
        stopPrice: priceOrNone(row.at('trigger_price')),
        reduceOnly: readFlag(row.at('reduce_only')),
      }
    case 'trailing_stop':
      return {
        type: 'TRAILING_STOP_MARKET',
        price: undefined,
        // The activation price is none: it only tells from where on the market is followed.
        stopPrice: undefined,
        reduceOnly: readFlag(row.at('reduce_only')),
      }
    default:
      throw new ReadError(row.at('type').path, 'a kind of conditional order', row.at('type').value)
  }
}

function readLeg(
  row: Reader,
  leg: 'sl' | 'tp',
  types: { market: ConditionalOrderType; limit: ConditionalOrderType },
): Kind {
  const isMarket = MARKET_TYPES.has(row.at(`${leg}_type`).optionalString() ?? '')
  return {
    type: isMarket ? types.market : types.limit,
    price: isMarket ? undefined : priceOrNone(row.at(`${leg}_order_price`)),
    stopPrice: row.at(`${leg}_trigger_price`).decimal(),
    // They carry no such field, because they only close.
    reduceOnly: true,
  }
}

/** What stands for the default in place of a type (docs/wire/htx.md 4.7). */
const MARKET_TYPES: ReadonlySet<string> = new Set(['market', '0', ''])
