import type { BatchItem, RawAnswer, Verdict } from '../../client/definition.ts'
import { isRecord } from '../../core/reader.ts'
import type { ErrorCode } from '../../model/errorCodes.ts'
import { meaningOf } from './errorTable.ts'

/**
 * What an answer means for the request: only code `00000` is success, at whatever status
 * (docs/wire/bitget.md 6), and even that may carry nothing but refused items.
 * https://www.bitget.com/api-doc/common/error-code/restapi
 */
export function classify(answer: RawAnswer): Verdict {
  const verdict = classifyEnvelope(answer)
  if (verdict.kind !== 'answer' || !isRecord(answer.json)) return verdict
  const refusal = refusedItem(answer.json.data)
  return refusal ? ofItem(refusal) : verdict
}

/** The same for calls whose items are judged one by one, whatever became of the others. */
export function classifyEnvelope(answer: RawAnswer): Verdict {
  const { json, status } = answer
  const code = isRecord(json) ? codeOf(json) : undefined
  if (!isRecord(json) || code === undefined) return byStatus(answer)
  if (code === SUCCESS) return status >= 300 ? byStatus(answer) : { kind: 'answer' }
  const native = { nativeCode: code, nativeMessage: shorten(textOf(json.msg)) }
  if (status === 429) return rateLimited(native)
  const meaning = meaningOf(code, native.nativeMessage)
  // A gateway in trouble: only what is certain is believed.
  if (meaning === undefined && status >= 500) return { kind: 'unknown', ...native }
  return verdictOf(meaning ?? 'REFUSED', native)
}

/** What became of an order whose row in a batch's answer is a failure. */
export function readFailedItem(row: unknown): Exclude<BatchItem, { order: unknown }> {
  const verdict = ofItem(isRecord(row) ? row : {})
  const { nativeCode, nativeMessage } = verdict
  if (verdict.kind === 'unknown') return { unknown: { nativeCode, nativeMessage } }
  const code = verdict.kind === 'refusal' ? verdict.code : 'REFUSED'
  return { refusal: { code, nativeCode, nativeMessage } }
}

/** Whether a row of a V3 list stands for a failure. */
export function isRefused(row: unknown): boolean {
  if (!isRecord(row)) return false
  const code = codeOf(row)
  return code !== undefined && code !== SUCCESS && code !== ''
}

const SUCCESS = '00000'
/** No header tells how long: a second for what is counted by the second (section 7). */
const RETRY_AFTER_MS = 1_000

/** Anything but the word that there is an answer. */
type Judgement = Exclude<Verdict, { kind: 'answer' }>

interface Native {
  nativeCode: string
  nativeMessage: string
}

function verdictOf(meaning: ErrorCode | 'ambiguous' | 'unchanged', native: Native): Judgement {
  if (meaning === 'ambiguous') return { kind: 'unknown', ...native }
  if (meaning === 'unchanged') return { kind: 'unchanged', ...native }
  if (meaning === 'RATE_LIMITED') return rateLimited(native)
  return { kind: 'refusal', code: meaning, ...native }
}

function rateLimited(native: Native): Judgement {
  return { kind: 'refusal', code: 'RATE_LIMITED', retryAfterMs: RETRY_AFTER_MS, ...native }
}

/**
 * Calls over several orders succeed though each was refused: V2 keeps a list of failures, V3 gives
 * the failed row a code of its own. Where some went through, it is an answer.
 */
function refusedItem(data: unknown): Record<string, unknown> | undefined {
  if (!isRecord(data)) return undefined
  if (Array.isArray(data.failureList)) {
    const wentThrough = Array.isArray(data.successList) ? data.successList : []
    return wentThrough.length === 0 ? data.failureList.find(isRecord) : undefined
  }
  const rows: unknown[] = Array.isArray(data.list) ? data.list : []
  return rows.every(isRefused) ? rows.find(isRecord) : undefined
}

/** Items of cancel lists often have a text alone. */
function ofItem(item: Record<string, unknown>): Judgement {
  const text = textOf(item.errorMsg) || textOf(item.msg)
  const code = textOf(item.errorCode) || codeOf(item) || ''
  const native = { nativeCode: code === '' ? SUCCESS : code, nativeMessage: shorten(text) }
  if (/not ?exist/i.test(text)) return { kind: 'refusal', code: 'ORDER_NOT_FOUND', ...native }
  return verdictOf(meaningOf(code, text) ?? 'REFUSED', native)
}

/** An answer that is not the exchange's own: a gateway's page, an empty or a broken body. */
function byStatus({ status, text }: RawAnswer): Verdict {
  const native = { nativeCode: `HTTP ${status}`, nativeMessage: shorten(text.trim()) }
  if (status === 429) return rateLimited(native)
  const isRefusal = status >= 400 && status < 500 && status !== 408
  if (!isRefusal) return { kind: 'unknown', ...native }
  return { kind: 'refusal', code: STATUSES[status] ?? 'REFUSED', ...native }
}

const STATUSES: Readonly<Record<number, ErrorCode>> = {
  400: 'INVALID_REQUEST',
  401: 'INVALID_CREDENTIALS',
  403: 'PERMISSION_DENIED',
  404: 'INVALID_REQUEST',
  405: 'INVALID_REQUEST',
  451: 'PERMISSION_DENIED',
}

/** A text everywhere but on sockets, where it is a number. */
function codeOf({ code }: Record<string, unknown>): string | undefined {
  return typeof code === 'string' || typeof code === 'number' ? String(code) : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
