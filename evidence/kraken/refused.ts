import type { Probe, Shape, Words } from '../../test/wire/evidence.ts'
import { is, refusalA, refusalB } from './shapes.ts'

// docs/wire/kraken.md 6.1: refusals of whole requests.

/** Envelope A, HTTP 200. */
export function a(error: string, title: string, sent: Words, more: Partial<Probe> = {}): Probe {
  return { title: `A ${error}: ${title}`, send: sent, answer: refusalA(is(error)), ...more }
}

/** Envelope B. */
export function b(
  [status, name, code]: readonly [status: number, name: string, code: number],
  message: Shape,
  title: string,
  sent: Words,
  more: Partial<Probe> = {},
): Probe {
  const answer = refusalB(name, code, message)
  return { title: `B ${status} ${code}: ${title}`, send: sent, status, answer, ...more }
}

/** A parameter the exchange cannot read. */
export const BAD = [400, 'BAD_REQUEST', 11] as const
