import { ManualClock } from '../../core/clock.ts'
import { parseJson } from '../../core/json.ts'
import { seeded } from '../../core/random.ts'
import { isRecord } from '../../core/reader.ts'
import { ExchangeError } from '../../model/errors.ts'
import { createMemorySockets, type MemorySockets } from '../../transport/socket.testing.ts'
import type { SocketMessage, SocketProtocol, SocketRoute } from '../definition.ts'
import { silentLogger } from '../logger.ts'
import type { LineParts, TopicListener } from './topics.ts'

// A made-up exchange: its frames are the messages themselves, so that each test says what it means.

export const protocol: SocketProtocol = {
  read(text) {
    const message = parseJson(text)
    return isRecord(message) && typeof message.kind === 'string' ? [message as SocketMessage] : []
  },
  unpack: (frame) => new TextDecoder().decode(frame),
  subscribe: (topics, { id, login }) =>
    `sub ${id} ${topics.join(',')}${login?.token === undefined ? '' : ` ${login.token}`}`,
  unsubscribe: (topics) => `unsub ${topics.join(',')}`,
}

export const limits: SocketRoute['limits'] = {
  topicsPerConnection: 3,
  topicsPerRequest: 2,
  requestsPerSecond: 10,
}

export interface Toy {
  clock: ManualClock
  sockets: MemorySockets
  parts: LineParts
  /** What the listeners were told. */
  told: string[]
  listener(name: string, more?: Partial<TopicListener>): TopicListener
  settle(): Promise<void>
  pass(ms: number): Promise<void>
}

export function createToy(route: Partial<SocketRoute> = {}, more: Partial<LineParts> = {}): Toy {
  const clock = new ManualClock(1_000_000)
  const sockets = createMemorySockets()
  const told: string[] = []
  sockets.onOpen = (side) => side.accept()
  sockets.onFrame = (side, text) => {
    const [verb, id] = text.split(' ')
    if (verb === 'sub') side.say({ kind: 'subscribed', id: Number(id) })
  }
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve()
  }
  return {
    clock,
    sockets,
    told,
    settle,
    async pass(ms) {
      await settle()
      for (let passed = 0; passed < ms; passed += 100) {
        clock.advance(Math.min(100, ms - passed))
        await settle()
      }
    },
    listener: (name, extra) => ({
      live: (source) => told.push(`${name} live ${source}`),
      message: (_, value, source) => told.push(`${name} ${String(value)} ${source}`),
      lost: () => told.push(`${name} lost`),
      failed: (error) =>
        told.push(`${name} failed ${error instanceof Error ? error.message : String(error)}`),
      ...extra,
    }),
    parts: {
      route: { path: '/p', access: 'public', protocol, limits, ...route },
      origin: 'ws://toy',
      headers: {},
      connect: sockets.connect,
      clock,
      random: seeded(1),
      logger: silentLogger,
      credentials: { apiKey: 'k', apiSecret: 's' },
      call: () => Promise.reject(new Error('nothing is called')),
      now: () => clock.now(),
      serverTime: async () => clock.now(),
      resyncTime: async () => undefined,
      refusalOf: ({ code, nativeMessage }) => new ExchangeError(nativeMessage, { code }),
      ...more,
    },
  }
}
