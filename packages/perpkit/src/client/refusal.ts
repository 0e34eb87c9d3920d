import type { ReadError } from '../core/reader.ts'
import type { ErrorCode } from '../model/errorCodes.ts'
import {
  AuthenticationError,
  DecodeError,
  ExchangeError,
  InsufficientMarginError,
  OrderNotFoundError,
  RateLimitError,
  RequestError,
  TransportError,
} from '../model/errors.ts'
import type { ExchangeName } from '../model/tokens.ts'
import type { Endpoint, Verdict } from './definition.ts'
import { redact, type Secrets } from './secrets.ts'

export type Refusal = Extract<Verdict, { kind: 'refusal' }>

/** The error class of a refusal: a class for what callers do differently, a code for the rest. */
export function toExchangeError(
  refusal: Refusal,
  context: { exchange: ExchangeName; action: string; status?: number },
  /** Until the caller's deadline. */
  leftMs?: number,
): ExchangeError {
  const { code, nativeCode, nativeMessage } = refusal
  const what = `${context.exchange} refused ${context.action}`
  const why = nativeMessage === '' ? `code ${nativeCode}` : `${nativeMessage} (${nativeCode})`
  const message = `${what}: ${why}`
  const details = { ...context, code, nativeCode, nativeMessage }
  if (code === 'RATE_LIMITED') {
    const { retryAfterMs } = refusal
    const again = retryAfterMs === undefined ? '' : `; not again for ${retryAfterMs} ms`
    const isTold = again !== '' && leftMs !== undefined
    const numbers = isTold ? `${again}, the deadline is in ${leftMs} ms` : again
    return new RateLimitError(message + numbers, { ...details, retryAfterMs })
  }
  const Class = CLASSES[code] ?? ExchangeError
  return new Class(message, details)
}

/** What an answer was that could not be read; the endpoint says of which call. */
export function toDecodeError(
  error: ReadError,
  endpoint: Endpoint<never, unknown>,
  context: { exchange: ExchangeName; action: string; secrets: Secrets },
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

export function abortedError(exchange: ExchangeName, action: string): TransportError {
  const message = `${exchange} ${action} was not sent: ended by the caller's signal`
  return new TransportError(message, { code: 'ABORTED', exchange, action, sent: 'no' })
}

export function closedError(exchange: ExchangeName, action: string): RequestError {
  const message = `${exchange} ${action}: this exchange object was closed`
  return new RequestError(message, { code: 'CLOSED', exchange, action })
}

const CLASSES: { [code in ErrorCode]?: typeof ExchangeError } = {
  INVALID_CREDENTIALS: AuthenticationError,
  PERMISSION_DENIED: AuthenticationError,
  INSUFFICIENT_MARGIN: InsufficientMarginError,
  ORDER_NOT_FOUND: OrderNotFoundError,
}
