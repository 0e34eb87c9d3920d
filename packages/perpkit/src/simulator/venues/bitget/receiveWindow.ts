import type { Handling } from '../../server/types.ts'
import type { Draft } from './placement.ts'

// How long an order sent over a socket may be on its way: docs/wire/bitget.md 2 and 12.7.

/** Says with an order that came over a socket until when it may be taken in; HTTP has no such word. */
export const UNTIL = 'receive-until'

/** Whether the order has come after its receive window. */
export function isStale({ clock, request }: Handling): boolean {
  const until = request.socket && request.headers[UNTIL]
  return until !== undefined && clock.now() > Number(until)
}

/** Accepted, and cancelled for that reason before it is matched. */
export function staleDraft(draft: Draft): Draft {
  return {
    ...draft,
    isStale: true,
    notes: { ...draft.notes, cancelReason: 'cancel_receiveWindow' },
  }
}
