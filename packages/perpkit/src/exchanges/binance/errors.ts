import type { RawAnswer, Verdict } from '../../client/definition.ts'
import { isRecord } from '../../core/reader.ts'
import type { ErrorCode } from '../../model/errorCodes.ts'
import { meaningOf } from './errorTable.ts'

/**
 * What an answer means for the request (docs/wire/binance.md 6). A `code` alone is no error: several
 * successes carry 200, as number or as text.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/error-code
 */
export function classify(answer: RawAnswer): Verdict {
  const { status } = answer
  const told = readEnvelope(answer)
  if (status >= 200 && status < 300) {
    if (answer.json === undefined) return { kind: 'unknown', ...told.native }
    return told.code === undefined ? { kind: 'answer' } : byCode(answer, told, 'REFUSED')
  }
  // The time is up at their side: the request may still be executed.
  if (status === 408 || status < 400) return { kind: 'unknown', ...told.native }
  if (status === 429 || status === 418) return refuse(answer, told, 'RATE_LIMITED')
  if (status >= 500) return byGateway(answer, told)
  return byCode(answer, told, STATUS_CODES[status] ?? 'REFUSED')
}

/** One element of a batch's answer, which is an order or an envelope of its own. */
export function classifyItem(json: unknown): Verdict {
  return classify({ status: 200, headers: {}, text: '', json })
}

interface Told {
  /** Absent where the answer carries none, or one that means success. */
  code: number | undefined
  native: { nativeCode: string; nativeMessage: string }
}

const SUCCESSES = [200, 0]

/** For answers whose code tells nothing; a 400 alone may mean anything. */
const STATUS_CODES: Readonly<Record<number, ErrorCode>> = {
  401: 'INVALID_CREDENTIALS',
  403: 'PERMISSION_DENIED',
  404: 'INVALID_REQUEST',
  // Its body says code 0, "Service unavailable from a restricted location …".
  451: 'PERMISSION_DENIED',
}

/** The texts of a 503 that say the request was not executed; all others leave it open. */
const NOT_EXECUTED = [
  'Service Unavailable.',
  'Internal error; unable to process your request. Please try again.',
]

function readEnvelope({ status, json, text }: RawAnswer): Told {
  const body = isRecord(json) ? json : {}
  const isCoded = typeof body.code === 'number' || typeof body.code === 'string'
  const code = isCoded ? Number(body.code) : undefined
  const message = typeof body.msg === 'string' ? body.msg : text.trim()
  return {
    code: code === undefined || SUCCESSES.includes(code) ? undefined : code,
    native: {
      nativeCode: isCoded ? String(body.code) : String(status),
      nativeMessage: message.length > 200 ? `${message.slice(0, 199)}…` : message,
    },
  }
}

function byCode(answer: RawAnswer, told: Told, fallback: ErrorCode): Verdict {
  const meaning =
    told.code === undefined ? undefined : meaningOf(told.code, told.native.nativeMessage)
  if (meaning === 'ambiguous') return { kind: 'unknown', ...told.native }
  if (meaning === 'unchanged') return { kind: 'unchanged', ...told.native }
  return refuse(answer, told, meaning ?? fallback)
}

/** A gateway in trouble: only what says that nothing was executed is believed. */
function byGateway(answer: RawAnswer, told: Told): Verdict {
  const { nativeMessage } = told.native
  const meaning = told.code === undefined ? undefined : meaningOf(told.code, nativeMessage)
  if (meaning === 'EXCHANGE_UNAVAILABLE' || meaning === 'RATE_LIMITED') {
    return refuse(answer, told, meaning)
  }
  if (answer.status === 503 && NOT_EXECUTED.includes(nativeMessage)) {
    return refuse(answer, told, 'EXCHANGE_UNAVAILABLE')
  }
  return { kind: 'unknown', ...told.native }
}

function refuse(answer: RawAnswer, told: Told, code: ErrorCode): Verdict {
  const retryAfterMs = code === 'RATE_LIMITED' ? retryAfter(answer, told) : undefined
  const refusal = { kind: 'refusal', code, ...told.native } as const
  return retryAfterMs === undefined ? refusal : { ...refusal, retryAfterMs }
}

/**
 * As the header says, else until the end of the ban the text names, else until the next minute, when
 * the counters start anew; both of the latter by the clock in the answer's own `date`.
 */
function retryAfter({ headers }: RawAnswer, { native }: Told): number | undefined {
  const seconds = Number(headers['retry-after'] ?? Number.NaN)
  if (seconds >= 0) return seconds * 1_000
  const now = Date.parse(headers.date ?? '')
  if (Number.isNaN(now)) return undefined
  const [, bannedUntil] = /banned until (\d{13})/.exec(native.nativeMessage) ?? []
  return bannedUntil === undefined
    ? 60_000 - (now % 60_000)
    : Math.max(0, Number(bannedUntil) - now)
}
