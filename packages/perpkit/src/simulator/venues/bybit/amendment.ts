import { type Decimal, equals, isGreater, isZero } from '../../../core/decimal.ts'
import { type AmendRequest, isRefusal } from '../../engine/types.ts'
import type { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import { priceText } from './decimals.ts'
import {
  idMissing,
  invalidParameter,
  orderNotFound,
  parameterError,
  priceInvalid,
  refusedByEngine,
} from './errors.ts'
import { type Fields, type FieldTable, readFields, readToken } from './fields.ts'
import type { Listing } from './instruments.ts'
import { waiting } from './legs.ts'
import type { OrderNotes } from './notes.ts'
import type { OrderIds } from './placement.ts'
import { intoBand } from './priceBand.ts'
import {
  type ProtectionName,
  protectionTable,
  readProtection,
  refuseWrongSide,
} from './protection.ts'
import { findRecord, isClosing, isOpen, isUntriggered, type OrderRecord } from './records.ts'
import { Refused } from './replies.ts'
import { type Category, knownListing } from './scope.ts'
import { readPrice, readQuantity, refuseSmallNotional } from './sizes.ts'
import { priceKindOf, refusePassed, triggerByOf, triggerSources } from './triggers.ts'

const ownTable = {
  symbol: 'string',
  orderId: 'string',
  orderLinkId: 'string',
  qty: 'string',
  price: 'string',
  triggerPrice: 'string',
  triggerBy: 'string',
  // Options only.
  orderIv: 'any',
} as const

type AmendName = keyof typeof ownTable | ProtectionName

type AmendFields = Fields<AmendName>

/** Parameters of order/amend without `category`: docs/wire/bybit.md 4.3. */
export const amendTable: FieldTable<AmendName> = { ...ownTable, ...protectionTable }

/** Amends one order. `conditionals`: whether waiting ones may be amended by this call. */
export function amend(
  handling: Handling,
  params: Params,
  category: Category,
  allowed: { conditionals: boolean },
): OrderIds {
  const { accountId, engine } = handling
  const fields = readFields(params, amendTable)
  const listing = readSymbol(fields, category)
  const record = readRecord(handling, fields, listing)
  if (isUntriggered(record) && !allowed.conditionals) throw orderNotFound('replace')
  const change = readChange(handling, fields, listing, record)
  if (Object.keys(change).length === 0) {
    throw new Refused(
      10001,
      'The order remains unchanged as the parameters entered match the existing ones',
    )
  }
  if (!isClosing(record)) {
    const quantity = change.quantity ?? record.quantity
    refuseSmallNotional(engine, listing, quantity, change.price ?? record.price)
  }
  const amended = isUntriggered(record)
    ? engine.amendConditional(accountId, record.orderId, change)
    : engine.amendOrder(accountId, record.orderId, change)
  if (isRefusal(amended)) throw refusedByEngine(amended, 'replace')
  resizePartner(handling, record, change.quantity)
  return { orderId: record.orderId, orderLinkId: record.orderLinkId }
}

function readSymbol(fields: AmendFields, category: Category): Listing {
  const symbol = fields.text('symbol')
  if (symbol === undefined) throw parameterError()
  return knownListing(category, symbol)
}

function readRecord(handling: Handling, fields: AmendFields, listing: Listing): OrderRecord {
  const ids = { orderId: fields.text('orderId'), orderLinkId: fields.text('orderLinkId') }
  if (ids.orderId === undefined && ids.orderLinkId === undefined) throw idMissing()
  const record = findRecord(handling.engine, handling.accountId, ids)
  if (!record || !isOpen(record) || record.symbol !== listing.engine.symbol) {
    throw orderNotFound('replace')
  }
  return record
}

/** What differs from the order as it stands. */
function readChange(
  handling: Handling,
  fields: AmendFields,
  listing: Listing,
  record: OrderRecord,
): AmendRequest {
  const quantity = readNewQuantity(fields, listing, record)
  const price = readNewPrice(handling, fields, listing, record)
  const venueData = readNewProtection(handling, fields, listing, record)
  const trigger = readNewTrigger(handling, fields, listing, record)
  const notes = trigger.triggerBy === undefined ? {} : { triggerBy: trigger.triggerBy }
  const data = { ...venueData, ...notes }
  const kept = (record.order ?? record.conditional)?.venueData
  return {
    ...(quantity === undefined ? {} : { quantity }),
    ...(price === undefined ? {} : { price }),
    ...(trigger.price === undefined ? {} : { triggerPrice: trigger.price }),
    ...(trigger.triggerBy === undefined ? {} : { triggerSource: priceKindOf(trigger.triggerBy) }),
    ...(Object.keys(data).length === 0 ? {} : { venueData: { ...kept, ...data } }),
  }
}

function readNewQuantity(
  fields: AmendFields,
  listing: Listing,
  record: OrderRecord,
): Decimal | undefined {
  const given = fields.text('qty')
  if (given === undefined) return undefined
  const { maxMarketQuantity, maxQuantity } = listing.engine
  const most = record.type === 'MARKET' ? maxMarketQuantity : maxQuantity
  const quantity = readQuantity(listing, given, isClosing(record) ? undefined : most)
  if (record.conditional?.closePosition === true) {
    throw new Refused(110060, 'Under full TP/SL mode, it is not allowed to modify TP/SL')
  }
  if (record.order && !isGreater(quantity, record.order.executedQuantity)) {
    throw new Refused(110064, 'The number of contracts to be modified is not above the filled one')
  }
  return equals(quantity, record.quantity) ? undefined : quantity
}

function readNewPrice(
  { engine }: Handling,
  fields: AmendFields,
  listing: Listing,
  record: OrderRecord,
): Decimal | undefined {
  const given = fields.text('price')
  if (given === undefined || record.type === 'MARKET') return undefined
  const price = readPrice(listing, given)
  if (price === undefined) throw priceInvalid()
  const allowed = isUntriggered(record) ? price : intoBand(engine, listing, record.side, price)
  return record.price !== undefined && equals(allowed, record.price) ? undefined : allowed
}

function readNewTrigger(
  handling: Handling,
  fields: AmendFields,
  listing: Listing,
  record: OrderRecord,
): { price?: Decimal; triggerBy?: (typeof triggerSources)[number] } {
  const { conditional } = record
  const given = fields.text('triggerPrice')
  const source = readToken(handling, fields, 'triggerBy', triggerSources)
  if (!conditional || !isUntriggered(record)) {
    if (given !== undefined) throw invalidParameter('triggerPrice')
    return {}
  }
  const price = given === undefined ? conditional.triggerPrice : readPrice(listing, given)
  if (price === undefined) throw priceInvalid()
  const triggerBy = source ?? triggerByOf(conditional.triggerSource)
  const isMoved = !equals(price, conditional.triggerPrice)
  const isOther = triggerBy !== triggerByOf(conditional.triggerSource)
  if (isMoved || isOther) {
    const direction = conditional.triggerDirection
    refusePassed(handling.engine, listing, { price, direction, triggerBy })
  }
  return { ...(isMoved ? { price } : {}), ...(isOther ? { triggerBy } : {}) }
}

/** Attached values of an entry, changed or taken off with `"0"`. Legs are not amended this way. */
function readNewProtection(
  handling: Handling,
  fields: AmendFields,
  listing: Listing,
  record: OrderRecord,
): Partial<OrderNotes> {
  const { legs, mode } = readProtection(handling, fields, listing)
  const isEntry = record.notes.stopOrderType === '' || record.notes.stopOrderType === 'Stop'
  if (legs.length === 0 || !isEntry) return {}
  if (isClosing(record)) {
    throw new Refused(110057, 'Conditional order or limit order contains TP/SL related params')
  }
  if (record.order?.status === 'PARTIALLY_FILLED') {
    throw new Refused(110059, 'Not allowed to modify the TP/SL of a partially filled open order')
  }
  let notes: Partial<OrderNotes> = {}
  for (const leg of legs) {
    const isTakenOff = isZero(leg.trigger)
    const base = record.price ?? handling.engine.prices(record.symbol).last
    if (!isTakenOff) refuseWrongSide(leg, record.side === 'BUY' ? 'LONG' : 'SHORT', base)
    const price = isTakenOff ? '' : priceText(listing, leg.trigger)
    const source = isTakenOff ? '' : leg.triggerBy
    if (price === record.notes[leg.goal]) continue
    notes =
      leg.goal === 'takeProfit'
        ? { ...notes, takeProfit: price, tpTriggerBy: source, tpslMode: mode }
        : { ...notes, stopLoss: price, slTriggerBy: source, tpslMode: mode }
  }
  return notes
}

/** Amending the quantity of one leg of a pair resizes the other: docs/wire/bybit.md 4.5. */
function resizePartner(
  { accountId, engine }: Handling,
  { conditional, orderId, slot }: OrderRecord,
  quantity: Decimal | undefined,
): void {
  const group = conditional?.group
  if (quantity === undefined || group === undefined) return
  for (const row of waiting(engine, slot)) {
    if (row.group === group && row.conditionalId !== orderId) {
      engine.amendConditional(accountId, row.conditionalId, { quantity })
    }
  }
}
