import type {
  ConditionalChange,
  EngineConditional,
  EngineEvent,
  EngineOrder,
  OrderChange,
} from '../../../engine/types.ts'
import type { Channel, PayloadObject } from '../../../server/socketTypes.ts'
import { cancelReasonOf, isRejected } from '../endings.ts'
import { accountUidOf } from '../ids.ts'
import type { Account } from './accounts.ts'
import { canRest, idsOf, isFilled, orderRow, triggerRow } from './orderRows.ts'

/**
 * Open orders and triggers, then what becomes of them; with `isVerbose` also orders that were
 * refused on arrival: docs/wire/kraken.md 8.4 and the row of a resting order's life in 5.4.
 * https://docs.kraken.com/api/docs/futures-api/websocket/open_orders
 */
export function openOrdersChannel(account: Account, isVerbose: boolean): Channel {
  const { accountId } = account
  const feed = isVerbose ? 'open_orders_verbose' : 'open_orders'
  return {
    isPrivate: true,
    rank: 1,
    welcome: () => [
      { feed: `${feed}_snapshot`, account: accountUidOf(accountId), orders: openRows(account) },
    ],
    hear(events) {
      const batch = new Batch(account, isVerbose, refusedTriggers(events))
      for (const event of events) batch.take(event)
      return batch.finish().map((message) => ({ feed, ...message }))
    },
  }
}

function openRows({ accountId, engine }: Account): PayloadObject[] {
  const rows = [
    ...engine.openOrders(accountId).map((one) => ({ of: one, row: orderRow(engine, one) })),
    ...engine.openConditionals(accountId).map((one) => ({ of: one, row: triggerRow(engine, one) })),
  ]
  rows.sort((a, b) => a.of.createdAt - b.of.createdAt || a.of.sequence - b.of.sequence)
  return rows.map(({ row }) => row)
}

/** Triggers that fired and came to nothing: of these only the reason is told. */
function refusedTriggers(events: readonly EngineEvent[]): ReadonlySet<string> {
  return new Set(
    events.flatMap((event) =>
      event.kind === 'conditional' && event.conditional.status === 'REJECTED'
        ? [event.conditional.conditionalId]
        : [],
    ),
  )
}

/** What one call did to the orders of an account, told as the venue tells it. */
class Batch {
  readonly #account: Account
  readonly #isVerbose: boolean
  readonly #messages: PayloadObject[] = []
  /** Orders on arrival, of which nothing is told before it is known whether they rest. */
  readonly #arriving = new Map<string, EngineOrder>()
  readonly #refusedTriggers: ReadonlySet<string>
  #isMakersFill = false

  constructor(account: Account, isVerbose: boolean, refusedTriggers: ReadonlySet<string>) {
    this.#account = account
    this.#isVerbose = isVerbose
    this.#refusedTriggers = refusedTriggers
  }

  take(event: EngineEvent): void {
    const { accountId } = this.#account
    if (event.kind === 'fill' && event.order.accountId === accountId) {
      this.#isMakersFill = event.fill.isMaker
    }
    if (event.kind === 'order' && event.order.accountId === accountId) {
      this.#takeOrder(event.change, event.order)
    }
    if (event.kind === 'conditional' && event.conditional.accountId === accountId) {
      this.#takeTrigger(event.change, event.conditional)
    }
  }

  finish(): readonly PayloadObject[] {
    for (const order of [...this.#arriving.values()]) this.#rest(order)
    return this.#messages
  }

  #takeOrder(change: OrderChange, order: EngineOrder): void {
    const arriving = this.#arriving.get(order.orderId)
    switch (change) {
      case 'placed':
        this.#arriving.set(order.orderId, order)
        break
      case 'filled':
        if (arriving && (!this.#isMakersFill || !canRest(order))) {
          this.#arriving.set(order.orderId, order)
        } else {
          if (arriving) this.#rest(arriving)
          this.#sayOrder(order, isFilled(order), isFilled(order) ? 'full_fill' : 'partial_fill')
        }
        break
      case 'amended':
        if (arriving) this.#rest(arriving)
        this.#sayOrder(order, false, 'edited_by_user')
        break
      case 'ended':
        if (arriving) this.#end(arriving, order)
        else if (canRest(order)) this.#sayCancel(order.orderId, order)
        break
    }
  }

  /** Tells of an order that has arrived, if it rests now. */
  #rest(order: EngineOrder): void {
    this.#arriving.delete(order.orderId)
    if (!canRest(order) || isFilled(order)) return
    const isOwn = order.conditionalId === undefined
    this.#sayOrder(order, false, isOwn ? 'new_placed_order_by_user' : 'limit_order_from_stop')
  }

  #end(arriving: EngineOrder, order: EngineOrder): void {
    if (canRest(order) && !isRejected(order)) {
      this.#rest(arriving)
      this.#sayCancel(order.orderId, order)
      return
    }
    this.#arriving.delete(order.orderId)
    if (this.#isVerbose && isRejected(order)) {
      this.#sayOrder(order, true, cancelReasonOf(order).history)
    }
  }

  #takeTrigger(change: ConditionalChange, conditional: EngineConditional): void {
    const { conditionalId } = conditional
    switch (change) {
      case 'placed':
        this.#sayTrigger(conditional, 'new_placed_order_by_user')
        break
      case 'amended':
        this.#sayTrigger(conditional, 'edited_by_user')
        break
      case 'triggered':
        if (this.#refusedTriggers.has(conditionalId)) break
        this.#sayCancel(conditionalId, conditional, 'stop_order_triggered')
        break
      case 'ended':
        this.#sayCancel(conditionalId, conditional)
        break
      case 'activated':
      case 'became':
        // A trailing stop is active from the start, and the child tells of itself.
        break
    }
  }

  #sayOrder(order: EngineOrder, is_cancel: boolean, reason: string): void {
    this.#messages.push({ order: orderRow(this.#account.engine, order), is_cancel, reason })
  }

  #sayTrigger(conditional: EngineConditional, reason: string): void {
    const order = triggerRow(this.#account.engine, conditional)
    this.#messages.push({ order, is_cancel: false, reason })
  }

  /** The end of it, with nothing but its ids. */
  #sayCancel(
    id: string,
    row: EngineOrder | EngineConditional,
    reason: string = cancelReasonOf(row).history,
  ): void {
    this.#messages.push({ ...idsOf(id, row), is_cancel: true, reason })
  }
}
