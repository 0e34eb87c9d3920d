import type { Access, Call, DecodeContext, Effect, Fields } from '../../client/definition.ts'
import { parseJson } from '../../core/json.ts'
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
  /** `'GET /v5/…?contract_code=…'` or `'POST /v5/… {"contract_code":…}'`, in order. */
  lines: string[]
  sent: Sent[]
}

/** Answers by the whole line, or by method and path alone; several are given one after another. */
export function script(answers: Readonly<Record<string, unknown>>): Script {
  const lines: string[] = []
  const sent: Sent[] = []
  const call: Call = async (endpoint, params) => {
    const { method, path, access, effect } = endpoint
    const cost = typeof endpoint.cost === 'function' ? endpoint.cost(params) : endpoint.cost
    const { query, json } = endpoint.encode(params)
    const body = json === undefined ? '' : ` ${JSON.stringify(json)}`
    const line = `${method} ${path}${written(query ?? {})}${body}`
    lines.push(line)
    sent.push({ access, effect, cost })
    const answer = answers[line] ?? answers[`${method} ${path}`]
    if (answer === undefined) throw new Error(`no answer to ${line}`)
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
    const parsed = parseJson(text)
    const verdict = (endpoint.classify ?? classify)({
      status: 200,
      headers: {},
      text,
      json: parsed,
    })
    if (verdict.kind === 'answer') return endpoint.decode(new Reader(parsed), params, context)
    if (verdict.kind === 'unchanged' && endpoint.unchanged) return endpoint.unchanged(params)
    const code = verdict.kind === 'refusal' ? verdict.code : 'OUTCOME_UNKNOWN'
    throw new ExchangeError(verdict.nativeMessage, { code, nativeCode: verdict.nativeCode })
  }
  return { call, lines, sent }
}

/** A V5 answer that succeeded. */
export function done(data: unknown): unknown {
  return { code: 200, message: 'Success', data, ts: 1_780_315_200_123 }
}

/** A V5 answer that refuses. */
export function refused(code: number, message = ''): unknown {
  return { code, message, data: null, ts: 1_780_315_200_123 }
}

export const bitcoin: Instrument = {
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTC-USDT',
  baseAsset: 'BTC',
  quoteAsset: 'USDT',
  settleAsset: 'USDT',
  isTrading: true,
  tickSize: '0.1',
  stepSize: '0.001',
  minQuantity: '0.001',
  maxQuantity: '170',
  maxMarketQuantity: '170',
  minNotional: '0',
  contractMultiplier: '0.001',
  maxLeverage: 200,
}

/** A contract of more than one base unit. */
export const doge: Instrument = {
  ...bitcoin,
  symbol: 'DOGEUSDT',
  nativeSymbol: 'DOGE-USDT',
  baseAsset: 'DOGE',
  contractMultiplier: '100',
  stepSize: '100',
}

const context: DecodeContext = {
  instruments: {
    byNative: (nativeSymbol) =>
      [bitcoin, doge].find((instrument) => instrument.nativeSymbol === nativeSymbol),
    symbolOf: (nativeSymbol) => nativeSymbol,
  },
  receivedAt: 1_780_315_200_500,
}

function written(fields: Fields): string {
  const told = Object.entries(fields).filter(([, value]) => value !== undefined)
  return told.length === 0 ? '' : `?${told.map(([name, value]) => `${name}=${value}`).join('&')}`
}
