import { expect } from 'vitest'
import type { Access, Call, DecodeContext, Effect, WireRequest } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import { ExchangeError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import { classify } from './errors.ts'
import { limits } from './limits.ts'

// For the tests of this folder: a call that writes down what would be sent and answers from a list.

export interface Sent {
  access: Access
  effect: Effect
  cost: Readonly<Record<string, number>>
}

export interface Script {
  call: Call
  /** `'GET trade/order?instId=…&ordId=…'` or `'POST trade/order {"instId":…}'`, in order. */
  lines: string[]
  sent: Sent[]
}

/** An answer of another status than 200. */
export interface WithStatus {
  status: number
  body: unknown
}

export function ok(...data: unknown[]): unknown {
  return { code: '0', msg: '', data }
}

/** A refusal of the whole request. */
export function refused(code: string, msg = ''): unknown {
  return { code, msg, data: [] }
}

/** A refusal in the row of the only order. */
export function refusedRow(sCode: string, sMsg = ''): unknown {
  return { code: '1', msg: 'All operations failed', data: [{ ordId: '', sCode, sMsg }] }
}

/**
 * Answers by the whole line, or by method and path alone; of several answers (an array) each once,
 * the last one again and again.
 */
export function script(answers: Readonly<Record<string, unknown>>): Script {
  const lines: string[] = []
  const sent: Sent[] = []
  const used = new Map<string, number>()
  const call: Call = async (endpoint, params) => {
    const { method, path, access, effect } = endpoint
    const cost = typeof endpoint.cost === 'function' ? endpoint.cost(params) : endpoint.cost
    const name = `${method} ${path.replace('/api/v5/', '')}`
    const line = name + written(endpoint.encode(params))
    lines.push(line)
    sent.push({ access, effect, cost })
    for (const bucket of Object.keys(cost)) expect(BUCKETS).toContain(bucket.split('@')[0])
    const key = line in answers ? line : name
    if (!(key in answers)) throw new Error(`no answer to ${line}`)
    const told = answers[key]
    const count = used.get(key) ?? 0
    used.set(key, count + 1)
    const one = Array.isArray(told) ? told[Math.min(count, told.length - 1)] : told
    const { status, body } = hasStatus(one) ? one : { status: 200, body: one }
    const judge = endpoint.classify ?? classify
    const verdict = judge({ status, headers: {}, text: JSON.stringify(body), json: body })
    if (verdict.kind === 'answer') return endpoint.decode(new Reader(body), params, context)
    if (verdict.kind === 'unchanged' && endpoint.unchanged) return endpoint.unchanged(params)
    const code = verdict.kind === 'refusal' ? verdict.code : 'OUTCOME_UNKNOWN'
    throw new ExchangeError(verdict.nativeMessage, { code, nativeCode: verdict.nativeCode })
  }
  return { call, lines, sent }
}

const BUCKETS = limits.map(({ name }) => name)

export const bitcoin: Instrument = {
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTC-USDT-SWAP',
  baseAsset: 'BTC',
  quoteAsset: 'USDT',
  settleAsset: 'USDT',
  isTrading: true,
  tickSize: '0.1',
  stepSize: '0.0001',
  minQuantity: '0.0001',
  maxQuantity: '1000000',
  maxMarketQuantity: '120',
  minNotional: '0',
  contractMultiplier: '0.01',
}

/** Many of it make one contract. */
export const pepe: Instrument = {
  ...bitcoin,
  symbol: 'PEPEUSDT',
  nativeSymbol: 'PEPE-USDT-SWAP',
  baseAsset: 'PEPE',
  tickSize: '0.000000001',
  stepSize: '1000000',
  minQuantity: '1000000',
  contractMultiplier: '10000000',
}

export const context: DecodeContext = {
  instruments: {
    byNative: (name) => [bitcoin, pepe].find(({ nativeSymbol }) => nativeSymbol === name),
    symbolOf: (name) => name,
  },
  receivedAt: 1_795_334_400_500,
}

function written({ query, json }: WireRequest): string {
  const body = json === undefined ? '' : ` ${JSON.stringify(json)}`
  const told = Object.entries(query ?? {}).filter(([, value]) => value !== undefined)
  const asked = told.map(([name, value]) => `${name}=${value}`).join('&')
  return (asked === '' ? '' : `?${asked}`) + body
}

function hasStatus(answer: unknown): answer is WithStatus {
  return typeof answer === 'object' && answer !== null && 'status' in answer && 'body' in answer
}
