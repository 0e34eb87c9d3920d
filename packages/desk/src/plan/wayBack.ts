import type { Connection } from '../connection.ts'
import { DeskError, EXIT } from '../output/failure.ts'

/** An order whose fate is unknown comes with the command that asks for it. */
export async function withWayBack(
  error: unknown,
  { flags }: Connection,
  symbol: string,
): Promise<unknown> {
  const { OutcomeUnknownError, PerpkitError } = await import('perpkit')
  const isOurs = PerpkitError.is(error)
  const unknown = isOurs && error.code === 'PROTECTION_FAILED' ? error.cause : error
  if (!(unknown instanceof OutcomeUnknownError)) return error
  const { clientOrderId } = unknown
  const way =
    clientOrderId === undefined
      ? `Look: perpkit orders ${symbol} ${flags}; perpkit positions ${symbol} ${flags}`
      : `Ask again: perpkit orders ${symbol} --id ${clientOrderId} ${flags}`
  const message = isOurs ? error.message : unknown.message
  return new DeskError(EXIT.UNKNOWN, 'OUTCOME_UNKNOWN', message, way, {
    cause: error,
    clientOrderId,
  })
}
