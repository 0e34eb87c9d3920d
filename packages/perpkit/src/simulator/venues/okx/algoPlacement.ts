import { type Decimal, equals, isLess } from '../../../core/decimal.ts'
import {
  type ConditionalRequest,
  type Engine,
  type EngineConditional,
  isRefusal,
  type Refusal,
} from '../../engine/types.ts'
import type { AlgoSpec } from './algoSpec.ts'
import { Refused, refusedByEngine } from './errors.ts'
import type { Listing } from './instruments.ts'
import { legFrom } from './legs.ts'
import { keepNotes, type Notes } from './notes.ts'
import { directionOf, type Leg, type LegName } from './triggers.ts'

/**
 * Places an algo that {@link checkAlgo} has let pass; the conditional order whose id is the algo's.
 * A take-profit that rests goes into the book first: when it is refused, nothing has been placed.
 */
export function placeAlgo(engine: Engine, accountId: string, spec: AlgoSpec): EngineConditional {
  const isPair = spec.stopLoss !== undefined && spec.takeProfit !== undefined
  const pair = isPair ? { group: nextGroup(engine, accountId, 'oco') } : {}
  if (spec.restingProfit !== undefined) {
    const link = nextGroup(engine, accountId, 'tp')
    placeResting(engine, accountId, spec, spec.restingProfit, link)
    const linked = { ...spec.notes, link, linkedQuantity: spec.quantity }
    return placeAlgo(engine, accountId, withoutResting({ ...spec, notes: linked }))
  }
  const requests: ConditionalRequest[] = []
  if (spec.stopLoss) requests.push({ ...legRequest(spec, 'sl', spec.stopLoss), ...pair })
  if (spec.takeProfit) {
    // One client id for both: the leg that is placed first has it.
    const clientOrderId = isPair ? '' : spec.algoClOrdId
    requests.push({ ...legRequest(spec, 'tp', spec.takeProfit), ...pair, clientOrderId })
  }
  if (spec.entry) requests.push(entryRequest(engine, spec, spec.entry))
  if (spec.trailing) requests.push(trailingRequest(spec, spec.trailing))
  const [first, ...others] = requests.map((request) => {
    const placed = engine.placeConditional(accountId, request)
    if (isRefusal(placed)) throw algoRefusal(placed)
    return placed
  })
  if (!first || others.length > 1) throw new Error(`an algo of ${requests.length} legs`)
  return first
}

/** A name for rows that belong together, new to this account. */
function nextGroup(engine: Engine, accountId: string, kind: 'oco' | 'tp'): string {
  return `${kind} ${engine.conditionals(accountId).length} ${engine.orders(accountId).length}`
}

/** Client ids of algos are a space of their own with a code of its own. */
export function algoRefusal(refusal: Refusal): Refused {
  return refusal.refused === 'duplicateClientOrderId'
    ? new Refused('51065')
    : refusedByEngine(refusal, 'place')
}

function withoutResting({ restingProfit: _, ...spec }: AlgoSpec): AlgoSpec {
  return spec
}

function placeResting(
  engine: Engine,
  accountId: string,
  spec: AlgoSpec,
  price: Decimal,
  link: string,
): void {
  const placed = engine.placeOrder(accountId, {
    clientOrderId: '',
    ...legFrom(spec.leg),
    side: spec.side,
    type: 'LIMIT',
    quantity: spec.quantity,
    price,
    timeInForce: 'GTC',
    reduceOnly: spec.reduceOnly,
    venueData: keepNotes({
      ...spec.notes,
      ordType: 'limit',
      leg: 'tp',
      isTpLimit: true,
      link,
    }),
  })
  if (isRefusal(placed)) throw refusedByEngine(placed, 'place')
}

function baseRequest(
  spec: AlgoSpec,
  notes: Partial<Notes>,
): Omit<ConditionalRequest, 'kind' | 'orderType' | 'triggerSource' | 'triggerDirection'> {
  return {
    clientOrderId: spec.algoClOrdId,
    ...legFrom(spec.leg),
    side: spec.side,
    quantity: spec.quantity,
    timeInForce: 'GTC',
    reduceOnly: spec.reduceOnly,
    closePosition: spec.closesPosition,
    endsWithPosition: spec.endsWithPosition,
    ...(spec.notes.attachedId && { isAttached: true }),
    venueData: keepNotes({ ...spec.notes, ordType: spec.ordType, ...notes }),
  }
}

function legRequest(spec: AlgoSpec, name: LegName, leg: Leg): ConditionalRequest {
  return {
    ...baseRequest(spec, { leg: name }),
    kind: name === 'sl' ? 'stop' : 'takeProfit',
    ...becoming(leg),
    triggerPrice: leg.trigger,
    triggerSource: leg.source,
    triggerDirection: directionOf(spec.side, name),
  }
}

function becoming(leg: Leg): { orderType: 'MARKET' | 'LIMIT'; price?: Decimal } {
  return leg.price === undefined
    ? { orderType: 'MARKET' }
    : { orderType: 'LIMIT', price: leg.price }
}

/** Fires when the price crosses the trigger from wherever it is now: docs/wire/okx.md 4.4. */
function entryRequest(
  engine: Engine,
  spec: AlgoSpec,
  entry: Leg & { timeInForce: ConditionalRequest['timeInForce'] },
): ConditionalRequest {
  const crossing = crossingOf(engine, spec.listing, entry)
  return {
    ...baseRequest(spec, {}),
    kind: (spec.side === 'BUY') === (crossing.triggerDirection === 'rise') ? 'stop' : 'takeProfit',
    ...becoming(entry),
    timeInForce: entry.timeInForce,
    triggerPrice: entry.trigger,
    triggerSource: entry.source,
    ...crossing,
  }
}

/** Which way the price must go; one that stands on the trigger has crossed it. */
export function crossingOf(
  engine: Engine,
  listing: Listing,
  { source, trigger }: Leg,
): { triggerDirection: 'rise' | 'fall'; firesAtOnce: boolean } {
  const current = engine.prices(listing.engine.symbol)[source]
  return {
    triggerDirection: isLess(trigger, current) ? 'fall' : 'rise',
    firesAtOnce: equals(trigger, current),
  }
}

function trailingRequest(
  spec: AlgoSpec,
  { activePx, ratio, spread }: NonNullable<AlgoSpec['trailing']>,
): ConditionalRequest {
  return {
    ...baseRequest(spec, {
      callbackRatio: ratio ?? '',
      callbackSpread: spread ?? '',
      activePx: activePx ?? '',
    }),
    kind: 'trailing',
    orderType: 'MARKET',
    ...(activePx !== undefined && { triggerPrice: activePx }),
    // Always on the last price.
    triggerSource: 'last',
    triggerDirection: spec.side === 'SELL' ? 'fall' : 'rise',
    ...(ratio !== undefined && { trailingRate: ratio }),
    ...(spread !== undefined && { trailingDistance: spread }),
  }
}
