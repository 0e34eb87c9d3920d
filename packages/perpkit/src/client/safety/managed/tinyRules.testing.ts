import type { Decimal } from '../../../core/decimal.ts'
import type { ErrorCode } from '../../../model/errorCodes.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import type { PositionSide, Side } from '../../../model/tokens.ts'

// How the made-up exchange can be told to be.

export interface TinyRules {
  sizing?: 'set' | 'amend' | 'bridge'
  canAmend?: boolean
  /** Whether a stop larger than the position is worth nothing. */
  oversizedFails?: boolean
  /** Whether entries bring their stop: at once, or when it is told to arrive. */
  attached?: boolean | 'LATE'
  /** What the stops it places with entries watch, where that cannot be chosen. */
  attachedSource?: 'LAST'
  /** Modes in which they can only close; default both. */
  attachedModes?: readonly ('ONE_WAY' | 'HEDGE')[]
  mode?: 'ONE_WAY' | 'HEDGE'
  /** Whether orders say the margin mode of their position. */
  namesMarginMode?: boolean
}

export interface TinyFault {
  operation: string
  /** Lost on the way there, lost on the way back, or refused. */
  kind: 'before' | 'after' | ErrorCode
  times?: number
  /** Only requests of which this is true. */
  when?: (params: TinyParams) => boolean
}

export interface TinyParams {
  orderId?: string
  clientOrderId?: string
  newClientOrderId?: string
  side?: Side
  positionSide?: PositionSide
  type?: FuturesOrder['type']
  quantity?: Decimal
  price?: Decimal
  stopPrice?: Decimal
  reduceOnly?: boolean
  closePosition?: boolean
  triggerSource?: 'LAST' | 'MARK'
  stopLoss?: { stopPrice: Decimal }
  order?: FuturesOrder
}
