import type { Instruments } from '../../client/definition.ts'
import { type Decimal, negate, sum } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { Fill } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { PositionSide, Side } from '../../model/tokens.ts'
import { rowsOf } from './fields.ts'
import { wordOf } from './tokens.ts'

/** How one generation names the fields of a fill, and what it says in its own way. */
export interface FillRow {
  row: Reader
  fillId: Reader
  side: Side
  positionSide: PositionSide | undefined
  quantity: Reader
  price: Reader
  /** Name of the amount in a row of `feeDetail`, and the sign of what was paid. */
  fee: { name: string; paidIs: 'negative' | 'positive' }
  profit: Reader
  timestamp: Reader
}

export function readFill(names: FillRow, instruments: Instruments): Fill {
  const { row, positionSide } = names
  const nativeSymbol = row.at('symbol').string()
  const clientOrderId = row.at('clientOid').optionalString()
  const scope = wordOf(row.at('tradeScope'))
  const realizedPnl = names.profit.optionalDecimal()
  return withRaw(
    {
      fillId: names.fillId.id(),
      orderId: row.at('orderId').id(),
      ...(clientOrderId !== undefined && { clientOrderId }),
      symbol: instruments.symbolOf(nativeSymbol),
      nativeSymbol,
      side: names.side,
      ...(positionSide !== undefined && { positionSide }),
      quantity: names.quantity.decimal(),
      price: names.price.decimal(),
      ...readFee(names),
      ...(scope !== undefined && { isMaker: scope === 'maker' }),
      ...(realizedPnl !== undefined && { realizedPnl }),
      timestamp: names.timestamp.integer(),
    },
    row.value,
  )
}

/** The signs differ between V2 and V3 (docs/wire/bitget.md 9, trap 16). */
function readFee({ row, fee }: FillRow): { fee?: Decimal; feeAsset?: string } {
  const details = rowsOf(row.at('feeDetail'))
  const feeAsset = details[0]?.at('feeCoin').optionalString()
  const parts = details
    .filter((detail) => detail.at('feeCoin').optionalString() === feeAsset)
    .flatMap((detail) => detail.at(fee.name).optionalDecimal() ?? [])
  if (feeAsset === undefined || parts.length === 0) return {}
  const total = sum(parts)
  return { fee: fee.paidIs === 'negative' ? negate(total) : total, feeAsset }
}
