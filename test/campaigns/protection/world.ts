import type { FuturesExchange, Journal, Logger } from 'perpkit'
import type { Simulator, VenueCredentials } from 'perpkit/simulator'
import { createMemoryJournal } from '../../../packages/perpkit/src/client/safety/journal.ts'
import { assembleSimulator } from '../../../packages/perpkit/src/simulator/assemble.ts'
import type { Engine } from '../../../packages/perpkit/src/simulator/engine/types.ts'
import { isAnswer } from '../../../packages/perpkit/src/simulator/server/types.ts'
import { venueRegistry } from '../../../packages/perpkit/src/simulator/venues/registry.ts'
import { type FollowingClock, followingClock, settle } from '../../support/followingClock.ts'
import { createInProcessSockets } from '../../support/inProcessSocket.ts'
import type { Played } from '../../support/stage.ts'
import { type ClientProcess, startProcess } from './process.ts'

/** A venue, an account, and who trades on it. */
export interface ProtectionWorld {
  readonly played: Played
  readonly simulator: Simulator
  /** API key of the account. */
  readonly account: string
  readonly clock: FollowingClock
  /** The same account from elsewhere. */
  readonly hand: FuturesExchange
  /** Somebody else, on another account. */
  readonly rival: FuturesExchange
  /** What was said and done, in order. */
  readonly transcript: string[]
  now(): number
  /** A process that goes on from what the last one has written down. */
  start(): ClientProcess
  setLatency(ms: number): Promise<void>
  /** Lets time pass. */
  pass(ms: number): Promise<void>
  /** Lets time pass until it is done, at most `withinMs`; `undefined`: it is not. */
  until<Value>(task: Promise<Value>, withinMs: number): Promise<Outcome<Value> | undefined>
  close(): Promise<void>
}

export type Outcome<Value> = { value: Value } | { error: unknown }

/** Longest step, in which little happens. */
const STEP_MS = 250
/** Far from the machine's time, which venues take for current too under a manual clock. */
const START = Date.UTC(2026, 0, 5)

export async function createProtectionWorld(
  played: Played,
  seed: number,
): Promise<ProtectionWorld> {
  const { venue, accountKind } = played
  const { simulator, connect } = assembleSimulator(
    { seed, clock: 'manual', startTime: START, venues: [venue] },
    venueRegistry,
  )
  const { control } = simulator
  const credentials = await control.createAccount({
    venue,
    balance: '10000000',
    ...(accountKind && { kind: accountKind }),
  })
  const rivals = await control.createAccount({
    venue,
    balance: '10000000',
    ...(accountKind && { kind: accountKind }),
  })
  let engine: Engine | undefined
  const sockets = createInProcessSockets((request, wire) => {
    const opened = connect(venue, request, wire)
    if (opened && !isAnswer(opened)) engine ??= opened.engine
    return opened
  })
  const clock = followingClock(() => simulator.now())
  const transcript: string[] = []
  const logger = transcribing(transcript, () => simulator.now())
  const books = createMemoryJournal({ installation: 0, epoch: 0, since: 0 })
  const processes: ClientProcess[] = []
  let latencyMs = 0
  const startWith = (
    owner: VenueCredentials,
    journal: Journal,
    options: { name: string; salt: number },
  ): ClientProcess =>
    startProcess({
      ...{ played, simulator, credentials: owner, clock, connect: sockets.connect },
      ...{ journal, seed: seed ^ options.salt, logger },
      latencyMs: () => latencyMs,
      onRequest: (line) => transcript.push(`${options.name} ${line}`),
    })
  const other = (owner: VenueCredentials, installation: number, name: string): ClientProcess => {
    const since = Math.floor(START / 1_000)
    const journal = createMemoryJournal({ installation, epoch: 1, since })
    const process = startWith(owner, journal, { name, salt: installation })
    processes.push(process)
    return process
  }
  async function step(end: number): Promise<void> {
    const now = simulator.now()
    const due = clock.nextDue()
    if (due !== undefined && due <= now) {
      clock.runDue()
      await quiet()
      return
    }
    const wanted = [due, engine?.nextEventAt(), end]
    const next = wanted.reduce<number>(
      (first, at) => (at !== undefined && at > now && at < first ? Math.ceil(at) : first),
      now + STEP_MS,
    )
    await control.advance({ ms: next - now })
    await sockets.deliver(taken)
    clock.runDue()
    await settle()
  }
  async function quiet(): Promise<void> {
    await settle()
    await sockets.deliver(taken)
    await settle()
  }
  return {
    played,
    simulator,
    account: credentials.apiKey,
    clock,
    hand: other(credentials, 71, 'hand').exchange,
    rival: other(rivals, 72, 'rival').exchange,
    transcript,
    now: () => simulator.now(),
    start() {
      const epoch = processes.length
      const since = Math.floor(simulator.now() / 1_000)
      const journal = { ...books, identity: () => ({ installation: 5, epoch, since }) }
      const process = startWith(credentials, journal, { name: 'us', salt: epoch })
      processes.push(process)
      return process
    },
    async setLatency(ms) {
      latencyMs = ms
      await control.latency({ venue, ms })
    },
    async pass(ms) {
      const end = simulator.now() + ms
      await quiet()
      while (simulator.now() < end) await step(end)
    },
    async until<Value>(task: Promise<Value>, withinMs: number) {
      let outcome: Outcome<Value> | undefined
      void outcomeOf(task).then((ended) => {
        outcome = ended
      })
      const end = simulator.now() + withinMs
      await quiet()
      while (!outcome && simulator.now() < end) {
        clock.mark(latencyMs / 2)
        await step(end)
      }
      return outcome
    },
    async close() {
      for (const process of processes) {
        if (!process.isDead) await process.close()
      }
      await simulator.close()
    },
  }
}

async function outcomeOf<Value>(task: Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { value: await task }
  } catch (error) {
    return { error }
  }
}

function transcribing(transcript: string[], now: () => number): Logger {
  const say =
    (level: string) =>
    (record: object, message = ''): void => {
      const error = 'error' in record ? String(record.error) : ''
      transcript.push(`log ${level} ${now()} ${message} ${error}`)
    }
  return { debug: () => undefined, info: () => undefined, warn: say('warn'), error: say('error') }
}

/** Long enough for a consumer that waits for an item to take it. */
async function taken(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await Promise.resolve()
}
