import type { BatchItem, RawAnswer, Verdict } from '../../client/definition.ts'
import { isRecord } from '../../core/reader.ts'
import type { ErrorCode } from '../../model/errorCodes.ts'
import { type Meaning, meaningOf } from './errorTable.ts'

/**
 * What an answer means: `code` 0 in the envelope and `sCode` 0 in every row is success. Codes decide,
 * not the status: a rate limit may come with 200, and a 429 need not be one.
 * https://www.okx.com/docs-v5/en/#error-code (docs/wire/okx.md 6).
 */
export function classify(answer: RawAnswer): Verdict {
  const told = readEnvelope(answer.json)
  if (!told) return byStatus(answer)
  const failed = worstOf(told.rows.filter(({ code }) => code !== SUCCESS))
  if (failed) return toVerdict(answer, failed)
  if (told.code !== SUCCESS) return toVerdict(answer, told)
  return answer.status < 300 ? { kind: 'answer' } : byStatus(answer)
}

/**
 * Of a batch, whose envelope only sums up what its rows say: each row is judged by itself, as long
 * as there are any.
 */
export function classifyBatch(answer: RawAnswer): Verdict {
  const told = readEnvelope(answer.json)
  if (!told || told.rows.length === 0) return classify(answer)
  if (!SUMS.has(told.code)) return toVerdict(answer, told)
  return answer.status < 500 ? { kind: 'answer' } : byStatus(answer)
}

/** What a row of a batch says against its order; `undefined`: nothing, it was placed. */
export function judgeRow(row: unknown): Exclude<BatchItem, { order: unknown }> | undefined {
  const [told] = readRow(row)
  if (!told) return { unknown: { nativeCode: '', nativeMessage: 'no sCode' } }
  if (told.code === SUCCESS) return undefined
  const native = { nativeCode: told.code, nativeMessage: told.message }
  const meaning = meaningOf(told.code, told.message)
  // "It is so already" says nothing of an order that is new.
  if (meaning === 'UNKNOWN' || meaning === 'UNCHANGED') return { unknown: native }
  return { refusal: { code: meaning ?? 'REFUSED', ...native } }
}

interface Told {
  code: string
  message: string
}

const SUCCESS = '0'

// Refusals of the gateway carry no `data` (docs/wire/okx.md 2).
function readEnvelope(json: unknown): (Told & { rows: Told[] }) | undefined {
  if (!isRecord(json)) return undefined
  const code = readCode(json.code)
  if (code === undefined) return undefined
  const data = Array.isArray(json.data) ? json.data : []
  return { code, message: readText(json.msg), rows: data.flatMap(readRow) }
}

function readRow(row: unknown): Told[] {
  const code = isRecord(row) ? readCode(row.sCode) : undefined
  return isRecord(row) && code !== undefined ? [{ code, message: readText(row.sMsg) }] : []
}

function readCode(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

// Several rows are cancellations of one batch: an order that is gone already must not hide one that
// could not be cancelled.
function worstOf(failed: readonly Told[]): Told | undefined {
  const isHarmless = ({ code, message }: Told): boolean =>
    HARMLESS.has(meaningOf(code, message) ?? 'REFUSED')
  return (
    failed.find((row) => !isHarmless(row)) ??
    failed.find(({ code, message }) => meaningOf(code, message) === 'ORDER_NOT_FOUND') ??
    failed[0]
  )
}

const HARMLESS: ReadonlySet<Meaning> = new Set<Meaning>(['UNCHANGED', 'ORDER_NOT_FOUND'])

function toVerdict(answer: RawAnswer, { code, message }: Told): Verdict {
  const native = { nativeCode: code, nativeMessage: message }
  const meaning = meaningOf(code, message)
  if (meaning === 'UNCHANGED') return { kind: 'unchanged', ...native }
  // Of a part that failed without a word which, or of an unknown code with an unknown state.
  const isVague = code === PARTLY_FAILED || answer.status >= 500
  if (meaning === 'UNKNOWN' || (meaning === undefined && isVague)) {
    return { kind: 'unknown', ...native }
  }
  return refuse(answer, meaning ?? 'REFUSED', native)
}

const PARTLY_FAILED = '2'

/** Envelope codes that only sum up the rows: all done, all failed, some failed. */
const SUMS: ReadonlySet<string> = new Set([SUCCESS, '1', PARTLY_FAILED])

// An answer that is not the exchange's own: a gateway's page, an empty or a broken body.
function byStatus(answer: RawAnswer): Verdict {
  const { status, text } = answer
  const native = { nativeCode: `HTTP ${status}`, nativeMessage: text.trim().slice(0, 200) }
  const code = STATUSES.get(status)
  return code === undefined ? { kind: 'unknown', ...native } : refuse(answer, code, native)
}

// What no status here refuses may have been executed: success without the exchange's envelope, a
// redirection, a gateway's 5xx.
const STATUSES: ReadonlyMap<number, ErrorCode> = new Map([
  [400, 'INVALID_REQUEST'],
  [401, 'INVALID_CREDENTIALS'],
  [403, 'PERMISSION_DENIED'],
  [404, 'INVALID_REQUEST'],
  [405, 'INVALID_REQUEST'],
  [410, 'EXCHANGE_UNAVAILABLE'],
  [429, 'RATE_LIMITED'],
])

/** The window of every budget; the exchange itself does not tell how long to wait. */
const WINDOW_MS = 2_000

function refuse(
  { headers }: RawAnswer,
  code: ErrorCode,
  native: { nativeCode: string; nativeMessage: string },
): Verdict {
  if (code !== 'RATE_LIMITED') return { kind: 'refusal', code, ...native }
  // Gateways do tell.
  const seconds = Number(headers['retry-after'])
  return {
    kind: 'refusal',
    code,
    retryAfterMs: seconds > 0 ? seconds * 1_000 : WINDOW_MS,
    ...native,
  }
}
