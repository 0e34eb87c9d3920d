import { type Decimal, isMultipleOf, isPositive, toDecimal } from '../../../core/decimal.ts'
import type { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import { clientIdNotInteger, emptyField, invalidField } from './errors.ts'

/**
 * The parameters of one call or of one item of a batch. Numbers may stand where texts are documented
 * and the reverse: docs/wire/htx.md 2. `null` and `''` count as absent.
 */
export class Form {
  readonly handling: Handling
  readonly params: Params

  constructor(handling: Handling, params: Params = handling.params) {
    this.handling = handling
    this.params = params
  }

  has(name: string): boolean {
    return this.text(name) !== undefined
  }

  text(name: string): string | undefined {
    const value = this.params.get(name)
    switch (typeof value) {
      case 'string':
        return value === '' ? undefined : value
      case 'number':
        return toDecimal(value)
      case 'boolean':
        return String(value)
      case 'undefined':
        return undefined
      default:
        if (value === null) return undefined
        throw invalidField(name)
    }
  }

  required(name: string): string {
    const text = this.text(name)
    if (text === undefined) throw emptyField(name)
    return text
  }

  /** A word out of a fixed set; another one is noted for the ledger and refused. */
  token<Token extends string>(name: string, tokens: readonly Token[]): Token | undefined {
    const given = this.text(name)
    if (given === undefined) return undefined
    const token = tokens.find((known) => known === given)
    if (token !== undefined) return token
    this.handling.unknownWord(name, given)
    throw invalidField(name)
  }

  requiredToken<Token extends string>(name: string, tokens: readonly Token[]): Token {
    const token = this.token(name, tokens)
    if (token === undefined) throw emptyField(name)
    return token
  }

  /** `0`, `1`, `false` or `true`, as JSON or as text: docs/wire/htx.md 4.4. */
  flag(name: string): boolean {
    const token = this.token(name, ['0', '1', 'false', 'true'] as const)
    return token === '1' || token === 'true'
  }

  /** A count or a time. */
  whole(name: string): number | undefined {
    const given = this.text(name)
    if (given === undefined) return undefined
    if (!/^\d{1,15}$/.test(given)) throw invalidField(name)
    return Number(given)
  }

  /** A decimal above zero. */
  amount(name: string): Decimal | undefined {
    const given = this.text(name)
    if (given === undefined) return undefined
    const value = toDecimal(given)
    if (value === undefined || !isPositive(value)) throw invalidField(name)
    return value
  }

  /** A price above zero on the tick. */
  price(name: string, tick: Decimal, offTick: (name: string) => Error): Decimal | undefined {
    const value = this.amount(name)
    if (value !== undefined && !isMultipleOf(value, tick)) throw offTick(name)
    return value
  }

  /**
   * A client id: digits of a 64-bit number above zero. What is no number is dropped in silence, as
   * the venue does, but not in the ledger: docs/wire/htx.md 4.4.
   */
  clientId(name: string): string | undefined {
    const given = this.text(name)
    if (given === undefined) return undefined
    if (toDecimal(given) === undefined) {
      this.handling.unknownWord(name, given)
      return undefined
    }
    const isWhole = /^\d{1,19}$/.test(given)
    if (!isWhole || BigInt(given) < 1n || BigInt(given) > MOST_CLIENT_ID) throw clientIdNotInteger()
    return String(BigInt(given))
  }

  /** Names the venue knows and deliberately makes nothing of. */
  ignore(...names: string[]): void {
    this.params.ignore(...names)
  }
}

const MOST_CLIENT_ID = 9_223_372_036_854_775_807n
