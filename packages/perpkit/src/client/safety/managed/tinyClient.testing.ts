import { type Clock, ManualClock } from '../../../core/clock.ts'
import { parseJson } from '../../../core/json.ts'
import { seeded } from '../../../core/random.ts'
import { isRecord } from '../../../core/reader.ts'
import { createMemorySockets, type MemorySockets } from '../../../transport/socket.testing.ts'
import { type HttpRequest, SendFailure, type Transport } from '../../../transport/types.ts'
import type {
  Effect,
  Endpoint,
  ExchangeDefinition,
  Operation,
  Operations,
  SocketMessage,
  StreamDefinition,
  UserEvent,
  Verdict,
} from '../../definition.ts'
import { FuturesClient } from '../../FuturesClient.ts'
import type { Journal, ManagedEntry } from '../journal.ts'
import { Refusal, type TinyExchange } from './tinyExchange.testing.ts'
import type { TinyParams } from './tinyRules.testing.ts'

// The tiny exchange behind a whole client: its words are ours, in JSON, one path an operation.

/** Pauses end at once, with time moved as if they had been waited for. */
export class HastyClock extends ManualClock {
  override after(ms: number, task: () => void): () => void {
    let isWaiting = true
    const cancel = super.after(ms, () => {
      isWaiting = false
      task()
    })
    setImmediate(() => {
      if (isWaiting) this.advance(ms)
    })
    return () => {
      isWaiting = false
      cancel()
    }
  }
}

/** What a process leaves behind. */
export class TinyJournal implements Journal {
  readonly rows = new Map<string, string>()
  /** Runs before each row is written. */
  onSave: (entry: ManagedEntry) => void = () => undefined
  readonly #epoch: number

  constructor(epoch = 1, rows: Iterable<[string, string]> = []) {
    this.#epoch = epoch
    this.rows = new Map(rows)
  }

  identity(): { installation: number; epoch: number; since: number } {
    return { installation: 7, epoch: this.#epoch, since: 0 }
  }

  record(): void {}

  settle(): void {}

  unsettled(): [] {
    return []
  }

  saveManaged(entry: ManagedEntry): void {
    this.onSave(entry)
    this.rows.set(entry.id, JSON.stringify(entry))
  }

  managed(): ManagedEntry[] {
    return [...this.rows.values()]
      .map((row) => JSON.parse(row) as ManagedEntry)
      .filter(({ isFinal }) => !isFinal)
  }

  /** As the next process finds it. */
  inherited(epoch: number): TinyJournal {
    return new TinyJournal(epoch, this.rows)
  }
}

export interface TinyProcess {
  client: FuturesClient
  journal: TinyJournal
  sockets: MemorySockets
}

export interface TinyOptions {
  clock?: Clock
  journal?: TinyJournal
  hasStreams?: boolean
  /** Asked before each request, and after each that changes something: never answered when true. */
  isDead?: (moment: 'before' | 'after', operation: string) => boolean
}

/** A process on the tiny exchange. */
export function createTinyProcess(
  exchange: TinyExchange,
  { clock = new HastyClock(1_000_000), journal = new TinyJournal(), ...more }: TinyOptions = {},
): TinyProcess {
  const sockets = createMemorySockets()
  sockets.onOpen = (side) => side.accept()
  sockets.onFrame = (side, text) => side.say({ kind: 'subscribed', id: Number(text) })
  const client = new FuturesClient(definitionOf(exchange, more.hasStreams ?? false), {
    baseUrl: 'http://tiny.exchange',
    apiKey: 'key',
    apiSecret: 'secret',
    rateLimit: false,
    clock,
    journal,
    random: seeded(1),
    connectSocket: sockets.connect,
    transport: transportTo(exchange, clock, more.isDead ?? (() => false)),
  })
  return { client, journal, sockets }
}

const PUBLIC = new Set(['getServerTime', 'getInstruments', 'getTicker'])

/** Requests that change something. */
const CHANGING = new Set([
  'createOrder',
  'createConditionalOrder',
  'amendOrder',
  'cancelOrder',
  'setPositionStop',
])

const FOR_EVER = new Promise<never>(() => undefined)

function transportTo(
  exchange: TinyExchange,
  clock: Clock,
  isDead: NonNullable<TinyOptions['isDead']>,
): Transport {
  return {
    async send(request: HttpRequest) {
      const operation = new URL(request.url).pathname.slice(1)
      const params: TinyParams = JSON.parse(request.body ?? '{}')
      if (isDead('before', operation)) return FOR_EVER
      const fault = takeFault(exchange, operation, params)
      if (fault === 'before') throw new SendFailure('lost', 'maybe', 'cut on the way there')
      const text = answerOf(exchange, operation, params, fault, clock.now())
      if (fault === 'after') throw new SendFailure('lost', 'maybe', 'cut on the way back')
      if (CHANGING.has(operation) && isDead('after', operation)) return FOR_EVER
      return { status: 200, headers: {}, text }
    },
    async close() {},
  }
}

function takeFault(
  exchange: TinyExchange,
  operation: string,
  params: TinyParams,
): string | undefined {
  const fault = exchange.faults.find(
    (each) => each.operation === operation && each.times !== 0 && (each.when?.(params) ?? true),
  )
  if (!fault) return undefined
  if (fault.times !== undefined) fault.times -= 1
  return fault.kind
}

function answerOf(
  exchange: TinyExchange,
  operation: string,
  params: TinyParams,
  fault: string | undefined,
  now: number,
): string {
  if (fault !== undefined && fault !== 'after') return refusal(fault)
  try {
    return JSON.stringify({ value: exchange.request(operation, params, now) })
  } catch (error) {
    if (error instanceof Refusal) return refusal(error.code)
    throw error
  }
}

function refusal(code: string): string {
  return JSON.stringify({ kind: 'refusal', code, nativeCode: code, nativeMessage: 'no' })
}

function operation<Params, Result>(name: string, effect: Effect): Operation<Params, Result> {
  const endpoint: Endpoint<Params, Result> = {
    method: 'POST',
    path: `/${name}`,
    access: PUBLIC.has(name) ? 'public' : 'trade',
    effect,
    cost: {},
    encode: (params) => ({ json: JSON.parse(JSON.stringify(params ?? {})) }),
    decode: (answer) => answer.at('value').value as Result,
  }
  return (call, params) => call(endpoint, params)
}

function read<Params, Result>(name: string): Operation<Params, Result> {
  return operation(name, 'read')
}

function operationsOf({ rules }: TinyExchange): Operations {
  const known: Operations = {
    getServerTime: read('getServerTime'),
    getInstruments: read('getInstruments'),
    getTicker: read('getTicker'),
    getOrderBook: read('getOrderBook'),
    getTrades: read('getTrades'),
    getKlines: read('getKlines'),
    getFundingRate: read('getFundingRate'),
    getFundingRateHistory: read('getFundingRateHistory'),
    getOpenInterest: read('getOpenInterest'),
    getAccountInfo: read('getAccountInfo'),
    getPositions: read('getPositions'),
    getLeverage: read('getLeverage'),
    setLeverage: operation('setLeverage', 'idempotent'),
    getMarginMode: read('getMarginMode'),
    getPositionMode: read('getPositionMode'),
    getFeeRates: read('getFeeRates'),
    createOrder: operation('createOrder', 'once'),
    createConditionalOrder: operation('createConditionalOrder', 'once'),
    getOrder: read('getOrder'),
    getOpenOrders: read('getOpenOrders'),
    getOrderHistory: read('getOrderHistory'),
    getFills: read('getFills'),
    cancelOrder: operation('cancelOrder', 'once'),
    cancelAllOrders: operation('cancelAllOrders', 'idempotent'),
  }
  return {
    ...known,
    ...((rules.canAmend || rules.sizing === 'amend') && {
      amendOrder: operation('amendOrder', 'once'),
    }),
    ...(rules.sizing === 'set' && {
      setPositionStop: operation('setPositionStop', 'idempotent'),
    }),
  }
}

function definitionOf(exchange: TinyExchange, hasStreams: boolean): ExchangeDefinition {
  const { sizing, attached, attachedSource, canAmend, namesMarginMode } = exchange.rules
  const { oversizedFails } = exchange.rules
  const conditional = canAmend ? (['quantity', 'stopPrice'] as const) : (['stopPrice'] as const)
  return {
    name: 'BYBIT',
    liveOrigin: 'http://tiny.exchange',
    needsPassphrase: false,
    capabilities: {
      triggerSources: ['MARK'],
      timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
      klineIntervals: ['1m'],
      positionModes: ['ONE_WAY', 'HEDGE'],
      marginModes: ['CROSS'],
      marginModeScope: namesMarginMode ? 'order' : 'symbol',
      amend: { plain: [], conditional: canAmend || sizing === 'amend' ? conditional : [] },
      ...(sizing && { stopSizing: sizing }),
      ...(oversizedFails && { oversizedStopFails: true }),
      ...(attached && {
        attachedStop: {
          entries: ['MARKET', 'LIMIT'] as const,
          positionModes: exchange.rules.attachedModes ?? (['ONE_WAY', 'HEDGE'] as const),
          ...(attachedSource && { triggerSource: attachedSource }),
        },
      }),
      unsupported: {},
      emulated: {},
      testnet: false,
      orderAnswer: 'state',
      clientOrderIdUnique: 'whileOpen',
      notes: [],
    },
    ...(namesMarginMode && { namesMarginMode }),
    limits: [],
    clientOrderIdPattern: /^[a-z0-9]{1,32}$/,
    maxKlinesPerRequest: 1_000,
    visibilityDelayMs: 1_000,
    normalizeSymbol: (symbol) => symbol.replace('/', ''),
    sign: ({ query, body }) => ({ query, body, headers: {} }),
    classify: ({ json }): Verdict =>
      isRecord(json) && 'kind' in json ? (json as Verdict) : { kind: 'answer' },
    createOperations: () => operationsOf(exchange),
    ...(hasStreams && { streams: STREAMS }),
  }
}

const nothing = (): never => {
  throw new Error('the tiny exchange has private streams only')
}

const STREAMS: StreamDefinition = {
  liveOrigin: 'ws://tiny.exchange',
  routes: {
    user: {
      path: '/user',
      access: 'private',
      limits: { topicsPerConnection: 5, requestsPerSecond: 100 },
      protocol: {
        read(text) {
          const message = parseJson(text)
          return isRecord(message) ? [message as SocketMessage] : []
        },
        subscribe: (_, { id }) => String(id),
      },
    },
  },
  ticker: nothing,
  trades: nothing,
  klines: nothing,
  orderBook: nothing,
  user: async () => ({
    topics: [{ route: 'user', name: 'user' }],
    decode: (_, value) => [value as UserEvent],
  }),
}
