import type { Clock } from '../core/clock.ts'
import { sleep } from '../core/clock.ts'
import { parseJson } from '../core/json.ts'
import { nextFloat, type Random } from '../core/random.ts'
import { ReadError, Reader } from '../core/reader.ts'
import {
  DecodeError,
  type ExchangeError,
  OutcomeUnknownError,
  type PerpkitError,
  RequestError,
  TransportError,
} from '../model/errors.ts'
import type { Budget, BudgetClass } from '../transport/limiter.ts'
import { type HttpAnswer, SendFailure, type Transport } from '../transport/types.ts'
import type {
  Call,
  Credentials,
  DecodeContext,
  Effect,
  Endpoint,
  ExchangeDefinition,
  RawAnswer,
  SignedRequest,
  Stamp,
} from './definition.ts'
import type { ExchangeTime } from './exchangeTime.ts'
import type { Logger } from './logger.ts'
import { toExchangeError } from './refusal.ts'
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
  /** Last checks of a request that creates, after signing and before the first byte leaves. */
  beforeSend?: (stamp: Stamp) => void | Promise<void>
  /** Told when a request is repeated after its answer was lost. */
  onRepeat?: () => void
}

/** Attempts of one request in all. */
const MAX_ATTEMPTS = 3
const FIRST_PAUSE_MS = 100
/** Requests that create are dated: the exchange itself refuses them when they arrive later. */
const CREATE_WINDOW_MS = 2_000
const WINDOW_MS = 5_000

export function createCall(passage: Passage, scope: Scope): Call {
  return async (endpoint, params) => {
    const deadline = passage.clock.now() + passage.timeoutMs
    let hasResynced = false
    for (let attempt = 1; ; attempt++) {
      const end = await attemptOnce(passage, scope, endpoint, params, deadline)
      if ('result' in end) return end.result
      if (end.kind === 'refused' && end.error.code === 'TIMESTAMP_OUT_OF_WINDOW' && !hasResynced) {
        // Certainly not executed: safe to repeat for every effect, once.
        hasResynced = true
        await passage.time.resync()
        continue
      }
      const pause = FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + nextFloat(passage.random))
      const hasTime = passage.clock.now() + pause < deadline
      if (attempt < MAX_ATTEMPTS && hasTime && mayRepeat(endpoint.effect, end)) {
        if (end.kind !== 'refused' && end.sent !== 'no') scope.onRepeat?.()
        if (await slept(passage.clock, pause, scope.signal)) continue
      }
      throw toError(passage, scope, endpoint, end)
    }
  }
}

type End =
  | { kind: 'refused'; error: ExchangeError }
  /** No answer; `sent` tells whether it may have been executed. */
  | { kind: 'lost'; sent: 'no' | 'maybe' | 'yes'; failure: SendFailure }
  /** An answer that does not tell whether it was executed. */
  | { kind: 'ambiguous'; sent: 'yes'; cause: PerpkitError }

/** The whole retry policy of this house. */
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
  if (passage.isClosed()) throw closedError(passage, scope)
  const credentials = endpoint.access === 'public' ? undefined : passage.credentials
  await waitForBudget(passage, scope, endpoint, deadline)

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
  return judge(passage, scope, endpoint, params, answer, secrets)
}

/** What an answer means, and what stands in it. */
function judge<Params, Result>(
  passage: Passage,
  scope: Scope,
  endpoint: Endpoint<Params, Result>,
  params: Params,
  answer: HttpAnswer,
  secrets: Secrets,
): { result: Result } | End {
  // Before anybody reads or shortens it: `raw` and errors alike are made of what is left.
  const text = redact(answer.text, secrets.distinctive)
  const raw: RawAnswer = { ...answer, text, json: tryParse(text) }
  const verdict = endpoint.classify?.(raw) ?? passage.definition.classify(raw)
  const context = {
    exchange: passage.definition.name,
    action: scope.action,
    status: answer.status,
  }
  if (verdict.kind === 'unchanged' && endpoint.unchanged) {
    return { result: endpoint.unchanged(params) }
  }
  if (verdict.kind !== 'answer') {
    const nativeMessage = redact(verdict.nativeMessage, secrets.all)
    // Where nothing is changed, "perhaps" means no more than "not now".
    const otherwise = endpoint.effect === 'read' ? 'EXCHANGE_UNAVAILABLE' : 'REFUSED'
    const code = verdict.kind === 'refusal' ? verdict.code : otherwise
    const error = toExchangeError({ ...verdict, kind: 'refusal', code, nativeMessage }, context)
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
  endpoint: Endpoint<never, unknown>,
  deadline: number,
): Promise<void> {
  const { budget, clock } = passage
  if (!budget) return
  const budgetClass = scope.budgetClass ?? 'ordinary'
  for (;;) {
    const wait = budget.take(endpoint.cost, budgetClass)
    if (wait === 0) return
    if (clock.now() + wait > deadline) {
      const exchange = passage.definition.name
      throw new TransportError(
        `${exchange} ${scope.action} was not sent: the rate limit is used up for another ${wait} ms, ` +
          `the deadline is in ${deadline - clock.now()} ms`,
        { code: 'NOT_SENT', exchange, action: scope.action, sent: 'no' },
      )
    }
    if (!(await slept(clock, wait, scope.signal))) throw abortedError(passage, scope)
  }
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

function abortedError(passage: Passage, scope: Scope): TransportError {
  const exchange = passage.definition.name
  return new TransportError(
    `${exchange} ${scope.action} was not sent: ended by the caller's signal`,
    {
      code: 'ABORTED',
      exchange,
      action: scope.action,
      sent: 'no',
    },
  )
}

function closedError(passage: Passage, scope: Scope): RequestError {
  const exchange = passage.definition.name
  return new RequestError(`${exchange} ${scope.action}: this exchange object was closed`, {
    code: 'CLOSED',
    exchange,
    action: scope.action,
  })
}

function toDecodeError(
  error: ReadError,
  endpoint: Endpoint<never, unknown>,
  context: { exchange: ExchangeDefinition['name']; action: string; secrets: Secrets },
): DecodeError {
  const received = redact(error.received, context.secrets.all)
  return new DecodeError(
    `${context.exchange} ${context.action}: ${error.path} of the answer to ${endpoint.method} ` +
      `${endpoint.path} should be ${error.expected}, but is ${received}`,
    {
      exchange: context.exchange,
      action: context.action,
      path: error.path,
      expected: error.expected,
      received,
    },
  )
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
