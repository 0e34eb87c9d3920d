import { type Decimal, isZero } from '../../../core/decimal.ts'
import type { EngineSide, EngineTimeInForce } from '../../engine/types.ts'
import type { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import { priceText } from './decimals.ts'
import { invalidParameter, parameterError } from './errors.ts'
import { type Fields, type FieldTable, readFields, readToken } from './fields.ts'
import type { Listing } from './instruments.ts'
import { keepNotes, type OrderNotes } from './notes.ts'
import { readLimitPrice, readWorstPrice } from './orderPrices.ts'
import {
  type LegTerms,
  type ProtectionName,
  protectionTable,
  readProtection,
  refuseWrongSide,
} from './protection.ts'
import { Refused } from './replies.ts'
import { type Category, knownListing } from './scope.ts'
import { readQuantity } from './sizes.ts'
import { isClosingSide, readSlot, type Slot } from './slots.ts'
import { readTrigger, type Trigger } from './triggers.ts'

const ownTable = {
  symbol: 'string',
  side: 'string',
  orderType: 'string',
  qty: 'string',
  price: 'string',
  timeInForce: 'string',
  positionIdx: 'number',
  orderLinkId: 'string',
  reduceOnly: 'boolean',
  closeOnTrigger: 'boolean',
  triggerPrice: 'string',
  triggerDirection: 'number',
  triggerBy: 'string',
  slippageToleranceType: 'string',
  slippageTolerance: 'string',
  bboSideType: 'string',
  bboLevel: 'string',
  smpType: 'string',
  rpiTakerAccess: 'boolean',
  // Spot and options only.
  isLeverage: 'any',
  orderFilter: 'any',
  marketUnit: 'any',
  orderIv: 'any',
  mmp: 'any',
  // ccxt leaves it in, and the venue makes a plain market order of it (trap 41).
  trailingPercent: 'any',
} as const

type DraftName = keyof typeof ownTable | ProtectionName

type DraftFields = Fields<DraftName>

/** Parameters of order/create without `category`: docs/wire/bybit.md 4.4. */
export const draftTable: FieldTable<DraftName> = { ...ownTable, ...protectionTable }

/** An order as it was asked for, its parameters understood; trading rules not looked at yet. */
export interface OrderDraft {
  listing: Listing
  slot: Slot
  side: EngineSide
  type: 'MARKET' | 'LIMIT'
  /** `'0'`: close as much as one order may. */
  quantity: Decimal
  /** Absent for market orders. */
  price: Decimal | undefined
  /** Market orders: nothing trades beyond it. */
  worstPrice: Decimal | undefined
  timeInForce: EngineTimeInForce
  reduceOnly: boolean
  /** Reduce-only, or such by slot and side. */
  isClosing: boolean
  orderLinkId: string
  trigger: Trigger | undefined
  notes: Record<string, unknown>
}

/** Reads an order, refusing what the venue calls a wrong parameter. */
export function readDraft(handling: Handling, params: Params, category: Category): OrderDraft {
  const { engine } = handling
  const fields = readFields(params, draftTable)
  const symbol = fields.text('symbol')
  if (symbol === undefined) throw parameterError()
  const listing = knownListing(category, symbol)
  const side = readSide(handling, fields)
  const type = readType(handling, fields)
  const timeInForce = readTimeInForce(handling, fields, type)
  const slot = readSlot(handling, fields, listing)
  const orderLinkId = readLinkId(fields)
  // `closeOnTrigger` alone implies reduce-only.
  const reduceOnly = fields.isTrue('reduceOnly') || fields.isTrue('closeOnTrigger')
  const closesAll = isCloseAll(fields)
  const isClosing = reduceOnly || isClosingSide(slot, side)
  const quantity = closesAll
    ? '0'
    : readQuantity(listing, fields.text('qty'), mostOf(listing, type, isClosing))
  const price = type === 'LIMIT' ? readLimitPrice(handling, fields, listing, side) : undefined
  const trigger = readTrigger(handling, fields, listing)
  const attached = readAttached(handling, fields, listing, { side, price, trigger, isClosing })
  const worstPrice =
    type === 'MARKET' && trigger === undefined
      ? readWorstPrice(handling, fields, listing, side)
      : undefined
  const notes: Partial<OrderNotes> = {
    ...attached,
    stopOrderType: trigger ? 'Stop' : '',
    createType: trigger ? 'CreateByStopOrder' : 'CreateByUser',
    triggerBy: trigger?.triggerBy ?? '',
    closeOnTrigger: fields.isTrue('closeOnTrigger'),
    closesAll,
    lastPriceOnCreated: priceText(listing, engine.prices(listing.engine.symbol).last),
    smpType: readToken(handling, fields, 'smpType', smpTypes) ?? 'None',
    slippageToleranceType: fields.text('slippageToleranceType') ?? 'UNKNOWN',
    slippageTolerance: fields.text('slippageTolerance') ?? '0',
    rpiTakerAccess: fields.isTrue('rpiTakerAccess'),
  }
  return {
    listing,
    slot,
    side,
    type,
    quantity,
    price,
    worstPrice,
    timeInForce,
    reduceOnly,
    isClosing,
    orderLinkId,
    trigger,
    notes: keepNotes(notes),
  }
}

/** A client id of an allowed shape, `''` when there is none. */
function readLinkId(fields: Fields<'orderLinkId'>): string {
  const orderLinkId = fields.text('orderLinkId') ?? ''
  if (!/^[A-Za-z0-9_-]{0,36}$/.test(orderLinkId)) throw invalidParameter('OrderLinkId')
  return orderLinkId
}

const sides = { Buy: 'BUY', Sell: 'SELL' } as const

const smpTypes = ['None', 'CancelMaker', 'CancelTaker', 'CancelBoth'] as const

const timesInForce = { GTC: 'GTC', IOC: 'IOC', FOK: 'FOK', PostOnly: 'GTX' } as const

function readSide(handling: Handling, fields: DraftFields): EngineSide {
  const side = readToken(handling, fields, 'side', ['Buy', 'Sell'] as const)
  if (side === undefined) throw invalidParameter('side')
  return sides[side]
}

function readType(handling: Handling, fields: DraftFields): 'MARKET' | 'LIMIT' {
  const type = readToken(handling, fields, 'orderType', ['Market', 'Limit'] as const)
  if (type === undefined) throw invalidParameter('orderType')
  return type === 'Market' ? 'MARKET' : 'LIMIT'
}

function readTimeInForce(
  handling: Handling,
  fields: DraftFields,
  type: 'MARKET' | 'LIMIT',
): EngineTimeInForce {
  const tokens = ['GTC', 'IOC', 'FOK', 'PostOnly', 'RPI'] as const
  const given = readToken(handling, fields, 'timeInForce', tokens) ?? 'GTC'
  if (given === 'RPI') throw new Refused(110119, 'Not allowed to place RPI orders')
  return type === 'MARKET' ? 'IOC' : timesInForce[given]
}

function isCloseAll(fields: DraftFields): boolean {
  const isZeroText = /^0(\.0+)?$/.test(fields.text('qty') ?? '')
  return isZeroText && fields.isTrue('reduceOnly') && fields.isTrue('closeOnTrigger')
}

function mostOf(
  listing: Listing,
  type: 'MARKET' | 'LIMIT',
  isClosing: boolean,
): Decimal | undefined {
  if (isClosing) return undefined
  return type === 'MARKET' ? listing.engine.maxMarketQuantity : listing.engine.maxQuantity
}

/** Attached take-profit and stop-loss as notes; refused on the wrong side of the entry. */
function readAttached(
  handling: Handling,
  fields: DraftFields,
  listing: Listing,
  entry: {
    side: EngineSide
    price: Decimal | undefined
    trigger: Trigger | undefined
    isClosing: boolean
  },
): Partial<OrderNotes> {
  const protection = readProtection(handling, fields, listing)
  const legs = protection.legs.filter(({ trigger }) => !isZero(trigger))
  if (legs.length === 0) return {}
  if (entry.isClosing) {
    throw new Refused(110057, 'Conditional order or limit order contains TP/SL related params')
  }
  const last = handling.engine.prices(listing.engine.symbol).last
  const base = entry.price ?? entry.trigger?.price ?? last
  for (const leg of legs) refuseWrongSide(leg, entry.side === 'BUY' ? 'LONG' : 'SHORT', base)
  let notes: Partial<OrderNotes> = { tpslMode: protection.mode }
  for (const leg of legs) notes = { ...notes, ...attachedNotes(listing, leg) }
  return notes
}

function attachedNotes(listing: Listing, leg: LegTerms): Partial<OrderNotes> {
  const trigger = priceText(listing, leg.trigger)
  const limit = leg.limitPrice === undefined ? '' : priceText(listing, leg.limitPrice)
  return leg.goal === 'takeProfit'
    ? { takeProfit: trigger, tpTriggerBy: leg.triggerBy, tpLimitPrice: limit }
    : { stopLoss: trigger, slTriggerBy: leg.triggerBy, slLimitPrice: limit }
}
