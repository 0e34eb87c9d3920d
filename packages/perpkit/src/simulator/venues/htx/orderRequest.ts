import { type Decimal, isGreater, isLess } from '../../../core/decimal.ts'
import type { EngineSide, EngineTimeInForce, OrderRequest } from '../../engine/types.ts'
import type { Listing } from './contracts.ts'
import {
  emptyField,
  invalidField,
  onlyWithOpening,
  priceOffTick,
  priceOutOfBand,
} from './errors.ts'
import { plain } from './figures.ts'
import type { Form } from './form.ts'
import { type Leg, legNames, legNotes, readLeg, refusePassed } from './legs.ts'
import { keepNotes, type OrderNotes } from './notes.ts'
import { matchedPrice, priceBand, priceMatches } from './pricing.ts'
import { readListing, readMarginMode, readPositionSide } from './scope.ts'
import { closesHedge, isHedged, sidePart } from './sides.ts'
import { readVolume } from './volumes.ts'

/** Parameters of `/v5/trade/order`: docs/wire/htx.md 4.4. */
export const orderNames: readonly string[] = [
  'contract_code',
  'margin_mode',
  'side',
  'position_side',
  'type',
  'volume',
  'price',
  'price_match',
  'time_in_force',
  'reduce_only',
  'client_order_id',
  'price_protect',
  'self_match_prevent',
  'channel_code',
  ...legNames,
]

/** An order as it was asked for, in the engine's words. */
export interface OrderDraft {
  listing: Listing
  request: OrderRequest
}

/** Reads an order, refusing what the venue calls a wrong parameter. */
export function readOrder(form: Form): OrderDraft {
  const listing = readListing(form)
  const marginMode = readMarginMode(form)
  const side = readSide(form)
  const leg = { marginMode, ...sidePart(readPositionSide(form)) }
  const type = form.requiredToken('type', orderTypes)
  const quantity = readVolume(form, listing)
  const timeInForce = form.token('time_in_force', timesInForce) ?? 'gtc'
  const pricing = type === 'market' ? skipPrice(form) : readPrice(form, listing, side, type)
  const reduceOnly = readReduceOnly(form)
  const clientOrderId = form.clientId('client_order_id') ?? ''
  const legs = readAttached(form, listing, {
    side,
    price: pricing.price,
    isClosing: reduceOnly || closesHedge({ side, ...leg }),
  })
  const { engine, accountId } = form.handling
  const notes: Partial<OrderNotes> = {
    timeInForce,
    priceMatch: pricing.match,
    selfMatchPrevent: form.token('self_match_prevent', selfMatchTokens) ?? 'cancel_taker',
    priceProtect: form.flag('price_protect'),
    leverRate: engine.leverage(accountId, listing.engine.symbol, leg),
    ...legNotes(legs),
  }
  form.ignore('channel_code')
  const request: OrderRequest = {
    clientOrderId,
    symbol: listing.engine.symbol,
    side,
    ...leg,
    type: type === 'market' ? 'MARKET' : 'LIMIT',
    quantity,
    ...(pricing.price === undefined ? {} : { price: pricing.price }),
    timeInForce:
      type === 'post_only' ? 'GTX' : engineTimes[type === 'market' ? 'ioc' : timeInForce],
    reduceOnly,
    venueData: keepNotes(notes),
  }
  return { listing, request }
}

export function readSide(form: Form): EngineSide {
  return form.requiredToken('side', ['buy', 'sell'] as const) === 'buy' ? 'BUY' : 'SELL'
}

/** Of no meaning in hedge mode, where the two sides say what an order does: 4.4. */
export function readReduceOnly(form: Form): boolean {
  return form.flag('reduce_only') && !isHedged(form.handling)
}

const orderTypes = ['market', 'limit', 'post_only'] as const

const timesInForce = ['gtc', 'ioc', 'fok'] as const

const engineTimes: Readonly<Record<(typeof timesInForce)[number], EngineTimeInForce>> = {
  gtc: 'GTC',
  ioc: 'IOC',
  fok: 'FOK',
}

const selfMatchTokens = ['cancel_taker', 'cancel_maker', 'cancel_both'] as const

interface Pricing {
  price: Decimal | undefined
  /** `''` when the price was sent as such. */
  match: string
}

/** A market order has no price, whatever stands in the body. */
function skipPrice(form: Form): Pricing {
  form.ignore('price', 'price_match')
  return { price: undefined, match: '' }
}

/** `price`, or the one that `price_match` stands for at the moment; one excludes the other. */
function readPrice(
  form: Form,
  listing: Listing,
  side: EngineSide,
  type: 'limit' | 'post_only',
): Pricing {
  const match = form.token('price_match', priceMatches)
  const price = form.price('price', listing.engine.tickSize, priceOffTick)
  if (match !== undefined) {
    if (price !== undefined || type === 'post_only') throw invalidField('price_match')
    return { price: matchedPrice(form.handling.engine, listing, side, match), match }
  }
  if (price === undefined) throw emptyField('price')
  refuseOutOfBand(form, listing, side, price)
  return { price, match: '' }
}

/** The other direction is free: docs/wire/htx.md 4.4. */
function refuseOutOfBand(form: Form, listing: Listing, side: EngineSide, price: Decimal): void {
  const { high, low } = priceBand(form.handling.engine, listing)
  const isOut = side === 'BUY' ? isGreater(price, high) : isLess(price, low)
  if (isOut) throw priceOutOfBand(plain(high), plain(low))
}

function readAttached(
  form: Form,
  listing: Listing,
  entry: { side: EngineSide; price: Decimal | undefined; isClosing: boolean },
): Leg[] {
  const legs = [readLeg(form, listing, 'tp'), readLeg(form, listing, 'sl')].filter(
    (leg) => leg !== undefined,
  )
  if (legs.length > 0 && entry.isClosing) throw onlyWithOpening()
  const base = entry.price ?? form.handling.engine.prices(listing.engine.symbol).last
  for (const leg of legs) refusePassed(leg, entry.side === 'BUY' ? 'SELL' : 'BUY', base)
  return legs
}
