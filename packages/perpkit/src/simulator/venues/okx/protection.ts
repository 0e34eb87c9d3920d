import {
  type Decimal,
  isGreater,
  isPositive,
  isZero,
  min,
  roundToStep,
  sub,
  sum,
} from '../../../core/decimal.ts'
import type { Engine, EngineConditional, EngineOrder, PriceKind } from '../../engine/types.ts'
import { placeAlgo } from './algoPlacement.ts'
import { type AlgoSpec, checkAlgo } from './algoSpec.ts'
import { quantityOf } from './decimals.ts'
import { Refused } from './errors.ts'
import { attachedIdOf } from './ids.ts'
import { listingOf } from './instruments.ts'
import { legFrom, positionOn } from './legs.ts'
import { type AttachedItem, keepNotes, readNotes } from './notes.ts'
import type { Leg } from './triggers.ts'

// What the venue does of its own accord: docs/wire/okx.md 4.4 and 4.5.

/** Told of every order with fills. */
export function tendProtection(engine: Engine, order: EngineOrder): void {
  followLink(engine, order)
  placeAttached(engine, order)
}

/**
 * Protection attached to an entry becomes real when the entry has ended with fills, and is as large
 * as those; several take-profits only when it has filled whole.
 */
export function placeAttached(engine: Engine, order: EngineOrder): void {
  const { attached } = readNotes(order.venueData)
  const isOpen = order.status === 'NEW' || order.status === 'PARTIALLY_FILLED'
  if (attached.length === 0 || isOpen || isZero(order.executedQuantity)) return
  if (isPlaced(engine, order, attached)) return
  const profits = attached.filter(({ tpOrdPx }) => tpOrdPx !== '')
  const isSplit = profits.length > 1
  const isWhole = !isGreater(order.quantity, order.executedQuantity)
  const isLinked = isSplit || profits.some(({ tpOrdKind }) => tpOrdKind === 'limit')
  for (const item of attached) {
    if (isSplit && !isWhole && item.tpOrdPx !== '') continue
    const link = isLinked ? `entry ${order.orderId}` : ''
    placeItem(engine, order, item, { link, isSplit })
  }
}

interface Origin {
  link: string
  isSplit: boolean
}

function placeItem(engine: Engine, order: EngineOrder, item: AttachedItem, origin: Origin): void {
  const { accountId } = order
  const listing = listingOf(order.symbol)
  const asked = item.sz === '' ? order.executedQuantity : quantityOf(listing, item.sz)
  const quantity = min(asked, order.executedQuantity)
  const spec: AlgoSpec = {
    ordType: ordTypeOf(item),
    listing,
    leg: legFrom(order),
    side: order.side === 'BUY' ? 'SELL' : 'BUY',
    quantity,
    reduceOnly: false,
    closesPosition: false,
    endsWithPosition: false,
    algoClOrdId: item.attachAlgoClOrdId,
    ...termsOf(item),
    notes: {
      tag: readNotes(order.venueData).tag,
      lever: String(engine.leverage(accountId, order.symbol, order)),
      last: engine.prices(order.symbol).last,
      attachedId: attachedIdOf(order.orderId, item.number),
      link: origin.link,
      linkedQuantity: quantity,
      amendPxOnTriggerType: item.amendPxOnTriggerType,
    },
  }
  if (item.tpOrdKind === 'limit' && item.tpOrdPx !== '') {
    placeLimitProfit(engine, order, item, spec, origin)
    if (!spec.stopLoss) return
  }
  try {
    checkAlgo(engine, accountId, spec)
    placeAlgo(engine, accountId, spec)
  } catch (error) {
    // The item failed and the position is naked; the entry's row says so.
    if (!(error instanceof Refused)) throw error
  }
}

function placeLimitProfit(
  engine: Engine,
  order: EngineOrder,
  item: AttachedItem,
  spec: AlgoSpec,
  { isSplit }: Origin,
): void {
  engine.placeOrder(order.accountId, {
    // Ids of orders and of algos are apart: the stop of the same item has it too.
    clientOrderId: isSplit ? '' : item.attachAlgoClOrdId,
    ...legFrom(order),
    side: spec.side,
    type: 'LIMIT',
    quantity: spec.quantity,
    price: item.tpOrdPx,
    timeInForce: 'GTC',
    reduceOnly: false,
    isAttached: true,
    venueData: keepNotes({ ...spec.notes, ordType: 'limit', leg: 'tp', isTpLimit: true }),
  })
}

function ordTypeOf(item: AttachedItem): AlgoSpec['ordType'] {
  if (item.callbackRatio !== '' || item.callbackSpread !== '') return 'move_order_stop'
  // A take-profit that rests has a price and no trigger.
  return item.tpOrdPx !== '' && item.slTriggerPx !== '' ? 'oco' : 'conditional'
}

function termsOf(item: AttachedItem): Partial<AlgoSpec> {
  if (ordTypeOf(item) === 'move_order_stop') {
    const some = (text: string): Decimal | undefined => (text === '' ? undefined : text)
    const { activePx, callbackRatio, callbackSpread } = item
    return {
      trailing: {
        ratio: some(callbackRatio),
        spread: some(callbackSpread),
        activePx: some(activePx),
      },
    }
  }
  return {
    ...(item.slTriggerPx !== '' && {
      stopLoss: legOf(item.slTriggerPx, item.slTriggerPxType, item.slOrdPx),
    }),
    ...(item.tpTriggerPx !== '' && {
      takeProfit: legOf(item.tpTriggerPx, item.tpTriggerPxType, item.tpOrdPx),
    }),
  }
}

function legOf(trigger: Decimal, type: string, price: string): Leg {
  return { trigger, source: sourceOf(type), price: price === '-1' ? undefined : price }
}

function sourceOf(type: string): PriceKind {
  return type === 'mark' || type === 'index' ? type : 'last'
}

function isPlaced(
  engine: Engine,
  { accountId, orderId }: EngineOrder,
  attached: readonly AttachedItem[],
): boolean {
  const ids = attached.map(({ number }) => attachedIdOf(orderId, number))
  const rows = [...engine.conditionals(accountId), ...engine.orders(accountId)]
  return rows.some(({ venueData }) => ids.includes(readNotes(venueData).attachedId))
}

/** Linked take-profits make their stop smaller; the stop ends them. */
function followLink(engine: Engine, order: EngineOrder): void {
  const { leg, link } = readNotes(order.venueData)
  if (link === '') return
  if (leg === 'sl') {
    cancelLinked(engine, order.accountId, link)
    return
  }
  for (const stop of linkedStops(engine, order.accountId, link)) {
    const left = sub(readNotes(stop.venueData).linkedQuantity, filledProfits(engine, order, link))
    if (isPositive(left)) shrinkStop(engine, stop, left)
    else engine.cancelConditional(order.accountId, stop.conditionalId)
  }
}

/** Ends what is linked and waits, in the book or outside. */
export function cancelLinked(engine: Engine, accountId: string, link: string): void {
  for (const { orderId, venueData } of engine.openOrders(accountId)) {
    if (readNotes(venueData).link === link) engine.cancelOrder(accountId, orderId)
  }
  for (const { conditionalId, venueData } of engine.openConditionals(accountId)) {
    if (readNotes(venueData).link === link) engine.cancelConditional(accountId, conditionalId)
  }
}

function linkedStops(engine: Engine, accountId: string, link: string): EngineConditional[] {
  return engine.openConditionals(accountId).filter(({ venueData }) => {
    const notes = readNotes(venueData)
    return notes.link === link && notes.leg === 'sl'
  })
}

/** With a cost price, the first take-profit also moves the stop to where the position was opened. */
function shrinkStop(engine: Engine, stop: EngineConditional, quantity: Decimal): void {
  const { accountId, conditionalId, symbol, venueData } = stop
  engine.amendConditional(accountId, conditionalId, { quantity })
  if (readNotes(venueData).amendPxOnTriggerType !== '1') return
  const position = positionOn(engine, accountId, stop)
  if (!position) return
  const { tickSize } = listingOf(symbol).engine
  const triggerPrice = roundToStep(position.entryPrice, tickSize)
  // Where the price has come back to it already, the stop stays where it is.
  engine.amendConditional(accountId, conditionalId, { triggerPrice })
}

function filledProfits(engine: Engine, { accountId }: EngineOrder, link: string): Decimal {
  return sum(
    engine
      .orders(accountId)
      .filter(({ venueData }) => {
        const notes = readNotes(venueData)
        return notes.link === link && notes.leg === 'tp'
      })
      .map(({ executedQuantity }) => executedQuantity),
  )
}
