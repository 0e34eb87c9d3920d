import { isZero } from '../../../core/decimal.ts'
import type { EngineConditional, EngineOrder } from '../../engine/types.ts'

/** How the end of an order is told on each surface: docs/wire/kraken.md 4.8, 5.2 and 5.3. */
export interface CancelReason {
  /** Of `sendStatus`, when it ended on arrival. */
  status: string
  /** In capitals, of events and of `error` in orders/status. */
  error: string
  /** Of orders/status. */
  updateReason: string
  /** Of the history, in lower case. */
  history: string
}

/** Why an order ended without being filled whole, or a trigger without having fired. */
export function cancelReasonOf({
  endReason,
}: Pick<EngineOrder | EngineConditional, 'endReason'>): CancelReason {
  switch (endReason) {
    case 'wouldTakeLiquidity':
      return postWouldExecute
    case 'noLiquidity':
    case 'notFillable':
      return iocWouldNotExecute
    case 'reduceOnly':
    case 'positionClosed':
      return wouldNotReduce
    case 'insufficientMargin':
      return notEnoughMargin
    case 'liquidation':
      return {
        status: 'cancelled',
        error: 'LIQUIDATION',
        updateReason: 'LIQUIDATION_ORDER',
        history: 'liquidation',
      }
    case 'selfTrade':
      return {
        status: 'selfFill',
        error: 'WOULD_EXECUTE_SELF',
        updateReason: 'CANCELLED_BY_SELF_TRADE',
        history: 'would_execute_self',
      }
    case 'timer':
      return {
        status: 'cancelled',
        error: 'DEAD_MAN_SWITCH',
        updateReason: 'DEAD_MAN_SWITCH',
        history: 'dead_man_switch',
      }
    default:
      return {
        status: 'cancelled',
        error: 'CANCELLED_BY_USER',
        updateReason: 'CANCELLED_BY_USER',
        history: 'cancelled_by_user',
      }
  }
}

/** Whether an order was refused on arrival, after it had got its id. */
export function isRejected(order: EngineOrder): boolean {
  return order.status === 'EXPIRED' && isZero(order.executedQuantity) && isOnArrival(order)
}

/** Why a conditional that fired came to nothing. */
export function activationErrorOf(conditional: EngineConditional): string {
  switch (conditional.endReason) {
    case 'reduceOnly':
    case 'positionClosed':
      return wouldNotReduce.error
    case 'insufficientMargin':
      return 'INSUFFICIENT_MARGIN'
    default:
      return iocWouldNotExecute.error
  }
}

const postWouldExecute: CancelReason = {
  status: 'postWouldExecute',
  error: 'POST_WOULD_EXECUTE',
  updateReason: 'POST_WOULD_EXECUTE_REASON',
  history: 'post_order_failed_because_it_would_filled',
}

const iocWouldNotExecute: CancelReason = {
  status: 'iocWouldNotExecute',
  error: 'IOC_WOULD_NOT_EXECUTE',
  updateReason: 'IOC_WOULD_NOT_EXECUTE_REASON',
  history: 'ioc_order_failed_because_it_would_not_be_executed',
}

const wouldNotReduce: CancelReason = {
  status: 'wouldNotReducePosition',
  error: 'WOULD_NOT_REDUCE_POSITION',
  updateReason: 'WOULD_NOT_REDUCE_POSITION',
  history: 'would_not_reduce_position',
}

const notEnoughMargin: CancelReason = {
  status: 'insufficientAvailableFunds',
  error: 'INSUFFICIENT_MARGIN',
  updateReason: 'NOT_ENOUGH_MARGIN',
  history: 'not_enough_margin',
}

function isOnArrival({ endReason }: EngineOrder): boolean {
  return (
    endReason === 'wouldTakeLiquidity' || endReason === 'noLiquidity' || endReason === 'notFillable'
  )
}
