import type { RawAnswer, Verdict } from '../../client/definition.ts'
import { isRecord } from '../../core/reader.ts'
import type { ErrorCode } from '../../model/errorCodes.ts'
import { type Meaning, meaningOf } from './errorTable.ts'

/**
 * What an answer means: refusals come with HTTP status 200, in one of two envelopes, or beside an
 * item of a list whose envelope says success (docs/wire/htx.md 6).
 */
export function classify(answer: RawAnswer): Verdict {
  const verdict = classifyEnvelope(answer)
  return verdict.kind === 'answer' ? byItems(answer) : verdict
}

/** The same by the envelope alone, for lists whose items are judged one by one. */
export function classifyEnvelope(answer: RawAnswer): Verdict {
  const told = readEnvelope(answer.json)
  if (!told) return byStatus(answer)
  if (told.isSuccess) return answer.status < 300 ? { kind: 'answer' } : byStatus(answer)
  const meaning = meaningOf(told.code, told.message)
  // Whose words a gateway in trouble repeats is not known.
  if (meaning === undefined && answer.status >= 500) return byStatus(answer)
  return byMeaning(answer, told, meaning ?? STATUSES.get(answer.status) ?? 'REFUSED')
}

/** What one item of such a list says of itself. */
export function classifyItem(item: unknown): Verdict {
  const failure = readItem(item)
  if (!failure) return { kind: 'answer' }
  const { meaning, code, message } = failure
  const native = { nativeCode: code, nativeMessage: message }
  if (meaning === 'ambiguous') return { kind: 'unknown', ...native }
  if (meaning === 'unchanged') return { kind: 'unchanged', ...native }
  return { kind: 'refusal', code: meaning, ...native }
}

interface Told {
  isSuccess: boolean
  code: string
  message: string
}

const SUCCESS = '200'

/** `code` of V5, `status` of the older paths; `undefined` when the answer has neither. */
function readEnvelope(json: unknown): Told | undefined {
  if (!isRecord(json)) return undefined
  const code = codeOf(json.code)
  if (code !== undefined) {
    return { isSuccess: code === SUCCESS, code, message: textOf(json.message ?? json.msg) }
  }
  if (json.status === 'ok') return { isSuccess: true, code: SUCCESS, message: '' }
  if (json.status !== 'error') return undefined
  return {
    isSuccess: false,
    code: codeOf(json.err_code ?? json['err-code']) ?? 'error',
    message: textOf(json.err_msg ?? json['err-msg']),
  }
}

/** Items of a list carry their own outcome; those that ended well carry 200 or none. */
function byItems(answer: RawAnswer): Verdict {
  const { json } = answer
  const items = isRecord(json) && Array.isArray(json.data) ? json.data : []
  const failures = items.map(readItem).filter((item) => item !== undefined)
  const serious = failures.find(({ meaning }) => !BENIGN.has(meaning))
  // Among several, what could not be cancelled because it is gone already is no failure.
  const [first] = failures.length === items.length ? failures : []
  const failure = serious ?? first
  return failure ? byMeaning(answer, failure, failure.meaning) : { kind: 'answer' }
}

const BENIGN: ReadonlySet<Meaning> = new Set(['ORDER_NOT_FOUND', 'unchanged'])

/** `undefined` for an item that did not fail. */
function readItem(item: unknown): (Told & { meaning: Meaning }) | undefined {
  if (!isRecord(item)) return undefined
  const code = codeOf(item.code ?? item.error_code)
  const hasFailed = item.success === false || (code !== undefined && !SUCCESSES.has(code))
  if (!hasFailed) return undefined
  const message = textOf(item.message ?? item.error_msg)
  const told = { isSuccess: false, code: code ?? 'error', message }
  return { ...told, meaning: meaningOf(told.code, message) ?? 'REFUSED' }
}

const SUCCESSES: ReadonlySet<string> = new Set([SUCCESS, '0'])

function byMeaning(answer: RawAnswer, told: Told, meaning: Meaning): Verdict {
  const native = { nativeCode: told.code, nativeMessage: told.message }
  if (meaning === 'ambiguous') return { kind: 'unknown', ...native }
  if (meaning === 'unchanged') return { kind: 'unchanged', ...native }
  return refuse(answer, native, meaning)
}

// An answer that is not the exchange's own: a gateway's page, an empty or a broken body.
function byStatus(answer: RawAnswer): Verdict {
  const { status, text } = answer
  const native = { nativeCode: `HTTP ${status}`, nativeMessage: shorten(text.trim()) }
  // 408: the time is up at their side, and the request may still be executed.
  if (status < 400 || status === 408 || status >= 500) return { kind: 'unknown', ...native }
  return refuse(answer, native, STATUSES.get(status) ?? 'REFUSED')
}

const STATUSES: ReadonlyMap<number, ErrorCode> = new Map([
  [400, 'INVALID_REQUEST'],
  [401, 'INVALID_CREDENTIALS'],
  // A firewall, for an address that asked too much as well.
  [403, 'PERMISSION_DENIED'],
  [404, 'INVALID_REQUEST'],
  [405, 'INVALID_REQUEST'],
  [429, 'RATE_LIMITED'],
  [451, 'PERMISSION_DENIED'],
])

function refuse(
  answer: RawAnswer,
  native: { nativeCode: string; nativeMessage: string },
  code: ErrorCode,
): Verdict {
  const retryAfterMs = code === 'RATE_LIMITED' ? retryAfter(answer) : undefined
  const refusal = { kind: 'refusal', code, ...native } as const
  return retryAfterMs === undefined ? refusal : { ...refusal, retryAfterMs }
}

/** Until the end of a ban, which is told as a moment in exchange time; else as long as told. */
function retryAfter({ headers, json }: RawAnswer): number | undefined {
  const told = isRecord(json) ? Number(json.ts) : Number.NaN
  const now = told > 0 ? told : Date.parse(headers.date ?? '')
  const banned = Number(headers['recovery-time'] ?? Number.NaN) - now
  if (banned >= 0) return banned
  const reset = Number(headers['ratelimit-reset'] ?? Number.NaN)
  return reset >= 0 ? reset : undefined
}

function codeOf(value: unknown): string | undefined {
  const isCode = typeof value === 'number' || (typeof value === 'string' && value !== '')
  return isCode ? String(value) : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? shorten(value) : ''
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
