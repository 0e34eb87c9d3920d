import { isRecord } from '../../../core/reader.ts'
import type { Answer } from '../../server/types.ts'
import { Refused } from './errors.ts'
import { shownLimits } from './limits.ts'

// Replies of the request API: docs/wire/binance.md 8.7.

/**
 * What the twin was answered, in the envelope of a reply; `id` is JSON. What a body says stands in it
 * as it is, also when it is broken off.
 */
export function replyTo(
  id: string,
  answer: Answer,
  { showsLimits, now }: { showsLimits: boolean; now: number },
): string {
  const { status, headers = {}, body } = answer
  const said = status < 300 ? `"result":${body}` : `"error":${errorOf(answer, now)}`
  const limits = showsLimits ? shownLimits(headers) : []
  const shown = limits.length > 0 ? `,"rateLimits":${JSON.stringify(limits)}` : ''
  return `{"id":${id},"status":${status},${said}${shown}}`
}

/** Of a gateway that does not speak the venue's language nothing is known: -1000. */
function errorOf({ headers = {}, body }: Answer, now: number): string {
  if (headers['content-type'] !== 'application/json') {
    return JSON.stringify(new Refused('-1000').envelope())
  }
  const seconds = headers['Retry-After']
  const envelope = seconds === undefined ? undefined : readJson(body)
  if (!isRecord(envelope)) return body
  const retryAfter = now + Number(seconds) * 1_000
  return JSON.stringify({ ...envelope, data: { serverTime: now, retryAfter } })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
