import { add, type Decimal, div, mul, sub, sum } from '../../../core/decimal.ts'
import type { Engine, PositionView } from '../../engine/types.ts'
import { fees, type Listing, listingOf } from './instruments.ts'

/** Margin of one position as the venue counts it. */
export interface PositionMargin {
  initial: Decimal
  maintenance: Decimal
}

/**
 * docs/wire/bybit.md 4.2, "Figures": by mark price, with the fee of a close at the bankruptcy price.
 * The initial margin of an isolated position is what was put aside for it.
 */
export function positionMargin(listing: Listing, position: PositionView): PositionMargin {
  const { entryPrice, isolatedMargin, notional, side, size } = position
  const leverage = String(position.leverage)
  const share = div('1', leverage)
  const bankruptcyPrice = mul(entryPrice, side === 'LONG' ? sub('1', share) : add('1', share))
  const closingFee = mul(mul(size, bankruptcyPrice), fees.taker)
  return {
    initial: isolatedMargin ?? add(div(notional, leverage), closingFee),
    maintenance: add(mul(notional, listing.engine.maintenanceMarginRate), closingFee),
  }
}

/** Where a position closes without loss, both fees paid. */
export function breakEvenPrice(position: PositionView): Decimal {
  const paid = add('1', fees.taker)
  const left = sub('1', fees.taker)
  return position.side === 'LONG'
    ? div(mul(position.entryPrice, paid), left)
    : div(mul(position.entryPrice, left), paid)
}

/** Sums over the positions of an account that settle in `asset`. */
export function totalPositionMargin(
  engine: Engine,
  accountId: string,
  asset: string,
): PositionMargin {
  const margins = engine
    .positions(accountId)
    .map((position) => ({ position, listing: listingOf(position.symbol) }))
    .filter(({ listing }) => listing.engine.settleAsset === asset)
    .map(({ position, listing }) => positionMargin(listing, position))
  return {
    initial: sum(margins.map((margin) => margin.initial)),
    maintenance: sum(margins.map((margin) => margin.maintenance)),
  }
}
