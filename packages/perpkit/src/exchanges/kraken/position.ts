import type { Instruments } from '../../client/definition.ts'
import {
  add,
  type Decimal,
  div,
  isZero,
  max,
  mul,
  negate,
  sub,
  toFloat,
} from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { FuturesPosition } from '../../model/account.ts'
import { DecodeError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import { withRaw } from '../../model/raw.ts'
import type { PositionSide } from '../../model/tokens.ts'
import { leverageAt, marginRateOf } from './margin.ts'
import { readSymbols } from './symbols.ts'

/** A position as its row tells it. */
export interface OpenPosition {
  symbol: string
  nativeSymbol: string
  side: PositionSide
  size: Decimal
  entryPrice: Decimal
  /** Funding is not in it. Older answers lack it. */
  pnl: Decimal | undefined
  /** Only where margin is isolated. */
  fixedLeverage: Decimal | undefined
  instrument: Instrument | undefined
  row: unknown
}

/** `undefined` for a row of nothing. */
export function readPosition(row: Reader, instruments: Instruments): OpenPosition | undefined {
  const size = row.at('size').decimal()
  if (isZero(size)) return undefined
  const names = readSymbols(row.at('symbol'), instruments)
  return {
    ...names,
    side: readPositionSide(row.at('side')),
    size,
    entryPrice: row.at('price').decimal(),
    pnl: row.at('unrealizedPnl').optionalDecimal(),
    fixedLeverage: row.at('maxFixedLeverage').optionalDecimal(),
    instrument: instruments.byNative(names.nativeSymbol),
    row: row.value,
  }
}

export function toPosition(position: OpenPosition, mark: Decimal | undefined): FuturesPosition {
  const { symbol, nativeSymbol, side, size, entryPrice, fixedLeverage } = position
  const markPrice = mark ?? impliedMark(position)
  const pnl = position.pnl ?? gainAt(position, markPrice)
  const notional = mul(size, markPrice)
  const tierRate = marginRateOf(position.instrument, notional)
  const fixedRate = fixedLeverage === undefined ? undefined : div('1', fixedLeverage)
  const rate = max(fixedRate ?? '0', tierRate ?? '0')
  return withRaw(
    {
      symbol,
      nativeSymbol,
      side,
      size,
      entryPrice,
      markPrice,
      pnl,
      percentage: isZero(rate) ? '0' : percentOf(pnl, mul(notional, rate)),
      ...leverageOf(fixedLeverage, tierRate),
      marginMode: fixedLeverage === undefined ? 'CROSS' : 'ISOLATED',
      notional,
    },
    position.row,
  )
}

function readPositionSide(field: Reader): PositionSide {
  if (field.value === 'long') return 'LONG'
  if (field.value === 'short') return 'SHORT'
  throw new ReadError(field.path, 'long or short', field.value)
}

/** In cross margin nothing is set, and the market's tier allows what it allows. */
function leverageOf(
  fixedLeverage: Decimal | undefined,
  tierRate: Decimal | undefined,
): { leverage?: number } {
  if (fixedLeverage !== undefined) return { leverage: toFloat(fixedLeverage) }
  return tierRate === undefined ? {} : { leverage: leverageAt(tierRate) }
}

// Markets vanish from the lists for moments during maintenance; a position in one stays to be seen.
function impliedMark({ side, size, entryPrice, pnl, nativeSymbol }: OpenPosition): Decimal {
  if (pnl === undefined) {
    throw new DecodeError(`KRAKEN: the tickers have no mark price of ${nativeSymbol}`, {
      exchange: 'KRAKEN',
      path: '$.tickers',
      expected: `a row of ${nativeSymbol}`,
      received: 'nothing',
    })
  }
  const gain = div(pnl, size)
  return side === 'LONG' ? add(entryPrice, gain) : sub(entryPrice, gain)
}

function gainAt({ side, size, entryPrice }: OpenPosition, markPrice: Decimal): Decimal {
  const gain = mul(size, sub(markPrice, entryPrice))
  return side === 'LONG' ? gain : negate(gain)
}

function percentOf(part: Decimal, whole: Decimal): Decimal {
  return isZero(whole) ? '0' : div(mul(part, '100'), whole, 2)
}
