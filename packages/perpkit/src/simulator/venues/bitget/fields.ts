import { toDecimal } from '../../../core/decimal.ts'
import type { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import { parameterMalformed, parameterMissing } from './errors.ts'

/** The parameters of one call under the names it knows; `''` and `null` count as absent. */
export class Fields<Name extends string> {
  readonly #values: ReadonlyMap<string, unknown>

  constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values
  }

  has(name: Name): boolean {
    return this.#values.has(name)
  }

  /** The value as text: a JSON number is as good (docs/wire/bitget.md 6.1). */
  text(name: Name): string | undefined {
    const value = this.#values.get(name)
    if (typeof value === 'number') return toDecimal(value)
    return typeof value === 'string' ? value : undefined
  }

  list(name: Name): readonly unknown[] | undefined {
    const value = this.#values.get(name)
    return Array.isArray(value) ? value : undefined
  }

  value(name: Name): unknown {
    return this.#values.get(name)
  }
}

export function readFields<Name extends string>(
  params: Params,
  names: readonly Name[],
): Fields<Name> {
  const values = new Map<string, unknown>()
  for (const name of names) {
    const value = params.get(name)
    if (value !== undefined && value !== null && value !== '') values.set(name, value)
  }
  return new Fields(values)
}

/** The text of a parameter that must be there. */
export function required<Name extends string>(
  handling: Handling,
  fields: Fields<Name>,
  name: Name,
): string {
  if (!fields.has(name)) throw parameterMissing(handling, name)
  const text = fields.text(name)
  if (text === undefined) throw parameterMalformed(handling, name)
  return text
}

/** A word out of a fixed set, in any case. Another one is noted for the ledger and refused. */
export function readToken<Name extends string, Token extends string>(
  handling: Handling,
  fields: Fields<Name>,
  name: Name,
  tokens: readonly Token[],
): Token | undefined {
  if (!fields.has(name)) return undefined
  const given = fields.text(name)
  const token = tokens.find((known) => known.toLowerCase() === given?.toLowerCase())
  if (token !== undefined) return token
  handling.unknownWord(name, fields.value(name))
  throw parameterMalformed(handling, name)
}

export function requiredToken<Name extends string, Token extends string>(
  handling: Handling,
  fields: Fields<Name>,
  name: Name,
  tokens: readonly Token[],
): Token {
  const token = readToken(handling, fields, name, tokens)
  if (token === undefined) throw parameterMissing(handling, name)
  return token
}

/** A time or count; refused when it is no whole number. */
export function readWhole<Name extends string>(
  handling: Handling,
  fields: Fields<Name>,
  name: Name,
): number | undefined {
  if (!fields.has(name)) return undefined
  const given = fields.text(name) ?? ''
  if (!/^\d{1,16}$/.test(given)) throw parameterMalformed(handling, name)
  return Number(given)
}
