import type { Engine, EngineEvent } from '../../../engine/types.ts'

/** Whose private feeds they are. */
export interface Account {
  engine: Engine
  accountId: string
}

/** Whether the event is of the account; of the market none is. */
export function isOf({ accountId }: Account, event: EngineEvent): boolean {
  switch (event.kind) {
    case 'order':
    case 'fill':
      return event.order.accountId === accountId
    case 'conditional':
      return event.conditional.accountId === accountId
    case 'funding':
      return event.funding.accountId === accountId
    case 'leverage':
    case 'margin':
      return event.accountId === accountId
    case 'trade':
    case 'book':
      return false
  }
}

/** Whether the event moves the value of a position the account has. */
export function movesPrice({ accountId, engine }: Account, event: EngineEvent): boolean {
  if (event.kind !== 'book' && event.kind !== 'trade') return false
  const symbol = event.kind === 'book' ? event.symbol : event.trade.symbol
  return engine.positions(accountId).some((position) => position.symbol === symbol)
}
