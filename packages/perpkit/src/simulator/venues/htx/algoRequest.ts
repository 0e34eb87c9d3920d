import { type Decimal, isGreater, isLess } from '../../../core/decimal.ts'
import type { EngineSide, MarginMode, PositionSide } from '../../engine/types.ts'
import type { Listing } from './contracts.ts'
import {
  activationPassed,
  callbackTooSmall,
  emptyField,
  invalidField,
  priceOffTick,
  triggerOffTick,
} from './errors.ts'
import type { Form } from './form.ts'
import { type Leg, legNames, readLeg, refusePassed } from './legs.ts'
import { type AlgoType, algoTypes } from './notes.ts'
import { readReduceOnly, readSide } from './orderRequest.ts'
import { formulaPrice, matchedPrice, type PriceMatch, priceMatches } from './pricing.ts'
import { readListing, readMarginMode, readPositionSide } from './scope.ts'
import { sidePart } from './sides.ts'
import { readVolume } from './volumes.ts'

/** Parameters of `/v5/algo/order`: docs/wire/htx.md 4.10. */
export const algoNames: readonly string[] = [
  'contract_code',
  'type',
  'position_side',
  'side',
  'margin_mode',
  'volume',
  ...legNames,
  'trigger_price',
  'trigger_price_type',
  'price',
  'price_match',
  'callback_rate',
  'order_price_type',
  'active_price',
  'reduce_only',
  'algo_client_order_id',
  // ccxt leaves it in, and every body may carry a broker's tag.
  'time_in_force',
  'channel_code',
]

/** A conditional order as it was asked for. */
export interface AlgoDraft {
  listing: Listing
  side: EngineSide
  /** The position it is for; a side in hedge mode alone. */
  leg: { marginMode: MarginMode; positionSide?: PositionSide }
  quantity: Decimal
  clientId: string
  terms: LegTerms | TriggerTerms | TrailingTerms
}

export interface LegTerms {
  type: 'tp' | 'sl' | 'tpsl'
  legs: readonly Leg[]
}

export interface TriggerTerms {
  type: 'trigger'
  trigger: Decimal
  /** Of the order it becomes; of a matched one, as it would be now. */
  price: Decimal
  match: PriceMatch | ''
  reduceOnly: boolean
}

export interface TrailingTerms {
  type: 'trailing_stop'
  callbackRate: Decimal
  /** `formula_price`, or how the order it becomes is matched to the book. */
  orderPriceType: (typeof orderPriceTypes)[number]
  /** Absent: active at once. */
  activePrice: Decimal | undefined
  /** Of the order it becomes, as it would be now. */
  price: Decimal
  reduceOnly: boolean
}

/** Reads a conditional order, refusing what the venue calls a wrong parameter. */
export function readAlgo(form: Form): AlgoDraft {
  const listing = readListing(form)
  const type = form.requiredToken('type', algoTypes)
  // Required in one-way mode too, and missed with the code of a wrong value: 4.10.
  if (!form.has('position_side')) throw invalidField('position_side')
  const positionSide = readPositionSide(form)
  const side = readSide(form)
  const leg = { marginMode: readMarginMode(form), ...sidePart(positionSide) }
  const quantity = readVolume(form, listing)
  const clientId = form.clientId('algo_client_order_id') ?? ''
  form.ignore('time_in_force', 'channel_code')
  const terms = readTerms(form, listing, side, type)
  noteMisplaced(form)
  return { listing, side, leg, quantity, clientId, terms }
}

const orderPriceTypes = ['formula_price', 'optimal_5', 'optimal_10', 'optimal_20'] as const

/** Fields of another type have no effect, which only the ledger tells. */
function noteMisplaced({ handling, params }: Form): void {
  for (const { name, value } of params.unread()) {
    if (algoNames.includes(name)) handling.unknownWord(name, value)
  }
}

function readTerms(
  form: Form,
  listing: Listing,
  side: EngineSide,
  type: AlgoType,
): AlgoDraft['terms'] {
  switch (type) {
    case 'tp':
    case 'sl':
      return { type, legs: [requiredLeg(form, listing, side, type)] }
    case 'tpsl':
      return {
        type,
        legs: [requiredLeg(form, listing, side, 'tp'), requiredLeg(form, listing, side, 'sl')],
      }
    case 'trigger':
      return readTriggerTerms(form, listing, side)
    case 'trailing_stop':
      return readTrailingTerms(form, listing, side)
  }
}

function requiredLeg(form: Form, listing: Listing, side: EngineSide, goal: 'tp' | 'sl'): Leg {
  const leg = readLeg(form, listing, goal)
  if (!leg) throw emptyField(`${goal}_trigger_price`)
  const prices = form.handling.engine.prices(listing.engine.symbol)
  refusePassed(leg, side, prices[leg.source])
  return leg
}

function readTriggerTerms(form: Form, listing: Listing, side: EngineSide): TriggerTerms {
  const { tickSize } = listing.engine
  const trigger = form.price('trigger_price', tickSize, (name) => triggerOffTick(name, tickSize))
  if (trigger === undefined) throw emptyField('trigger_price')
  form.token('trigger_price_type', ['last'] as const)
  const match = form.token('price_match', priceMatches)
  const price = form.price('price', tickSize, priceOffTick)
  if (match !== undefined && price !== undefined) throw invalidField('price_match')
  const reduceOnly = readReduceOnly(form)
  const terms = { type: 'trigger', trigger, reduceOnly } as const
  if (match !== undefined) {
    return { ...terms, price: matchedPrice(form.handling.engine, listing, side, match), match }
  }
  if (price === undefined) throw emptyField('price')
  return { ...terms, price, match: '' }
}

function readTrailingTerms(form: Form, listing: Listing, side: EngineSide): TrailingTerms {
  const { symbol, tickSize } = listing.engine
  const callbackRate = form.amount('callback_rate')
  if (callbackRate === undefined) throw emptyField('callback_rate')
  if (isLess(callbackRate, '0.001')) throw callbackTooSmall()
  if (!isLess(callbackRate, '1')) throw invalidField('callback_rate')
  const orderPriceType = form.requiredToken('order_price_type', orderPriceTypes)
  const activePrice = form.price('active_price', tickSize, (name) => triggerOffTick(name, tickSize))
  const { last } = form.handling.engine.prices(symbol)
  if (activePrice !== undefined) refuseActivated(side, activePrice, last)
  const price =
    orderPriceType === 'formula_price'
      ? formulaPrice(listing, side, activePrice ?? last, callbackRate)
      : matchedPrice(form.handling.engine, listing, side, orderPriceType)
  const reduceOnly = readReduceOnly(form)
  return { type: 'trailing_stop', callbackRate, orderPriceType, activePrice, price, reduceOnly }
}

function refuseActivated(side: EngineSide, activePrice: Decimal, last: Decimal): void {
  if (side === 'SELL' && !isGreater(activePrice, last)) throw activationPassed('higher than')
  if (side === 'BUY' && !isLess(activePrice, last)) throw activationPassed('lower than')
}
