import type { PositionSide } from 'perpkit'
import { add, compare, div, isPositive, mul, readDecimal, sub } from '../numbers.ts'
import { usageError } from '../output/failure.ts'

// Prices as people type them: 58000, -2%, 2%, be.

export type PriceWord =
  | { kind: 'PRICE'; price: string }
  /** A fraction of the reference price; `sign` is absent where the side tells the direction. */
  | { kind: 'OFFSET'; fraction: string; sign: '+' | '-' | undefined }
  | { kind: 'BREAK_EVEN' }

export interface TargetWord {
  /** Fraction; absent: an equal part of what is left. */
  share: string | undefined
  price: PriceWord
}

const FORMS = 'a price (58000), an offset (-2%, or 2% on the right side by itself), or be'

export function readPriceWord(text: string, option: string): PriceWord {
  const word = text.trim()
  if (/^be$/i.test(word)) return { kind: 'BREAK_EVEN' }
  const offset = /^([+-]?)(\d+(?:\.\d+)?)%$/.exec(word)
  const percent = offset?.[2]
  if (percent !== undefined && isPositive(percent)) {
    const sign = offset?.[1] === '+' ? '+' : offset?.[1] === '-' ? '-' : undefined
    return { kind: 'OFFSET', fraction: div(percent, '100'), sign }
  }
  const price = readDecimal(word)
  if (price !== undefined && isPositive(price)) return { kind: 'PRICE', price }
  throw usageError(`${option} ${JSON.stringify(text)} is no price`, `It takes ${FORMS}.`)
}

/** `50%@+1%`, `0.5@62000`, `+1%`. */
export function readTargetWord(text: string, option: string): TargetWord {
  const at = text.indexOf('@')
  if (at === -1) return { share: undefined, price: readPriceWord(text, option) }
  const share = readShare(text.slice(0, at).trim())
  if (share === undefined || !isPositive(share) || compare(share, '1') > 0) {
    throw usageError(
      `${option} ${JSON.stringify(text)} has no share before the @`,
      'Write 50%@+1%: half, one per cent further.',
    )
  }
  return { share, price: readPriceWord(text.slice(at + 1), option) }
}

/** Shares that add up to exactly 1; those left open get equal parts of the rest. */
export function settleShares(targets: readonly TargetWord[]): string[] {
  const given = targets.flatMap(({ share }) => share ?? []).reduce(add, '0')
  const open = targets.filter(({ share }) => share === undefined).length
  const rest = sub('1', given)
  const isWhole = open === 0 ? compare(rest, '0') === 0 : isPositive(rest)
  if (targets.length > 0 && !isWhole) {
    throw usageError(
      `the shares of --tp add up to ${mul(given, '100')}%`,
      'Together they are 100%; those left out get equal parts of the rest.',
    )
  }
  const part = open === 0 ? '0' : shortened(div(rest, String(open)))
  let left = open
  return targets.map(({ share }) => {
    if (share !== undefined) return share
    left -= 1
    return left === 0 ? sub(rest, mul(part, String(open - 1))) : part
  })
}

export interface Reference {
  /** What offsets are counted from. */
  price: string
  /** For `be`; absent without a position. */
  entryPrice: string | undefined
  /** Whose price it is: of a long, loss is downwards. */
  side: PositionSide
  /** Where an offset without a sign goes. */
  towards: 'LOSS' | 'PROFIT'
}

/** The price a word means, not yet on the tick. */
export function priceOf(word: PriceWord, reference: Reference): string {
  if (word.kind === 'PRICE') return word.price
  if (word.kind === 'BREAK_EVEN') {
    if (reference.entryPrice !== undefined) return reference.entryPrice
    throw usageError('be is the entry price, and there is no position', 'Give a price.')
  }
  const isDown = (reference.side === 'LONG') === (reference.towards === 'LOSS')
  const sign = word.sign ?? (isDown ? '-' : '+')
  const factor = sign === '-' ? sub('1', word.fraction) : add('1', word.fraction)
  return mul(reference.price, factor)
}

function readShare(text: string): string | undefined {
  if (!text.endsWith('%')) return readDecimal(text)
  const percent = readDecimal(text.slice(0, -1))
  return percent === undefined ? undefined : div(percent, '100')
}

/** Four places are enough for a part, and the last one takes what is left. */
function shortened(fraction: string): string {
  const [whole = '0', digits = ''] = fraction.split('.')
  return digits === '' ? whole : `${whole}.${digits.slice(0, 4)}`
}
