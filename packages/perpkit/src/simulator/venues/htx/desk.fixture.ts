import { parseJson } from '../../../core/json.ts'
import { isRecord, Reader } from '../../../core/reader.ts'
import { assembleSimulator, type Simulator } from '../../assemble.ts'
import type { SimulatorOptions } from '../../options.ts'
import type { Answer, RawRequest, VenueCredentials } from '../../server/types.ts'
import { sign } from './auth.ts'
import { htx } from './index.ts'

// A client of this venue for its tests: raw requests, signed by hand.

/** When the manual clock starts: 2026-01-05 00:00:30 UTC, a Monday. */
export const startTime: number = Date.UTC(2026, 0, 5, 0, 0, 30)

export const HOST = '127.0.0.1:7075'

type Query = Record<string, string | number>

export interface Desk {
  simulator: Simulator
  /** A GET, signed wherever it is private. */
  get(path: string, query?: Query): Promise<Reader>
  /** A signed POST. */
  post(path: string, body?: unknown): Promise<Reader>
  /** Any request as it stands. */
  send(request: Partial<RawRequest>): Promise<Answer>
  /**
   * A request with auth parameters and signature of the desk's own key or another, `change` made to
   * the parameters before it.
   */
  signed(
    request: Partial<RawRequest>,
    change?: Record<string, string>,
    key?: VenueCredentials,
  ): Partial<RawRequest>
  setPrice(price: string): Promise<void>
  advance(ms: number): Promise<void>
  /** Words of the ledger as `'parameter name'`. */
  unknownWords(): Promise<string[]>
}

/** A simulator of this venue alone, on a manual clock, BTC at 60 000. */
export function openDesk(options: SimulatorOptions = {}): Desk {
  const all: SimulatorOptions = { clock: 'manual', startTime, ...options }
  const simulator = assembleSimulator(all, [htx]).simulator
  const own = simulator.credentials('htx')
  const { control } = simulator
  const send = async (request: Partial<RawRequest>): Promise<Answer> => {
    const answer = await simulator.dispatch('htx', { ...blank, ...request })
    if (!answer) throw new Error('the connection was cut')
    return answer
  }
  const signed: Desk['signed'] = (request, change = {}, { apiKey, apiSecret } = own) => {
    const auth = {
      AccessKeyId: apiKey,
      SignatureMethod: 'HmacSHA256',
      SignatureVersion: '2',
      Timestamp: new Date(simulator.now()).toISOString().slice(0, 19),
      ...change,
    }
    const query = [encode(auth), request.query ?? ''].filter((part) => part !== '').join('&')
    const signature = sign(apiSecret, { ...blank, ...request, query }, HOST)
    return { ...request, query: `${query}&${encode({ Signature: signature })}` }
  }
  return {
    simulator,
    signed,
    send,
    async get(path, query = {}) {
      const request = { path, query: encode(query) }
      const isPrivate = path.startsWith('/v5/') && !path.startsWith('/v5/market/')
      return read(await send(isPrivate ? signed(request) : request))
    },
    async post(path, body = {}) {
      return read(await send(signed({ method: 'POST', path, body: JSON.stringify(body) })))
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

/** Code and text: `'1017 Order doesnt exist.'`, or `'200'`. */
export function said(answer: Reader): string {
  const code = answer.at('code').number()
  return code === 200 ? '200' : `${code} ${answer.at('message').string()}`
}

/** The code alone. */
export function codeOf(answer: Reader): number {
  return answer.at('code').number()
}

/** The rows of `data`. */
export function rows(answer: Reader): Record<string, unknown>[] {
  return answer.at('data').items().map(fieldsOf)
}

/** The only row of `data`, which may be an object by itself. */
export function row(answer: Reader): Record<string, unknown> {
  const { value } = answer.at('data')
  if (!Array.isArray(value)) return fieldsOf(answer.at('data'))
  const [first, ...others] = rows(answer)
  if (!first || others.length > 0) throw new Error(`${value.length} rows: ${JSON.stringify(value)}`)
  return first
}

/** A market order to buy 5 contracts, changed. */
export function order(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    contract_code: 'BTC-USDT',
    margin_mode: 'cross',
    side: 'buy',
    type: 'market',
    volume: '5',
    ...more,
  }
}

/** A conditional order to sell 5 contracts, changed. */
export function algo(more: Record<string, unknown>): Record<string, unknown> {
  return {
    contract_code: 'BTC-USDT',
    margin_mode: 'cross',
    position_side: 'both',
    side: 'sell',
    volume: '5',
    ...more,
  }
}

/** Places an order as {@link order} has it; its id, or an error when it is not accepted. */
export async function place(desk: Desk, more: Record<string, unknown> = {}): Promise<string> {
  const answer = await desk.post('/v5/trade/order', order(more))
  if (said(answer) !== '200') throw new Error(`refused: ${said(answer)}`)
  return answer.at('data').at('order_id').string()
}

/** Places a conditional order as {@link algo} has it; its id, or an error. */
export async function placeAlgo(desk: Desk, more: Record<string, unknown>): Promise<string> {
  const answer = await desk.post('/v5/algo/order', algo(more))
  if (said(answer) !== '200') throw new Error(`refused: ${said(answer)}`)
  return answer.at('data').at(0).at('algo_id').string()
}

/** {@link openDesk} with a long position of 5 contracts. */
export async function openLong(): Promise<Desk> {
  const desk = openDesk()
  await place(desk)
  return desk
}

/** {@link openDesk} in hedge mode. */
export async function openHedge(): Promise<Desk> {
  const desk = openDesk()
  await desk.post('/v5/position/mode', { position_mode: 'dual_side' })
  return desk
}

/** A stop of that position, and a take-profit. */
export const stop = { type: 'sl', sl_trigger_price: '59000', sl_type: 'market' } as const

export const profit = { type: 'tp', tp_trigger_price: '61000', tp_type: 'market' } as const

/** The row of one order. */
export async function look(desk: Desk, orderId: string): Promise<Record<string, unknown>> {
  return row(await desk.get('/v5/trade/order', { ...bitcoin, order_id: orderId }))
}

/** The row of one conditional order. */
export async function lookAlgo(
  desk: Desk,
  type: string,
  algoId: string,
): Promise<Record<string, unknown>> {
  return row(await desk.get('/v5/algo/order', { type, algo_id: algoId }))
}

export const bitcoin = { contract_code: 'BTC-USDT', margin_mode: 'cross' } as const

/** Parameters as this venue wants them: names in ASCII order, values percent-encoded. */
function encode(fields: Query): string {
  return Object.entries(fields)
    .map(([name, value]): [string, string] => [name, encodeURIComponent(String(value))])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&')
}

const blank: RawRequest = {
  method: 'GET',
  path: '/',
  query: '',
  headers: { host: HOST },
  body: '',
  remoteAddress: '127.0.0.1',
}

function read(answer: Answer): Reader {
  return new Reader(parseJson(answer.body))
}

function fieldsOf(reader: Reader): Record<string, unknown> {
  if (!isRecord(reader.value)) throw new Error(`${reader.path} is no object`)
  return reader.value
}
