import { usageError } from './output/failure.ts'

const SECRET =
  /^--?(api-?)?(secret|key-secret|api-?key|passphrase|password|private-?key)(-key)?(=|$)/i

/**
 * Refuses options that would hand over a secret: others see arguments in the list of processes, and
 * the shell keeps them. The value is not repeated.
 */
export function refuseSecrets(args: readonly string[]): void {
  const found = args.map((arg) => SECRET.exec(arg)).find((match) => match !== null)
  if (!found) return
  throw usageError(
    `${found[0].replace('=', '')}: secrets are never taken from the command line, where other users and the shell's history see them`,
    'Type them when asked, pipe them in with --stdin, or set PERPKIT_API_KEY and PERPKIT_API_SECRET. If that was a real one, replace it at the exchange.',
  )
}
