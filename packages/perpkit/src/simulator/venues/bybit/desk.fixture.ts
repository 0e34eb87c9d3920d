import { hmacSha256 } from '../../../core/bytes.ts'
import { isRecord, Reader } from '../../../core/reader.ts'
import { assembleSimulator, type Simulator } from '../../assemble.ts'
import type { SimulatorOptions } from '../../options.ts'
import type { Answer, KeyPermissions, RawRequest, VenueCredentials } from '../../server/types.ts'
import { bybit } from './index.ts'

// A client of this venue for its tests: raw requests, signed by hand.

/** When the manual clock starts: 2026-01-05 00:00:30 UTC, a Monday. */
export const startTime: number = Date.UTC(2026, 0, 5, 0, 0, 30)

export interface Desk {
  simulator: Simulator
  /** A signed or public GET; the envelope of the answer. */
  get(path: string, query?: Record<string, string | number>): Promise<Reader>
  /** A signed POST; the envelope of the answer. */
  post(path: string, body: Record<string, unknown>): Promise<Reader>
  /** Any request as it stands. */
  send(request: Partial<RawRequest>): Promise<Answer>
  /** Headers of a request that is signed over `payload`, with the desk's own key or another. */
  sign(payload: string, key?: VenueCredentials): Record<string, string>
  setPrice(price: string): Promise<void>
  advance(ms: number): Promise<void>
  /** Words of the ledger as `'parameter name'`. */
  unknownWords(): Promise<string[]>
}

/** A simulator of this venue alone, on a manual clock, BTC at 60 000. */
export function openDesk(options: SimulatorOptions = {}): Desk {
  const all: SimulatorOptions = { clock: 'manual', startTime, ...options }
  const simulator = assembleSimulator(all, [bybit]).simulator
  return makeDesk(simulator, simulator.credentials('bybit'))
}

/** Another account of the same simulator, its key with other permissions than the usual. */
export async function joinDesk(
  { simulator }: Desk,
  permissions: Partial<KeyPermissions>,
): Promise<Desk> {
  const keys = await simulator.control.createAccount({ venue: 'bybit', permissions })
  return makeDesk(simulator, keys)
}

function makeDesk(simulator: Simulator, own: VenueCredentials): Desk {
  const { control } = simulator
  const sign: Desk['sign'] = (payload, { apiKey, apiSecret } = own) => {
    const timestamp = String(simulator.now())
    return {
      'x-bapi-api-key': apiKey,
      'x-bapi-timestamp': timestamp,
      'x-bapi-recv-window': '5000',
      'x-bapi-sign': hmacSha256(apiSecret, `${timestamp}${apiKey}5000${payload}`, 'hex'),
    }
  }
  const send = async (request: Partial<RawRequest>): Promise<Answer> => {
    const answer = await simulator.dispatch('bybit', { ...blank, ...request })
    if (!answer) throw new Error('the connection was cut')
    return answer
  }
  return {
    simulator,
    sign,
    send,
    async get(path, query = {}) {
      const text = new URLSearchParams(
        Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
      ).toString()
      return envelope(await send({ path, query: text, headers: sign(text) }))
    },
    async post(path, body) {
      const text = JSON.stringify(body)
      return envelope(await send({ method: 'POST', path, body: text, headers: sign(text) }))
    },
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

/** `'110001 order not exists …'`, or `'0 OK'`. */
export function said(answer: Reader): string {
  return `${answer.at('retCode').number()} ${answer.at('retMsg').string()}`
}

/** The rows of `result.list`. */
export function rows(answer: Reader): Record<string, unknown>[] {
  return answer.at('result').at('list').items().map(fieldsOf)
}

/** The only row of `result.list`. */
export function row(answer: Reader): Record<string, unknown> {
  const [first, ...others] = rows(answer)
  if (!first || others.length > 0) throw new Error(`${others.length + 1} rows, or none`)
  return first
}

/** A parameter set for an order of 0.01 BTC. */
export function order(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    category: 'linear',
    symbol: 'BTCUSDT',
    side: 'Buy',
    orderType: 'Market',
    qty: '0.01',
    ...more,
  }
}

/** Places an order as {@link order} has it; an error when it is not accepted. */
export async function place(
  desk: Desk,
  more: Record<string, unknown>,
): Promise<{ orderId: string; orderLinkId: string }> {
  const answer = await desk.post('/v5/order/create', order(more))
  if (said(answer) !== '0 OK') throw new Error(`refused: ${said(answer)}`)
  const result = answer.at('result')
  return { orderId: result.at('orderId').string(), orderLinkId: result.at('orderLinkId').string() }
}

/** The row of one order, open or ended. */
export async function look(desk: Desk, orderLinkId: string): Promise<Record<string, unknown>> {
  return row(await desk.get('/v5/order/realtime', { category: 'linear', orderLinkId }))
}

export const bitcoin = { category: 'linear', symbol: 'BTCUSDT' } as const

export const usdt = { category: 'linear', settleCoin: 'USDT' } as const

const blank: RawRequest = {
  method: 'GET',
  path: '/',
  query: '',
  headers: {},
  body: '',
  remoteAddress: '127.0.0.1',
}

function envelope(answer: Answer): Reader {
  return new Reader(JSON.parse(answer.body))
}

function fieldsOf(reader: Reader): Record<string, unknown> {
  if (!isRecord(reader.value)) throw new Error(`${reader.path} is no object`)
  return reader.value
}
