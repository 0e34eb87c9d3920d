import { type Decimal, div, floorToStep, toFixed } from '../../../core/decimal.ts'

// How this venue prints decimals: docs/wire/htx.md 1, "Wire rule of thumb", and 3.1.

/** A decimal that stands on the wire as a JSON number, digit by digit as the text says. */
export class NumberText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** A JSON number without padding. */
export function number(value: Decimal): NumberText {
  return new NumberText(plain(value))
}

/** Text without padding, of at most 18 decimals. */
export function plain(value: Decimal): string {
  return div(value, '1', PLACES)
}

/** Text with exactly 18 decimals. */
export function padded(value: Decimal): string {
  return toFixed(value, PLACES)
}

/** Cut to 4 decimals: how rates of a position are printed. */
export function rate(value: Decimal): string {
  return floorToStep(value, '0.0001')
}

/**
 * A JSON number with 18 decimals, in scientific notation below a millionth: `0.100000000000000000`,
 * `1.0000000000E-8`. So the venue prints contract sizes and ticks.
 */
export function scaled(value: Decimal): NumberText {
  const text = padded(value)
  const digits = text.replace('.', '').replace(/^0+/, '')
  const exponent = digits.length - 1 - PLACES
  if (exponent >= -6) return new NumberText(text)
  return new NumberText(`${digits.charAt(0)}.${digits.slice(1)}E${exponent}`)
}

/** JSON in which a {@link NumberText} is a number. */
export function print(value: unknown): string {
  const text = JSON.stringify(value, (_name, field: unknown) =>
    field instanceof NumberText ? `${MARK}${field.text}${MARK}` : field,
  )
  return text.replace(MARKED, '$1')
}

const PLACES = 18

// A control character, which no text of this venue has in it.
const MARK = '\u0001'

const MARKED = /"\\u0001([^"]*)\\u0001"/g
