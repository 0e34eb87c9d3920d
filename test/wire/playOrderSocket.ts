import { gunzipSync } from 'node:zlib'
import { createSimulator, type Simulator, type VenueName } from 'perpkit/simulator'
import { WIRE_TIME } from './cases.ts'
import { resultDifferences } from './compare.ts'
import type { Signing, Words } from './evidence.ts'
import type { OrderSocketCase, OrderTruth } from './orderSocketCases.ts'
import type {
  Desk,
  Heard,
  OrderSocketEvidence,
  OrderSocketScript,
  SayStep,
} from './orderSocketEvidence.ts'
import { shapeDifferences, show } from './shapes.ts'

export interface OrderSocketPlay {
  venue: VenueName
  /** Where a venue has accounts of several kinds. */
  kind?: 'classic' | 'unified'
  evidence: OrderSocketEvidence
  signing: Signing
}

/**
 * Plays one script against the venue of a simulator, with a fresh account and a clock that stands
 * still. Returns what is wrong with its answers, its truth and its ledger; empty when nothing is.
 */
export async function playOrderSocket(
  play: OrderSocketPlay,
  script: OrderSocketScript,
  { truth }: OrderSocketCase,
): Promise<string[]> {
  const { venue, kind } = play
  const simulator = createSimulator({
    clock: 'manual',
    seed: 1,
    startTime: WIRE_TIME,
    startPrices: { BTC: '60000' },
    venues: [venue],
  })
  try {
    const key = await simulator.control.createAccount({ venue, ...(kind ? { kind } : {}) })
    const stage = new Stage(simulator, play, key)
    for (const step of script.steps) {
      if ('ask' in step) await stage.ask(step.ask)
      else await stage.say(step)
    }
    return [
      ...stage.problems(),
      ...(await truthProblems(simulator, venue, script.truth ?? truth)),
      ...(await ledgerProblems(simulator, script)),
    ]
  } finally {
    await simulator.close()
  }
}

type Socket = ReturnType<Simulator['openSocket']>

class Stage {
  readonly #simulator: Simulator
  readonly #play: OrderSocketPlay
  readonly #key: Desk['key']
  readonly #sockets = new Map<string, Socket>()
  readonly #heard: unknown[] = []
  readonly #problems: string[] = []

  constructor(simulator: Simulator, play: OrderSocketPlay, key: Desk['key']) {
    this.#simulator = simulator
    this.#play = play
    this.#key = key
  }

  async ask(words: Words): Promise<void> {
    const { venue, signing } = this.#play
    const request = signing.sign(words, this.#key, WIRE_TIME)
    const answer = await this.#simulator.dispatch(venue, { ...request, remoteAddress: '127.0.0.1' })
    if (answer?.status !== 200) {
      this.#problems.push(`${words.method} ${words.path}: ${answer?.status} ${answer?.body}`)
    }
    this.#heard.push(parse(answer?.body ?? ''))
  }

  async say(step: SayStep): Promise<void> {
    const desk: Desk = { key: this.#key, now: WIRE_TIME, heard: this.#heard }
    const path = typeof step.at === 'function' ? step.at(desk) : step.at
    const socket = this.#sockets.get(path) ?? this.#simulator.openSocket(this.#play.venue, path)
    this.#sockets.set(path, socket)
    const said = typeof step.say === 'function' ? step.say(desk) : step.say
    if (said !== undefined) socket.send(typeof said === 'string' ? said : JSON.stringify(said))
    await quiet()
    const where = `${path} after ${show(said)}`
    const frames = this.#take(path, socket)
    this.#heard.push(...frames)
    this.#problems.push(...frameDifferences(step.hear, frames).map((each) => `${where}: ${each}`))
    const end = socket.isOpen ? 'none' : (socket.end?.code ?? 'a cut')
    const { ends = 'none' } = step
    if (ends === 'any code' ? typeof end !== 'number' : end !== ends) {
      this.#problems.push(`${where}: expected the end to be ${ends}, received ${end}`)
    }
  }

  problems(): string[] {
    const unheard = [...this.#sockets].flatMap(([path, socket]) =>
      this.#take(path, socket).map((frame) => `${path}: not expected ${JSON.stringify(frame)}`),
    )
    return [...this.#problems, ...unheard]
  }

  #take(path: string, socket: Socket): unknown[] {
    const isPacked = this.#play.evidence.packed?.includes(path) === true
    return socket.take().map((frame) => {
      const isBinary = typeof frame !== 'string'
      if (isBinary !== isPacked) {
        this.#problems.push(`${path}: expected ${isPacked ? 'gzip' : 'text'}`)
      }
      return parse(isBinary ? gunzipSync(frame).toString() : frame)
    })
  }
}

/** Each expected frame against the one most like it. */
function frameDifferences(expected: readonly Heard[], received: readonly unknown[]): string[] {
  const left = [...received]
  const problems: string[] = []
  for (const each of expected) {
    const [best] = left
      .map((frame) => ({ frame, differences: differences(each, frame, 'frame') }))
      .sort((a, b) => a.differences.length - b.differences.length)
    if (!best) {
      problems.push('expected one more frame')
      continue
    }
    left.splice(left.indexOf(best.frame), 1)
    if (best.differences.length > 0) {
      problems.push(...best.differences, `received ${JSON.stringify(best.frame)}`)
    }
  }
  return [...problems, ...left.map((frame) => `not expected ${JSON.stringify(frame)}`)]
}

function differences(expected: Heard, received: unknown, path: string): string[] {
  if (expected instanceof RegExp) {
    const text = typeof received === 'string' ? received : JSON.stringify(received)
    if (expected.test(text)) return []
    return [`${path}: expected like ${expected}, received ${show(received)}`]
  }
  if (isList(expected)) {
    if (!Array.isArray(received) || received.length !== expected.length) {
      return [`${path}: expected ${expected.length} elements, received ${show(received)}`]
    }
    return expected.flatMap((each, index) =>
      differences(each, received[index], `${path}[${index}]`),
    )
  }
  if (typeof expected !== 'object' || expected === null) {
    if (Object.is(expected, received)) return []
    return [`${path}: expected ${show(expected)}, received ${show(received)}`]
  }
  if (isShape(expected)) return shapeDifferences(expected.shape, received, path)
  const isOpen = isOpenObject(expected)
  const members = isOpen ? expected.atLeast : expected
  if (!isRecord(received)) return [`${path}: expected an object, received ${show(received)}`]
  const surplus = isOpen ? [] : Object.keys(received).filter((name) => !(name in members))
  return [
    ...Object.entries(members).flatMap(([name, member]) =>
      differences(member, received[name], `${path}.${name}`),
    ),
    ...surplus.map((name) => `${path}.${name}: expected nothing, received ${show(received[name])}`),
  ]
}

async function truthProblems(
  simulator: Simulator,
  venue: VenueName,
  { orders = [], conditionalOrders = [], positions = [] }: OrderTruth,
): Promise<string[]> {
  const state = await simulator.control.state({ venue })
  const byPrice = state.orders.toSorted((a, b) => Number(a.price) - Number(b.price))
  const byStop = state.conditionalOrders.toSorted(
    (a, b) => Number(a.stopPrice) - Number(b.stopPrice),
  )
  return [
    ...resultDifferences(orders, byPrice, 'orders'),
    ...resultDifferences(conditionalOrders, byStop, 'conditionalOrders'),
    ...resultDifferences(positions, state.positions, 'positions'),
  ]
}

async function ledgerProblems(
  simulator: Simulator,
  { isNotUnderstood }: OrderSocketScript,
): Promise<string[]> {
  const entries = await simulator.control.ledger()
  if (isNotUnderstood) return entries.length > 0 ? [] : ['ledger: expected an entry']
  return entries.map((entry) => `ledger: ${JSON.stringify(entry)}`)
}

/** Until nothing moves any more without time passing. */
async function quiet(): Promise<void> {
  for (let round = 0; round < 8; round++) await new Promise((resolve) => setImmediate(resolve))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function isList(value: Heard): value is readonly Heard[] {
  return Array.isArray(value)
}

type Members = Exclude<Heard, string | number | boolean | null | RegExp | readonly Heard[]>

function isShape(value: Members): value is Extract<Members, { readonly shape: unknown }> {
  return 'shape' in value
}

function isOpenObject(value: Members): value is Extract<Members, { readonly atLeast: unknown }> {
  return 'atLeast' in value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
