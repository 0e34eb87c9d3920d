import type { Payload, PayloadObject } from '../../../server/socketTypes.ts'

/** What a client has subscribed to, as the venue says it back. */
export type Arg = Readonly<Record<string, string>>

/** The envelope of everything that is pushed: docs/wire/bitget.md 8.1. */
export function push(
  arg: Arg,
  action: 'snapshot' | 'update',
  data: readonly (PayloadObject | readonly string[])[],
  ts: number,
): Payload {
  return { action, arg, data, ts }
}
