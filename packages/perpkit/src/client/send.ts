import type { Clock } from '../core/clock.ts'
import { sleep } from '../core/clock.ts'
import { parseJson } from '../core/json.ts'
import { nextFloat, type Random } from '../core/random.ts'
import { ReadError, Reader } from '../core/reader.ts'
import type { ErrorCode } from '../model/errorCodes.ts'
import {
  type ExchangeError,
  OutcomeUnknownError,
  PerpkitError,
  RateLimitError,
  TransportError,
} from '../model/errors.ts'
import type { Budget, BudgetClass } from '../transport/limiter.ts'
import { type HttpAnswer, SendFailure, type Transport } from '../transport/types.ts'
import { costOf } from './budgets.ts'
import type {
  Call,
  Cost,
  Credentials,
  DecodeContext,
  Effect,
  Endpoint,
  ExchangeDefinition,
  RawAnswer,
  SignedRequest,
  Stamp,
  Verdict,
} from './definition.ts'
import type { ExchangeTime } from './exchangeTime.ts'
import type { Logger } from './logger.ts'
import { abortedError, closedError, toDecodeError, toExchangeError } from './refusal.ts'
import { NO_SECRETS, redact, type Secrets, secretsOf } from './secrets.ts'
import { serialise } from './serialise.ts'

// The one passage every request goes through: budget, sign, send, classify, decode. It is also the
// only place that decides about repeats, and it decides by what the call means.

/** What all requests of one exchange object share. */
export interface Passage {
  definition: ExchangeDefinition
  origin: string
  /** Of every request, besides those of its content and its signature. */
  headers?: Readonly<Record<string, string>>
  credentials: Credentials | undefined
  transport: Transport
  clock: Clock
  time: ExchangeTime
  budget: Budget | undefined
  logger: Logger
  timeoutMs: number
  random: Random
  decodeContext: () => Omit<DecodeContext, 'receivedAt'>
  isClosed: () => boolean
}

/** What one action says of its requests. */
export interface Scope {
  /** The unified action, for errors and logs. */
  action: string
  signal?: AbortSignal | undefined
  /** `protect`: may use the reserve. Default `ordinary`. */
  budgetClass?: BudgetClass
  /** What one request may take, waits included, where that is less than for others. */
  timeoutMs?: number
  /** Last checks of a request that creates, after signing and before the first byte leaves. */
  beforeSend?: (stamp: Stamp) => void | Promise<void>
  /** Told when a request is repeated after its answer was lost. */
  onRepeat?: () => void
}

/** Attempts of one request in all; those refused as one too many are not counted out. */
const MAX_ATTEMPTS = 3
const FIRST_PAUSE_MS = 100
/** Requests that create are dated: the exchange itself refuses them when they arrive later. */
const CREATE_WINDOW_MS = 2_000
const WINDOW_MS = 5_000

export function createCall(passage: Passage, scope: Scope): Call {
  return async (endpoint, params) => {
    const deadline = passage.clock.now() + (scope.timeoutMs ?? passage.timeoutMs)
    let hasResynced = false
    /** An earlier attempt that may have been executed: what follows cannot take that back. */
    let open: End | undefined
    for (let attempt = 1; ; attempt++) {
      const end = await attemptOnce(passage, scope, endpoint, params, deadline).catch((error) => {
        throw open && isUnsent(error) ? toError(passage, scope, endpoint, open) : error
      })
      if ('result' in end) return end.result
      if (end.kind !== 'refused' && end.sent !== 'no') open = end
      if (isDatedWrong(endpoint, end) && !hasResynced) {
        // Certainly not executed: safe to repeat for every effect, once.
        hasResynced = true
        if (await isResynced(passage)) continue
      }
      const pause = pauseBefore(passage, endpoint.effect, end, attempt)
      if (pause !== undefined && passage.clock.now() + pause < deadline) {
        if (end.kind !== 'refused' && end.sent !== 'no') scope.onRepeat?.()
        if (await slept(passage.clock, pause, scope.signal)) continue
      }
      throw toError(passage, scope, endpoint, open && wasUnread(endpoint.effect, end) ? open : end)
    }
  }
}

type End =
  | { kind: 'refused'; error: ExchangeError }
  /** No answer; `sent` tells whether it may have been executed. */
  | { kind: 'lost'; sent: 'no' | 'maybe' | 'yes'; failure: SendFailure }
  /** An answer that does not tell whether it was executed. */
  | { kind: 'ambiguous'; sent: 'yes'; cause: PerpkitError }

/** Refusals of the request as such, which say nothing of an earlier copy of it. */
const UNREAD: readonly ErrorCode[] = [
  'RATE_LIMITED',
  'EXCHANGE_UNAVAILABLE',
  'TIMESTAMP_OUT_OF_WINDOW',
]

function wasUnread(effect: Effect, end: End): boolean {
  if (end.kind !== 'refused') return end.sent === 'no'
  return effect !== 'read' && UNREAD.includes(end.error.code)
}

function isUnsent(error: unknown): boolean {
  return error instanceof TransportError && error.sent === 'no'
}

/** Public calls carry no time: asking for the time is one of them, and must not wait for itself. */
function isDatedWrong(endpoint: Endpoint<never, unknown>, end: End): boolean {
  const isDated = endpoint.access !== 'public'
  return isDated && end.kind === 'refused' && end.error.code === 'TIMESTAMP_OUT_OF_WINDOW'
}

async function isResynced(passage: Passage): Promise<boolean> {
  try {
    await passage.time.resync()
    return true
  } catch (error) {
    // What the exchange said of the request itself tells more.
    if (PerpkitError.is(error)) return false
    throw error
  }
}

/** How long to wait before another attempt; `undefined`: there is none. */
function pauseBefore(
  { random, budget }: Passage,
  effect: Effect,
  end: End,
  attempt: number,
): number | undefined {
  const backoff = FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + nextFloat(random))
  if (end.kind === 'refused' && end.error instanceof RateLimitError) {
    // Certainly not executed: repeated for every effect, as often as the deadline allows. Whoever
    // switched our budgets off wants to see the refusal.
    return budget && Math.max(backoff, end.error.retryAfterMs ?? 0)
  }
  return attempt < MAX_ATTEMPTS && mayRepeat(effect, end) ? backoff : undefined
}

/** The whole retry policy of this house, but for what was refused as one too many or misdated. */
function mayRepeat(effect: Effect, end: End): boolean {
  if (end.kind === 'lost' && end.failure.reason === 'aborted') return false
  if (end.kind === 'refused') return effect !== 'once' && end.error.code === 'EXCHANGE_UNAVAILABLE'
  if (end.sent === 'no') return true
  return effect !== 'once'
}

async function attemptOnce<Params, Result>(
  passage: Passage,
  scope: Scope,
  endpoint: Endpoint<Params, Result>,
  params: Params,
  deadline: number,
): Promise<{ result: Result } | End> {
  if (passage.isClosed()) throw closedError(passage.definition.name, scope.action)
  const credentials = endpoint.access === 'public' ? undefined : passage.credentials
  const cost = costOf(endpoint, params)
  // Learned before the budget is taken: a request that waits for the time in between goes out later
  // than it was counted, and meets others that were counted after it.
  if (credentials && !scope.signal?.aborted) await exchangeTime(passage, scope)
  await waitForBudget(passage, scope, cost, deadline)
  if (passage.isClosed()) throw closedError(passage.definition.name, scope.action)

  const takenAt = passage.clock.now()
  const unsigned = serialise(endpoint, params, passage.origin)
  const windowMs = endpoint.effect === 'once' ? CREATE_WINDOW_MS : WINDOW_MS
  let signed: SignedRequest = { query: unsigned.query, body: unsigned.body, headers: {} }
  if (credentials) {
    const stamp = { timestamp: await exchangeTime(passage, scope), windowMs }
    signed = passage.definition.sign(unsigned, credentials, stamp)
    if (endpoint.effect === 'once') await scope.beforeSend?.(stamp)
  }

  const startedAt = passage.clock.now()
  let answer: HttpAnswer
  try {
    answer = await passage.transport.send({
      method: unsigned.method,
      url: passage.origin + unsigned.path + (signed.query === '' ? '' : `?${signed.query}`),
      headers: {
        ...passage.headers,
        ...(unsigned.contentType === '' ? {} : { 'content-type': unsigned.contentType }),
        ...signed.headers,
      },
      body: signed.body,
      timeoutMs: Math.max(1, deadline - startedAt),
      ...(scope.signal ? { signal: scope.signal } : {}),
    })
  } catch (failure) {
    if (!(failure instanceof SendFailure)) throw failure
    log(passage, scope, endpoint, startedAt, { failure: failure.reason, sent: failure.sent })
    return { kind: 'lost', sent: failure.sent, failure }
  }
  log(passage, scope, endpoint, startedAt, { status: answer.status })
  const secrets = credentials ? secretsOf(credentials, unsigned, signed) : NO_SECRETS
  // Before anybody reads or shortens it: `raw` and errors alike are made of what is left.
  const text = redact(answer.text, secrets.distinctive)
  const raw: RawAnswer = { ...answer, text, json: tryParse(text) }
  const verdict = endpoint.classify?.(raw) ?? passage.definition.classify(raw)
  settleBudget(passage, cost, { raw, verdict, ageMs: passage.clock.now() - takenAt })
  const leftMs = deadline - passage.clock.now()
  return judge(passage, scope, endpoint, params, { raw, verdict, secrets, leftMs })
}

interface Answered {
  raw: RawAnswer
  verdict: Verdict
  secrets: Secrets
  /** Until the caller's deadline. */
  leftMs: number
}

/** What an answer says of the budgets, for all who share them. */
function settleBudget(
  { definition, budget }: Passage,
  cost: Cost,
  { raw, verdict, ageMs }: { raw: RawAnswer; verdict: Verdict; ageMs: number },
): void {
  if (definition.readUsage) budget?.report(definition.readUsage(raw, cost), Math.max(0, ageMs))
  if (verdict.kind !== 'refusal' || verdict.code !== 'RATE_LIMITED') return
  budget?.close(definition.closedBy?.(raw, cost) ?? Object.keys(cost), verdict.retryAfterMs)
}

/** What an answer means, and what stands in it. */
function judge<Params, Result>(
  passage: Passage,
  scope: Scope,
  endpoint: Endpoint<Params, Result>,
  params: Params,
  { raw, verdict, secrets, leftMs }: Answered,
): { result: Result } | End {
  const context = {
    exchange: passage.definition.name,
    action: scope.action,
    status: raw.status,
  }
  if (verdict.kind === 'unchanged' && endpoint.unchanged) {
    return { result: endpoint.unchanged(params) }
  }
  if (verdict.kind !== 'answer') {
    const nativeMessage = redact(verdict.nativeMessage, secrets.all)
    // Where nothing is changed, "perhaps" means no more than "not now".
    const otherwise = endpoint.effect === 'read' ? 'EXCHANGE_UNAVAILABLE' : 'REFUSED'
    const code = verdict.kind === 'refusal' ? verdict.code : otherwise
    const error = toExchangeError(
      { ...verdict, kind: 'refusal', code, nativeMessage },
      context,
      leftMs,
    )
    if (verdict.kind === 'unknown') return { kind: 'ambiguous', sent: 'yes', cause: error }
    return { kind: 'refused', error }
  }
  try {
    const decodeContext = { ...passage.decodeContext(), receivedAt: passage.time.estimate() }
    return { result: endpoint.decode(new Reader(raw.json), params, decodeContext) }
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    const cause = toDecodeError(error, endpoint, { ...context, secrets })
    if (endpoint.effect === 'read') throw cause
    return { kind: 'ambiguous', sent: 'yes', cause }
  }
}

function toError(
  passage: Passage,
  scope: Scope,
  endpoint: Endpoint<never, unknown>,
  end: End,
): PerpkitError {
  if (end.kind === 'refused') return end.error
  const exchange = passage.definition.name
  const what = `${exchange} ${scope.action}`
  const where = `${endpoint.method} ${endpoint.path}`
  const cause = end.kind === 'lost' ? end.failure : end.cause
  const why = end.kind === 'lost' ? describe(end.failure) : 'the answer did not tell the outcome'
  const context = { exchange, action: scope.action, cause }
  if (end.sent === 'no') {
    const code = end.kind === 'lost' && end.failure.reason === 'aborted' ? 'ABORTED' : 'NOT_SENT'
    return new TransportError(`${what} was not sent: ${why} (${where})`, {
      ...context,
      code,
      sent: 'no',
    })
  }
  if (endpoint.effect !== 'read') {
    return new OutcomeUnknownError(`${what}: ${why}; it may have happened (${where})`, context)
  }
  if (end.kind === 'ambiguous') return end.cause
  return new TransportError(`${what}: ${why} (${where})`, {
    ...context,
    code: CODES[end.failure.reason],
    sent: end.sent,
  })
}

const CODES = {
  timeout: 'TIMEOUT',
  aborted: 'ABORTED',
  lost: 'CONNECTION_LOST',
  unreachable: 'NOT_SENT',
} as const

function describe(failure: SendFailure): string {
  if (failure.reason === 'lost')
    return `the connection ended before the answer (${failure.message})`
  if (failure.reason === 'unreachable') return `no connection (${failure.message})`
  return failure.message
}

async function waitForBudget(
  passage: Passage,
  scope: Scope,
  cost: Cost,
  deadline: number,
): Promise<void> {
  const { budget, clock } = passage
  const { budgetClass = 'ordinary', signal } = scope
  const waited = await budget?.acquire(cost, { budgetClass, deadline, signal })
  if (waited === undefined || waited.kind === 'taken') return
  if (waited.kind === 'aborted') throw abortedError(passage.definition.name, scope.action)
  const exchange = passage.definition.name
  throw new TransportError(
    `${exchange} ${scope.action} was not sent: the rate limit is used up for another ${waited.waitMs} ms, ` +
      `the deadline is in ${deadline - clock.now()} ms`,
    { code: 'NOT_SENT', exchange, action: scope.action, sent: 'no' },
  )
}

/** Exchange time for a stamp; when it cannot be learned, nothing was sent. */
async function exchangeTime(passage: Passage, scope: Scope): Promise<number> {
  try {
    return await passage.time.now()
  } catch (cause) {
    const exchange = passage.definition.name
    throw new TransportError(
      `${exchange} ${scope.action} was not sent: the exchange's time could not be read`,
      { code: 'NOT_SENT', exchange, action: scope.action, sent: 'no', cause },
    )
  }
}

/** Whether the pause went by; `false` when the signal ended it. */
async function slept(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await sleep(clock, ms, signal)
    return true
  } catch {
    return false
  }
}

function tryParse(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

function log(
  passage: Passage,
  scope: Scope,
  endpoint: Endpoint<never, unknown>,
  startedAt: number,
  end: { status: number } | { failure: string; sent: string },
): void {
  passage.logger.debug(
    {
      exchange: passage.definition.name,
      action: scope.action,
      method: endpoint.method,
      path: endpoint.path,
      ms: passage.clock.now() - startedAt,
      ...end,
    },
    'request',
  )
}
