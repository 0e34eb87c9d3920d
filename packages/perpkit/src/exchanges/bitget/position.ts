import type { Instruments } from '../../client/definition.ts'
import { div, mul, toFloat } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { FuturesPosition } from '../../model/account.ts'
import { withRaw } from '../../model/raw.ts'
import { amountOrNone, percentOf } from './fields.ts'
import { readMarginMode, requirePositionSide } from './tokens.ts'

/** What V2 and V3 name differently in a position. */
export interface PositionRow {
  row: Reader
  side: Reader
  entryPrice: Reader
  pnl: Reader
  /** What the position holds as margin. */
  margin: Reader
}

/** `undefined` for a flat row. */
export function readPosition(
  names: PositionRow,
  instruments: Instruments,
): FuturesPosition | undefined {
  const { row } = names
  const size = row.at('total').decimal()
  if (amountOrNone(row.at('total')) === undefined) return undefined
  const nativeSymbol = row.at('symbol').string()
  const markPrice = row.at('markPrice').decimal()
  const pnl = names.pnl.decimal()
  const notional = mul(size, markPrice)
  const leverage = amountOrNone(row.at('leverage'))
  const margin = amountOrNone(names.margin) ?? div(notional, leverage ?? '1')
  const marginMode = readMarginMode(row.at('marginMode'))
  const liquidationPrice = amountOrNone(row.at('liquidationPrice'))
  return withRaw(
    {
      symbol: instruments.symbolOf(nativeSymbol),
      nativeSymbol,
      // Said in one-way mode too, and sizes carry no sign.
      side: requirePositionSide(names.side),
      size,
      entryPrice: names.entryPrice.decimal(),
      markPrice,
      pnl,
      percentage: percentOf(pnl, margin),
      ...(leverage !== undefined && { leverage: toFloat(leverage) }),
      ...(marginMode !== undefined && { marginMode }),
      ...(liquidationPrice !== undefined && { liquidationPrice }),
      notional,
    },
    row.value,
  )
}
