import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock, ExchangeName } from 'perpkit'
import { type RunningSimulator, startSimulator, type VenueName } from 'perpkit/simulator'
import { onTestFinished } from 'vitest'
import type { Connect, Io, Output } from '../../packages/desk/src/desk.ts'
import { createInterrupts, type Interrupts } from '../../packages/desk/src/interrupts.ts'
import { machineClock } from '../../packages/desk/src/io.ts'
import { openDesk } from '../../packages/desk/src/openDesk.ts'
import { runDesk } from '../../packages/desk/src/program.ts'

export interface Ran {
  code: number
  stdout: string
  stderr: string
  /** What is on stdout, read as JSON. */
  json: unknown
}

export interface RunOptions {
  env?: Record<string, string>
  /** Standard input. */
  input?: string
  /** What somebody at the terminal answers, in order; absent: nobody is there. */
  answers?: string[]
  /** Another time than the machine's. */
  clock?: Clock
  /** Through which Ctrl-C is pressed. */
  interrupts?: Interrupts
}

/** Runs one command line in this process: `'ticker BTCUSDT --json'`. */
export async function runLine(line: string, options: RunOptions = {}): Promise<Ran> {
  return runArgs(wordsOf(line), options)
}

export async function runArgs(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const stdout = capture()
  const stderr = capture()
  const answers = [...(options.answers ?? [])]
  const answer = (question: string): Promise<string | undefined> => {
    stderr.output.write(`${question}\n`)
    return Promise.resolve(answers.shift())
  }
  const io: Io = {
    stdout: stdout.output,
    stderr: stderr.output,
    canAsk: options.answers !== undefined,
    readInput: () => Promise.resolve(options.input ?? ''),
    ask: answer,
    askSecret: answer,
  }
  const desk = openDesk({
    io,
    env: options.env ?? {},
    clock: options.clock ?? machineClock,
    interrupts: options.interrupts ?? createInterrupts(),
  })
  const connect: Connect = (given) => desk.connect({ ...given, rateLimit: false })
  const code = await runDesk(args, { ...desk, connect })
  return {
    code,
    stdout: stdout.text(),
    stderr: stderr.text(),
    get json(): unknown {
      return JSON.parse(stdout.text())
    },
  }
}

export interface DeskStage {
  simulator: RunningSimulator
  venue: VenueName
  /** The environment of commands: this exchange on the simulator, with its key. */
  env: Record<string, string>
  run(line: string, options?: RunOptions): Promise<Ran>
  truth(): ReturnType<RunningSimulator['control']['state']>
}

/** A simulator and a home of its own; afterwards its ledger must be empty. */
export async function setDesk(exchange: ExchangeName = 'BYBIT'): Promise<DeskStage> {
  const venue = VENUES[exchange]
  const simulator = await startSimulator({ seed: 1, port: 0, rateLimits: false })
  const home = temporaryHome()
  onTestFinished(async () => {
    const ledger = await simulator.control.ledger()
    await simulator.close()
    if (ledger.length > 0) throw new Error(`not understood: ${JSON.stringify(ledger)}`)
  })
  const { apiKey, apiSecret, passphrase } = simulator.credentials(venue)
  const env = {
    PERPKIT_HOME: home,
    PERPKIT_EXCHANGE: exchange,
    PERPKIT_BASE_URL: simulator.url(venue),
    PERPKIT_API_KEY: apiKey,
    PERPKIT_API_SECRET: apiSecret,
    ...(passphrase !== undefined && { PERPKIT_API_PASSPHRASE: passphrase }),
  }
  return {
    simulator,
    venue,
    env,
    run: (line, options = {}) => runLine(line, { ...options, env: { ...env, ...options.env } }),
    truth: () => simulator.control.state({ venue }),
  }
}

/** Takes everything and answers nothing. */
export function silentIo(): Io {
  return {
    stdout: capture().output,
    stderr: capture().output,
    canAsk: false,
    readInput: () => Promise.resolve(''),
    ask: () => Promise.resolve(undefined),
    askSecret: () => Promise.resolve(undefined),
  }
}

/** A folder that is removed when the test has finished. */
export function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'perpkit-desk-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return home
}

/** Words as a shell would part them; quotes keep spaces. */
export function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  )
}

const VENUES: Readonly<Record<ExchangeName, VenueName>> = {
  BINANCE: 'binance',
  BYBIT: 'bybit',
  OKX: 'okx',
  BITGET: 'bitget',
  HTX: 'htx',
  KRAKEN: 'kraken',
}

function capture(): { output: Output; text(): string } {
  let written = ''
  return {
    output: {
      write: (text) => {
        written += text
      },
      isTerminal: false,
      columns: undefined,
      rows: undefined,
      onResize: () => () => {},
    },
    text: () => written,
  }
}
