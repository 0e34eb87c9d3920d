import { type Decimal, toDecimal } from '../../../core/decimal.ts'
import type { Handling } from '../../server/types.ts'
import { type Code, Refused } from './errors.ts'

/** What parameters are read from: a request, or one element of a batch. */
type Fields = Pick<Handling, 'params' | 'unknownWord'>

/**
 * The parameters that a route knows. All are read at once, before a check can fail, so that the
 * ledger is left with the names that the route does not know; the checks come in the order they are
 * asked for. docs/wire/binance.md 4.7: an empty text is -1105, a wrong character -1100.
 */
export class Sent<Name extends string> {
  readonly #fields: Fields
  readonly #texts: ReadonlyMap<string, string | undefined>

  constructor(fields: Fields, names: readonly Name[]) {
    this.#fields = fields
    this.#texts = new Map(names.map((name) => [name, fields.params.text(name)]))
  }

  /** Whether the name was sent at all, even empty. */
  has(name: Name): boolean {
    return this.#texts.get(name) !== undefined
  }

  /** The text; -1105 when it is empty. */
  text(name: Name): string | undefined {
    const text = this.#texts.get(name)
    if (text === '') throw new Refused('-1105', name)
    return text
  }

  /** The text; -1102 when it was not sent. */
  required(name: Name): string {
    const text = this.text(name)
    if (text === undefined) throw new Refused('-1102', name)
    return text
  }

  /** A whole number such as a time or a limit. */
  whole(name: Name): number | undefined {
    const text = this.id(name)
    return text === undefined ? undefined : Number(text)
  }

  /** A whole number as text, without leading zeros: ids may be beyond 2^53. */
  id(name: Name): string | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    if (!WHOLE.test(text)) throw new Refused('-1100', name, WHOLE_RANGE)
    return text.replace(/^0+(?=\d)/, '')
  }

  /** A decimal in plain notation; exponents, signs and blanks are refused. */
  decimal(name: Name): Decimal | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const value = PLAIN.test(text) ? toDecimal(text) : undefined
    if (value === undefined) throw new Refused('-1100', name, PLAIN_RANGE)
    return value
  }

  /** `true` or `false`, in any case. */
  flag(name: Name): boolean | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const word = text.toLowerCase()
    if (word !== 'true' && word !== 'false') return this.refuseWord(name, text, '-1130')
    return word === 'true'
  }

  /** One of the words; another one is refused with `code` and told to the ledger. */
  word<Word extends string>(name: Name, words: readonly Word[], code: Code): Word | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    return words.find((word) => word === text) ?? this.refuseWord(name, text, code)
  }

  /** As {@link Sent.word}; -1102 when it was not sent. */
  requiredWord<Word extends string>(name: Name, words: readonly Word[], code: Code): Word {
    const text = this.required(name)
    return words.find((word) => word === text) ?? this.refuseWord(name, text, code)
  }

  /** From 1 to `most`, else -1130 (docs/wire/binance.md 3.4). */
  limit(name: Name, usual: number, most: number): number {
    const limit = this.whole(name) ?? usual
    if (limit < 1 || limit > most) throw new Refused('-1130', name)
    return limit
  }

  /** Refuses a word that the venue does not know, and tells the ledger. */
  refuseWord(name: Name, text: string, code: Code): never {
    this.#fields.unknownWord(name, text)
    throw new Refused(code, code === '-1130' ? name : text)
  }
}

/** -1102 for each of the names that was not sent, -1105 for one sent empty. */
export function requireNames(fields: Fields, names: readonly string[]): void {
  const sent = new Sent(fields, names)
  for (const name of names) sent.required(name)
}

const WHOLE = /^[0-9]{1,20}$/
const WHOLE_RANGE = '^[0-9]{1,20}$'
const PLAIN = /^([0-9]{1,20})(\.[0-9]{1,20})?$/
const PLAIN_RANGE = '^([0-9]{1,20})(\\.[0-9]{1,20})?$'
