import type { Access, Call, DecodeContext, Effect, Fields } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import { ExchangeError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import { classify } from './errors.ts'

// For the tests of this folder: a call that writes down what would be sent and answers from a list.

export interface Sent {
  access: Access
  effect: Effect
  cost: Readonly<Record<string, number>>
}

export interface Script {
  call: Call
  /** `'POST /fapi/v1/order symbol=BTCUSDT&…'` (form) or `'GET /fapi/v1/order?symbol=…'`, in order. */
  lines: string[]
  sent: Sent[]
}

/** An answer of another status than 200. */
export interface Refused {
  status: number
  body: unknown
}

export function refused(code: number, msg: string): Refused {
  return { status: 400, body: { code, msg } }
}

/**
 * Answers by the whole line, or by method and path alone; a function is given the line's words.
 */
export function script(answers: Readonly<Record<string, unknown>>): Script {
  const lines: string[] = []
  const sent: Sent[] = []
  const call: Call = async (endpoint, params) => {
    const { method, path, access, effect } = endpoint
    const cost = typeof endpoint.cost === 'function' ? endpoint.cost(params) : endpoint.cost
    const { query, form } = endpoint.encode(params)
    const line = `${method} ${path}${query ? written('?', query) : ''}${form ? written(' ', form) : ''}`
    lines.push(line)
    sent.push({ access, effect, cost })
    const listed = answers[line] ?? answers[`${method} ${path}`]
    const answer = typeof listed === 'function' ? listed({ ...query, ...form }) : listed
    if (answer === undefined) throw new Error(`no answer to ${line}`)
    const { status, body } = isRefused(answer) ? answer : { status: 200, body: answer }
    const judge = endpoint.classify ?? classify
    const verdict = judge({ status, headers: {}, text: JSON.stringify(body), json: body })
    if (verdict.kind === 'unchanged' && endpoint.unchanged) return endpoint.unchanged(params)
    if (verdict.kind === 'answer') return endpoint.decode(new Reader(body), params, context)
    const code = verdict.kind === 'refusal' ? verdict.code : 'OUTCOME_UNKNOWN'
    throw new ExchangeError(verdict.nativeMessage, { code, nativeCode: verdict.nativeCode })
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
  stepSize: '0.001',
  minQuantity: '0.001',
  maxQuantity: '1000',
  maxMarketQuantity: '120',
  minNotional: '50',
  contractMultiplier: '1',
}

const context: DecodeContext = {
  instruments: {
    byNative: (nativeSymbol) => (nativeSymbol === 'BTCUSDT' ? bitcoin : undefined),
    // Not the native name, so that a decoder which forgets to ask is noticed.
    symbolOf: (nativeSymbol) => `unified ${nativeSymbol}`,
  },
  receivedAt: 1_763_798_400_500,
}

function written(before: string, fields: Fields): string {
  const told = Object.entries(fields).filter(([, value]) => value !== undefined)
  return told.length === 0 ? '' : before + told.map(([name, value]) => `${name}=${value}`).join('&')
}

function isRefused(answer: unknown): answer is Refused {
  return typeof answer === 'object' && answer !== null && 'status' in answer && 'body' in answer
}
