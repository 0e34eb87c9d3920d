import { add, type Decimal } from '../../core/decimal.ts'
import type {
  ConditionalStatus,
  EngineConditional,
  EngineFill,
  EngineOrder,
  EngineSide,
  PositionView,
} from '../engine/types.ts'
import type { VenueHost } from '../server/host.ts'
import type { RequestRow } from '../server/requestLog.ts'

// Accounts are told by their API key, quantities are in the base asset, symbols are unified.

export type StateOrderStatus =
  | 'NEW'
  | 'PENDING'
  | 'PARTIALLY_FILLED'
  | 'FILLED'
  | 'CANCELLED'
  | 'REJECTED'
  | 'EXPIRED'

export type StateOrderType =
  | 'MARKET'
  | 'LIMIT'
  | 'STOP_MARKET'
  | 'TAKE_PROFIT_MARKET'
  | 'STOP'
  | 'TAKE_PROFIT'
  | 'TRAILING_STOP_MARKET'

/** An order or a conditional order, open or ended. */
export interface OrderRow {
  account: string
  orderId: string
  clientOrderId: string
  symbol: string
  side: EngineSide
  /** Which position it moves, in hedge mode; absent in one-way mode. */
  positionSide?: 'LONG' | 'SHORT'
  type: StateOrderType
  /** `'0'` of a conditional order that closes whatever the position is. */
  quantity: Decimal
  executedQty: Decimal
  /** `'0'` of market orders. */
  price: Decimal
  /** Conditional orders only. */
  stopPrice?: Decimal
  reduceOnly: boolean
  closePosition: boolean
  status: StateOrderStatus
  createdAt: number
  /**
   * On either side of a trigger that fired: the order it became, or the conditional order it came
   * from. The order it became is a row of `orders` as well.
   */
  linkedOrderId?: string
}

export interface FillRow {
  account: string
  fillId: string
  orderId: string
  clientOrderId: string
  symbol: string
  side: EngineSide
  quantity: Decimal
  price: Decimal
  /** In the settle asset; positive is paid. */
  fee: Decimal
  timestamp: number
}

export interface PositionRow {
  account: string
  symbol: string
  side: 'LONG' | 'SHORT'
  /** Always positive. */
  size: Decimal
  entryPrice: Decimal
  markPrice: Decimal
  leverage: number
  marginMode: 'CROSS' | 'ISOLATED'
}

export interface BalanceRow {
  account: string
  asset: string
  walletBalance: Decimal
  availableBalance: Decimal
  unrealizedPnl: Decimal
}

/** The truth about one venue. Lists run from old to new, account by account. */
export interface VenueState {
  orders: OrderRow[]
  /**
   * A triggered one keeps its id; `status` and `executedQty` are those of the order it became.
   */
  conditionalOrders: OrderRow[]
  fills: FillRow[]
  positions: PositionRow[]
  balances: BalanceRow[]
  /** In order of arrival, over all accounts. */
  requests: RequestRow[]
}

export function readState({ engine, keys, requests }: VenueHost): VenueState {
  const state: VenueState = {
    orders: [],
    conditionalOrders: [],
    fills: [],
    positions: [],
    balances: [],
    requests: requests.rows().map((row) => ({ ...row })),
  }
  for (const { accountId, credentials } of keys.rows()) {
    const account = credentials.apiKey
    const orders = engine.orders(accountId)
    const became = new Map(orders.map((order) => [order.orderId, order]))
    for (const order of orders) state.orders.push(orderRow(account, order))
    for (const conditional of engine.conditionals(accountId)) {
      const order = conditional.orderId === undefined ? undefined : became.get(conditional.orderId)
      state.conditionalOrders.push(conditionalRow(account, conditional, order))
    }
    for (const fill of engine.fills(accountId)) state.fills.push(fillRow(account, fill))
    for (const position of engine.positions(accountId)) {
      state.positions.push(positionRow(account, position))
    }
    state.balances.push(...balanceRows(accountId, account, engine))
  }
  return state
}

function orderRow(account: string, order: EngineOrder): OrderRow {
  return {
    account,
    orderId: order.orderId,
    clientOrderId: order.clientOrderId,
    symbol: order.symbol,
    side: order.side,
    ...(order.positionSide && { positionSide: order.positionSide }),
    type: order.type,
    quantity: order.quantity,
    executedQty: order.executedQuantity,
    price: order.price ?? '0',
    reduceOnly: order.reduceOnly,
    closePosition: order.closePosition,
    status: order.status,
    createdAt: order.createdAt,
    ...(order.conditionalId !== undefined && { linkedOrderId: order.conditionalId }),
  }
}

function conditionalRow(
  account: string,
  conditional: EngineConditional,
  order: EngineOrder | undefined,
): OrderRow {
  return {
    account,
    orderId: conditional.conditionalId,
    clientOrderId: conditional.clientOrderId,
    symbol: conditional.symbol,
    side: conditional.side,
    ...(conditional.positionSide && { positionSide: conditional.positionSide }),
    type: conditionalType(conditional),
    quantity: conditional.quantity,
    executedQty: order?.executedQuantity ?? '0',
    price: conditional.price ?? '0',
    // As it was sent, which may be with zeros at its end.
    stopPrice: add(conditional.triggerPrice, '0'),
    reduceOnly: conditional.reduceOnly,
    closePosition: conditional.closePosition,
    status: order?.status ?? waitingStatus[conditional.status],
    createdAt: conditional.createdAt,
    ...(order && { linkedOrderId: order.orderId }),
  }
}

function conditionalType({ kind, orderType }: EngineConditional): StateOrderType {
  switch (kind) {
    case 'stop':
      return orderType === 'MARKET' ? 'STOP_MARKET' : 'STOP'
    case 'takeProfit':
      return orderType === 'MARKET' ? 'TAKE_PROFIT_MARKET' : 'TAKE_PROFIT'
    case 'trailing':
      return 'TRAILING_STOP_MARKET'
  }
}

// A triggered one without its order has not been able to make one.
const waitingStatus: Readonly<Record<ConditionalStatus, StateOrderStatus>> = {
  WAITING: 'PENDING',
  TRIGGERED: 'REJECTED',
  CANCELLED: 'CANCELLED',
  EXPIRED: 'EXPIRED',
  REJECTED: 'REJECTED',
}

function fillRow(account: string, fill: EngineFill): FillRow {
  const { fillId, orderId, clientOrderId, symbol, side, quantity, price, fee, timestamp } = fill
  return { account, fillId, orderId, clientOrderId, symbol, side, quantity, price, fee, timestamp }
}

function positionRow(account: string, position: PositionView): PositionRow {
  const { symbol, side, size, entryPrice, markPrice, leverage, marginMode } = position
  return { account, symbol, side, size, entryPrice, markPrice, leverage, marginMode }
}

function balanceRows(
  accountId: string,
  account: string,
  engine: VenueHost['engine'],
): BalanceRow[] {
  return engine.assets(accountId).map((asset) => {
    const { walletBalance, availableBalance, unrealizedPnl } = engine.margin(accountId, asset)
    return { account, asset, walletBalance, availableBalance, unrealizedPnl }
  })
}
