import type { Desk } from '../desk.ts'
import { DeskError, EXIT } from '../output/failure.ts'

/** Wants `--yes`, or the word typed at the terminal; throws when neither comes. */
export async function confirmWord(
  desk: Pick<Desk, 'io'>,
  options: { yes?: boolean },
  deed: string,
  word: string,
): Promise<void> {
  if (options.yes) return
  if (!desk.io.canAsk) {
    throw new DeskError(
      EXIT.USAGE,
      'CONFIRMATION_NEEDED',
      `to ${deed} needs a yes, and there is no terminal to ask at; nothing was sent`,
      'Look at it with --plan where there is one, then run it with --yes.',
    )
  }
  const answer = await desk.io.ask(`To ${deed}, type ${word}:`)
  if (answer?.trim().toUpperCase() === word.toUpperCase()) return
  throw new DeskError(
    EXIT.NOT_SENT,
    'NOT_CONFIRMED',
    `${word} was not typed; nothing was sent`,
    'Run the command again if it was meant.',
  )
}
