import { STORE_ERROR_CODES, StoreError, type StoreErrorCode } from '@perpkit/store'
import {
  ERROR_CODES,
  ExchangeError,
  OutcomeUnknownError,
  PerpkitError,
  ProtectionError,
  TransportError,
} from 'perpkit'
import { DeskError, EXIT, type ExitCode, type Failure } from './failure.ts'

// Loaded only when something has failed: it knows the library's errors, and so loads the library.

/** How a command ends with this error, and what to say. */
export function explain(error: unknown): { exitCode: ExitCode; failure: Failure } {
  if (error instanceof DeskError) return { exitCode: error.exitCode, failure: failureOf(error) }
  if (PerpkitError.is(error)) return explainPerpkit(error)
  if (StoreError.is(error)) return explainStore(error)
  const message = error instanceof Error ? error.message : String(error)
  const remedy = 'This is a fault of perpkit; report it with the command you ran.'
  return { exitCode: EXIT.REFUSED, failure: { code: 'INTERNAL', message, remedy } }
}

function failureOf(error: DeskError): Failure {
  const { code, message, remedy, clientOrderId } = error
  return { code, message, remedy, ...(clientOrderId !== undefined && { clientOrderId }) }
}

function explainPerpkit(error: PerpkitError): { exitCode: ExitCode; failure: Failure } {
  const { code, message } = error
  const failure: Failure = { code, message, remedy: REMEDIES[code] ?? ERROR_CODES[code][1] }
  if (error instanceof OutcomeUnknownError && error.clientOrderId !== undefined) {
    failure.clientOrderId = error.clientOrderId
  }
  if (error instanceof ProtectionError) {
    failure.protection = error.status
    failure.remedy = AFTER_PROTECTION_FAILED[error.status]
  }
  if (error instanceof ExchangeError && error.nativeCode !== undefined) {
    failure.nativeCode = error.nativeCode
  }
  return { exitCode: exitCodeOf(error), failure }
}

function exitCodeOf(error: PerpkitError): ExitCode {
  if (error.code === 'OUTCOME_UNKNOWN') return EXIT.UNKNOWN
  if (error.code === 'UNKNOWN_EXCHANGE') return EXIT.USAGE
  // Either nothing left, or only questions did.
  if (error instanceof TransportError) return EXIT.NOT_SENT
  if (error instanceof ProtectionError && error.cause !== undefined) {
    const { cause } = error
    if (PerpkitError.is(cause) && cause.code === 'OUTCOME_UNKNOWN') return EXIT.UNKNOWN
  }
  return EXIT.REFUSED
}

/** What the library says to programmers, said to somebody at a terminal. */
const REMEDIES: Partial<Record<PerpkitError['code'], string>> = {
  UNKNOWN_SYMBOL: 'Check the spelling.',
  OFF_STEP: 'Give a price on the tick size.',
  UNSUPPORTED: 'See docs/capabilities.md for what works where.',
  NO_TESTNET: 'Use the simulator (--base-url), or --live for real money.',
  MISSING_CREDENTIALS:
    'Name a stored key with --key, or set PERPKIT_API_KEY and PERPKIT_API_SECRET.',
  POSITION_MODE_MISMATCH: 'Give --position-side in hedge mode, and leave it out in one-way mode.',
  ORDER_ENDED: 'Look at it with perpkit orders --order ID; place a new one if it is still wanted.',
  DUPLICATE_CLIENT_ORDER_ID: 'Look it up with perpkit orders --id ID: it may be the one you want.',
  LEVERAGE_REFUSED: 'Choose a leverage the exchange allows for this symbol.',
  RATE_LIMITED: 'Wait, then run the command again.',
  OUTCOME_UNKNOWN: 'Ask for it before doing anything again.',
}

const AFTER_PROTECTION_FAILED: Readonly<Record<ProtectionError['status'], string>> = {
  CLOSED: 'The position was closed: look with perpkit positions and perpkit orders.',
  PROTECTED: 'A stop stands. Run perpkit protect again for all of it.',
  UNPROTECTED: 'Act at once: perpkit close, or perpkit protect with another stop.',
}

/** Another process had it: nothing was sent, and it may be tried again. */
const NOT_SENT: readonly StoreErrorCode[] = ['BUSY', 'ACCOUNT_IN_USE', 'LEASE_LOST', 'UNREACHABLE']

function explainStore(error: StoreError): { exitCode: ExitCode; failure: Failure } {
  const { code, message } = error
  const exitCode = NOT_SENT.includes(code) ? EXIT.NOT_SENT : EXIT.REFUSED
  return { exitCode, failure: { code, message, remedy: STORE_ERROR_CODES[code].remedy } }
}
