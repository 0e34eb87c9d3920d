import {
  createFuturesExchange,
  type FuturesExchange,
  type FuturesExchangeOptions,
  type Logger,
  SendFailure,
  type Transport,
} from 'perpkit'
import type { Simulator } from 'perpkit/simulator'
import { nextInteger, type Random, seeded } from '../../../packages/perpkit/src/core/random.ts'
import { assembleSimulator } from '../../../packages/perpkit/src/simulator/assemble.ts'
import type { Engine } from '../../../packages/perpkit/src/simulator/engine/types.ts'
import { isAnswer } from '../../../packages/perpkit/src/simulator/server/types.ts'
import { venueRegistry } from '../../../packages/perpkit/src/simulator/venues/registry.ts'
import { createMemoryBudgetStore } from '../../../packages/perpkit/src/transport/memoryStore.ts'
import { type FollowingClock, followingClock, settle } from '../../support/followingClock.ts'
import { inProcessTransport } from '../../support/inProcess.ts'
import { createInProcessSockets, type InProcessSockets } from '../../support/inProcessSocket.ts'
import type { Played } from '../../support/stage.ts'

/** A venue and a client on one time, with a network between them that takes a little of it. */
export interface StreamWorld {
  played: Played
  simulator: Simulator
  /** What the venue really is; known from its first socket on. */
  engine(): Engine | undefined
  /** API key of the account. */
  account: string
  sockets: InProcessSockets
  /** Whose streams are on trial. */
  client: FuturesExchange
  /** Trades on the same account, without delay. */
  trader: FuturesExchange
  now(): number
  /** By the client's clock. */
  wait(ms: number): Promise<void>
  /** Lets `ms` pass; `onStep` sees every moment at which something may have happened. */
  pass(ms: number, onStep: () => Promise<void>): Promise<void>
  /** The same with fewer moments, for long times in which little happens. */
  passQuietly(ms: number, onStep: () => Promise<void>): Promise<void>
  /** The client's next subscription is one that the venue refuses. */
  spoilNext(): void
  /** Whether conditional orders are told on a connection of their own. */
  tellsStopsApart: boolean
  /** Whether the venue sends checksums. */
  hasChecksums: boolean
  /** Whether that is one of the book, in the venue's words. */
  isBookChannel(channel: string): boolean
  /** The client's next request takes so much longer. */
  holdNext(ms: number): void
  close(): Promise<void>
}

/** Longest way of a frame; far below what any exchange's books are behind by. */
const FRAME_MS = 40
const QUIET_STEP_MS = 250
const REQUEST_MS = 60
/** Far from the machine's time, which venues take for current too under a manual clock. */
const START = Date.UTC(2026, 0, 5)

export function createStreamWorld(played: Played, seed: number, logger: Logger): StreamWorld {
  const { name, venue } = played
  const { simulator, connect } = assembleSimulator(
    { seed, clock: 'manual', startTime: START, venues: [venue] },
    venueRegistry,
  )
  let engine: Engine | undefined
  const sockets = createInProcessSockets((request, wire) => {
    const opened = connect(venue, request, wire)
    if (opened && !isAnswer(opened)) engine ??= opened.engine
    return opened
  })
  const clock = followingClock(() => simulator.now())
  const slow = slowTransport(simulator, played, clock, seeded(seed ^ 0x51))
  const options: FuturesExchangeOptions = {
    ...simulator.credentials(venue),
    baseUrl: 'http://in.process',
    clock,
    // The venue counts both, and they have ways of their own.
    rateLimit: { store: createMemoryBudgetStore({ clock }) },
  }
  const client = createFuturesExchange(name, {
    ...options,
    transport: slow.transport,
    connectSocket: sockets.connect,
    random: seeded(seed),
    logger,
  })
  const trader = createFuturesExchange(name, {
    ...options,
    transport: inProcessTransport(simulator, venue),
    random: seeded(seed ^ 0x7),
  })
  const moving = { simulator, engine: () => engine, sockets, clock }
  return {
    played,
    simulator,
    engine: () => engine,
    account: simulator.credentials(venue).apiKey,
    sockets,
    client,
    trader,
    now: () => simulator.now(),
    wait: (ms) => clock.wait(ms),
    pass: (ms, onStep) => pass({ ...moving, stepMs: FRAME_MS }, ms, onStep),
    passQuietly: (ms, onStep) => pass({ ...moving, stepMs: QUIET_STEP_MS }, ms, onStep),
    spoilNext: () => sockets.spoilNext(spoil),
    tellsStopsApart: venue === 'okx',
    hasChecksums: venueRegistry.some(
      ({ name, sockets: own }) => name === venue && own?.corruptChecksum,
    ),
    isBookChannel: (channel) => /depth|book/i.test(channel) && !/ticker/i.test(channel),
    holdNext: slow.holdNext,
    async close() {
      await client.close()
      await trader.close()
      await simulator.close()
    },
  }
}

interface Moving {
  simulator: Simulator
  engine(): Engine | undefined
  sockets: InProcessSockets
  clock: FollowingClock
  /** At most. */
  stepMs: number
}

/** From one thing that happens to the next, at most one frame's way at a time. */
async function pass(
  { simulator, engine, sockets, clock, stepMs }: Moving,
  ms: number,
  onStep: () => Promise<void>,
): Promise<void> {
  const end = simulator.now() + ms
  await settle()
  await onStep()
  while (simulator.now() < end) {
    const now = simulator.now()
    if ((clock.nextDue() ?? end) <= now) {
      clock.runDue()
      await settle()
      continue
    }
    const wanted = [clock.nextDue(), engine()?.nextEventAt(), end]
    const next = wanted.reduce<number>(
      (first, at) => (at !== undefined && at > now && at < first ? Math.ceil(at) : first),
      now + stepMs,
    )
    await simulator.control.advance({ ms: next - now })
    await onStep()
    await sockets.deliver(taken)
    clock.runDue()
    await settle()
    await onStep()
  }
}

/** What no venue takes for a subscription. */
function spoil(text: string): string {
  return text.replace(/"SUBSCRIBE"/, '"NONSENSE"').replace(/BTC-?USDT|XBTUSD/g, 'NONE')
}

/** A network that takes its time, both ways, and can lose patience with one request. */
function slowTransport(
  simulator: Simulator,
  { venue }: Played,
  clock: FollowingClock,
  random: Random,
): { transport: Transport; holdNext(ms: number): void } {
  const direct = inProcessTransport(simulator, venue)
  let heldMs = 0
  const way = (): Promise<void> => clock.wait(1 + nextInteger(random, REQUEST_MS / 2))
  return {
    holdNext(ms) {
      heldMs = ms
    },
    transport: {
      async send(request) {
        const held = heldMs
        heldMs = 0
        await way()
        const answer = await direct.send(request)
        if (held > request.timeoutMs) {
          await clock.wait(request.timeoutMs)
          throw new SendFailure('timeout', 'yes', 'no answer within the time-out')
        }
        if (held > 0) await clock.wait(held)
        await way()
        return answer
      },
      close: () => direct.close(),
    },
  }
}

/** Long enough for a consumer that waits for an item to take it. */
async function taken(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await Promise.resolve()
}
