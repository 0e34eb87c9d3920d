/** How a command can end. */
export const EXIT = {
  DONE: 0,
  REFUSED: 1,
  USAGE: 2,
  UNKNOWN: 3,
  NOT_SENT: 4,
  INTERRUPTED: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What `--json` prints under `error`; its names are a contract. */
export interface Failure {
  code: string
  message: string
  /** What to do about it. */
  remedy: string
  /** Present when an order may stand. */
  clientOrderId?: string
  /** How the position stands, when its protection failed. */
  protection?: 'CLOSED' | 'PROTECTED' | 'UNPROTECTED'
  /** The exchange's own code. */
  nativeCode?: string
}

/** A refusal of the command itself. */
export class DeskError extends Error {
  override readonly name = 'DeskError'
  readonly code: string
  readonly remedy: string
  readonly exitCode: ExitCode
  readonly clientOrderId: string | undefined
  /** The result has been printed and says it all: JSON has no second word. */
  readonly isTold: boolean

  constructor(
    exitCode: ExitCode,
    code: string,
    message: string,
    remedy: string,
    more: { cause?: unknown; clientOrderId?: string | undefined; isTold?: boolean } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.exitCode = exitCode
    this.code = code
    this.remedy = remedy
    this.clientOrderId = more.clientOrderId
    this.isTold = more.isTold === true
  }
}

export function usageError(message: string, remedy: string): DeskError {
  return new DeskError(EXIT.USAGE, 'USAGE', message, remedy)
}
