import type { Engine, EngineEvent } from '../../../engine/types.ts'
import { type Listing, listings } from '../instruments.ts'

/** Whose private channel it is. */
export interface Owner {
  engine: Engine
  accountId: string
}

/** What a client has subscribed to: `channel` and the words beside it. */
export type Arg = Readonly<Record<string, string>>

/** Contracts an arg is about; empty for kinds of instruments that are not traded here. */
export type Scope = readonly Listing[]

/** Events of that account alone. */
export function ownEvents(accountId: string, events: readonly EngineEvent[]): EngineEvent[] {
  return events.filter((event) => accountOf(event) === accountId)
}

function accountOf(event: EngineEvent): string | undefined {
  switch (event.kind) {
    case 'order':
    case 'fill':
      return event.order.accountId
    case 'conditional':
      return event.conditional.accountId
    case 'funding':
      return event.funding.accountId
    case 'leverage':
    case 'margin':
      return event.accountId
    case 'trade':
    case 'book':
      return undefined
  }
}

/** Contracts of `instType`, `instFamily` and `instId`; `undefined` when one of them is unknown. */
export function scopeOf({ instType, instFamily, instId }: Arg): Scope | undefined {
  if (instType === undefined || !INST_TYPES.has(instType)) return undefined
  if (instType !== 'SWAP' && instType !== 'ANY') return []
  const scope = listings.filter(
    (listing) =>
      (instFamily === undefined || listing.family === instFamily) &&
      (instId === undefined || listing.instId === instId),
  )
  return scope.length > 0 ? scope : undefined
}

const INST_TYPES: ReadonlySet<string> = new Set([
  'SWAP',
  'ANY',
  'FUTURES',
  'SPOT',
  'MARGIN',
  'OPTION',
])

export function isIn(scope: Scope, symbol: string): boolean {
  return scope.some((listing) => listing.engine.symbol === symbol)
}
