import type { RawAnswer, Verdict } from '../../client/definition.ts'
import { isRecord } from '../../core/reader.ts'
import type { ErrorCode } from '../../model/errorCodes.ts'

/**
 * What an answer means: `retCode` 0 and nothing else is success, whatever `retMsg` says.
 * https://bybit-exchange.github.io/docs/v5/error (docs/wire/bybit.md 6).
 */
export function classify(answer: RawAnswer): Verdict {
  const { json, status } = answer
  if (!isRecord(json) || typeof json.retCode !== 'number') return byStatus(answer)
  const code = json.retCode
  if (code === 0 && status >= 300) return byStatus(answer)

  const text = typeof json.retMsg === 'string' ? json.retMsg : ''
  const verdict = judge(code, text)
  if (verdict.kind !== 'refusal') return verdict
  if (status >= 500 && meaningOf(code, text) === undefined) {
    const { nativeCode, nativeMessage } = verdict
    return { kind: 'unknown', nativeCode, nativeMessage }
  }
  if (verdict.code !== 'RATE_LIMITED') return verdict
  const retryAfterMs = code === 10403 ? ADDRESS_PAUSE_MS : untilReset(answer, json.time)
  return { ...verdict, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

/** What one code means: the answer's own, or that of one order of a batch. */
export function judge(code: number, text: string): Verdict {
  if (code === 0) return { kind: 'answer' }
  const native = { nativeCode: String(code), nativeMessage: withoutKey(text) }
  const meaning = meaningOf(code, text)
  if (meaning === 'UNCHANGED') return { kind: 'unchanged', ...native }
  if (meaning === 'UNKNOWN') return { kind: 'unknown', ...native }
  return { kind: 'refusal', code: meaning ?? 'REFUSED', ...native }
}

/** `UNKNOWN`: perhaps executed. */
type Meaning = ErrorCode | 'UNCHANGED' | 'UNKNOWN'

function meaningOf(code: number, text: string): Meaning | undefined {
  const byText = TEXTS.get(code)?.find(([pattern]) => pattern.test(text))
  return byText?.[1] ?? CODES.get(code)
}

// Codes that stand for several things. Texts change their wording and carry scaled numbers, so each
// is matched by a loose part of it (docs/wire/bybit.md 9, trap 32).
const TEXTS: ReadonlyMap<number, readonly (readonly [RegExp, Meaning])[]> = new Map([
  [
    10001,
    [
      [/openapi sign params error/i, 'INVALID_CREDENTIALS'],
      [/not supported symbols|symbol invalid/i, 'UNKNOWN_SYMBOL'],
      [/qty invalid|price invalid/i, 'OFF_STEP'],
      [/exceeds minimum limit/i, 'BELOW_MINIMUM'],
      [/exceeds maximum limit/i, 'ABOVE_MAXIMUM'],
      [/expect (rising|falling)|base_price/i, 'WOULD_TRIGGER_IMMEDIATELY'],
      [/remains unchanged/i, 'UNCHANGED'],
      [/leverage invalid/i, 'LEVERAGE_REFUSED'],
      [/position idx not match/i, 'POSITION_MODE_MISMATCH'],
      // No position to protect, or not yet.
      [/for zero position/i, 'REDUCE_ONLY_REJECTED'],
    ],
  ],
  [110017, [[/truncated to zero/i, 'OFF_STEP']]],
  [-1, [[/request expired/i, 'TIMESTAMP_OUT_OF_WINDOW']]],
])

const CODES: ReadonlyMap<number, Meaning> = byCode([
  ['INVALID_CREDENTIALS', [10003, 10004, 10007, 33004, -2015]],
  ['TIMESTAMP_OUT_OF_WINDOW', [10002]],
  // 10032: not available to keys of demo trading.
  ['PERMISSION_DENIED', [10005, 10008, 10009, 10010, 10020, 10024, 10027, 10028, 10032, 100028]],
  ['PERMISSION_DENIED', [110067, 110068, 110069, 110070, 110119, 110123, 110124, 110125]],
  ['PERMISSION_DENIED', [110132, 110136]],
  ['RATE_LIMITED', [10006, 10018, 20003, 170222, 10403]],
  // 10014: this very request has arrived before, and what became of that one is not said.
  ['UNKNOWN', [10000, 10014, 10016, 429, 10429, 500000, 170001, 170007, 170032]],
  // 10019: restarting. 110079, 40004: the order is being worked on, try later.
  ['EXCHANGE_UNAVAILABLE', [10019, 110079, 40004]],
  ['INSUFFICIENT_MARGIN', [110004, 110006, 110007, 110012, 110014, 110044, 110045, 110051]],
  ['INSUFFICIENT_MARGIN', [110052, 110053, 110131, 30256]],
  // It would be liquidated at once.
  ['INSUFFICIENT_MARGIN', [110011, 110039, 110040, 110046]],
  ['LEVERAGE_REFUSED', [110013, 110036, 110038, 110086, 110089, 110090]],
  // Over the risk limit or the open interest allowed.
  ['POSITION_LIMIT', [110021, 110022, 110047, 110048, 110078]],
  ['NO_LIQUIDITY', [110118]],
  // No position.
  ['REFUSED', [110033, 110034]],
  ['UNKNOWN_SYMBOL', [10029, 110037]],
  ['MARKET_CLOSED', [110023, 110042, 110063, 110066, 110074, 110095, 110096, 110097, 110098]],
  ['MARKET_CLOSED', [110099, 110100, 110103, 110137, 30228]],
  ['INVALID_REQUEST', [10001, 10017, 10404, 110018, 110019, 110031, 110032, 110049, 110050]],
  ['INVALID_REQUEST', [110057, 110058, 110059, 110060, 110064, 110108, 110109]],
  ['BELOW_MINIMUM', [110094]],
  ['PRICE_OUT_OF_RANGE', [110003, 110120, 110121, 30208, 30209]],
  // 110008, 110010: completed or cancelled already.
  ['ORDER_NOT_FOUND', [110001, 110008, 110010]],
  ['DUPLICATE_CLIENT_ORDER_ID', [110072]],
  ['REDUCE_ONLY_REJECTED', [110017]],
  ['WOULD_TRIGGER_IMMEDIATELY', [110092, 110093]],
  ['UNCHANGED', [34040, 110025, 110026, 110027, 110043, 110075]],
  ['STATE_CONFLICT', [110005, 110015, 110024, 110028, 110029, 110035, 110073, 110076, 110077]],
  ['STATE_CONFLICT', [3400045]],
  ['TOO_MANY_ORDERS', [110009, 110020, 110061]],
])

function byCode(rows: readonly (readonly [Meaning, readonly number[]])[]): Map<number, Meaning> {
  return new Map(rows.flatMap(([meaning, codes]) => codes.map((code) => [code, meaning] as const)))
}

/** Breaching the budget of an address is lifted after ten minutes without requests (section 7). */
const ADDRESS_PAUSE_MS = 600_000

// An answer that is not the exchange's own: a gateway's page, an empty or a broken body.
function byStatus({ status, text }: RawAnswer): Verdict {
  const native = {
    nativeCode: `HTTP ${status}`,
    nativeMessage: withoutKey(text.trim().slice(0, 200)),
  }
  if (status === 403 && /access too frequent/i.test(text)) {
    return { kind: 'refusal', code: 'RATE_LIMITED', retryAfterMs: ADDRESS_PAUSE_MS, ...native }
  }
  const code = STATUSES.get(status)
  return code === undefined ? { kind: 'unknown', ...native } : { kind: 'refusal', code, ...native }
}

// What no status here refuses may have been executed: success without the exchange's envelope, 429
// (system protection), a gateway's 5xx.
const STATUSES: ReadonlyMap<number, ErrorCode> = new Map([
  [400, 'INVALID_REQUEST'],
  [401, 'INVALID_CREDENTIALS'],
  [403, 'PERMISSION_DENIED'],
  [404, 'INVALID_REQUEST'],
  [405, 'INVALID_REQUEST'],
])

// Told only in headers, and as a moment in exchange time (docs/wire/bybit.md 7).
function untilReset({ headers }: RawAnswer, time: unknown): number | undefined {
  const wait = Number(headers['x-bapi-limit-reset-timestamp']) - Number(headers.timenow ?? time)
  return wait > 0 ? wait : undefined
}

// Refusals of a signature repeat the text that was signed, with the key in it.
function withoutKey(text: string): string {
  return text
    .replace(/origin_string\[.*/s, 'origin_string[hidden]')
    .replace(/(api(?:key|signature))\[[^\]]*/gi, '$1[hidden')
}
