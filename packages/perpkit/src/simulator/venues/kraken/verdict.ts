import type { Refusal } from '../../engine/types.ts'

/** What became of one instruction: docs/wire/kraken.md 5.2. The envelope says success either way. */
export interface Verdict {
  status: string
  orderId?: string
  cliOrdId?: string
  orderEvents: unknown[]
}

/** One instruction was refused with a status; nothing has changed. */
export class Failed extends Error {
  override readonly name = 'Failed'
  readonly verdict: Verdict

  constructor(status: string, more: Partial<Verdict> = {}) {
    super(status)
    this.verdict = { status, orderEvents: [], ...more }
  }
}

/** The verdict over an instruction, its refusal included. */
export function judge(act: () => Verdict): Verdict {
  try {
    return act()
  } catch (error) {
    if (error instanceof Failed) return error.verdict
    throw error
  }
}

/** A refusal of the engine in this venue's words. */
export function failedByEngine({ refused }: Refusal): Failed {
  switch (refused) {
    case 'insufficientMargin':
      return new Failed('insufficientAvailableFunds')
    case 'duplicateClientOrderId':
      return new Failed('clientOrderIdAlreadyExist')
    case 'reduceOnlyRejected':
    case 'positionRequired':
      return new Failed('wouldNotReducePosition')
    case 'tooManyOrders':
      return new Failed('tooManyOrders')
    case 'marketClosed':
      return new Failed('marketSuspended')
    case 'wouldTakeLiquidity':
    case 'wouldTriggerImmediately':
      return new Failed('postWouldExecute')
    case 'notFillable':
    case 'noLiquidity':
      return new Failed('iocWouldNotExecute')
    case 'orderNotFound':
      return new Failed('notFound')
    case 'leverageTooHigh':
      return new Failed('fixedLeverageTooHigh')
    case 'closePositionExists':
    case 'positionsOpen':
    case 'ordersOpen':
    case 'positionModeMismatch':
    case 'isolatedMargin':
      return new Failed('invalidArgument')
  }
}
