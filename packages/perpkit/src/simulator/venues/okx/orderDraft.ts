import type { Decimal } from '../../../core/decimal.ts'
import type { EngineSide, EngineTimeInForce, PositionLeg } from '../../engine/types.ts'
import type { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import { readAttached } from './attachedItems.ts'
import { Refused } from './errors.ts'
import { type Fields, readFields, readToken, requireToken } from './fields.ts'
import type { Listing } from './instruments.ts'
import { isClosing, isHedged, legFor, readMarginMode, readPositionSide } from './legs.ts'
import { keepNotes } from './notes.ts'
import { bandEdge, isBeyondBand, priceBand } from './priceBand.ts'
import { knownListing } from './scope.ts'
import { readClientId, readPrice, readSize, readTag, type SizeLimit } from './sizes.ts'

/** Parameters of trade/order: docs/wire/okx.md 4.2. */
export const orderNames = [
  'instId',
  'tdMode',
  'side',
  'ordType',
  'sz',
  'px',
  'posSide',
  'reduceOnly',
  'clOrdId',
  'tag',
  'stpMode',
  'pxAmendType',
  'rpiTakerAccess',
  'rpiPxRound',
  'attachAlgoOrds',
  // Spot, margin and options only.
  'tgtCcy',
  'banAmend',
  'slippagePct',
  'tradeQuoteCcy',
  'ccy',
  'pxUsd',
  'pxVol',
  'quickMgnType',
  'stpId',
  // Stray keys of foreign clients: docs/wire/okx.md 4.6.
  'trigger',
  'stopLossPrice',
  'trailingPrice',
] as const

/** An order as it was asked for, its parameters understood; the position is not looked at yet. */
export interface OrderDraft {
  listing: Listing
  /** The position it moves. */
  leg: PositionLeg
  side: EngineSide
  type: 'MARKET' | 'LIMIT'
  /** In the base asset. */
  quantity: Decimal
  /** Absent for market orders. */
  price: Decimal | undefined
  /** Market orders: nothing trades beyond it. */
  worstPrice: Decimal | undefined
  timeInForce: EngineTimeInForce
  reduceOnly: boolean
  clOrdId: string
  tag: string
  notes: Record<string, unknown>
}

export const sides = { buy: 'BUY', sell: 'SELL' } as const

const orderTypes = [
  'market',
  'limit',
  'post_only',
  'fok',
  'ioc',
  'optimal_limit_ioc',
  'rpi',
] as const

type OrderType = (typeof orderTypes)[number]

const timesInForce: Readonly<Record<OrderType, EngineTimeInForce>> = {
  market: 'IOC',
  optimal_limit_ioc: 'IOC',
  limit: 'GTC',
  post_only: 'GTX',
  // Nobody here takes only what is no price improvement: it rests like any maker's order.
  rpi: 'GTX',
  ioc: 'IOC',
  fok: 'FOK',
}

/** Reads an order, refusing what the venue calls a wrong parameter. */
export function readDraft(handling: Handling, params: Params): OrderDraft {
  const { accountId, engine } = handling
  const fields = readFields(params, orderNames)
  const instId = fields.required('instId')
  const tdMode = fields.required('tdMode')
  const side = sides[requireToken(handling, fields, 'side', ['buy', 'sell'])]
  const ordType = requireToken(handling, fields, 'ordType', orderTypes)
  const size = fields.required('sz')
  const clOrdId = readClientId('clOrdId', fields.text('clOrdId'))
  const tag = readTag(fields.text('tag'))
  const stpMode = readToken(handling, fields, 'stpMode', stpModes) ?? 'cancel_maker'
  const positionSide = readPositionSide(handling, fields)
  const listing = knownListing(instId)
  const leg = legFor(
    listing.engine.symbol,
    readMarginMode(handling, 'tdMode', tdMode),
    positionSide,
  )
  const isMarket = ordType === 'market' || ordType === 'optimal_limit_ioc'
  const px = isMarket ? undefined : fields.text('px')
  if (!isMarket && px === undefined) throw new Refused('51204')
  const quantity = readSize(listing, 'sz', size, sizeLimit(listing, isMarket))
  const price = px === undefined ? undefined : readPrice(listing, 'px', px)
  // In long/short mode it is ignored: the sides say what closes.
  const reduceOnly = fields.isTrue('reduceOnly') && !isHedged(engine, accountId)
  const attached = readAttached(handling, fields.list('attachAlgoOrds'), {
    listing,
    side,
    price,
    size,
    isClosing: isClosing({ ...leg, side, reduceOnly }),
  })
  return {
    listing,
    leg,
    side,
    type: isMarket ? 'MARKET' : 'LIMIT',
    quantity,
    price: price === undefined ? undefined : intoBand(handling, fields, listing, side, price),
    worstPrice: isMarket ? bandEdge(engine, listing, side) : undefined,
    timeInForce: timesInForce[ordType],
    reduceOnly,
    clOrdId,
    tag,
    notes: keepNotes({
      ordType,
      tag,
      stpMode,
      lever: String(engine.leverage(accountId, leg.symbol, leg)),
      attached,
    }),
  }
}

const stpModes = ['cancel_maker', 'cancel_taker', 'cancel_both'] as const

/** How large an order of the book may be. */
export function sizeLimit(listing: Listing, isMarket: boolean): SizeLimit {
  return isMarket
    ? { most: listing.maxMarketSize, code: '51202' }
    : { most: listing.maxLimitSize, code: '51101' }
}

/** Refuses a price beyond the band, or moves it to the edge where the client asked for that. */
export function intoBand(
  handling: Handling,
  fields: Fields<'pxAmendType'>,
  listing: Listing,
  side: EngineSide,
  price: Decimal,
): Decimal {
  const isMoved = readToken(handling, fields, 'pxAmendType', ['0', '1']) === '1'
  const band = priceBand(handling.engine, listing)
  if (!isBeyondBand(band, side, price)) return price
  if (isMoved) return bandEdge(handling.engine, listing, side)
  throw new Refused('51006', band.highestBuy, band.lowestSell)
}
