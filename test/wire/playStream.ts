import { createFuturesExchange, type SocketConnector } from 'perpkit'
import { ManualClock } from '../../packages/perpkit/src/core/clock.ts'
import { recordingTransport } from '../support/recordingTransport.ts'
import { WIRE_TIME } from './cases.ts'
import { patternDifferences, requestDifferences, requestLine } from './compare.ts'
import type { Json, Pattern, Signing } from './evidence.ts'
import { KEY } from './play.ts'
import { show } from './shapes.ts'
import type { StreamCase } from './streamCases.ts'
import type { ExpectedSocket, StreamEvidence } from './streamEvidence.ts'

export interface StreamPlay {
  exchange: string
  /** Where an exchange has accounts of several kinds. */
  account?: string
  evidence: StreamEvidence
  signing: Signing
}

const ORIGIN = 'http://exchange.test'
const TICK_MS = 100

/**
 * Runs one case against sockets that only answer. Returns what is wrong with the sockets that were
 * opened and with the frames that were sent; empty when all is as the evidence says.
 */
export async function playStream(
  { exchange, evidence, signing }: StreamPlay,
  { id, watch, lastsMs = 1_000, leavesFirst }: StreamCase<keyof StreamEvidence['cases']>,
): Promise<string[]> {
  const clock = new ManualClock(WIRE_TIME)
  const hall = new Hall(evidence, evidence.cases[id].sockets)
  const transport = recordingTransport((sent) => {
    const found = evidence.requests.find(
      (request) =>
        requestLine(request) === requestLine(sent) &&
        requestDifferences(request, sent, signing).length === 0,
    )
    // What is read once all is subscribed is not this table's.
    if (!found) return new Promise(() => {})
    return { status: found.status ?? 200, headers: {}, text: JSON.stringify(found.answer) }
  })
  const client = createFuturesExchange(exchange, {
    ...KEY,
    baseUrl: ORIGIN,
    rateLimit: false,
    transport,
    connectSocket: hall.connect,
    clock,
  })
  const streams = watch(client, evidence.symbol ?? 'BTCUSDT')
  // An interval that is not streamed rejects; which are is what the table says.
  for (const stream of streams) void stream.next().catch(() => undefined)
  for (let passed = 0; passed <= lastsMs; passed += TICK_MS) {
    await quiet()
    if (passed % 1_000 === 0) hall.pulse()
    clock.advance(TICK_MS)
  }
  await quiet()
  if (leavesFirst) streams[0]?.close()
  await quiet()
  const problems = hall.problems()
  for (const stream of streams) stream.close()
  void client.close().catch(() => undefined)
  await quiet()
  return problems
}

type Opened = Parameters<SocketConnector>[1]

/** The far side of all sockets. */
class Hall {
  readonly #evidence: StreamEvidence
  readonly #missing: Set<ExpectedSocket>
  readonly #open = new Map<Opened, string>()
  readonly #problems = new Set<string>()
  readonly #unsaid = new Map<ExpectedSocket, Set<Pattern>>()

  constructor(evidence: StreamEvidence, sockets: readonly ExpectedSocket[]) {
    this.#evidence = evidence
    this.#missing = new Set(sockets)
  }

  readonly connect: SocketConnector = ({ url }, events) => {
    const path = url.replace(/^ws:\/\/exchange\.test/, '')
    const expected = [...this.#missing].find((socket) => socket.path === path)
    if (expected) this.#missing.delete(expected)
    else this.#problems.add(`opened ${path}: expected ${this.#pathsLeft()}`)
    this.#open.set(events, path)
    if (expected) {
      this.#unsaid.set(expected, new Set([...expected.frames, ...(expected.repeated ?? [])]))
    }
    setImmediate(() => {
      events.opened()
      for (const message of this.#evidence.greet?.(path) ?? []) this.#say(events, message)
    })
    return {
      send: (text) => this.#heard(events, expected, text),
      ping: () => this.#heard(events, expected, '(ping)'),
      close: () => this.#open.delete(events),
    }
  }

  pulse(): void {
    for (const [events, path] of this.#open) {
      for (const message of this.#evidence.pulse?.(path) ?? []) this.#say(events, message)
    }
  }

  problems(): string[] {
    const problems = [...this.#problems]
    for (const { path } of this.#missing) problems.push(`never opened: ${path}`)
    for (const [{ path }, unsaid] of this.#unsaid) {
      for (const frame of unsaid) problems.push(`never sent on ${path}: ${show(frame)}`)
    }
    return problems
  }

  #heard(events: Opened, expected: ExpectedSocket | undefined, text: string): void {
    const path = this.#open.get(events) ?? ''
    const frame = parse(text)
    if (expected) {
      const { tag } = this.#evidence
      for (const each of split(frame, this.#evidence.list)) {
        this.#compare(expected, tag ? this.#untagged(path, each, tag) : each)
      }
    }
    const answers = this.#evidence.answer(frame, path)
    setImmediate(() => {
      for (const message of answers) this.#say(events, message)
    })
  }

  #compare(expected: ExpectedSocket, frame: Json): void {
    const unsaid = this.#unsaid.get(expected) ?? new Set()
    const candidates = [...unsaid, ...(expected.repeated ?? [])]
    const ranked = candidates
      .map((pattern) => ({ pattern, differences: patternDifferences(pattern, frame, 'frame') }))
      .sort((a, b) => a.differences.length - b.differences.length)
    const [best] = ranked
    if (!best || best.differences.length > 0) {
      const why = best ? `: ${best.differences.join(', ')}` : ''
      this.#problems.add(`unexpected on ${expected.path}: ${show(frame)}${why}`)
      return
    }
    unsaid.delete(best.pattern)
  }

  /** Without what only joins an answer to it. */
  #untagged(path: string, frame: Json, tag: { names: readonly string[]; form: RegExp }): Json {
    const name = tag.names.find((each) => isRecord(frame) && each in frame)
    if (!isRecord(frame) || name === undefined) return frame
    const { [name]: value, ...rest } = frame
    if (!tag.form.test(JSON.stringify(value))) {
      this.#problems.add(`${path} ${name}: expected ${tag.form}, sent ${show(value)}`)
    }
    return rest
  }

  #say(events: Opened, message: Json): void {
    const path = this.#open.get(events)
    if (path === undefined) return
    const text = typeof message === 'string' ? message : JSON.stringify(message)
    events.received(this.#evidence.pack?.(text, path) ?? text)
  }

  #pathsLeft(): string {
    return [...this.#missing].map(({ path }) => path).join(' or ') || 'none'
  }
}

/** One frame for each thing it lists. */
function split(frame: Json, list: string | undefined): Json[] {
  if (list === undefined || !isRecord(frame)) return [frame]
  const listed = frame[list]
  if (!Array.isArray(listed) || frame.op === 'auth') return [frame]
  return listed.map((each: Json) => ({ ...frame, [list]: [each] }))
}

/** Until nothing moves any more without time passing. */
async function quiet(): Promise<void> {
  for (let round = 0; round < 12; round++) await new Promise((resolve) => setImmediate(resolve))
}

function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function isRecord(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
