import { parseArguments, USAGE } from './arguments.ts'
import { OptionError } from './options.ts'
import type { RunningSimulator } from './serve.ts'
import { startSimulator } from './startSimulator.ts'
import { venueRegistry } from './venues/registry.ts'

// The command `perpkit-sim`. Exit codes: 0 closed by a signal, 1 could not start, 2 usage.

const names = venueRegistry.map((venue) => venue.name)
const parsed = parseArguments(process.argv.slice(2), names)

if ('help' in parsed) {
  process.stdout.write(USAGE)
} else if ('error' in parsed) {
  fail(2, parsed.error, USAGE)
} else {
  try {
    announce(await startSimulator(parsed.options))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (error instanceof OptionError) fail(2, message, USAGE)
    else fail(1, message)
  }
}

function announce(simulator: RunningSimulator): void {
  const venues = simulator.venues.map((name) => [
    name,
    { url: simulator.url(name), ...simulator.credentials(name) },
  ])
  const line = { control: simulator.controlUrl, venues: Object.fromEntries(venues) }
  process.stdout.write(`${JSON.stringify(line)}\n`)
  // Once each: a second signal, of someone in a hurry, ends the process as it always would.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.close())
  }
}

function fail(code: number, message: string, usage = ''): void {
  process.stderr.write(`perpkit-sim: ${message}\n${usage && `\n${usage}`}`)
  process.exitCode = code
}
