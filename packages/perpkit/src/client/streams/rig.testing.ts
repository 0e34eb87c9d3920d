import { ManualClock } from '../../core/clock.ts'
import { seeded } from '../../core/random.ts'
import {
  createMemorySockets,
  type FarSide,
  type MemorySockets,
} from '../../transport/socket.testing.ts'
import type { ExchangeDefinition } from '../definition.ts'
import { FuturesClient } from '../FuturesClient.ts'

// A whole client on sockets and answers of the test's own, in time that moves when told.

export type Answers = Record<string, (query: URLSearchParams) => unknown>

export interface Rig {
  client: FuturesClient
  clock: ManualClock
  sockets: MemorySockets
  /** Calls as `'GET /path'`, in order. */
  calls: string[]
  answers: Answers
  /** Lets everything happen that needs no time. */
  settle(): Promise<void>
  /** Moves time in steps of 100 ms, so that what follows from one thing happens before the next. */
  pass(ms: number): Promise<void>
  /** The last socket whose address contains `part`. */
  side(part: string): FarSide
}

const START = 1_763_798_400_000

export function createRig(
  definition: ExchangeDefinition,
  answers: Answers,
  { hasKey = true }: { hasKey?: boolean } = {},
): Rig {
  const clock = new ManualClock(START)
  const sockets = createMemorySockets()
  const calls: string[] = []
  const client = new FuturesClient(definition, {
    baseUrl: 'http://127.0.0.1:1',
    ...(hasKey && { apiKey: 'key', apiSecret: 'secret', passphrase: 'phrase' }),
    rateLimit: false,
    clock,
    random: seeded(1),
    connectSocket: sockets.connect,
    transport: {
      async send({ method, url }) {
        const { pathname, searchParams } = new URL(url)
        const line = `${method} ${pathname}`
        calls.push(line)
        const answer = answers[line]?.(searchParams)
        if (answer === undefined) return { status: 500, headers: {}, text: `no answer to ${line}` }
        return { status: 200, headers: {}, text: JSON.stringify(answer) }
      },
      async close() {},
    },
  })
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 300; turn++) await Promise.resolve()
  }
  return {
    client,
    clock,
    sockets,
    calls,
    answers,
    settle,
    async pass(ms) {
      await settle()
      for (let passed = 0; passed < ms; passed += 100) {
        clock.advance(Math.min(100, ms - passed))
        await settle()
      }
    },
    side(part) {
      const found = sockets.opened.findLast(({ request }) => request.url.includes(part))
      if (!found) throw new Error(`no socket to ${part}`)
      return found
    },
  }
}

/** What a stream has handed out so far. */
export function collect<Item>(stream: AsyncIterable<Item>): {
  items: Item[]
  error: () => unknown
} {
  const items: Item[] = []
  let failure: unknown
  const run = async (): Promise<void> => {
    for await (const item of stream) items.push(item)
  }
  run().catch((error: unknown) => {
    failure = error
  })
  return { items, error: () => failure }
}
