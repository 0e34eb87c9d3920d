import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Access, Call, DecodeContext, Effect, Fields } from '../../client/definition.ts'
import { parseJson } from '../../core/json.ts'
import { Reader } from '../../core/reader.ts'
import { ExchangeError, OutcomeUnknownError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import { withRaw } from '../../model/raw.ts'
import { classify } from './errors.ts'

// For the tests of this folder: a call that writes down what would be sent and answers from a list.

export interface Sent {
  access: Access
  effect: Effect
  cost: Readonly<Record<string, number>>
}

export interface Script {
  call: Call
  /** `'POST sendorder orderType=mkt&…'` (form) or `'GET orderbook?symbol=…'`, in order. */
  lines: string[]
  sent: Sent[]
}

/** Answers by the whole line, or by method and path alone; a list is answered one by one. */
export function script(answers: Readonly<Record<string, unknown>>): Script {
  const lines: string[] = []
  const sent: Sent[] = []
  const used = new Map<string, number>()
  const call: Call = async (endpoint, params) => {
    const { method, access, effect } = endpoint
    const cost = typeof endpoint.cost === 'function' ? endpoint.cost(params) : endpoint.cost
    const path = endpoint.path.replace('/derivatives/api/v3/', '')
    const { query, form } = endpoint.encode(params)
    const line = `${method} ${path}${written('?', query)}${written(' ', form)}`
    lines.push(line)
    sent.push({ access, effect, cost })
    const key = line in answers ? line : `${method} ${path}`
    const turn = used.get(key) ?? 0
    used.set(key, turn + 1)
    const listed = answers[key]
    const answer = Array.isArray(listed) ? listed[Math.min(turn, listed.length - 1)] : listed
    if (answer === undefined) throw new Error(`no answer to ${line}`)
    const judge = endpoint.classify ?? classify
    const verdict = judge({ status: 200, headers: {}, text: '', json: answer })
    if (verdict.kind === 'answer') return endpoint.decode(new Reader(answer), params, context)
    if (verdict.kind === 'unchanged' && endpoint.unchanged) return endpoint.unchanged(params)
    if (verdict.kind !== 'refusal') throw new OutcomeUnknownError(verdict.nativeCode, {})
    throw new ExchangeError(verdict.nativeMessage, verdict)
  }
  return { call, lines, sent }
}

export const NOW = '2026-11-22T05:00:00.000Z'
export const ORDER_ID = '179f9af8-e45e-469d-b3e9-2fd4675cb7d0'
export const CHILD_ID = '022774bc-2c4a-4f26-9317-436c8d85746d'

export function success(content: Readonly<Record<string, unknown>> = {}): unknown {
  return { result: 'success', serverTime: NOW, ...content }
}

export const bitcoin: Instrument = withRaw(
  {
    symbol: 'BTCUSD',
    nativeSymbol: 'PF_XBTUSD',
    baseAsset: 'BTC',
    quoteAsset: 'USD',
    settleAsset: 'USD',
    isTrading: true,
    tickSize: '1',
    stepSize: '0.0001',
    minQuantity: '0.0001',
    maxQuantity: '1200',
    maxMarketQuantity: '1200',
    minNotional: '0',
    contractMultiplier: '1',
    maxLeverage: 100,
  },
  {
    marginLevels: [
      { numNonContractUnits: 0.0, initialMargin: 0.01, maintenanceMargin: 0.005 },
      { numNonContractUnits: 1000000.0, initialMargin: 0.02, maintenanceMargin: 0.01 },
      { numNonContractUnits: 3000000.0, initialMargin: 0.04, maintenanceMargin: 0.02 },
    ],
  },
)

export const context: DecodeContext = {
  instruments: {
    byNative: (nativeSymbol) => (nativeSymbol === 'PF_XBTUSD' ? bitcoin : undefined),
    symbolOf: (nativeSymbol) =>
      nativeSymbol === 'PF_XBTUSD' ? 'BTCUSD' : `unified ${nativeSymbol}`,
  },
  receivedAt: Date.parse(NOW),
}

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url))

/** A recorded payload; `undefined` where the recordings are not present. */
export function readCapture(name: string): unknown {
  const folder = resolve(ROOT, process.env.PERPKIT_CAPTURES ?? '../shared/captures')
  const file = resolve(folder, 'kraken', name)
  return existsSync(file) ? parseJson(readFileSync(file, 'utf8')) : undefined
}

function written(before: string, fields: Fields | undefined): string {
  const told = Object.entries(fields ?? {}).filter(([, value]) => value !== undefined)
  return told.length === 0 ? '' : before + told.map(([name, value]) => `${name}=${value}`).join('&')
}
