import type { RawAnswer, Verdict } from '../../client/definition.ts'
import { isRecord } from '../../core/reader.ts'
import { type Meaning, meaningOf } from './errorTable.ts'

/**
 * What an answer means. The body is read before the HTTP status: most refusals come with 200, clean
 * refusals of settings with 500, and `result: "success"` may carry an order that was refused
 * (docs/wire/kraken.md 5.2, 6).
 * https://docs.kraken.com/api-reference/order-management/send-order
 */
export function classify(answer: RawAnswer): Verdict {
  const { json, status } = answer
  if (!isRecord(json)) return byStatus(answer)
  const isSuccess = status >= 200 && status < 300
  if (json.result === 'success' && isSuccess) return byOrderStatus(json)
  // Candles and history answer without an envelope.
  if (json.result === undefined && json.error === undefined && isSuccess) return { kind: 'answer' }
  return byError(answer, json)
}

type Json = Record<string, unknown>

interface Native {
  nativeCode: string
  nativeMessage: string
}

/** Statuses of an order that stands or has done what it could. */
const TAKEN: ReadonlySet<unknown> = new Set([
  'placed',
  'partiallyFilled',
  'filled',
  'cancelled',
  'edited',
])

/** The verdict on an order stands in its status, and then in its events. */
function byOrderStatus(json: Json): Verdict {
  const { sendStatus, editStatus, cancelStatus } = json
  if (isRecord(cancelStatus)) return byCancelStatus(cancelStatus)
  const order = isRecord(sendStatus) ? sendStatus : editStatus
  return isRecord(order) ? classifyOrder(order) : { kind: 'answer' }
}

/** The verdict on one order, by itself or among those of a batch. */
export function classifyOrder(order: Json): Verdict {
  const events = Array.isArray(order.orderEvents) ? order.orderEvents.filter(isRecord) : []
  const rejection = events.find(({ type }) => type === 'REJECT')
  const hasEffect = events.some(({ type }) => type === 'PLACE' || type === 'EXECUTION')
  const reason = typeof rejection?.reason === 'string' ? rejection.reason : ''
  const native = { nativeCode: String(order.status), nativeMessage: reason }
  if (TAKEN.has(order.status) && !rejection) return { kind: 'answer' }
  // An order that found nobody to trade with has ended; without an id it was never made.
  if (order.status === 'iocWouldNotExecute' && typeof order.order_id === 'string') {
    return { kind: 'answer' }
  }
  if (hasEffect) return { kind: 'unknown', ...native }
  const told = TAKEN.has(order.status) ? reason : native.nativeCode
  return verdictOf(meaningOf(told) ?? 'REFUSED', native)
}

function byCancelStatus({ status }: Json): Verdict {
  const native = { nativeCode: String(status), nativeMessage: '' }
  if (status === 'cancelled') return { kind: 'answer' }
  // Whether it was filled, cancelled before or never seen: there is nothing left to cancel.
  if (status === 'filled') return verdictOf('ORDER_NOT_FOUND', native)
  return verdictOf(meaningOf(native.nativeCode) ?? 'UNKNOWN', native)
}

/** `error` with a word and perhaps more after a colon, or `errors` with numbers and texts. */
function byError(answer: RawAnswer, json: Json): Verdict {
  const { error, errors, message, reason } = json
  if (typeof error === 'string') {
    const [word = error] = error.split(':')
    const text = typeof message === 'string' ? message : error
    const native = { nativeCode: word.trim(), nativeMessage: text }
    return toVerdict(answer, meaningOf(native.nativeCode), native)
  }
  const [first] = Array.isArray(errors) ? errors.filter(isRecord) : []
  if (first) {
    const native = { nativeCode: String(first.code), nativeMessage: String(first.message) }
    const meaning = meaningOf(native.nativeMessage) ?? meaningOf(native.nativeCode)
    return toVerdict(answer, meaning, native)
  }
  const native = {
    nativeCode: String(json.status ?? `HTTP ${answer.status}`),
    nativeMessage: typeof reason === 'string' ? reason : '',
  }
  return toVerdict(answer, meaningOf(native.nativeCode), native)
}

function toVerdict(answer: RawAnswer, meaning: Meaning | undefined, native: Native): Verdict {
  // A refusal that came in words means the same whatever its HTTP status is.
  return verdictOf(meaning ?? statusMeaning(answer, native), native, answer)
}

/** An answer that is not in the exchange's own form: a gateway's page, plain text, nothing. */
function byStatus(answer: RawAnswer): Verdict {
  const { status, text } = answer
  const native = { nativeCode: `HTTP ${status}`, nativeMessage: text.trim().slice(0, 200) }
  return verdictOf(statusMeaning(answer, native), native, answer)
}

function statusMeaning({ status, json, text }: RawAnswer, { nativeMessage }: Native): Meaning {
  if (status === 404) {
    // A wrong path answers with a page.
    if (json === undefined && text.trimStart().startsWith('<')) return 'INVALID_REQUEST'
    return /\border\b/i.test(nativeMessage) ? 'ORDER_NOT_FOUND' : 'UNKNOWN_SYMBOL'
  }
  const known = STATUSES.get(status)
  if (known !== undefined) return known
  // A word without a meaning of ours is a refusal still, unless their server failed.
  if (isRecord(json) && json.result === 'error' && status < 300) return 'REFUSED'
  return status >= 300 && status < 500 ? 'INVALID_REQUEST' : 'UNKNOWN'
}

const STATUSES: ReadonlyMap<number, Meaning> = new Map([
  [401, 'INVALID_CREDENTIALS'],
  // Blocked at the edge: the address or its country (docs/wire/kraken.md 6.2).
  [403, 'PERMISSION_DENIED'],
  // The time was up at their side.
  [408, 'UNKNOWN'],
  [429, 'RATE_LIMITED'],
])

function verdictOf(meaning: Meaning, native: Native, answer?: RawAnswer): Verdict {
  if (meaning === 'UNCHANGED') return { kind: 'unchanged', ...native }
  if (meaning === 'UNKNOWN') return { kind: 'unknown', ...native }
  const retryAfterMs = meaning === 'RATE_LIMITED' ? untilReset(answer) : undefined
  return {
    kind: 'refusal',
    code: meaning,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...native,
  }
}

/** Told with 429 alone, in seconds. */
function untilReset(answer: RawAnswer | undefined): number | undefined {
  const seconds = Number(answer?.headers['rate-limit-reset'] ?? Number.NaN)
  return seconds >= 0 ? seconds * 1_000 : undefined
}
