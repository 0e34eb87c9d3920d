import { add, type Decimal, equals, isGreater, isLess, isZero, sum } from '../../../core/decimal.ts'
import { type Engine, isRefusal, type PositionView } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { priceInvalid, refusedByEngine, zeroPosition } from './errors.ts'
import { type Fields, namesOf, readFields } from './fields.ts'
import type { Listing } from './instruments.ts'
import { legOf, nextGroup, partialLegs, placeLeg, setFullLeg } from './legs.ts'
import { keepNotes } from './notes.ts'
import {
  type LegTerms,
  type Protection,
  protectionTable,
  readProtection,
  refuseWrongSide,
  wrongSide,
} from './protection.ts'
import { Refused, reply } from './replies.ts'
import { readListing } from './scope.ts'
import { readPrice, readQuantity } from './sizes.ts'
import { positionIn, readSlot, sideOf, slotOf } from './slots.ts'
import { watchedPrice } from './triggers.ts'

// Protection of a position: docs/wire/bybit.md 4.5. The answer carries no id.

const tradingStopTable = {
  category: 'string',
  symbol: 'string',
  positionIdx: 'number',
  ...protectionTable,
  tpSize: 'string',
  slSize: 'string',
  trailingStop: 'string',
  activePrice: 'string',
  // ccxt leaves it in the body of a trailing order.
  reduceOnly: 'any',
} as const

type StopFields = Fields<keyof typeof tradingStopTable>

/** A contract may have so many Partial legs. */
const MOST_PARTIAL = 20

// https://bybit-exchange.github.io/docs/v5/position/trading-stop
export const tradingStop: Route = {
  method: 'POST',
  path: '/v5/position/trading-stop',
  access: 'signed',
  operation: 'createStop',
  parameters: namesOf(tradingStopTable),
  handle(handling) {
    const { engine } = handling
    const fields = readFields(handling.params, tradingStopTable)
    const listing = readListing(handling, fields)
    const slot = readSlot(handling, fields, listing)
    const protection = readProtection(handling, fields, listing)
    refuseSizeWithoutMode(fields)
    const trailing = readTrailing(fields, listing)
    const sizes = protection.mode === 'Partial' ? readSizes(fields, listing, protection) : undefined
    const position = positionIn(engine, slot)
    if (!position) throw zeroPosition()
    for (const leg of protection.legs) {
      const base = watchedPrice(engine, listing, leg.triggerBy)
      if (!isZero(leg.trigger)) refuseWrongSide(leg, position.side, base)
    }
    if (trailing) refuseTrailing(engine, listing, position, trailing)
    const isProtected = sizes
      ? addPartial(engine, position, protection, sizes)
      : setFull(engine, position, protection)
    const isTrailed = trailing ? setTrailing(engine, position, trailing) : false
    if (!isProtected && !isTrailed) throw new Refused(34040, 'not modified')
    return reply(handling, {})
  },
}

interface Trailing {
  /** `'0'` takes the trailing stop away. */
  distance: Decimal
  activePrice: Decimal | undefined
}

function refuseSizeWithoutMode(fields: StopFields): void {
  if (fields.has('tpslMode')) return
  for (const name of ['tpSize', 'slSize'] as const) {
    if (fields.text(name) !== undefined) {
      throw new Refused(10001, `${name} can not have a value when tpSlMode is empty`)
    }
  }
}

function readTrailing(fields: StopFields, listing: Listing): Trailing | undefined {
  const given = fields.text('trailingStop')
  if (given === undefined) return undefined
  if (Number(given) === 0) return { distance: '0', activePrice: undefined }
  const distance = readPrice(listing, given)
  const active = fields.text('activePrice')
  const isActiveNow = active === undefined || Number(active) === 0
  const activePrice = isActiveNow ? undefined : readPrice(listing, active)
  if (distance === undefined || (!isActiveNow && activePrice === undefined)) throw priceInvalid()
  return { distance, activePrice }
}

/** Quantities of the Partial legs, by goal; sent in pairs with their prices. */
function readSizes(
  fields: StopFields,
  listing: Listing,
  { legs }: Protection,
): ReadonlyMap<LegTerms, Decimal> | undefined {
  const sizes = new Map<LegTerms, Decimal>()
  for (const leg of legs) {
    const given = fields.text(leg.goal === 'takeProfit' ? 'tpSize' : 'slSize')
    if (given !== undefined && !isZero(leg.trigger)) {
      sizes.set(leg, readQuantity(listing, given, undefined))
    }
  }
  const isTrailingAlone = legs.length === 0 && fields.text('trailingStop') !== undefined
  if (isTrailingAlone) return undefined
  const [first, second] = [...sizes.values()]
  if (first === undefined) {
    throw new Refused(10001, 'takeProfit and tpSize, stopLoss and slSize need to input in pairs')
  }
  if (second !== undefined && !equals(first, second)) {
    throw new Refused(10001, 'tpSize and slSize must be equal')
  }
  return sizes
}

/** The activation price lies on the profit side of the last price. */
function refuseTrailing(
  engine: Engine,
  listing: Listing,
  { side }: PositionView,
  { activePrice }: Trailing,
): void {
  if (activePrice === undefined) return
  const { last } = engine.prices(listing.engine.symbol)
  const isAhead = side === 'LONG' ? isGreater(activePrice, last) : isLess(activePrice, last)
  const terms = { trigger: activePrice, triggerBy: 'LastPrice' } as const
  if (!isAhead) throw wrongSide('TrailingProfit', terms, side, last)
}

/** A repeated call modifies; says whether anything changed. */
function setFull(engine: Engine, position: PositionView, { legs }: Protection): boolean {
  let isChanged = false
  for (const leg of legs) {
    const result = setFullLeg(engine, position, leg)
    if (result.refused) throw refusedByEngine(result.refused)
    isChanged ||= result.isChanged
  }
  return isChanged
}

/** Every call adds legs; two of one call are a pair. */
function addPartial(
  engine: Engine,
  position: PositionView,
  { legs }: Protection,
  sizes: ReadonlyMap<LegTerms, Decimal>,
): boolean {
  const { accountId, size } = position
  const slot = slotOf(position)
  const takeProfits = partialLegs(engine, slot, 'takeProfit')
  const stopLosses = partialLegs(engine, slot, 'stopLoss')
  const count = takeProfits.length + stopLosses.length + sizes.size
  if (count > MOST_PARTIAL) {
    throw new Refused(110061, 'Under partial TP/SL mode, TP/SL set more than 20')
  }
  for (const [leg, quantity] of sizes) {
    const rows = leg.goal === 'takeProfit' ? takeProfits : stopLosses
    const covered = sum(rows.map((row) => row.quantity))
    if (isGreater(add(covered, quantity), size)) {
      throw new Refused(
        110058,
        "You can't set take profit and stop loss due to insufficient size of remaining position size.",
      )
    }
  }
  const group = sizes.size === 2 ? { group: nextGroup(engine, accountId) } : {}
  for (const leg of legs) {
    const quantity = sizes.get(leg)
    if (quantity === undefined) continue
    const placed = placeLeg(engine, position, leg, { quantity, ...group })
    if (isRefusal(placed)) throw refusedByEngine(placed)
  }
  return true
}

function setTrailing(engine: Engine, position: PositionView, trailing: Trailing): boolean {
  const { accountId, symbol } = position
  const { activePrice, distance } = trailing
  const leg = legOf(engine, slotOf(position), 'TrailingStop')
  const isOff = isZero(distance)
  if (isOff && !leg) return false
  const isSame =
    leg?.trailingDistance !== undefined &&
    equals(leg.trailingDistance, distance) &&
    (activePrice === undefined || equals(leg.triggerPrice, activePrice))
  if (isSame) return false
  if (leg) engine.cancelConditional(accountId, leg.conditionalId)
  if (isOff) return true
  const isLong = position.side === 'LONG'
  const placed = engine.placeConditional(accountId, {
    clientOrderId: '',
    symbol,
    ...sideOf(slotOf(position)),
    side: isLong ? 'SELL' : 'BUY',
    kind: 'trailing',
    orderType: 'MARKET',
    quantity: '0',
    timeInForce: 'IOC',
    reduceOnly: true,
    closePosition: true,
    endsWithPosition: true,
    ...(activePrice === undefined ? {} : { triggerPrice: activePrice }),
    triggerSource: 'last',
    triggerDirection: isLong ? 'fall' : 'rise',
    trailingDistance: distance,
    venueData: keepNotes({
      stopOrderType: 'TrailingStop',
      createType: 'CreateByTrailingStop',
      tpslMode: 'Full',
      triggerBy: 'LastPrice',
      closeOnTrigger: true,
      lastPriceOnCreated: engine.prices(symbol).last,
    }),
  })
  if (isRefusal(placed)) throw refusedByEngine(placed)
  return true
}
