import { hmacSha256 } from '../../../core/bytes.ts'
import { isRecord, Reader } from '../../../core/reader.ts'
import { assembleSimulator, type Simulator } from '../../assemble.ts'
import type { SimulatorOptions } from '../../options.ts'
import type { Answer, KeyPermissions, RawRequest, VenueCredentials } from '../../server/types.ts'
import { okx } from './index.ts'

// A client of this venue for its tests: raw requests, signed by hand.

/** When the manual clock starts: 2026-01-05 00:00:30 UTC, a Monday. */
export const startTime: number = Date.UTC(2026, 0, 5, 0, 0, 30)

export type Words = Readonly<Record<string, unknown>>

export interface Desk {
  simulator: Simulator
  /** A signed or public GET under `/api/v5/`; the envelope of the answer. */
  get(path: string, query?: Record<string, string | number>): Promise<Reader>
  /** A signed POST under `/api/v5/`; the envelope of the answer. */
  post(path: string, body: Words | readonly Words[]): Promise<Reader>
  /** Any request as it stands. */
  send(request: Partial<RawRequest>): Promise<Answer>
  /** Headers of a request that is signed now. */
  sign(method: string, target: string, body?: string): Record<string, string>
  setPrice(price: string, symbol?: string): Promise<void>
  advance(ms: number): Promise<void>
  /** Words of the ledger as `'parameter name'`. */
  unknownWords(): Promise<string[]>
}

/** A simulator of this venue alone, on a manual clock, BTC at 60 000. */
export function openDesk(options: SimulatorOptions = {}): Desk {
  const { simulator } = assembleSimulator({ clock: 'manual', startTime, ...options }, [okx])
  return makeDesk(simulator, simulator.credentials('okx'))
}

/** Another account of the same simulator, its key with other permissions than the usual. */
export async function joinDesk(
  { simulator }: Desk,
  permissions: Partial<KeyPermissions> = {},
): Promise<Desk> {
  const keys = await simulator.control.createAccount({ venue: 'okx', permissions })
  return makeDesk(simulator, keys)
}

/** The same with another balance than 100 000 USDT. */
export async function openDeskWith(balance: string): Promise<Desk> {
  const { simulator } = assembleSimulator({ clock: 'manual', startTime }, [okx])
  return makeDesk(simulator, await simulator.control.createAccount({ venue: 'okx', balance }))
}

function makeDesk(simulator: Simulator, credentials: VenueCredentials): Desk {
  const { apiKey, apiSecret, passphrase = '' } = credentials
  const { control } = simulator
  const sign: Desk['sign'] = (method, target, body = '') => {
    const timestamp = new Date(simulator.now()).toISOString()
    return {
      'ok-access-key': apiKey,
      'ok-access-sign': hmacSha256(apiSecret, `${timestamp}${method}${target}${body}`, 'base64'),
      'ok-access-timestamp': timestamp,
      'ok-access-passphrase': passphrase,
    }
  }
  const send: Desk['send'] = async (request) => {
    const answer = await simulator.dispatch('okx', { ...blank, ...request })
    if (!answer) throw new Error('the connection was cut')
    return answer
  }
  return {
    simulator,
    sign,
    send,
    async get(name, fields = {}) {
      const query = new URLSearchParams(
        Object.entries(fields).map(([key, value]): [string, string] => [key, String(value)]),
      ).toString()
      const path = `/api/v5/${name}`
      const headers = sign('GET', query === '' ? path : `${path}?${query}`)
      return envelope(await send({ path, query, headers }))
    },
    async post(name, fields) {
      const path = `/api/v5/${name}`
      const body = JSON.stringify(fields)
      const headers = sign('POST', path, body)
      return envelope(await send({ method: 'POST', path, body, headers }))
    },
    async setPrice(price, symbol = 'BTCUSDT') {
      await control.setPrice({ symbol, price })
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

/** The rows of `data`. */
export function rows(answer: Reader): Record<string, unknown>[] {
  return answer
    .at('data')
    .items()
    .map(({ path, value }) => {
      if (!isRecord(value)) throw new Error(`${path} is no object`)
      return value
    })
}

/** The only row of `data`. */
export function row(answer: Reader): Record<string, unknown> {
  const [first, ...others] = rows(answer)
  if (!first || others.length > 0) {
    throw new Error(`not one row: ${JSON.stringify(answer.value)}`)
  }
  return first
}

/** `'51008 Order failed. …'` of the row or of the whole; `'0'` for what was accepted. */
export function said(answer: Reader): string {
  const [first] = answer.has('data') ? rows(answer) : []
  const { sCode, sMsg } = first ?? {}
  if (sCode === '0') return '0'
  if (sCode !== undefined) return `${sCode} ${sMsg}`
  const code = answer.at('code').string()
  return code === '0' ? '0' : `${code} ${answer.at('msg').string()}`
}

/** Parameters of a market order for 1 contract, 0.01 BTC. */
export function order(more: Words = {}): Words {
  return { instId: BTC, tdMode: 'cross', side: 'buy', ordType: 'market', sz: '1', ...more }
}

/** Parameters of a limit order for 1 contract. */
export function limit(px: string, more: Words = {}): Words {
  return order({ ordType: 'limit', px, ...more })
}

/** Parameters of a stop that protects a long position of 1 contract. */
export function stop(more: Words = {}): Words {
  return order({
    side: 'sell',
    ordType: 'conditional',
    slTriggerPx: '58000',
    slOrdPx: '-1',
    reduceOnly: true,
    ...more,
  })
}

/** Places an order of the book; its `ordId`, or an error when it is not accepted. */
export async function place(desk: Desk, words: Words): Promise<string> {
  return accepted(await desk.post('trade/order', words), 'ordId')
}

/** Places an algo; its `algoId`. */
export async function placeAlgo(desk: Desk, words: Words): Promise<string> {
  return accepted(await desk.post('trade/order-algo', words), 'algoId')
}

export async function lookUp(desk: Desk, ordId: string): Promise<Record<string, unknown>> {
  return row(await desk.get('trade/order', { instId: BTC, ordId }))
}

export async function lookUpAlgo(desk: Desk, algoId: string): Promise<Record<string, unknown>> {
  return row(await desk.get('trade/order-algo', { algoId }))
}

/** Signed size of the position in contracts, `'0'` when flat. */
export async function held(desk: Desk): Promise<unknown> {
  const [position] = rows(await desk.get('account/positions', { instType: 'SWAP' }))
  return position?.pos ?? '0'
}

/** Legs of an algo that takes profit alone. */
export const profit: Words = {
  slTriggerPx: undefined,
  slOrdPx: undefined,
  tpTriggerPx: '62000',
  tpOrdPx: '-1',
}

/** What makes an `oco` of a stop. */
export const pair: Words = { ordType: 'oco', tpTriggerPx: '62000', tpOrdPx: '-1' }

/** A desk with a long position of so many contracts. */
export async function withLong(sz = '1'): Promise<Desk> {
  const desk = openDesk()
  await place(desk, order({ sz }))
  return desk
}

/** Ids of the algos that wait. */
export async function pending(desk: Desk, ordType: string): Promise<unknown[]> {
  const answer = await desk.get('trade/orders-algo-pending', { ordType })
  return rows(answer).map(({ algoId }) => algoId)
}

export const BTC = 'BTC-USDT-SWAP'

const blank: RawRequest = {
  method: 'GET',
  path: '/',
  query: '',
  headers: {},
  body: '',
  remoteAddress: '127.0.0.1',
}

function accepted(answer: Reader, name: string): string {
  if (said(answer) !== '0') throw new Error(`refused: ${said(answer)}`)
  return answer.at('data').at(0).at(name).string()
}

function envelope(answer: Answer): Reader {
  return new Reader(JSON.parse(answer.body))
}
