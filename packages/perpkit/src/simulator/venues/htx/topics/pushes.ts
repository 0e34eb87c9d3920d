import type { Engine, EngineEvent } from '../../../engine/types.ts'
import { isLiquidation } from '../notes.ts'

/** Every contract. */
export const ALL = '*'

/** Whose events a channel tells of. */
export interface Owner {
  engine: Engine
  accountId: string
}

/** One message of a private topic, before its envelope. */
export interface Push {
  contract: string
  event?: string
  data: unknown
}

/** `event` of a position or account that has changed; absent when neither has. */
export function eventWord(event: EngineEvent): string | undefined {
  switch (event.kind) {
    case 'fill':
      return isLiquidation(event.order.venueData) ? 'liquidation' : 'filled'
    case 'order': {
      const hasLeft = event.order.status === 'CANCELLED' || event.order.status === 'EXPIRED'
      return hasLeft ? 'cancel_order' : undefined
    }
    case 'funding':
      return 'funding_fee'
    case 'leverage':
      return 'set_leverage'
    case 'margin':
      return 'transferred'
    default:
      return undefined
  }
}
