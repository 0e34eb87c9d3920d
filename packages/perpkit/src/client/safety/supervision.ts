import { sleep } from '../../core/clock.ts'
import {
  add,
  type Decimal,
  equals,
  isGreater,
  isZero,
  min,
  roundToStep,
  sub,
  sum,
} from '../../core/decimal.ts'
import type { FuturesPosition } from '../../model/account.ts'
import { PerpkitError } from '../../model/errors.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { isOpen, type Side } from '../../model/tokens.ts'
import { getPositionInfo } from '../actions/account.ts'
import { cancelIfOpen, getOpenOrders, getOrder } from '../actions/orders.ts'
import type { Client } from '../client.ts'
import type { ManagedOrders, ManagedOrdersState, ManagedOrdersStatus } from './managed.ts'
import type { ManagedPlan } from './managedPlan.ts'
import { canMoveStops, moveStop, onStopRefused, placeStop } from './placeStop.ts'

const STOP_LEG = 1
const DEFAULT_INTERVAL_MS = 1_000

/** A stop and its take-profits, kept true to the position at each look. */
export class Supervision implements ManagedOrders {
  readonly id: string
  readonly symbol: string
  readonly side: Side
  readonly quantity: Decimal
  readonly #client: Client
  readonly #plan: ManagedPlan
  readonly #number: number
  #generation = 0
  #stopPrice: Decimal
  #status: ManagedOrdersStatus = 'ACTIVE'
  #stop: FuturesOrder
  #takeProfits: FuturesOrder[]
  /** Looks run one after another. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    client: Client,
    plan: ManagedPlan,
    number: number,
    stop: FuturesOrder,
    takeProfits: FuturesOrder[],
  ) {
    this.#client = client
    this.#plan = plan
    this.#number = number
    this.#stop = stop
    this.#stopPrice = plan.stopPrice
    this.#takeProfits = takeProfits
    this.id = stop.clientOrderId
    this.symbol = plan.instrument.symbol
    this.side = plan.side
    this.quantity = plan.quantity
  }

  get status(): ManagedOrdersStatus {
    return this.#status
  }

  get stopLossOrder(): FuturesOrder {
    return this.#stop
  }

  get takeProfitOrders(): FuturesOrder[] {
    return [...this.#takeProfits]
  }

  refresh(): Promise<ManagedOrdersState> {
    return this.#inTurn(async () => {
      if (this.#status === 'ACTIVE' || this.#status === 'UNPROTECTED') await this.#look()
      return this.#state()
    })
  }

  cancel(): Promise<boolean> {
    return this.#inTurn(async () => {
      await this.#removeLegs()
      if (this.#status !== 'COMPLETED') this.#status = 'CANCELLED'
      return true
    })
  }

  async *watch(
    options: { intervalMs?: number; signal?: AbortSignal } = {},
  ): AsyncGenerator<ManagedOrdersState, void, undefined> {
    const { intervalMs = DEFAULT_INTERVAL_MS, signal } = options
    let shown = ''
    while (!signal?.aborted) {
      const state = await this.refresh()
      const fingerprint = JSON.stringify(state)
      if (fingerprint !== shown) yield state
      shown = fingerprint
      if (state.status === 'COMPLETED' || state.status === 'CANCELLED') return
      await sleep(this.#client.clock, intervalMs, signal).catch(() => undefined)
    }
  }

  async #look(): Promise<void> {
    // Orders before the position: a leg that fills in between is seen gone with its effect later,
    // never its effect without it.
    const open = await getOpenOrders(this.#client, this.symbol)
    this.#stop = await this.#current(this.#stop, open)
    this.#takeProfits = await Promise.all(
      this.#takeProfits.map((order) => this.#current(order, open)),
    )
    const position = (await getPositionInfo(this.#client, this.symbol)).find(
      ({ side }) => side === this.#plan.positionSide,
    )
    const left = this.#left(position)
    if (!position || isZero(left)) {
      await this.#removeLegs()
      this.#status = 'COMPLETED'
      return
    }
    const hasTriggered = !isOpen(this.#stop.status) && isGreater(this.#stop.executedQty, '0')
    // A stop at work is not helped by a second one.
    if (hasTriggered || this.#stop.status === 'NEW') return
    const stopPrice = this.#wantedStopPrice(position)
    const isRight =
      isOpen(this.#stop.status) &&
      equals(this.#stop.quantity, left) &&
      equals(this.#stopPrice, stopPrice)
    if (!isRight) await this.#replaceStop(left, stopPrice)
    this.#status = 'ACTIVE'
  }

  /** How much of what this object protects is still open. */
  #left(position: FuturesPosition | undefined): Decimal {
    if (!position) return '0'
    const taken = sum(this.#takeProfits.map((order) => order.executedQty))
    const planned = sub(this.quantity, add(taken, this.#stop.executedQty))
    return isGreater(planned, '0') ? min(position.size, planned) : '0'
  }

  #wantedStopPrice(position: FuturesPosition): Decimal {
    const hasTaken = this.#takeProfits.some((order) => order.status === 'FILLED')
    if (!this.#plan.breakEven || !hasTaken) return this.#stopPrice
    return roundToStep(position.entryPrice, this.#plan.instrument.tickSize)
  }

  /**
   * Moved where it stands if the exchange can do that; else the new stop is live before the old one
   * goes, so that there is never less than one.
   */
  async #replaceStop(quantity: Decimal, stopPrice: Decimal): Promise<void> {
    const old = this.#stop
    if (!isOpen(old.status) || !canMoveStops(this.#client)) {
      await this.#placeAnew(old, quantity, stopPrice)
    } else {
      const figures = { quantity, stopPrice }
      this.#stop = await moveStop(this.#client, this.#plan, old, figures)
    }
    this.#stopPrice = stopPrice
  }

  async #placeAnew(old: FuturesOrder, quantity: Decimal, stopPrice: Decimal): Promise<void> {
    this.#generation += 1
    const clientOrderId = await this.#client.orderId({
      number: this.#number,
      leg: STOP_LEG,
      generation: this.#generation,
    })
    try {
      this.#stop = await placeStop(this.#client, this.#plan, { quantity, stopPrice, clientOrderId })
    } catch (error) {
      if (!PerpkitError.is(error)) throw error
      // The old stop is larger than what is left, but it is reduce-only and it stands.
      if (isOpen(old.status)) throw error
      this.#status = 'UNPROTECTED'
      await onStopRefused(this.#client, this.#plan, clientOrderId, error)
    }
    if (isOpen(old.status)) await cancelIfOpen(this.#client, this.symbol, old.orderId)
  }

  async #removeLegs(): Promise<void> {
    const cancelled = async (order: FuturesOrder): Promise<FuturesOrder> => {
      if (!isOpen(order.status)) return order
      await cancelIfOpen(this.#client, this.symbol, order.orderId)
      return this.#read(order)
    }
    this.#takeProfits = await Promise.all(this.#takeProfits.map(cancelled))
    this.#stop = await cancelled(this.#stop)
  }

  /** The order as it is now; one that has left the open orders is read by itself. */
  async #current(order: FuturesOrder, open: FuturesOrder[]): Promise<FuturesOrder> {
    if (!isOpen(order.status)) return order
    return open.find(({ orderId }) => orderId === order.orderId) ?? (await this.#read(order))
  }

  #read(order: FuturesOrder): Promise<FuturesOrder> {
    return getOrder(this.#client, { symbol: this.symbol, orderId: order.orderId }, order)
  }

  #state(): ManagedOrdersState {
    return {
      status: this.#status,
      stopLossOrder: this.#stop,
      takeProfitOrders: [...this.#takeProfits],
    }
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task, task)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
