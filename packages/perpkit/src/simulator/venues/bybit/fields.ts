import type { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import { invalidParameter, parameterError } from './errors.ts'
import { Refused } from './replies.ts'

/** JSON type of a parameter; `any`: known, and nothing is made of it. */
export type FieldKind = 'string' | 'number' | 'boolean' | 'array' | 'any'

export type FieldTable<Name extends string> = Readonly<Record<Name, FieldKind>>

/** The parameters of one call under the names of its table; the venue takes `''` for none. */
export class Fields<Name extends string> {
  readonly #values: ReadonlyMap<string, unknown>

  constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values
  }

  has(name: Name): boolean {
    const value = this.#values.get(name)
    return value !== undefined && value !== ''
  }

  text(name: Name): string | undefined {
    const value = this.#values.get(name)
    return typeof value === 'string' && value !== '' ? value : undefined
  }

  number(name: Name): number | undefined {
    const value = this.#values.get(name)
    return typeof value === 'number' ? value : undefined
  }

  isTrue(name: Name): boolean {
    return this.#values.get(name) === true
  }

  list(name: Name): readonly unknown[] | undefined {
    const value = this.#values.get(name)
    return Array.isArray(value) ? value : undefined
  }
}

/**
 * Reads what the table names. JSON types are strict (docs/wire/bybit.md 4.4): a number where a text
 * stands refuses the whole call. `null` counts as absent.
 */
export function readFields<Name extends string>(
  params: Params,
  table: FieldTable<Name>,
): Fields<Name> {
  const values = new Map<string, unknown>()
  let isReadable = true
  for (const name in table) {
    const value = params.get(name)
    if (value === undefined || value === null) continue
    isReadable &&= isOfKind(value, table[name])
    values.set(name, value)
  }
  if (!isReadable) throw parameterError()
  return new Fields(values)
}

/** Names of a table, for the route's list of what it knows. */
export function namesOf(table: FieldTable<string>): readonly string[] {
  return Object.keys(table)
}

/** Reads query parameters: all of them are text. */
export function readQuery<Name extends string>(
  params: Params,
  names: readonly Name[],
): Fields<Name> {
  const values = new Map<string, unknown>()
  for (const name of names) {
    const value = params.text(name)
    if (value !== undefined) values.set(name, value)
  }
  return new Fields(values)
}

/**
 * A word out of a fixed set. Another one is noted for the ledger and refused, with `text` or the
 * venue's usual one.
 */
export function readToken<Name extends string, Token extends string>(
  handling: Handling,
  fields: Fields<Name>,
  name: Name,
  tokens: readonly Token[],
  text?: string,
): Token | undefined {
  const given = fields.text(name)
  if (given === undefined) return undefined
  const token = tokens.find((known) => known === given)
  if (token !== undefined) return token
  handling.unknownWord(name, given)
  throw text === undefined ? invalidParameter(name) : new Refused(10001, text)
}

/** A time or count in a query; refused when it is no whole number. */
export function readWhole<Name extends string>(
  fields: Fields<Name>,
  name: Name,
): number | undefined {
  const given = fields.text(name)
  if (given === undefined) return undefined
  if (!/^\d{1,16}$/.test(given)) throw invalidParameter(name)
  return Number(given)
}

function isOfKind(value: unknown, kind: FieldKind): boolean {
  if (kind === 'any') return true
  if (kind === 'array') return Array.isArray(value)
  return typeof value === kind
}
