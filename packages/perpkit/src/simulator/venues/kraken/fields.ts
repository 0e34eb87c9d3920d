import { type Decimal, toDecimal } from '../../../core/decimal.ts'
import type { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import { listRefusal, wordRefusal } from './replies.ts'

// Parameters come as text from query and body, and as JSON values in a batch.

/** A parameter as text; absent when empty. */
export function textOf(params: Params, name: string): string | undefined {
  const value = params.get(name)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return firstText(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Every value of a parameter whose key may be repeated. */
export function textsOf(params: Params, name: string): string[] {
  const value = params.get(name)
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values.filter((one): one is string => typeof one === 'string' && one !== '')
}

/** A parameter that must be there: docs/wire/kraken.md 5.4. */
export function requiredText(params: Params, name: string): string {
  const text = textOf(params, name)
  if (text === undefined) throw wordRefusal('requiredArgumentMissing')
  return text
}

export function decimalOf(params: Params, name: string): Decimal | undefined {
  const text = textOf(params, name)
  if (text === undefined) return undefined
  const value = toDecimal(text)
  if (value === undefined) throw wordRefusal(`invalidArgument: ${name}`)
  return value
}

/** `true` or `false`; in a batch these must be JSON booleans (docs/wire/kraken.md 4.7). */
export function flagOf(handling: Handling, params: Params, name: string): boolean {
  const text = textOf(params, name)?.toLowerCase()
  if (text === undefined || text === 'false') return false
  if (text === 'true') return true
  handling.unknownWord(name, text)
  throw wordRefusal(`invalidArgument: ${name}`)
}

/** A word out of a fixed set; another one is noted and refused. */
export function wordOf<Word extends string>(
  handling: Handling,
  params: Params,
  name: string,
  known: { words: readonly Word[]; called: string },
): Word | undefined {
  const text = textOf(params, name)
  if (text === undefined) return undefined
  const word = known.words.find((one) => one === text)
  if (word !== undefined) return word
  handling.unknownWord(name, text)
  throw listRefusal(400, 11, `invalid ${known.called}`)
}

/** A whole number, such as a time or a count. */
export function wholeOf(params: Params, name: string): number | undefined {
  const text = textOf(params, name)
  if (text === undefined) return undefined
  if (!/^\d{1,16}$/.test(text)) throw listRefusal(400, 11, `invalid ${name}`)
  return Number(text)
}

/** An ISO-8601 time in ms. */
export function timeOf(params: Params, name: string): number | undefined {
  const text = textOf(params, name)
  if (text === undefined) return undefined
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw wordRefusal(`invalidArgument: ${name}`)
  return time
}

function firstText(values: readonly unknown[]): string | undefined {
  const [first] = values
  return typeof first === 'string' && first !== '' ? first : undefined
}
