import type { ErrorCode } from '../model/errorCodes.ts'
import {
  AuthenticationError,
  ExchangeError,
  InsufficientMarginError,
  OrderNotFoundError,
  RateLimitError,
} from '../model/errors.ts'
import type { ExchangeName } from '../model/tokens.ts'
import type { Verdict } from './definition.ts'

export type Refusal = Extract<Verdict, { kind: 'refusal' }>

/** The error class of a refusal: a class for what callers do differently, a code for the rest. */
export function toExchangeError(
  refusal: Refusal,
  context: { exchange: ExchangeName; action: string; status: number },
): ExchangeError {
  const { code, nativeCode, nativeMessage } = refusal
  const what = `${context.exchange} refused ${context.action}`
  const why = nativeMessage === '' ? `code ${nativeCode}` : `${nativeMessage} (${nativeCode})`
  const message = `${what}: ${why}`
  const details = { ...context, code, nativeCode, nativeMessage }
  if (code === 'RATE_LIMITED') {
    return new RateLimitError(message, { ...details, retryAfterMs: refusal.retryAfterMs })
  }
  const Class = CLASSES[code] ?? ExchangeError
  return new Class(message, details)
}

const CLASSES: { [code in ErrorCode]?: typeof ExchangeError } = {
  INVALID_CREDENTIALS: AuthenticationError,
  PERMISSION_DENIED: AuthenticationError,
  INSUFFICIENT_MARGIN: InsufficientMarginError,
  ORDER_NOT_FOUND: OrderNotFoundError,
}
