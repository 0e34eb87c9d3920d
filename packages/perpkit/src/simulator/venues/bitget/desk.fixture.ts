import { hmacSha256 } from '../../../core/bytes.ts'
import { isRecord, Reader } from '../../../core/reader.ts'
import { assembleSimulator, type Simulator } from '../../assemble.ts'
import type { SimulatorOptions } from '../../options.ts'
import type {
  AccountKind,
  Answer,
  KeyPermissions,
  RawRequest,
  VenueCredentials,
} from '../../server/types.ts'
import { bitget } from './index.ts'

// A client of this venue for its tests: raw requests, signed by hand.

/** When the manual clock starts: 2026-01-05 00:00:30 UTC, a Monday. */
export const startTime: number = Date.UTC(2026, 0, 5, 0, 0, 30)

export interface Desk {
  simulator: Simulator
  keys: VenueCredentials
  /** A signed GET; the envelope of the answer. */
  get(path: string, query?: Record<string, string | number>): Promise<Reader>
  /** A signed POST; the envelope of the answer. */
  post(path: string, body: unknown): Promise<Reader>
  /** Any request as it stands. */
  send(request: Partial<RawRequest>): Promise<Answer>
  /** Headers of a request, signed over what stands behind the timestamp. */
  sign(text: string): Record<string, string>
  setPrice(price: string): Promise<void>
  advance(ms: number): Promise<void>
  /** Words of the ledger as `'parameter name'`. */
  unknownWords(): Promise<string[]>
}

/** A simulator of this venue alone with an account of that kind, BTC at 60 000. */
export async function openDesk(kind: AccountKind, options: SimulatorOptions = {}): Promise<Desk> {
  const all = { clock: 'manual', startTime, ...options } as const
  return makeDesk(assembleSimulator(all, [bitget]).simulator, kind)
}

/** Another account of the same simulator, its key with other permissions than the usual. */
export async function joinDesk(
  { simulator }: Desk,
  kind: AccountKind,
  permissions: Partial<KeyPermissions> = {},
): Promise<Desk> {
  return makeDesk(simulator, kind, permissions)
}

async function makeDesk(
  simulator: Simulator,
  kind: AccountKind,
  permissions: Partial<KeyPermissions> = {},
): Promise<Desk> {
  const { control } = simulator
  const keys = await control.createAccount({ venue: 'bitget', kind, permissions })
  const sign = (text: string): Record<string, string> => {
    const timestamp = String(simulator.now())
    return {
      'access-key': keys.apiKey,
      'access-timestamp': timestamp,
      'access-passphrase': keys.passphrase ?? '',
      'access-sign': hmacSha256(keys.apiSecret, `${timestamp}${text}`, 'base64'),
    }
  }
  const send = async (request: Partial<RawRequest>): Promise<Answer> => {
    const answer = await simulator.dispatch('bitget', { ...blank, ...request })
    if (!answer) throw new Error('the connection was cut')
    return answer
  }
  return {
    simulator,
    keys,
    sign,
    send,
    async get(path, query = {}) {
      const text = new URLSearchParams(
        Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
      ).toString()
      const signed = `GET${path}${text === '' ? '' : `?${text}`}`
      return envelope(await send({ path, query: text, headers: sign(signed) }))
    },
    async post(path, body) {
      const text = JSON.stringify(body)
      const headers = sign(`POST${path}${text}`)
      return envelope(await send({ method: 'POST', path, body: text, headers }))
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

/** The code of an answer, `'00000'` when all is well. */
export function code(answer: Reader): string {
  return answer.at('code').string()
}

/** `data` of an answer that must have succeeded. */
export function data(answer: Reader): Record<string, unknown> {
  const reader = succeeded(answer)
  if (!isRecord(reader.value)) throw new Error('data is no object')
  return reader.value
}

/** Rows of a list in `data`, or under a key of it; none for `null`. */
export function rows(answer: Reader, key?: string): Record<string, unknown>[] {
  const reader = succeeded(answer)
  const list = key === undefined ? reader : reader.at(key)
  if (list.value === null) return []
  return list.items().map(({ value }) => {
    if (!isRecord(value)) throw new Error('a row is no object')
    return value
  })
}

/** The only row of a list. */
export function row(answer: Reader, key?: string): Record<string, unknown> {
  const [first, ...others] = rows(answer, key)
  if (!first || others.length > 0) throw new Error(`${first ? others.length + 1 : 0} rows`)
  return first
}

/** What names BTCUSDT on V2. */
export const classic = {
  symbol: 'BTCUSDT',
  productType: 'USDT-FUTURES',
  marginCoin: 'USDT',
} as const

/** What names BTCUSDT on V3. */
export const unified = { category: 'USDT-FUTURES', symbol: 'BTCUSDT' } as const

const blank: RawRequest = {
  method: 'GET',
  path: '/',
  query: '',
  headers: {},
  body: '',
  remoteAddress: '127.0.0.1',
}

function succeeded(answer: Reader): Reader {
  const said = code(answer)
  if (said !== '00000') throw new Error(`refused: ${said} ${answer.at('msg').string()}`)
  return answer.at('data')
}

function envelope(answer: Answer): Reader {
  return new Reader(JSON.parse(answer.body))
}
