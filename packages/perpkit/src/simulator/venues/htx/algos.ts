import { equals, isGreater } from '../../../core/decimal.ts'
import type { ConditionalRequest, EngineConditional, Refusal } from '../../engine/types.ts'
import { isRefusal } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { type AlgoRecord, findAlgo } from './algoRecords.ts'
import {
  type AlgoDraft,
  algoNames,
  readAlgo,
  type TrailingTerms,
  type TriggerTerms,
} from './algoRequest.ts'
import { ITEMS } from './auth.ts'
import { attemptItem, readItems } from './batches.ts'
import {
  closeTooLarge,
  contractSuspended,
  emptyField,
  orderToCancelUnknown,
  refusedByEngine,
  tooManyConditionals,
} from './errors.ts'
import { plain } from './figures.ts'
import { Form } from './form.ts'
import { placeLegs } from './legs.ts'
import { keepNotes, type OrderNotes } from './notes.ts'
import { positionOf } from './positionOf.ts'
import { Refused, reply } from './replies.ts'
import { rules } from './rules.ts'
import { readListing } from './scope.ts'

// Conditional orders are placed and cancelled: docs/wire/htx.md 4.10.

/** Of one item. */
const cancelNames = ['contract_code', 'algo_id', 'algo_client_order_id', 'channel_code']

/** One call takes so many. */
const MOST_CANCELLED = 25

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b933812c9
export const placeAlgo: Route = {
  method: 'POST',
  path: '/v5/algo/order',
  access: 'signed',
  operation: 'createStop',
  parameters: algoNames,
  handle(handling) {
    const draft = readAlgo(new Form(handling))
    const { accountId, engine } = handling
    if (!engine.isTrading(draft.listing.engine.symbol)) throw contractSuspended()
    const placed = place(handling, draft)
    if (isRefusal(placed)) throw refusalOf(placed, draft)
    const row = engine.conditional(accountId, placed.conditionalId) ?? placed
    return reply(handling, [{ algo_id: row.conditionalId, algo_client_order_id: clientIdOf(row) }])
  },
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b935d4997
export const cancelAlgos: Route = {
  method: 'POST',
  path: '/v5/algo/cancel_orders',
  access: 'signed',
  operation: 'cancelOrder',
  parameters: [ITEMS],
  handle: (handling) =>
    reply(
      handling,
      readItems(handling, MOST_CANCELLED).map((form) => {
        const result = attemptItem(form, cancelNames, () => cancel(handling, form))
        if (!(result instanceof Refused)) {
          return {
            algo_id: result.primary.conditionalId,
            algo_client_order_id: clientIdOf(result.primary),
            code: 200,
            message: 'Success',
          }
        }
        return {
          algo_id: form.text('algo_id') ?? null,
          algo_client_order_id: form.text('algo_client_order_id') ?? null,
          code: result.code,
          message: result.message,
        }
      }),
    ),
}

/** `null` when none was sent. */
function clientIdOf(row: EngineConditional): string | null {
  return row.clientOrderId === '' ? null : row.clientOrderId
}

function place(handling: Handling, draft: AlgoDraft): EngineConditional | Refusal {
  const { accountId, engine } = handling
  const { clientId, leg, listing, quantity, side, terms } = draft
  const { symbol } = listing.engine
  switch (terms.type) {
    case 'trigger':
      return engine.placeConditional(accountId, triggerRequest(handling, draft, terms))
    case 'trailing_stop':
      return engine.placeConditional(accountId, trailingRequest(handling, draft, terms))
    default:
      refuseUncovered(handling, draft)
      return placeLegs(engine, {
        accountId,
        symbol,
        side,
        ...leg,
        quantity,
        legs: terms.legs,
        clientId,
      })
  }
}

/** A leg without a position to close, or larger than it; other legs are not looked at: 4.10. */
function refuseUncovered({ accountId, engine }: Handling, draft: AlgoDraft): void {
  const { symbol } = draft.listing.engine
  const position = positionOf(engine, accountId, { symbol, ...draft.leg })
  const closes = position && (position.side === 'LONG') === (draft.side === 'SELL')
  if (!closes || isGreater(draft.quantity, position.size)) throw closeTooLarge()
}

/** Fires in the direction in which its trigger lies; at once when that is where the market is. */
function triggerRequest(
  handling: Handling,
  draft: AlgoDraft,
  terms: TriggerTerms,
): ConditionalRequest {
  const { last } = handling.engine.prices(draft.listing.engine.symbol)
  const isAbove = isGreater(terms.trigger, last)
  return {
    ...shared(handling, draft, { algoType: 'trigger', priceMatch: terms.match }),
    kind: (draft.side === 'BUY') === isAbove ? 'stop' : 'takeProfit',
    price: terms.price,
    reduceOnly: terms.reduceOnly,
    triggerPrice: terms.trigger,
    triggerDirection: isAbove ? 'rise' : 'fall',
    ...(equals(terms.trigger, last) ? { firesAtOnce: true } : {}),
  }
}

function trailingRequest(
  handling: Handling,
  draft: AlgoDraft,
  terms: TrailingTerms,
): ConditionalRequest {
  const { activePrice, orderPriceType } = terms
  const notes = {
    algoType: 'trailing_stop',
    orderPriceType,
    activePrice: activePrice === undefined ? '' : plain(activePrice),
    priceMatch: orderPriceType === 'formula_price' ? '' : orderPriceType,
  } as const
  return {
    ...shared(handling, draft, notes),
    kind: 'trailing',
    price: terms.price,
    reduceOnly: terms.reduceOnly,
    ...(activePrice === undefined ? {} : { triggerPrice: activePrice }),
    triggerDirection: draft.side === 'SELL' ? 'fall' : 'rise',
    trailingRate: terms.callbackRate,
  }
}

type Shared = Pick<
  ConditionalRequest,
  | 'clientOrderId'
  | 'symbol'
  | 'side'
  | 'positionSide'
  | 'marginMode'
  | 'orderType'
  | 'quantity'
  | 'timeInForce'
  | 'venueData'
> & { triggerSource: 'last' }

function shared(handling: Handling, draft: AlgoDraft, notes: Partial<OrderNotes>): Shared {
  const { clientId, leg, listing, quantity, side } = draft
  const { symbol } = listing.engine
  const leverRate = handling.engine.leverage(handling.accountId, symbol, leg)
  return {
    clientOrderId: clientId,
    symbol,
    side,
    ...leg,
    orderType: 'LIMIT',
    quantity,
    timeInForce: 'GTC',
    triggerSource: 'last',
    venueData: keepNotes({ ...notes, leverRate }),
  }
}

function refusalOf(refusal: Refusal, { listing }: AlgoDraft): Refused {
  return refusal.refused === 'tooManyOrders'
    ? tooManyConditionals(listing.native, rules.maxConditionalOrders)
    : refusedByEngine(refusal, listing.native)
}

function cancel({ accountId, engine }: Handling, form: Form): AlgoRecord {
  form.ignore('channel_code')
  const listing = readListing(form)
  const algoId = form.text('algo_id')
  const clientId = form.text('algo_client_order_id')
  if (algoId === undefined && clientId === undefined) throw emptyField('algo_id')
  const record = findAlgo(engine, accountId, { algoId, clientId })
  const isThere = record?.state === 'active' && record.primary.symbol === listing.engine.symbol
  if (!isThere) throw orderToCancelUnknown()
  for (const row of [record.primary, record.partner]) {
    if (row?.status === 'WAITING') engine.cancelConditional(accountId, row.conditionalId)
  }
  return record
}
