import { hmacSha256 } from '../../../core/bytes.ts'
import { Reader } from '../../../core/reader.ts'
import { assembleSimulator, type Simulator } from '../../assemble.ts'
import type { VenueCredentials } from '../../server/types.ts'
import { binance } from './index.ts'

// Raw requests to this venue, written as foreign clients write them, without a socket.

/** When the manual clock starts. */
export const START = 1_767_225_600_000

export type Words = Readonly<Record<string, string | number | boolean>>

interface Said {
  status: number
  body: unknown
  /** The body again, to look into. */
  json: Reader
}

/** The venue on a manual clock, with one account of 100 000 USDT. */
export interface Stand {
  simulator: Simulator
  /** Whose requests are signed; another account's may be put here. */
  credentials: VenueCredentials
  read(path: string, words?: Words): Promise<Said>
  get(path: string, words?: Words): Promise<Said>
  post(path: string, words?: Words): Promise<Said>
  put(path: string, words?: Words): Promise<Said>
  remove(path: string, words?: Words): Promise<Said>
  /** A request that is said byte by byte. */
  raw(request: {
    method: string
    path: string
    query?: string
    body?: string
    key?: string
  }): Promise<Said>
  setPrice(price: number, symbol?: string): Promise<void>
  /** `where name` of each ledger entry. */
  ledger(): Promise<string[]>
}

export function openStand(): Stand {
  const { simulator } = assembleSimulator({ clock: 'manual' }, [binance])
  const raw: Stand['raw'] = async ({ method, path, query = '', body = '', key }) => {
    const headers: Record<string, string> = key === undefined ? {} : { 'x-mbx-apikey': key }
    const request = { method, path, query, body, headers, remoteAddress: '127.0.0.1' }
    const answer = await simulator.dispatch('binance', request)
    if (!answer) throw new Error('the connection was cut')
    const parsed: unknown = JSON.parse(answer.body)
    return { status: answer.status, body: parsed, json: new Reader(parsed) }
  }
  const signed =
    (method: string) =>
    async (path: string, words: Words = {}): Promise<Said> => {
      const { now } = await simulator.control.advance({ ms: 0 })
      const { apiKey, apiSecret } = stand.credentials
      const { query } = signedForm(apiSecret, { ...words, timestamp: now }, {})
      return raw({ method, path, query, key: apiKey })
    }
  const stand: Stand = {
    simulator,
    credentials: simulator.credentials('binance'),
    raw,
    read: (path, words = {}) => raw({ method: 'GET', path, query: formOf(words) }),
    get: signed('GET'),
    post: signed('POST'),
    put: signed('PUT'),
    remove: signed('DELETE'),
    async setPrice(price, symbol = 'BTCUSDT') {
      await simulator.control.setPrice({ symbol, price })
    },
    ledger: async () =>
      (await simulator.control.ledger()).map(({ where, name }) => `${where} ${name}`),
  }
  return stand
}

/** Query and body of a signed request; the signature is last, in the body when there is one. */
export function signedForm(
  secret: string,
  inQuery: Words,
  inBody: Words,
): { query: string; body: string } {
  const query = formOf(inQuery)
  const body = formOf(inBody)
  const signature = `signature=${hmacSha256(secret, query + body, 'hex')}`
  return body === ''
    ? { query: `${query}&${signature}`, body }
    : { query, body: `${body}&${signature}` }
}

function formOf(words: Words): string {
  return Object.entries(words)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}

/** The JSON type of every member, arrays by their first element: what a sample and an answer share. */
export function kindsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(kindsOf)
  if (value === null) return 'null'
  if (typeof value !== 'object') return typeof value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]) => [name, kindsOf(member)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** The words but for some names. */
export function without(words: Words, ...names: string[]): Words {
  return Object.fromEntries(Object.entries(words).filter(([name]) => !names.includes(name)))
}

export const limitBuy: Words = {
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity: '0.010',
  price: '59000.00',
}

export const marketBuy: Words = {
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'MARKET',
  quantity: '0.010',
  newOrderRespType: 'RESULT',
}

export const stopSell: Words = {
  algoType: 'CONDITIONAL',
  symbol: 'BTCUSDT',
  side: 'SELL',
  type: 'STOP_MARKET',
  triggerPrice: '58000',
  quantity: '0.010',
  reduceOnly: 'true',
}
