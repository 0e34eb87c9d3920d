import type { Clock } from '../core/clock.ts'
import type { Random } from '../core/random.ts'
import { RequestError } from '../model/errors.ts'
import type { BudgetStore } from '../transport/budgetStore.ts'
import { type SocketConnector, toSocketOrigin } from '../transport/socket.ts'
import type { Transport } from '../transport/types.ts'
import type { Credentials, ExchangeDefinition, StreamDefinition } from './definition.ts'
import type { Logger } from './logger.ts'
import type { Journal } from './safety/journal.ts'

export interface RateLimitOptions {
  /**
   * Default: in this process, where all exchange objects share what they share at the exchange, the
   * address or the key. `createRedisBudgetStore` shares among processes.
   */
  store?: BudgetStore
  /** Names this machine's way out, where processes behind several addresses share a store. */
  address?: string
  /** Names the account, where several of its keys are in use. Default: each key counts alone. */
  account?: string
}

export interface FuturesExchangeOptions {
  /** Absent: public methods only. */
  apiKey?: string
  apiSecret?: string
  /** Required with a key on exchanges that have one (OKX, Bitget). */
  passphrase?: string
  /** Default `true`: real money only where `testnet: false` is written. */
  testnet?: boolean
  /** One origin for everything (the simulator, a proxy); wins over `testnet`. */
  baseUrl?: string
  /** pino-compatible; never receives a secret. */
  logger?: Logger
  /** Per request, waiting and repeats included. Default 10 000. */
  timeoutMs?: number
  /** Where order intents are kept; default in memory. */
  journal?: Journal
  /** Where our request budgets are kept; `false` switches them off. */
  rateLimit?: RateLimitOptions | false
  /**
   * Up to 8 characters in front of our client order ids, in the exchange's charset; none where ids
   * are numbers (HTX).
   */
  clientOrderIdPrefix?: string
  /** Another way to the wire: in-process tests, other runtimes. Closing it is the caller's. */
  transport?: Transport
  /** The same for sockets. */
  connectSocket?: SocketConnector
  /** Another time than the machine's. */
  clock?: Clock
  /** Where pauses between attempts get their jitter; a seeded one makes runs repeatable. */
  random?: Random
}

export const DEFAULT_TIMEOUT_MS = 10_000

/** The origin all requests go to. Throws `RequestError` for what cannot be one. */
export function originOf(definition: ExchangeDefinition, options: FuturesExchangeOptions): string {
  if (options.baseUrl !== undefined) return parseOrigin(definition, options.baseUrl)
  if (options.testnet === false) return definition.liveOrigin
  if (definition.testnetOrigin !== undefined) return definition.testnetOrigin
  throw new RequestError(
    `${definition.name} has no testnet; use the simulator (baseUrl: 'http://127.0.0.1:…'), or testnet: false for real money`,
    { code: 'NO_TESTNET', exchange: definition.name },
  )
}

/** The origin of sockets, which follows that of requests. */
export function socketOriginOf(
  definition: ExchangeDefinition,
  streams: StreamDefinition,
  options: FuturesExchangeOptions,
): string {
  if (options.baseUrl !== undefined) {
    const origin = parseOrigin(definition, options.baseUrl)
    return streams.originsOf?.[origin] ?? toSocketOrigin(origin)
  }
  return options.testnet === false
    ? streams.liveOrigin
    : (streams.testnetOrigin ?? streams.liveOrigin)
}

/** What every request carries: only where the origin alone does not tell play money from real. */
export function headersOf(
  definition: ExchangeDefinition,
  options: FuturesExchangeOptions,
): Readonly<Record<string, string>> {
  const isTestnet = options.baseUrl === undefined && options.testnet !== false
  return (isTestnet && definition.testnetHeaders) || {}
}

/** The key as the passage needs it; `undefined` without one. Throws `RequestError` when halved. */
export function credentialsOf(
  definition: ExchangeDefinition,
  options: FuturesExchangeOptions,
): Credentials | undefined {
  const { apiKey, apiSecret, passphrase } = options
  if (!apiKey && !apiSecret && !passphrase) return undefined
  const missing = [
    ...(apiKey ? [] : ['apiKey']),
    ...(apiSecret ? [] : ['apiSecret']),
    ...(definition.needsPassphrase && !passphrase ? ['passphrase'] : []),
  ]
  if (!apiKey || !apiSecret || missing.length > 0) {
    throw new RequestError(`${definition.name}: the credentials lack ${missing.join(' and ')}`, {
      code: 'INVALID_ARGUMENT',
      exchange: definition.name,
    })
  }
  return { apiKey, apiSecret, ...(passphrase ? { passphrase } : {}) }
}

/** The caller's prefix for client order ids, checked. */
export function prefixOf(definition: ExchangeDefinition, options: FuturesExchangeOptions): string {
  const prefix = options.clientOrderIdPrefix ?? ''
  if (prefix !== '' && definition.clientOrderIdForm === 'number') {
    throw new RequestError(
      `${definition.name}: client order ids are numbers there and take no clientOrderIdPrefix, received ${JSON.stringify(prefix)}`,
      { code: 'UNSUPPORTED', exchange: definition.name },
    )
  }
  if (prefix.length <= 8 && (prefix === '' || definition.clientOrderIdPattern.test(prefix))) {
    return prefix
  }
  throw new RequestError(
    `${definition.name}: clientOrderIdPrefix ${JSON.stringify(prefix)} must have up to 8 characters of ${definition.clientOrderIdPattern.source}`,
    { code: 'INVALID_ARGUMENT', exchange: definition.name },
  )
}

function parseOrigin(definition: ExchangeDefinition, baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) {
    return url.origin + url.pathname.replace(/\/+$/, '')
  }
  throw new RequestError(
    `${definition.name}: baseUrl ${JSON.stringify(baseUrl)} is no http or https address`,
    { code: 'INVALID_ARGUMENT', exchange: definition.name },
  )
}
