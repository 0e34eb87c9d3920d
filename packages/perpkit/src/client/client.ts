import { randomHex } from '../core/bytes.ts'
import { type Clock, systemClock } from '../core/clock.ts'
import { seeded } from '../core/random.ts'
import { createHttpTransport } from '../transport/http.ts'
import { createSocketConnector } from '../transport/socket.ts'
import { budgetOf } from './budgets.ts'
import { type Catalogue, createCatalogue } from './catalogue.ts'
import type { Call, ExchangeDefinition, Operations } from './definition.ts'
import { createExchangeTime, type ExchangeTime } from './exchangeTime.ts'
import { silentLogger } from './logger.ts'
import { type AccountModes, createAccountModes } from './modes.ts'
import {
  credentialsOf,
  DEFAULT_TIMEOUT_MS,
  type FuturesExchangeOptions,
  headersOf,
  originOf,
  prefixOf,
  socketOriginOf,
} from './options.ts'
import { createMemoryJournal, type Journal, type JournalIdentity } from './safety/journal.ts'
import { Guard } from './safety/managed/guard.ts'
import { MAX_STEP, type OrderStep, orderIdOf, orderNumberOf } from './safety/orderIds.ts'
import { createWitness } from './safety/witness.ts'
import { createCall, type Passage, type Scope } from './send.ts'
import { createStreams, type Streams } from './streams/streams.ts'

/** The parts of one exchange object, as its actions see them. */
export interface Client {
  readonly definition: ExchangeDefinition
  readonly operations: Operations
  readonly catalogue: Catalogue
  readonly modes: AccountModes
  readonly time: ExchangeTime
  readonly clock: Clock
  readonly journal: Journal
  readonly hasCredentials: boolean
  /** Absent where the exchange has none in this library. */
  readonly streams: Streams | undefined
  /** Supervises managed orders. */
  readonly guard: Guard
  /** What one request may take, waits included. */
  readonly timeoutMs: number
  /** The passage for one action. */
  call(scope: Scope): Call
  /** Shows the journal the open orders, once, where it wants to see them; before the first order. */
  witness(): Promise<void>
  /** The next plain or managed order's number in this journal's life. */
  nextNumber(): number
  isClosed(): boolean
  /** The client order id of a step. */
  orderId(step: OrderStep): Promise<string>
  close(): Promise<void>
}

/** Puts the parts together. Throws `RequestError` for options that cannot be meant. */
export function createClient(
  definition: ExchangeDefinition,
  options: FuturesExchangeOptions,
): Client {
  const clock = options.clock ?? systemClock
  const transport = options.transport ?? createHttpTransport({ clock })
  const operations = definition.createOperations()
  const credentials = credentialsOf(definition, options)
  const { journal = createMemoryJournal(freshIdentity(clock)) } = options
  const origin = originOf(definition, options)
  const way = { origin, credentials, clock, transport: options.transport }
  let isClosed = false

  const passage: Passage = {
    definition,
    origin,
    headers: headersOf(definition, options),
    credentials,
    transport,
    clock,
    time: createExchangeTime(clock, () => readTime(passage, operations)),
    budget: budgetOf(definition, options.rateLimit, way),
    logger: options.logger ?? silentLogger,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    random: options.random ?? seeded(Number.parseInt(randomHex(4), 16)),
    decodeContext: () => ({ instruments: catalogue }),
    isClosed: () => isClosed,
  }
  const catalogue = createCatalogue(definition, clock, () =>
    operations.getInstruments(createCall(passage, { action: 'getInstruments' }), undefined),
  )
  const streams = streamsOf(passage, catalogue, operations, options)
  const guard = new Guard({ clock, logger: passage.logger, streams })
  const call = (scope: Scope): Call => createCall(passage, scope)
  return {
    definition,
    operations,
    catalogue,
    streams,
    guard,
    modes: createAccountModes(definition, operations),
    time: passage.time,
    clock,
    journal,
    hasCredentials: credentials !== undefined,
    isClosed: () => isClosed,
    timeoutMs: passage.timeoutMs,
    call,
    witness: createWitness({ call, catalogue, definition, journal, operations }),
    ...numbering(definition, journal, prefixOf(definition, options)),
    async close() {
      isClosed = true
      for (const part of [guard, streams]) part?.close()
      // A transport that was handed in may serve others: its owner closes it.
      if (!options.transport) await transport.close()
    },
  }
}

/** Never waits for a budget: the wait would be taken for a slow round trip. */
function readTime(passage: Passage, operations: Operations): Promise<number> {
  const ask = createCall({ ...passage, budget: undefined }, { action: 'getServerTime' })
  return operations.getServerTime(ask, undefined)
}

function streamsOf(
  passage: Passage,
  catalogue: Catalogue,
  operations: Operations,
  options: FuturesExchangeOptions,
): Streams | undefined {
  const { definition, headers = {}, credentials, clock, logger, time, random } = passage
  const { streams } = definition
  if (!streams) return undefined
  return createStreams({
    definition,
    streams,
    operations,
    catalogue,
    connect: options.connectSocket ?? createSocketConnector(),
    origin: socketOriginOf(definition, streams, options),
    headers,
    credentials,
    clock,
    logger,
    time,
    random,
    call: (scope) => createCall(passage, scope),
  })
}

function numbering(
  { clientOrderIdForm }: ExchangeDefinition,
  journal: Journal,
  prefix: string,
): Pick<Client, 'nextNumber' | 'orderId'> {
  let lastNumber = 0
  return {
    nextNumber() {
      lastNumber = (lastNumber + 1) % (MAX_STEP.number + 1)
      return lastNumber
    },
    async orderId(step) {
      const identity = await journal.identity()
      if (clientOrderIdForm === 'number') return orderNumberOf(identity, step)
      return orderIdOf(identity, step, prefix)
    },
  }
}

/** An identity for a journal that ends with this process. */
function freshIdentity(clock: Clock): JournalIdentity {
  return {
    installation: Number.parseInt(randomHex(2), 16) & 0xfff,
    epoch: Number.parseInt(randomHex(2), 16),
    since: Math.floor(clock.now() / 1000),
  }
}
