import type { ErrorCode } from './errorCodes.ts'
import type { FuturesOrder } from './order.ts'
import type { ExchangeName } from './tokens.ts'

const BRAND: unique symbol = Symbol.for('perpkit.error')

interface ErrorContext {
  code: ErrorCode
  exchange?: ExchangeName | undefined
  /** The unified action that failed, `'createMarketOrder'`. */
  action?: string | undefined
  cause?: unknown
}

/** Base of all errors this library throws; `code` is one of `docs/errors.md`. */
export class PerpkitError extends Error {
  override readonly name: string = 'PerpkitError'
  readonly code: ErrorCode
  readonly exchange: ExchangeName | undefined
  readonly action: string | undefined

  constructor(message: string, context: ErrorContext) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause })
    this.code = context.code
    this.exchange = context.exchange
    this.action = context.action
    Object.defineProperty(this, BRAND, { value: true })
  }

  /** Whether `value` is one of ours, even from another copy of this package. */
  static is(value: unknown): value is PerpkitError {
    return typeof value === 'object' && value !== null && BRAND in value
  }
}

/** Refused by us before anything was sent. */
export class RequestError extends PerpkitError {
  override readonly name = 'RequestError'
}

interface ExchangeErrorContext extends ErrorContext {
  nativeCode?: string | undefined
  nativeMessage?: string | undefined
  status?: number | undefined
}

/** The exchange answered no: what was asked for did not happen. */
export class ExchangeError extends PerpkitError {
  override readonly name: string = 'ExchangeError'
  /** The exchange's own code and text. */
  readonly nativeCode: string | undefined
  readonly nativeMessage: string | undefined
  /** HTTP status of the answer. */
  readonly status: number | undefined

  constructor(message: string, context: ExchangeErrorContext) {
    super(message, context)
    this.nativeCode = context.nativeCode
    this.nativeMessage = context.nativeMessage
    this.status = context.status
  }
}

/** Key, secret, passphrase or permission: also thrown before any traffic when a key is missing. */
export class AuthenticationError extends ExchangeError {
  override readonly name = 'AuthenticationError'
}

export class RateLimitError extends ExchangeError {
  override readonly name = 'RateLimitError'
  /** How long to wait before the next request, where the exchange says. */
  readonly retryAfterMs: number | undefined

  constructor(
    message: string,
    context: ExchangeErrorContext & { retryAfterMs?: number | undefined },
  ) {
    super(message, context)
    this.retryAfterMs = context.retryAfterMs
  }
}

export class InsufficientMarginError extends ExchangeError {
  override readonly name = 'InsufficientMarginError'
}

export class OrderNotFoundError extends ExchangeError {
  override readonly name = 'OrderNotFoundError'
}

/** No usable answer to a call that changes nothing, or a call that certainly did not leave. */
export class TransportError extends PerpkitError {
  override readonly name = 'TransportError'
  /** Whether the request reached the network. */
  readonly sent: 'no' | 'maybe' | 'yes'

  constructor(message: string, context: ErrorContext & { sent: 'no' | 'maybe' | 'yes' }) {
    super(message, context)
    this.sent = context.sent
  }
}

/** It may have happened, and asking did not settle it. */
export class OutcomeUnknownError extends PerpkitError {
  override readonly name = 'OutcomeUnknownError'
  /** The id to look the order up by; absent for calls that carry none. */
  readonly clientOrderId: string | undefined
  /** What was tried to learn the outcome, in order. */
  readonly tried: readonly string[]

  constructor(
    message: string,
    context: Omit<ErrorContext, 'code'> & {
      clientOrderId?: string | undefined
      tried?: readonly string[]
    },
  ) {
    super(message, { ...context, code: 'OUTCOME_UNKNOWN' })
    this.clientOrderId = context.clientOrderId
    this.tried = context.tried ?? []
  }
}

/** The answer is not what the exchange's documentation says. */
export class DecodeError extends PerpkitError {
  override readonly name = 'DecodeError'
  readonly path: string
  readonly expected: string
  /** What stood there, shortened. */
  readonly received: string

  constructor(
    message: string,
    context: Omit<ErrorContext, 'code'> & { path: string; expected: string; received: string },
  ) {
    super(message, { ...context, code: 'UNREADABLE_ANSWER' })
    this.path = context.path
    this.expected = context.expected
    this.received = context.received
  }
}

/**
 * Protection could not be placed as asked. `status` says how the position stands now: `CLOSED` (the
 * policy closed it), `PROTECTED` (a stop stands) or `UNPROTECTED` (act at once).
 */
export class ProtectionError extends PerpkitError {
  override readonly name = 'ProtectionError'
  readonly status: 'CLOSED' | 'PROTECTED' | 'UNPROTECTED'
  /** The stop that stands, where one does. */
  readonly stopLossOrder: FuturesOrder | undefined
  readonly takeProfitOrders: readonly FuturesOrder[]
  /** The order that closed the position, where the policy did. */
  readonly closingOrder: FuturesOrder | undefined

  constructor(
    message: string,
    context: Omit<ErrorContext, 'code'> & {
      status: 'CLOSED' | 'PROTECTED' | 'UNPROTECTED'
      stopLossOrder?: FuturesOrder | undefined
      takeProfitOrders?: readonly FuturesOrder[]
      closingOrder?: FuturesOrder | undefined
    },
  ) {
    super(message, { ...context, code: 'PROTECTION_FAILED' })
    this.status = context.status
    this.stopLossOrder = context.stopLossOrder
    this.takeProfitOrders = context.takeProfitOrders ?? []
    this.closingOrder = context.closingOrder
  }
}
