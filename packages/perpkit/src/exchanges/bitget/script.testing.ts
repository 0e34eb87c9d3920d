import type { Access, Call, DecodeContext, Effect, Fields } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import { ExchangeError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import { classify } from './errors.ts'
import { limits } from './limits.ts'

// For the tests of this folder: a call that writes down what would be sent and answers from a list.

export interface Script {
  call: Call
  /** `'GET /api/v2/…?symbol=BTCUSDT'` or `'POST /api/v2/… {"symbol":"BTCUSDT"}'`, in order. */
  lines: string[]
  sent: { access: Access; effect: Effect }[]
}

/** A success. */
export function ok(data: unknown): Record<string, unknown> {
  return { code: '00000', msg: 'success', requestTime: 1_763_798_400_123, data }
}

/** A refusal. */
export function no(code: string, msg = ''): Record<string, unknown> {
  return { code, msg, requestTime: 1_763_798_400_123, data: null }
}

/** Different answers to the same question, one after another; the last one stays. */
export class InTurn {
  readonly #answers: unknown[]

  constructor(...answers: unknown[]) {
    this.#answers = answers
  }

  next(): unknown {
    return this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0]
  }
}

/** Answers by the whole line, or by method and path alone. */
export function script(answers: Readonly<Record<string, unknown>>): Script {
  const lines: string[] = []
  const sent: Script['sent'] = []
  const call: Call = async (endpoint, params) => {
    const { method, path, access, effect } = endpoint
    const cost = typeof endpoint.cost === 'function' ? endpoint.cost(params) : endpoint.cost
    if (!isCostOf(path, cost)) throw new Error(`${JSON.stringify(cost)} is not the cost of ${path}`)
    const { query, json } = endpoint.encode(params)
    const body = json === undefined ? '' : ` ${JSON.stringify(json)}`
    const line = `${method} ${path}${query ? written(query) : ''}${body}`
    lines.push(line)
    sent.push({ access, effect })
    const found = answers[line] ?? answers[`${method} ${path}`]
    if (found === undefined) throw new Error(`no answer to ${line}`)
    const answer = found instanceof InTurn ? found.next() : found
    const text = answer === '' ? '' : JSON.stringify(answer)
    const json200 = answer === '' ? undefined : answer
    const judge = endpoint.classify ?? classify
    const verdict = judge({ status: 200, headers: {}, text, json: json200 })
    if (verdict.kind === 'answer') return endpoint.decode(new Reader(answer), params, context)
    if (verdict.kind === 'unchanged' && endpoint.unchanged) return endpoint.unchanged(params)
    const { nativeCode, nativeMessage } = verdict
    const code = verdict.kind === 'refusal' ? verdict.code : 'REFUSED'
    throw new ExchangeError(nativeMessage, { code, nativeCode, nativeMessage, status: 200 })
  }
  return { call, lines, sent }
}

export const bitcoin: Instrument = {
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTCUSDT',
  baseAsset: 'BTC',
  quoteAsset: 'USDT',
  settleAsset: 'USDT',
  isTrading: true,
  tickSize: '0.1',
  stepSize: '0.0001',
  minQuantity: '0.0001',
  maxQuantity: '1200',
  maxMarketQuantity: '220',
  minNotional: '5',
  contractMultiplier: '1',
}

/** One whose native name does not tell what it settles in. */
export const perp: Instrument = {
  ...bitcoin,
  symbol: 'BTCUSDC',
  nativeSymbol: 'BTCPERP',
  quoteAsset: 'USDC',
  settleAsset: 'USDC',
}

export const context: DecodeContext = {
  instruments: {
    byNative: (nativeSymbol) => (nativeSymbol === 'BTCUSDT' ? bitcoin : undefined),
    // Not the native name, so that a decoder which forgets to ask is noticed.
    symbolOf: (nativeSymbol) => `unified ${nativeSymbol}`,
  },
  receivedAt: 1_763_798_400_500,
}

const budgets = new Set(limits.map(({ name }) => name))

function isCostOf(path: string, cost: Readonly<Record<string, number>>): boolean {
  const name = path.slice('/api/'.length)
  return (
    budgets.has(name) && Object.keys(cost).length === 2 && cost.address === 1 && cost[name] === 1
  )
}

function written(fields: Fields): string {
  const told = Object.entries(fields).filter(([, value]) => value !== undefined)
  return told.length === 0 ? '' : `?${told.map(([name, value]) => `${name}=${value}`).join('&')}`
}
