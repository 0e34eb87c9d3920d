import { div, isGreater, isLess, isZero, mul } from '../../core/decimal.ts'
import type { AccountInfo, FuturesPosition } from '../../model/account.ts'
import type { Fill, FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { isOpen, type OrderStatus, type OrderType } from '../../model/tokens.ts'
import type { Capabilities, PositionChange } from '../definition.ts'

// What is known of an account. Everything that arrives, by stream or by question, passes here, and
// only what is news comes out.

const ORDERS_KEPT = 10_000
const PLAIN: ReadonlySet<OrderType> = new Set(['MARKET', 'LIMIT'])
const FILLS_KEPT = 200_000

export class UserStore {
  readonly #orders = new Map<string, FuturesOrder>()
  readonly #fills = new Set<string>()
  readonly #positions = new Map<string, FuturesPosition>()
  /** Of the last event of each symbol, so that an older one is known as such. */
  readonly #positionTimes = new Map<string, number>()
  #account: AccountInfo | undefined
  #accountTime = 0
  readonly #keyOf: (position: FuturesPosition) => string

  /** Where orders name their margin mode, a cross and an isolated position stand side by side. */
  constructor(marginModeScope: Capabilities['marginModeScope']) {
    this.#keyOf = marginModeScope === 'order' ? keyWithMode : keyOf
  }

  openOrders(): FuturesOrder[] {
    return [...this.#orders.values()].filter(({ status }) => isOpen(status))
  }

  positions(): FuturesPosition[] {
    return [...this.#positions.values()]
  }

  get account(): AccountInfo | undefined {
    return this.#account
  }

  orderById(orderId: string): FuturesOrder | undefined {
    return this.#orders.get(orderId)
  }

  ordersByClientId(clientOrderId: string): FuturesOrder[] {
    return [...this.#orders.values()].filter((order) => order.clientOrderId === clientOrderId)
  }

  /**
   * Id of the order a fill belongs to: where what a conditional order becomes has an id of its own,
   * that of the conditional order.
   */
  ownerOf({ orderId, clientOrderId, nativeSymbol }: Fill): string {
    if (!clientOrderId || this.#orders.has(orderId)) return orderId
    const owner = this.ordersByClientId(clientOrderId).find(
      (order) => order.nativeSymbol === nativeSymbol && !PLAIN.has(order.type),
    )
    return owner?.orderId ?? orderId
  }

  /** Whether an order's state is later than what is known of it. */
  isNews(order: FuturesOrder): boolean {
    const known = this.#orders.get(order.orderId)
    return !known || isLater(known, order)
  }

  /** The order with what was known of it before; `undefined` when it is no news. */
  takeOrder(order: FuturesOrder): FuturesOrder | undefined {
    if (!this.isNews(order)) return undefined
    const known = this.#orders.get(order.orderId)
    // What one message leaves out, an earlier one has told.
    const merged = withRaw({ ...known, ...order }, order.raw)
    this.#orders.delete(order.orderId)
    this.#orders.set(order.orderId, merged)
    this.#forgetOrders()
    return merged
  }

  hasFill({ nativeSymbol, fillId }: Fill): boolean {
    return this.#fills.has(`${nativeSymbol} ${fillId}`)
  }

  /** `true` the first time. */
  takeFill({ nativeSymbol, fillId }: Fill): boolean {
    const key = `${nativeSymbol} ${fillId}`
    if (this.#fills.has(key)) return false
    this.#fills.add(key)
    for (const oldest of this.#fills) {
      if (this.#fills.size <= FILLS_KEPT) break
      this.#fills.delete(oldest)
    }
    return true
  }

  /** Positions that are news; closed ones with size `'0'`. `'unknown'`: it must be read. */
  takePosition(change: PositionChange, timestamp: number): FuturesPosition[] | 'unknown' {
    const { nativeSymbol, positionSide, position } = change
    const slot = `${nativeSymbol} ${positionSide ?? ''}`
    if (timestamp < (this.#positionTimes.get(slot) ?? 0)) return []
    const known = this.#meantBy(change)
    if (!known) return 'unknown'
    this.#positionTimes.set(slot, timestamp)
    // The settings of a position that has turned round are those of the one it was.
    const before = position && (known.find(({ side }) => side === position.side) ?? known[0])
    if (position && change.isPartial && before?.leverage === undefined) return 'unknown'
    const ended = known.filter(({ side }) => side !== position?.side)
    const news = ended.map((old) => this.#close(old))
    if (!position) return news
    const whole =
      change.isPartial && before ? completed(before, position) : filled(before, position)
    return this.#keep(whole) ? [...news, whole] : news
  }

  /** Of all positions, or all of one symbol, as they were read. */
  takePositions(positions: readonly FuturesPosition[], nativeSymbol?: string): FuturesPosition[] {
    const there = new Set(positions.map(this.#keyOf))
    const ended = this.positions().filter(
      (known) =>
        (nativeSymbol === undefined || known.nativeSymbol === nativeSymbol) &&
        !there.has(this.#keyOf(known)),
    )
    return [
      ...ended.map((known) => this.#close(known)),
      ...positions.filter((position) => this.#keep(position)),
    ]
  }

  /** Whether positions that were read differ from what is known. */
  hasOtherPositions(positions: readonly FuturesPosition[]): boolean {
    if (positions.length !== this.#positions.size) return true
    return positions.some(
      (position) => !isSame(this.#positions.get(this.#keyOf(position)), position),
    )
  }

  /** The account with the assets that were not told; `undefined` when it is no news. */
  takeAccount(info: AccountInfo, timestamp: number): AccountInfo | undefined {
    if (timestamp < this.#accountTime) return undefined
    this.#accountTime = timestamp
    const told = new Set(info.assets.map(({ asset }) => asset))
    const others = (this.#account?.assets ?? []).filter(({ asset }) => !told.has(asset))
    const whole = withRaw({ ...info, assets: [...info.assets, ...others] }, info.raw)
    const isNews = this.#account === undefined || balancesOf(whole) !== balancesOf(this.#account)
    this.#account = whole
    return isNews ? whole : undefined
  }

  /** What is known of the positions a change tells of; `undefined`: it does not tell which. */
  #meantBy({
    nativeSymbol,
    positionSide,
    position,
  }: PositionChange): FuturesPosition[] | undefined {
    const known = this.positions().filter(
      (each) =>
        each.nativeSymbol === nativeSymbol &&
        (positionSide === undefined || each.side === positionSide),
    )
    if (this.#keyOf === keyOf) return known
    const mode = position?.marginMode
    if (mode !== undefined) {
      return known.filter(({ marginMode }) => marginMode === undefined || marginMode === mode)
    }
    return new Set(known.map(({ marginMode }) => marginMode)).size > 1 ? undefined : known
  }

  #close(position: FuturesPosition): FuturesPosition {
    this.#positions.delete(this.#keyOf(position))
    const { symbol, nativeSymbol, side, entryPrice, markPrice, marginMode } = position
    const none = { size: '0', pnl: '0', percentage: '0' }
    const closed = { symbol, nativeSymbol, side, entryPrice, markPrice, ...none }
    return marginMode === undefined ? closed : { ...closed, marginMode }
  }

  #keep(position: FuturesPosition): boolean {
    const key = this.#keyOf(position)
    const known = this.#positions.get(key)
    this.#positions.set(key, position)
    return !isSame(known, position)
  }

  /** Ended orders are kept for a while, so that a late word of them is known as such. */
  #forgetOrders(): void {
    if (this.#orders.size <= ORDERS_KEPT) return
    for (const [orderId, { status }] of this.#orders) {
      if (!isOpen(status)) this.#orders.delete(orderId)
      if (this.#orders.size <= ORDERS_KEPT * 0.9) return
    }
  }
}

const RANKS: Readonly<Record<OrderStatus, number>> = {
  PENDING: 0,
  NEW: 1,
  PARTIALLY_FILLED: 2,
  FILLED: 3,
  CANCELLED: 3,
  REJECTED: 3,
  EXPIRED: 3,
}

/** The figures that make one state of an order another one. */
const FIGURES = ['status', 'executedQty', 'price', 'quantity', 'stopPrice', 'averagePrice'] as const

function isLater(known: FuturesOrder, order: FuturesOrder): boolean {
  if (isLess(order.executedQty, known.executedQty)) return false
  const hasMore = isGreater(order.executedQty, known.executedQty)
  if (!isOpen(known.status)) return hasMore && !isOpen(order.status)
  if (RANKS[order.status] < RANKS[known.status]) return false
  if (
    isOpen(order.status) &&
    !hasMore &&
    order.updatedAt !== undefined &&
    known.updatedAt !== undefined &&
    order.updatedAt < known.updatedAt
  ) {
    return false
  }
  return FIGURES.some((name) => order[name] !== undefined && order[name] !== known[name])
}

function keyOf({ nativeSymbol, side }: FuturesPosition): string {
  return `${nativeSymbol} ${side}`
}

function keyWithMode(position: FuturesPosition): string {
  return `${keyOf(position)} ${position.marginMode ?? ''}`
}

/** Prices move all the time: they alone make no news. */
function isSame(known: FuturesPosition | undefined, position: FuturesPosition): boolean {
  return (
    known !== undefined &&
    known.size === position.size &&
    known.entryPrice === position.entryPrice &&
    (position.leverage ?? known.leverage) === known.leverage &&
    (position.marginMode ?? known.marginMode) === known.marginMode
  )
}

/** A position as the stream tells it, with what only questions tell. */
function filled(known: FuturesPosition | undefined, position: FuturesPosition): FuturesPosition {
  const marginMode = position.marginMode ?? known?.marginMode
  return withRaw({ ...position, ...(marginMode !== undefined && { marginMode }) }, position.raw)
}

function completed(known: FuturesPosition, position: FuturesPosition): FuturesPosition {
  const { leverage } = known
  const notional = mul(position.size, position.markPrice)
  const margin = leverage === undefined ? '0' : div(notional, String(leverage))
  const percentage = isZero(margin) ? '0' : div(mul(position.pnl, '100'), margin, 2)
  const whole = { ...position, notional, percentage }
  return filled(
    known,
    withRaw(leverage === undefined ? whole : { ...whole, leverage }, position.raw),
  )
}

function balancesOf(info: AccountInfo): string {
  const assets = info.assets.map(({ asset, walletBalance, availableBalance }) =>
    [asset, walletBalance, availableBalance].join(' '),
  )
  return [info.totalWalletBalance, info.availableBalance, ...assets.sort()].join(',')
}
