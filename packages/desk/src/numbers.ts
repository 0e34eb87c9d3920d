// Decimal strings for offsets and estimates: exact sums and products to 18 places, never a float.

const PLACES = 18
const ONE = 10n ** BigInt(PLACES)
const FORM = /^([+-]?)(\d+)(?:\.(\d+))?$/

/** Plain notation with or without a sign; `undefined` for anything else. */
export function readDecimal(text: string): string | undefined {
  const form = FORM.exec(text.trim())
  if (!form || (form[3]?.length ?? 0) > PLACES) return undefined
  return show(scaled(text.trim()))
}

export function add(a: string, b: string): string {
  return show(scaled(a) + scaled(b))
}

export function sub(a: string, b: string): string {
  return show(scaled(a) - scaled(b))
}

export function mul(a: string, b: string): string {
  return show((scaled(a) * scaled(b)) / ONE)
}

/** Cut off after 18 places. `b` is not zero. */
export function div(a: string, b: string): string {
  return show((scaled(a) * ONE) / scaled(b))
}

export function compare(a: string, b: string): number {
  const difference = scaled(a) - scaled(b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export function isPositive(value: string): boolean {
  return scaled(value) > 0n
}

export function isZero(value: string): boolean {
  return scaled(value) === 0n
}

export function abs(value: string): string {
  const number = scaled(value)
  return show(number < 0n ? -number : number)
}

export function smaller(a: string, b: string): string {
  return compare(a, b) <= 0 ? a : b
}

export function sum(values: readonly string[]): string {
  return values.reduce(add, '0')
}

/** Rounded half away from zero to `places`, with trailing zeros: for money in tables. */
export function fixed(value: string, places: number): string {
  const unit = 10n ** BigInt(PLACES - places)
  const number = scaled(value)
  const half = number < 0n ? -unit / 2n : unit / 2n
  const [whole = '0', fraction = ''] = show(((number + half) / unit) * unit).split('.')
  return places === 0 ? whole : `${whole}.${fraction.padEnd(places, '0')}`
}

function scaled(text: string): bigint {
  const form = FORM.exec(text)
  if (!form) throw new RangeError(`${JSON.stringify(text)} is no decimal number`)
  const [, sign, whole = '0', fraction = ''] = form
  const digits = BigInt(whole + fraction.slice(0, PLACES).padEnd(PLACES, '0'))
  return sign === '-' ? -digits : digits
}

function show(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(PLACES + 1, '0')
  const fraction = digits.slice(-PLACES).replace(/0+$/, '')
  const whole = digits.slice(0, -PLACES)
  return `${value < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}
