import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createFuturesExchange, type Stream } from 'perpkit'
import { createSimulator } from 'perpkit/simulator'
import { ManualClock } from '../../../packages/perpkit/src/core/clock.ts'
import { nextFloat, nextInteger, seeded } from '../../../packages/perpkit/src/core/random.ts'
import {
  createMemorySockets,
  type FarSide,
} from '../../../packages/perpkit/src/transport/socket.testing.ts'
import { settle } from '../../support/followingClock.ts'
import { inProcessTransport } from '../../support/inProcess.ts'

// A book at full speed: frames as Bybit writes them go straight into a client, which decodes them,
// keeps the book and hands it out. docs/wire/bybit.md 8.

export interface FloodMark {
  messages: number
  /** After collecting garbage. */
  heapBytes: number
  messagesPerSecond: number
  /** How many books had been taken by then. */
  books: number
}

/** Messages between two moments in which whoever waits for a book may take it. */
const TOGETHER = 10
const TOPIC = 'orderbook.50.BTCUSDT'

/** Lets so many messages in and tells how the heap fares at each of the equal parts. */
export async function flood(messages: number, parts: number): Promise<FloodMark[]> {
  const clock = new ManualClock(Date.UTC(2026, 0, 5))
  const simulator = createSimulator({ clock: 'manual', venues: ['bybit'] })
  const sockets = createMemorySockets()
  sockets.onOpen = (side) => side.accept()
  sockets.onFrame = acknowledge
  const client = createFuturesExchange('BYBIT', {
    baseUrl: 'http://in.process',
    transport: inProcessTransport(simulator, 'bybit'),
    connectSocket: sockets.connect,
    clock,
  })
  const stream = client.watchOrderBook('BTCUSDT', { depth: 50 })
  const taking = count(stream)
  for (let turn = 0; turn < 20; turn++) await settle()
  const [side] = sockets.opened
  if (!side) throw new Error('nothing was opened')
  const bodies = changes()
  side.say(frameOf('snapshot', 1, ladder()))
  const marks: FloodMark[] = []
  let sent = 0
  for (let part = 1; part <= parts; part++) {
    const startedAt = performance.now()
    for (const end = (messages / parts) * part; sent < end; ) {
      for (let each = 0; each < TOGETHER; each++) {
        side.say(frameOf('delta', sent + 2, bodies[sent % bodies.length] ?? ''))
        sent++
      }
      for (let turn = 0; turn < 4; turn++) await Promise.resolve()
      if (sent % 1_000 === 0) clock.advance(1)
    }
    const seconds = (performance.now() - startedAt) / 1_000
    marks.push({
      messages: sent,
      heapBytes: heapAfterCollection(),
      messagesPerSecond: Math.round(messages / parts / seconds),
      books: taking.taken,
    })
    if (stream.status !== 'LIVE') throw new Error(`the book is ${stream.status} after ${sent}`)
  }
  await client.close()
  await simulator.close()
  return marks
}

function count(stream: Stream<unknown>): { taken: number } {
  const counter = { taken: 0 }
  const run = async (): Promise<void> => {
    for await (const _ of stream) counter.taken++
  }
  void run()
  return counter
}

function acknowledge(side: FarSide, text: string): void {
  const { op, req_id }: { op?: string; req_id?: string } = JSON.parse(text)
  if (op === 'subscribe') side.say({ success: true, ret_msg: '', conn_id: 'c', req_id, op })
}

function frameOf(type: 'snapshot' | 'delta', id: number, body: string): string {
  const ts = 1_767_571_200_000 + id
  return `{"topic":"${TOPIC}","type":"${type}","ts":${ts},"data":{"s":"BTCUSDT",${body},"u":${id},"seq":${id}},"cts":${ts}}`
}

const MIDDLE = 600_000
const REACH = 50
/** Messages until the book is again as it was. */
const ROUND = 20_000
const MESSAGES_A_TICK = 10

/** Fifty levels a side around the middle. */
function ladder(): string {
  const bids = Array.from({ length: REACH }, (_, place) => level(MIDDLE - 1 - place, '1.5'))
  const asks = Array.from({ length: REACH }, (_, place) => level(MIDDLE + 1 + place, '1.5'))
  return `"b":[${bids}],"a":[${asks}]`
}

/**
 * What each message of a round changes: some quantities, and the market wanders up and down again,
 * so that levels come, go and are new. Never crossed.
 */
function changes(): string[] {
  const random = seeded(7)
  let middle = MIDDLE
  return Array.from({ length: ROUND }, (_, number) => {
    const bids: string[] = []
    const asks: string[] = []
    if (number % MESSAGES_A_TICK === 0) {
      const way = number < ROUND / 2 ? 1 : -1
      middle += way
      // The middle itself is empty on both sides.
      bids.push(
        level(middle, '0'),
        level(way > 0 ? middle - REACH - 1 : middle - REACH, way > 0 ? '0' : '1'),
      )
      asks.push(
        level(middle, '0'),
        level(way > 0 ? middle + REACH : middle + REACH + 1, way > 0 ? '1' : '0'),
      )
    }
    for (let each = 0; each < 3; each++) {
      bids.push(level(middle - 1 - nextInteger(random, REACH), quantityOf(nextFloat(random))))
      asks.push(level(middle + 1 + nextInteger(random, REACH), quantityOf(nextFloat(random))))
    }
    return `"b":[${bids}],"a":[${asks}]`
  })
}

function level(tick: number, quantity: string): string {
  return `["${(tick / 10).toFixed(1)}","${quantity}"]`
}

function quantityOf(chance: number): string {
  return chance < 0.15 ? '0' : (chance * 9).toFixed(3)
}

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') collect()
  return process.memoryUsage().heapUsed
}
