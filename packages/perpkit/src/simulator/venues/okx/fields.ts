import { type Decimal, isDecimal, isPositive } from '../../../core/decimal.ts'
import type { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import { parameterError, Refused } from './errors.ts'

/**
 * The parameters of one call under its known names. This venue is lenient (docs/wire/okx.md 4):
 * `''` and `null` count as absent, numbers stand for texts and texts for truth values.
 */
export class Fields<Name extends string> {
  readonly #values: ReadonlyMap<string, unknown>

  constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values
  }

  has(name: Name): boolean {
    return this.#values.has(name)
  }

  text(name: Name): string | undefined {
    const value = this.#values.get(name)
    if (typeof value === 'object') throw parameterError(name)
    return value === undefined ? undefined : String(value)
  }

  /** The text, or the refusal of a call that lacks it. */
  required(name: Name): string {
    const text = this.text(name)
    if (text === undefined) throw new Refused('50014', name)
    return text
  }

  isTrue(name: Name): boolean {
    const text = this.text(name)
    if (text !== undefined && text !== 'true' && text !== 'false') throw parameterError(name)
    return text === 'true'
  }

  list(name: Name): readonly unknown[] {
    const value = this.#values.get(name) ?? []
    if (!Array.isArray(value)) throw parameterError(name)
    return value
  }

  /** A number above zero in plain notation. */
  positive(name: Name): Decimal | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    if (!isDecimal(text) || !isPositive(text)) throw parameterError(name)
    return text
  }

  /** A whole number: a time, a count. */
  whole(name: Name): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    if (!/^\d{1,16}$/.test(text)) throw parameterError(name)
    return Number(text)
  }
}

/** Reads what is named, whether it is needed or not. */
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

/** A word out of a fixed set. Another one is noted for the ledger and refused. */
export function readToken<Name extends string, Token extends string>(
  handling: Handling,
  fields: Fields<Name>,
  name: Name,
  tokens: readonly Token[],
): Token | undefined {
  const given = fields.text(name)
  return given === undefined ? undefined : knownToken(handling, name, given, tokens)
}

/** A word of a fixed set that must be there. */
export function requireToken<Name extends string, Token extends string>(
  handling: Handling,
  fields: Fields<Name>,
  name: Name,
  tokens: readonly Token[],
): Token {
  return knownToken(handling, name, fields.required(name), tokens)
}

/** The given word as one of the set. */
export function knownToken<Token extends string>(
  handling: Handling,
  name: string,
  given: string,
  tokens: readonly Token[],
): Token {
  const token = tokens.find((known) => known === given)
  if (token !== undefined) return token
  handling.unknownWord(name, given)
  throw parameterError(name)
}
