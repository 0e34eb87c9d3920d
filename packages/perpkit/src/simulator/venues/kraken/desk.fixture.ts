import { isRecord, Reader } from '../../../core/reader.ts'
import { assembleSimulator, type Simulator } from '../../assemble.ts'
import type { SimulatorOptions } from '../../options.ts'
import type { Answer, KeyPermissions, RawRequest, VenueCredentials } from '../../server/types.ts'
import { signatureOf } from './auth.ts'
import { kraken } from './index.ts'

// A client of this venue for its tests: raw requests. The signature itself is held against vectors
// from elsewhere in auth.test.ts.

/** When the manual clock starts: 2026-01-05 00:00:30 UTC, a Monday. */
export const startTime: number = Date.UTC(2026, 0, 5, 0, 0, 30)

export const base = '/derivatives/api/v3'

export type Fields = Record<string, string | number | boolean | readonly string[]>

export interface Desk {
  simulator: Simulator
  /** A signed GET under `/derivatives/api/v3`, or of an absolute path. */
  get(path: string, query?: Fields): Promise<Reader>
  /** A signed POST with a form body. */
  post(path: string, body?: Fields): Promise<Reader>
  put(path: string, body?: Fields): Promise<Reader>
  /** Any request as it stands, signed unless it has headers. */
  send(request: Partial<RawRequest>): Promise<Answer>
  setPrice(price: string): Promise<void>
  advance(ms: number): Promise<void>
  /** Words of the ledger as `'parameter name'`. */
  unknownWords(): Promise<string[]>
}

/** A simulator of this venue alone, on a manual clock, BTC at 60 000. */
export function openDesk(options: SimulatorOptions = {}): Desk {
  const all: SimulatorOptions = { clock: 'manual', startTime, ...options }
  const simulator = assembleSimulator(all, [kraken]).simulator
  return makeDesk(simulator, simulator.credentials('kraken'))
}

/** Another account of the same simulator, its key with other permissions than the usual. */
export async function joinDesk(
  { simulator }: Desk,
  permissions: Partial<KeyPermissions>,
): Promise<Desk> {
  const keys = await simulator.control.createAccount({ venue: 'kraken', permissions })
  return makeDesk(simulator, keys)
}

function makeDesk(simulator: Simulator, { apiKey, apiSecret }: VenueCredentials): Desk {
  const { control } = simulator
  const send = async (request: Partial<RawRequest>): Promise<Answer> => {
    const whole = { ...blank, ...request }
    const headers = request.headers ?? { apikey: apiKey, authent: signatureOf(apiSecret, whole) }
    const answer = await simulator.dispatch('kraken', { ...whole, headers })
    if (!answer) throw new Error('the connection was cut')
    return answer
  }
  const withBody = async (method: string, path: string, body: Fields = {}): Promise<Reader> =>
    read(await send({ method, path: absolute(path), body: form(body) }))
  return {
    simulator,
    send,
    async get(path, query = {}) {
      return read(await send({ path: absolute(path), query: form(query) }))
    },
    post: (path, body) => withBody('POST', path, body),
    put: (path, body) => withBody('PUT', path, body),
    async setPrice(price) {
      await control.setPrice({ symbol: 'BTCUSDT', price })
    },
    async advance(ms) {
      await control.advance({ ms })
    },
    async unknownWords() {
      const entries = await control.ledger()
      return entries.map(({ name, where }) => `${where} ${name}`)
    },
  }
}

/** A parameter set for an order of 0.01 BTC at the market. */
export function order(more: Fields = {}): Fields {
  return { orderType: 'mkt', symbol: 'PF_XBTUSD', side: 'buy', size: 0.01, ...more }
}

/** `sendStatus` of an order as {@link order} has it. */
export async function place(desk: Desk, more: Fields = {}): Promise<Record<string, unknown>> {
  return fieldsOf((await desk.post('/sendorder', order(more))).at('sendStatus'))
}

/** The `order_id` of an order that must be accepted. */
export async function placed(desk: Desk, more: Fields = {}): Promise<string> {
  const { order_id: orderId, status } = await place(desk, more)
  if (status !== 'placed' || typeof orderId !== 'string') throw new Error(`refused: ${status}`)
  return orderId
}

/** Rows of a list. */
export function rows(reader: Reader): Record<string, unknown>[] {
  return reader.items().map(fieldsOf)
}

export function fieldsOf(reader: Reader): Record<string, unknown> {
  if (!isRecord(reader.value)) throw new Error(`${reader.path} is no object`)
  return reader.value
}

/** Values as a form carries them; a list repeats its key. */
function form(fields: Fields): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
  )
  return new URLSearchParams(pairs).toString()
}

const blank: RawRequest = {
  method: 'GET',
  path: '/',
  query: '',
  headers: {},
  body: '',
  remoteAddress: '127.0.0.1',
}

function absolute(path: string): string {
  return path.startsWith('/api/') || path.startsWith('/derivatives/') ? path : `${base}${path}`
}

function read(answer: Answer): Reader {
  return new Reader(JSON.parse(answer.body))
}
