import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { examplesOf } from '../../packages/desk/src/command.ts'
import { createInterrupts, type Interrupts } from '../../packages/desk/src/interrupts.ts'
import { machineClock } from '../../packages/desk/src/io.ts'
import { openDesk } from '../../packages/desk/src/openDesk.ts'
import { createProgram } from '../../packages/desk/src/program.ts'
import { type DeskStage, type Ran, runArgs, setDesk, silentIo, wordsOf } from './deskRun.ts'

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

const desk = openDesk({
  io: silentIo(),
  env: {},
  clock: machineClock,
  interrupts: createInterrupts(),
})
const program = await createProgram(desk)

/** demo.test.ts runs the one; the other, which prints past our output, bin.test.ts. */
const ELSEWHERE = /^perpkit (demo|completion)\b/

const examples = examplesBelow(program).filter(({ line }) => !ELSEWHERE.test(line))

const BUY = 'order market BTCUSDT --side buy --quantity 0.01'

/** What an example takes for granted: a position to protect or close, a key to rotate. */
const BEFORE: readonly [RegExp, readonly string[]][] = [
  [/ (stop-loss|take-profit|protect BTCUSDT|close|--reduce-only|watch positions)/, [BUY]],
  [/ watch orders/, ['order limit BTCUSDT --side buy --quantity 0.01 --price -5%']],
  [/ keys (remove|rotate)/, ['keys add old --exchange BYBIT']],
  [/ --key main/, ['keys add main --exchange BYBIT']],
  [/ --replay btc.csv/, ['klines BTCUSDT --since 1d --out btc.csv']],
]

function listOf({ commands }: Command): string[] {
  return commands.map((each) => [each.name(), ...each.aliases(), each.description()].join('|'))
}

describe('examples of the help', () => {
  test('default: the list of commands, made without loading them, is that of all commands', async () => {
    const listed = listOf(await createProgram(desk, ['--help']))
    expect(listed).toEqual(listOf(program))
    expect(listed).toContain('positions|pos|Open positions, each with the stop that covers it')
  })

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
      // A key file is quicker than a passphrase.
      const env = {
        PERPKIT_STORE_KEY_FILE: join(stage.env.PERPKIT_HOME ?? '', 'store.key'),
        PERPKIT_STORE_NEW_PASSPHRASE: 'second',
      }
      const before = BEFORE.find(([pattern]) => pattern.test(line))?.[1] ?? []
      for (const first of before) expect((await runExample(first, stage, env)).code).toBe(0)
      const { code, stderr } = await runExample(line.replace('perpkit ', ''), stage, env)
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
  const args = wordsOf(command)
  // The simulator of the test, and those that examples start, listen on ports of their own.
  const at = args.indexOf('--simulator')
  if (at !== -1) args.splice(at + 1, 0, simulator.controlUrl, '--base-url', simulator.url(venue))
  if (args[0] === 'sim' && !args.includes('--port')) args.push('--port', '0')
  if (args[0] === 'watch' && !args.includes('--count')) args.push('--count', '1')
  for (const option of ['--out', '--replay']) {
    const file = args.indexOf(option) + 1
    if (file > 0) args[file] = join(env.PERPKIT_HOME ?? '', args[file] ?? '')
  }
  return runArgs(args, {
    env: { ...env, ...more },
    interrupts: pressedInterrupts(),
    ...(input !== undefined && { input: JSON.stringify(simulator.credentials(venue)) }),
  })
}

/** Ctrl-C is pressed as soon as a command waits for it. */
function pressedInterrupts(): Interrupts {
  const interrupts = createInterrupts()
  return Object.create(interrupts, { expect: { value: () => void interrupts.press() } })
}
