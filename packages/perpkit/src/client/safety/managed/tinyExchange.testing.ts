import {
  add,
  type Decimal,
  floorToStep,
  isGreater,
  isLess,
  isPositive,
  isZero,
  min,
  mul,
  sub,
  sum,
} from '../../../core/decimal.ts'
import type { ErrorCode } from '../../../model/errorCodes.ts'
import type { Fill, FuturesOrder } from '../../../model/order.ts'
import { isOpen, opposite, type PositionSide, type Side } from '../../../model/tokens.ts'
import { ACCOUNT, INSTRUMENT, STEP } from './tinyRows.testing.ts'
import type { TinyFault, TinyParams, TinyRules } from './tinyRules.testing.ts'

// A made-up exchange with one contract: small, honest, and with a judge of its own.

interface TinyOrder extends FuturesOrder {
  /** Placed by the exchange with the fills of an entry. */
  attachedStop?: Decimal
  watches?: 'LAST' | 'MARK'
}

export class Refusal extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode) {
    super(code)
    this.code = code
  }
}

export class TinyExchange {
  readonly rules: TinyRules
  readonly faults: TinyFault[] = []
  readonly orders: TinyOrder[] = []
  readonly positions: Record<PositionSide, Decimal> = { LONG: '0', SHORT: '0' }
  readonly entryPrices: Record<PositionSide, Decimal> = { LONG: '0', SHORT: '0' }
  /** What was done by requests, in order. */
  readonly done: string[] = []
  /** What must never happen, and did. */
  readonly violations: string[] = []
  price: Decimal = '60000'
  /** What of a market order finds somebody. */
  liquidity: Decimal = '1'
  /** Removing all protection was asked for. */
  mayUncover = false
  /** Told after each change. */
  onChange: (order: FuturesOrder | undefined) => void = () => undefined
  readonly #fills: Fill[] = []
  readonly #late: TinyOrder[] = []
  #count = 0
  #now = 0

  constructor(rules: TinyRules = {}) {
    this.rules = rules
  }

  /** Answers one request. Throws `Refusal`. */
  request(operation: string, params: TinyParams, now: number): unknown {
    this.#now = now
    switch (operation) {
      case 'getServerTime':
        return now
      case 'getInstruments':
        return [INSTRUMENT]
      case 'getTicker':
        return { symbol: 'BTCUSDT', nativeSymbol: 'BTCUSDT', price: this.price, timestamp: now }
      case 'getMarginMode':
        return 'ISOLATED'
      case 'getPositionMode':
        return this.rules.mode ?? 'ONE_WAY'
      case 'getPositions':
        return this.#positions()
      case 'getOpenOrders':
        return this.open()
      case 'getOrder':
        return this.#find(params)
      case 'getAccountInfo':
        return ACCOUNT
      case 'getOrderHistory':
        return []
      case 'getFills':
        return this.#fills
      default:
        return this.#judged(operation, params)
    }
  }

  open(): FuturesOrder[] {
    return this.orders.filter(({ status }) => isOpen(status))
  }

  /** Moves the price; what it reaches is filled. */
  move(price: Decimal): void {
    this.price = price
    for (const order of this.open()) {
      if (order.status === 'PENDING' ? this.#isReached(order) : this.#crosses(order)) {
        this.#execute(order)
      }
    }
  }

  /** A hand on the website. */
  hand(side: Side, quantity: Decimal, isClosing = false): void {
    const closes: PositionSide = side === 'SELL' ? 'LONG' : 'SHORT'
    if (isClosing) this.#shrink(closes, quantity)
    else this.#grow(side, quantity)
    this.onChange(undefined)
  }

  /** The stops of entries that filled come alive. */
  arrive(): void {
    for (const entry of this.#late.splice(0)) this.#attach(entry)
  }

  /** A resting order fills by this much. */
  fill(order: FuturesOrder, quantity: Decimal): void {
    const own = this.orders.find(({ orderId }) => orderId === order.orderId)
    if (own) this.#execute(own, quantity)
  }

  /** Ends an order from outside. */
  end(order: FuturesOrder, status: FuturesOrder['status'] = 'CANCELLED'): void {
    const own = this.orders.find(({ orderId }) => orderId === order.orderId)
    if (own) own.status = status
    this.onChange(own)
  }

  /** What waiting stops would close of a position. */
  cover(side: PositionSide): Decimal {
    const size = this.positions[side]
    const isWorth = ({ quantity }: TinyOrder): boolean =>
      this.rules.oversizedFails !== true || !isGreater(quantity, size)
    const stops = this.open().filter(
      (order) => order.type === 'STOP_MARKET' && closedBy(order) === side && isWorth(order),
    )
    if (stops.some(({ closePosition }) => closePosition)) return size
    return min(size, sum(stops.map(({ quantity }) => quantity)))
  }

  #judged(operation: string, params: TinyParams): unknown {
    const before = { LONG: this.cover('LONG'), SHORT: this.cover('SHORT') }
    const answer = this.#change(operation, params)
    this.done.push(operation)
    for (const side of ['LONG', 'SHORT'] as const) {
      const owed = min(before[side], this.positions[side])
      if (isLess(this.cover(side), owed) && !this.mayUncover) {
        this.violations.push(`${operation}: cover of ${side} fell to ${this.cover(side)}`)
      }
    }
    return answer
  }

  #change(operation: string, params: TinyParams): unknown {
    switch (operation) {
      case 'createOrder':
        return this.#create(params, params.type === 'LIMIT' ? 'LIMIT' : 'MARKET')
      case 'createConditionalOrder':
        return this.#create(params, params.type ?? 'STOP_MARKET')
      case 'amendOrder':
        return this.#amend(params)
      case 'cancelOrder':
        return this.#cancel(params)
      case 'setPositionStop':
        return this.#setPositionStop(params)
      default:
        throw new Error(`the tiny exchange has no ${operation}`)
    }
  }

  #create(params: TinyParams, type: FuturesOrder['type']): FuturesOrder {
    const { side = 'BUY', quantity = '0', reduceOnly = false, clientOrderId = '' } = params
    const closes = side === 'SELL' ? 'LONG' : 'SHORT'
    if (this.open().some((order) => order.clientOrderId === clientOrderId)) {
      throw new Refusal('DUPLICATE_CLIENT_ORDER_ID')
    }
    if (reduceOnly && isZero(this.positions[closes])) throw new Refusal('REDUCE_ONLY_REJECTED')
    const isWaiting = type === 'STOP_MARKET' || type === 'TAKE_PROFIT_MARKET'
    const order: TinyOrder = {
      ...this.#blank(type, side, clientOrderId),
      quantity: params.closePosition ? '0' : quantity,
      price: params.price ?? '0',
      status: isWaiting ? 'PENDING' : 'NEW',
      reduceOnly,
      ...(params.positionSide && { positionSide: params.positionSide }),
      ...(params.stopPrice !== undefined && { stopPrice: params.stopPrice }),
      ...(params.closePosition && { closePosition: true }),
      ...(params.stopLoss && { attachedStop: params.stopLoss.stopPrice }),
    }
    if (isWaiting && this.#isReached(order)) throw new Refusal('WOULD_TRIGGER_IMMEDIATELY')
    if (order.closePosition && this.#positionStop(closes)) throw new Refusal('STATE_CONFLICT')
    this.orders.push(order)
    if (type === 'MARKET' || this.#crosses(order)) this.#execute(order)
    this.onChange(order)
    return { ...order }
  }

  #amend({ order, quantity, stopPrice, triggerSource }: TinyParams): FuturesOrder {
    const own = this.orders.find(({ orderId }) => orderId === order?.orderId)
    if (!own || !isOpen(own.status)) throw new Refusal('ORDER_NOT_FOUND')
    const moved = { ...own, stopPrice: stopPrice ?? own.stopPrice ?? '0' }
    if (this.#isReached(moved)) throw new Refusal('WOULD_TRIGGER_IMMEDIATELY')
    own.stopPrice = moved.stopPrice
    if (quantity !== undefined) own.quantity = quantity
    if (triggerSource) own.watches = triggerSource
    this.onChange(own)
    return { ...own }
  }

  #cancel({ orderId }: TinyParams): Record<string, never> {
    const own = this.orders.find((order) => order.orderId === orderId)
    if (!own || !isOpen(own.status)) throw new Refusal('ORDER_NOT_FOUND')
    own.status = 'CANCELLED'
    this.onChange(own)
    return {}
  }

  #setPositionStop({ side = 'SELL', positionSide, stopPrice = '0' }: TinyParams): object {
    const closes = side === 'SELL' ? 'LONG' : 'SHORT'
    if (isZero(this.positions[closes])) throw new Refusal('REDUCE_ONLY_REJECTED')
    const stop: TinyOrder = {
      ...this.#blank('STOP_MARKET', side, ''),
      stopPrice,
      status: 'PENDING',
      closePosition: true,
      reduceOnly: true,
      ...(positionSide && { positionSide }),
    }
    if (this.#isReached(stop)) throw new Refusal('WOULD_TRIGGER_IMMEDIATELY')
    const standing = this.#positionStop(closes)
    if (standing) standing.stopPrice = stopPrice
    else this.orders.push(stop)
    this.onChange(standing ?? stop)
    return {}
  }

  #execute(order: TinyOrder, most: Decimal = this.#openPart(order)): void {
    const closes = closedBy(order)
    const size = this.positions[closes]
    const isReducing = order.reduceOnly === true || order.closePosition === true
    const quantity = isReducing ? min(most, size) : most
    if (isReducing) this.#shrink(closes, quantity)
    else this.#grow(order.side, quantity)
    order.executedQty = add(order.executedQty, quantity)
    if (isPositive(quantity)) order.averagePrice = this.price
    const whole = order.closePosition ? order.executedQty : order.quantity
    const isWhole = !isLess(order.executedQty, whole) && !isZero(order.executedQty)
    const rests = order.type === 'LIMIT'
    order.status = isWhole ? 'FILLED' : rests ? 'PARTIALLY_FILLED' : 'CANCELLED'
    if (isPositive(quantity)) this.#fills.push(this.#fillOf(order, quantity))
    if (order.attachedStop !== undefined && isPositive(quantity)) {
      if (this.rules.attached === 'LATE') this.#late.push(order)
      else this.#attach(order)
    }
    this.onChange(order)
  }

  /** What the market has for it: all of a limit order, a part of others where liquidity is thin. */
  #openPart(order: TinyOrder): Decimal {
    const whole = order.closePosition ? this.positions[closedBy(order)] : order.quantity
    const left = sub(whole, order.executedQty)
    return order.type === 'LIMIT' ? left : floorToStep(mul(left, this.liquidity), STEP)
  }

  #attach(entry: TinyOrder): void {
    const { attachedStop = '0', positionSide } = entry
    const side = opposite(entry.side)
    const standing = this.open().find(
      (order) => order.clientOrderId === '' && order.stopPrice === attachedStop,
    )
    const isOfPosition = this.rules.sizing === 'set'
    if (standing && !isOfPosition) standing.quantity = entry.executedQty
    if (!standing) {
      this.orders.push({
        ...this.#blank('STOP_MARKET', side, ''),
        quantity: isOfPosition ? '0' : entry.executedQty,
        stopPrice: attachedStop,
        status: 'PENDING',
        reduceOnly: true,
        watches: this.rules.attachedSource ?? 'MARK',
        ...(isOfPosition && { closePosition: true }),
        ...(positionSide && { positionSide }),
      })
    }
  }

  #fillOf(
    { orderId, clientOrderId, symbol, nativeSymbol, side }: TinyOrder,
    quantity: Decimal,
  ): Fill {
    const ids = { orderId, clientOrderId, fillId: `t${this.#fills.length}` }
    return { ...ids, symbol, nativeSymbol, side, price: this.price, quantity, timestamp: this.#now }
  }

  #grow(side: Side, quantity: Decimal): void {
    const [own, other]: PositionSide[] = side === 'BUY' ? ['LONG', 'SHORT'] : ['SHORT', 'LONG']
    if (own === undefined || other === undefined) return
    if (this.rules.mode !== 'HEDGE' && isPositive(this.positions[other])) {
      this.violations.push(`a ${side} of ${quantity} met a ${other} position`)
    }
    if (isZero(this.positions[own])) this.entryPrices[own] = this.price
    this.positions[own] = add(this.positions[own], quantity)
  }

  #shrink(side: PositionSide, quantity: Decimal): void {
    const left = sub(this.positions[side], quantity)
    this.positions[side] = isGreater(left, '0') ? left : '0'
    if (isPositive(this.positions[side])) return
    // What belongs to the position goes with it.
    const stop = this.#positionStop(side)
    if (stop && this.rules.sizing === 'set') stop.status = 'CANCELLED'
  }

  #positionStop(side: PositionSide): TinyOrder | undefined {
    return this.orders.find(
      (order) => isOpen(order.status) && order.closePosition === true && closedBy(order) === side,
    )
  }

  #isReached({ type, side, stopPrice = '0' }: FuturesOrder): boolean {
    const isBelow = (type === 'STOP_MARKET') === (side === 'SELL')
    return isBelow ? !isGreater(this.price, stopPrice) : !isLess(this.price, stopPrice)
  }

  #crosses({ type, side, price }: FuturesOrder): boolean {
    if (type !== 'LIMIT') return false
    return side === 'BUY' ? !isGreater(this.price, price) : !isLess(this.price, price)
  }

  #find({ orderId, clientOrderId }: TinyParams): FuturesOrder {
    const own = this.orders.findLast((order) =>
      orderId === undefined ? order.clientOrderId === clientOrderId : order.orderId === orderId,
    )
    if (!own) throw new Refusal('ORDER_NOT_FOUND')
    return { ...own }
  }

  #positions(): object[] {
    return (['LONG', 'SHORT'] as const)
      .filter((side) => isPositive(this.positions[side]))
      .map((side) => ({
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        side,
        size: this.positions[side],
        entryPrice: this.entryPrices[side],
        markPrice: this.price,
        marginMode: 'ISOLATED',
        pnl: '0',
        percentage: '0',
      }))
  }

  #blank(type: FuturesOrder['type'], side: Side, clientOrderId: string): TinyOrder {
    this.#count += 1
    return {
      orderId: `o${this.#count}`,
      clientOrderId,
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      side,
      type,
      quantity: '0',
      price: '0',
      status: 'NEW',
      executedQty: '0',
      timeInForce: 'GTC',
    }
  }
}

function closedBy({ side }: { side: Side }): PositionSide {
  return side === 'SELL' ? 'LONG' : 'SHORT'
}
