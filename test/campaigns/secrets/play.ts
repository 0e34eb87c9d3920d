import {
  createFuturesExchange,
  type FuturesExchange,
  type FuturesExchangeOptions,
  type Logger,
  type Transport,
} from 'perpkit'
import {
  ControlError,
  createSimulator,
  type Fault,
  type Simulator,
  startSimulator,
  type VenueCredentials,
} from 'perpkit/simulator'
import { seeded } from '../../../packages/perpkit/src/core/random.ts'
import { createHttpTransport } from '../../../packages/perpkit/src/transport/http.ts'
import { inProcessTransport } from '../../support/inProcess.ts'
import type { Played, Way } from '../../support/stage.ts'
import { steppingClock } from '../orders/clock.ts'
import { createEchoingTransport, type EchoingTransport } from './echoingTransport.ts'
import type { Mistake, Trouble } from './faults.ts'
import { createRecordingJournal, type JournalRow } from './journal.ts'
import { type Leak, LeakFinder, printsOf } from './leaks.ts'
import { METHODS, type Subject } from './methods.ts'
import { printedDuring } from './output.ts'
import { signaturesOf } from './wireSecrets.ts'

export interface SecretsReport {
  /** Methods called, once under each trouble. */
  calls: number
  failed: number
  /** Requests on the wire that carried a signature. */
  signed: number
  leaks: Leak[]
  /** Faults the venue has no place for: an operation or a limit it does not know. */
  impossible: string[]
}

interface Run {
  played: Played
  simulator: Simulator
  transport: EchoingTransport
  finder: LeakFinder
  /** What the journals were told. */
  journalled: JournalRow[]
  /** What the logger was given. */
  logged: unknown[]
  report: SecretsReport
  another(options?: FuturesExchangeOptions): FuturesExchange
}

/**
 * Calls every method under every trouble, and searches whatever a user could see for what was
 * secret.
 */
export async function playSecrets(
  played: Played,
  troubles: readonly Trouble[],
  way: Way = 'in process',
): Promise<SecretsReport> {
  const run = await setUp(played, way)
  const printed = await printedDuring(async () => {
    for (const trouble of troubles) await playTrouble(run, trouble)
  })
  for (const line of printed) search(run, 'printed', line)
  await run.transport.close()
  await run.simulator.close()
  return run.report
}

async function setUp(played: Played, way: Way): Promise<Run> {
  const { venue, name } = played
  const { simulator, direct, baseUrl } = await connect(played, way)
  const finder = new LeakFinder()
  const report: SecretsReport = { calls: 0, failed: 0, signed: 0, leaks: [], impossible: [] }
  const transport = createEchoingTransport(direct, (request) => {
    const signatures = signaturesOf(request)
    if (signatures.length > 0) report.signed += 1
    for (const { name, value } of signatures) finder.learn(name, value)
  })
  const journalled: JournalRow[] = []
  let epoch = 0
  const logged: unknown[] = []
  const credentials = simulator.credentials(venue)
  keep(finder, credentials)
  const another = (options: FuturesExchangeOptions = {}): FuturesExchange =>
    createFuturesExchange(name, {
      ...credentials,
      baseUrl,
      transport,
      clock: steppingClock(simulator),
      random: seeded(1),
      timeoutMs: 2_000,
      rateLimit: false,
      journal: createRecordingJournal(++epoch, journalled),
      logger: recordingLogger(logged),
      ...options,
    })
  return { played, simulator, transport, finder, journalled, logged, report, another }
}

async function connect(
  { venue }: Played,
  way: Way,
): Promise<{ simulator: Simulator; direct: Transport; baseUrl: string }> {
  const options = { seed: 1, clock: 'manual', venues: [venue] } as const
  if (way === 'in process') {
    const simulator = createSimulator(options)
    return {
      simulator,
      direct: inProcessTransport(simulator, venue),
      baseUrl: 'http://in.process',
    }
  }
  const simulator = await startSimulator({ ...options, port: 0 })
  return { simulator, direct: createHttpTransport(), baseUrl: simulator.url(venue) }
}

function keep(finder: LeakFinder, credentials: VenueCredentials): void {
  for (const [name, secret] of Object.entries(credentials)) finder.keep(name, secret)
}

function recordingLogger(logged: unknown[]): Logger {
  const write = (...words: unknown[]): void => void logged.push(...words)
  return { debug: write, info: write, warn: write, error: write }
}

async function playTrouble(run: Run, trouble: Trouble): Promise<void> {
  const subject = await arrange(run, run.another())
  if (!trouble.mistake) return callAll(run, trouble, subject)
  const credentials = mistaken(run, trouble.mistake)
  const another = (): FuturesExchange => run.another({ ...credentials })
  return callAll(run, trouble, { ...subject, exchange: another(), another })
}

/** The venue's key with one part of another one. */
function mistaken({ simulator, played, finder }: Run, part: Mistake): VenueCredentials {
  const canaries = {
    apiKey: 'f00dfeed-canary-api-key-0123456789',
    apiSecret: Buffer.from('canary secret of another key, 0123456789').toString('base64'),
    passphrase: 'Canary-9081726354',
  }
  const credentials = { ...simulator.credentials(played.venue), [part]: canaries[part] }
  keep(finder, credentials)
  return credentials
}

async function inject({ simulator, played, report }: Run, fault: Fault): Promise<void> {
  try {
    await simulator.control.inject({ ...fault, venue: played.venue })
  } catch (error) {
    if (!(error instanceof ControlError)) throw error
    report.impossible.push(error.message)
  }
}

/** A long position, a limit order and a stop. */
async function arrange(run: Run, exchange: FuturesExchange): Promise<Subject> {
  const symbol = 'BTCUSDT'
  await exchange.cancelAllOrders(symbol)
  await exchange.closePosition(symbol)
  await exchange.createMarketOrder(symbol, 'BUY', '0.2')
  const order = await exchange.createLimitOrder(symbol, 'BUY', '0.02', '59000')
  const stop = await exchange.createStopLossOrder({
    symbol,
    side: 'SELL',
    quantity: '0.01',
    stopPrice: '55000',
  })
  const { orderId } = order
  return { exchange, orderId, stopId: stop.orderId, another: run.another }
}

async function callAll(run: Run, { name, faults, echo }: Trouble, subject: Subject): Promise<void> {
  const { simulator, report, journalled, logged, transport, finder } = run
  finder.forgetPassing()
  for (const [index, [method, call]] of Object.entries(METHODS).entries()) {
    const where = `${run.played.name} ${method} under ${name}`
    const injected = faults(index)
    for (const fault of injected) await inject(run, fault)
    transport.echo = echo
    report.calls += 1
    let end: unknown
    try {
      const isHeld = injected.some(({ kind }) => kind === 'delay')
      end = await (isHeld ? movingTime(simulator, call(subject)) : call(subject))
    } catch (error) {
      report.failed += 1
      end = error
    }
    search(run, where, end)
    search(run, `${where}: log`, logged.splice(0))
    search(run, `${where}: journal`, journalled.splice(0))
    transport.echo = undefined
    await simulator.control.clearFaults({})
    // No ban of the venue meets the next call.
    await simulator.control.advance({ ms: PAUSE_MS })
  }
  search(run, `${run.played.name} itself under ${name}`, subject.exchange)
}

const PAUSE_MS = 20_000

/** What is held back waits on the simulator's clock, and whoever waits for it does not move that. */
async function movingTime(simulator: Simulator, called: unknown): Promise<unknown> {
  let isOver = false
  const over = (): void => {
    isOver = true
  }
  Promise.resolve(called).then(over, over)
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve))
    if (!isOver) await simulator.control.advance({ ms: 1 })
  }
  return called
}

/** Looks at everything a user could print of `value`. */
function search({ finder, report }: Run, where: string, value: unknown): void {
  for (const text of printsOf(value)) report.leaks.push(...finder.findIn(where, text))
}
