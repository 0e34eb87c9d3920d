import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { examplesOf } from '../../packages/desk/src/command.ts'
import { openDesk } from '../../packages/desk/src/connection.ts'
import { createInterrupts } from '../../packages/desk/src/interrupts.ts'
import { machineClock } from '../../packages/desk/src/io.ts'
import { createProgram } from '../../packages/desk/src/program.ts'
import {
  type DeskStage,
  type Ran,
  runArgs,
  setDesk,
  silentIo,
  temporaryHome,
  wordsOf,
} from './deskRun.ts'

// Every example of every help is run on the simulator as it stands there.

type Command = Awaited<ReturnType<typeof createProgram>>

interface Example {
  line: string
  exitCode: number
}

function examplesBelow(command: Command): Example[] {
  const own = examplesOf(command).map(({ line, exitCode = 0 }) => ({ line, exitCode }))
  return [...own, ...command.commands.flatMap(examplesBelow)]
}

function leavesOf(command: Command): Command[] {
  if (command.commands.length === 0) return [command]
  return command.commands.flatMap(leavesOf)
}

const program = await createProgram(
  openDesk({
    io: silentIo(),
    env: {},
    clock: machineClock,
    interrupts: createInterrupts(),
  }),
  [],
)

/** Those a test of their own runs, because they stay, start servers or draw on a terminal. */
const ELSEWHERE = /^perpkit (sim|demo|watch|completion)\b/

const examples = examplesBelow(program).filter(({ line }) => !ELSEWHERE.test(line))

/** What an example takes for granted: a position to protect or close, a key to rotate. */
const BEFORE: readonly [RegExp, readonly string[]][] = [
  [
    / (stop-loss|take-profit|protect BTCUSDT|close|--reduce-only)/,
    ['order market BTCUSDT --side buy --quantity 0.01'],
  ],
  [/ keys (remove|rotate)/, ['keys add old --exchange BYBIT']],
]

describe('examples of the help', () => {
  test('default: every command that is shown has some', () => {
    const shown = leavesOf(program).filter(
      (command) => !command.name().match(/^(help|exit-codes|environment|safety)$/),
    )
    expect(shown.length).toBeGreaterThan(15)
    const without = shown.filter((command) => examplesOf(command).length === 0)
    expect(without.map((command) => command.name())).toEqual([])
  })

  test.each(examples)(
    'behavior: $line',
    async ({ line, exitCode }) => {
      const stage = await setDesk()
      const env = { PERPKIT_STORE_PASSPHRASE: 'first', PERPKIT_STORE_NEW_PASSPHRASE: 'second' }
      const before = BEFORE.find(([pattern]) => pattern.test(line))?.[1] ?? []
      for (const first of before) expect((await stage.run(first, { env })).code).toBe(0)
      const { code, stderr } = await runExample(line, stage, env)
      expect([code, code === exitCode ? '' : stderr]).toEqual([exitCode, ''])
    },
    60_000,
  )
})

/** As a shell would: what stands after `<` comes from standard input. */
async function runExample(
  line: string,
  stage: DeskStage,
  more: Record<string, string>,
): Promise<Ran> {
  const { simulator, env, venue } = stage
  const [command = '', input] = line.split(' < ')
  const [, ...args] = wordsOf(command)
  // The simulator of the test listens on ports of its own.
  const at = args.indexOf('--simulator')
  if (at !== -1) args.splice(at + 1, 0, simulator.controlUrl, '--base-url', simulator.url(venue))
  const out = args.indexOf('--out') + 1
  if (out > 0) args[out] = join(temporaryHome(), args[out] ?? '')
  const secrets = JSON.stringify(simulator.credentials(venue))
  return runArgs(args, {
    env: { ...env, ...more },
    ...(input !== undefined && { input: secrets }),
  })
}
