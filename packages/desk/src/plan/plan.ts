import type {
  ExchangeName,
  FuturesOrder,
  ManagedOrders,
  ManagedOrdersRequest,
  OrderOptions,
  PositionSide,
  ProtectedPositionRequest,
  ProtectiveOrderRequest,
  Side,
} from 'perpkit'
import type { Place } from '../place.ts'

/**
 * What is about to be done, once for all who ask: `--plan` prints it, the confirmation shows it, and
 * `execute` sends its `request` and nothing else.
 */
export interface Plan {
  /** `BUY 0.01 BTCUSDT at market`. */
  summary: string
  exchange: ExchangeName
  place: Place
  key?: string
  symbol: string
  /** Whether it can make a position larger, so that the kill switch stands in its way. */
  addsRisk: boolean
  orders: PlannedOrder[]
  estimate: Estimate
  request: PlanRequest
}

export interface PlannedOrder {
  what: string
  side: Side
  /** In the base asset. */
  quantity: string
  /** Absent: at market. */
  price?: string
  /** Quantity × price, of market orders at the reference price. */
  value: string
}

export interface Estimate {
  /** What everything is reckoned from: the mark price. */
  referencePrice: string
  /** What amounts are counted in. */
  currency: string
  /** Of what is ordered. */
  notional: string
  leverage?: number
  marginMode?: string
  initialMargin?: string
  liquidationPrice?: string
  /** Money that is lost when it goes as badly as planned for; negative: a profit that is secured. */
  worstLoss?: string
  /** What the figures take for granted. */
  notes: string[]
}

/** The call in the words of the library, with all it is given. */
export type PlanRequest =
  | {
      method: 'createMarketOrder'
      symbol: string
      side: Side
      quantity: string
      options: OrderOptions
    }
  | {
      method: 'createLimitOrder'
      symbol: string
      side: Side
      quantity: string
      price: string
      options: OrderOptions
    }
  | { method: 'createStopLossOrder'; order: ProtectiveOrderRequest }
  | { method: 'createTakeProfitOrder'; order: ProtectiveOrderRequest }
  | { method: 'createManagedOrders'; order: ManagedOrdersRequest }
  | { method: 'openProtectedPosition'; order: ProtectedPositionRequest }
  | { method: 'closePosition'; symbol: string; options: { positionSide?: PositionSide } }

/** What came of it. */
export type PlanResult =
  | { kind: 'ORDER'; order: FuturesOrder }
  | { kind: 'MANAGED'; managed: ManagedOrders }
  | { kind: 'NOTHING_TO_DO' }
