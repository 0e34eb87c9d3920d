import { add, type Decimal, isGreater, isLess, mul, sub, sum } from '../../../core/decimal.ts'
import type { Engine, EngineConditional, PositionView } from '../../engine/types.ts'
import { plain, priceText, quantityText } from './decimals.ts'
import type { Listing } from './instruments.ts'
import { legOf } from './legs.ts'
import { breakEvenPrice, positionMargin } from './positionFigures.ts'
import { riskTier } from './riskTier.ts'
import { addsMargin } from './settings.ts'
import { indexOf, isOf, positionIn, type Slot, sideOf } from './slots.ts'

/**
 * A row of position/list, keys as in the sample of docs/wire/bybit.md 4.2. Stop and take-profit are
 * those of Full mode.
 */
export function positionRow(engine: Engine, slot: Slot, listing: Listing): Record<string, unknown> {
  const { accountId, symbol } = slot
  const position = positionIn(engine, slot)
  const fills = engine.fills(accountId).filter((fill) => isOf(slot, fill))
  const { settled, sinceOpened } = fundingFlows(engine, slot, position)
  const trailing = legOf(engine, slot, 'TrailingStop')
  return {
    positionIdx: slot.index,
    riskId: riskTier.id,
    riskLimitValue: riskTier.limit,
    symbol: listing.native,
    ...(position ? openFigures(listing, position) : flatFigures),
    tradeMode: 0,
    positionStatus: 'Normal',
    autoAddMargin: addsMargin(engine, slot) ? 1 : 0,
    adlRankIndicator: position ? 2 : 0,
    leverage: String(engine.leverage(accountId, symbol, sideOf(slot))),
    positionBalance: plain(position?.isolatedMargin ?? '0'),
    markPrice: priceText(listing, engine.prices(symbol).mark),
    bustPrice: '',
    tpslMode: 'Full',
    takeProfit: triggerOf(listing, legOf(engine, slot, 'TakeProfit')),
    stopLoss: triggerOf(listing, legOf(engine, slot, 'StopLoss')),
    trailingStop: trailing?.trailingDistance ?? '0',
    curRealisedPnl: plain(add(position?.realizedPnl ?? '0', sinceOpened)),
    cumRealisedPnl: plain(add(sum(fills.map((fill) => sub(fill.realizedPnl, fill.fee))), settled)),
    seq: fills.length === 0 ? -1 : fills.length,
    isReduceOnly: false,
    mmrSysUpdatedTime: '',
    leverageSysUpdatedTime: '',
    sessionAvgPrice: '',
    // The first position the account ever had in the contract; `openTime` is this one's.
    createdTime: String(fills[0]?.timestamp ?? 0),
    updatedTime: position ? String(position.updatedAt) : lastTime(fills),
    openTime: position?.openedAt ?? 0,
  }
}

const flatFigures = {
  side: '',
  size: '0',
  avgPrice: '0',
  positionValue: '0',
  breakEvenPrice: '0',
  liqPrice: '',
  positionMM: '0',
  positionMMByMp: '0',
  positionIM: '0',
  positionIMByMp: '0',
  unrealisedPnl: '0',
} as const

function openFigures(listing: Listing, position: PositionView): Record<string, string> {
  const { initial, maintenance } = positionMargin(listing, position)
  return {
    side: position.side === 'LONG' ? 'Buy' : 'Sell',
    size: quantityText(listing, position.size),
    avgPrice: plain(position.entryPrice),
    positionValue: plain(mul(position.size, position.entryPrice)),
    breakEvenPrice: plain(breakEvenPrice(position), listing.priceScale),
    liqPrice: liquidationText(listing, position.liquidationPrice),
    positionMM: plain(maintenance),
    positionMMByMp: plain(maintenance),
    positionIM: plain(initial),
    positionIMByMp: plain(initial),
    unrealisedPnl: plain(position.unrealizedPnl),
  }
}

/** Said only where the contract can trade there. */
function liquidationText(listing: Listing, price: Decimal | undefined): string {
  const isReachable =
    price !== undefined &&
    !isLess(price, listing.engine.tickSize) &&
    !isGreater(price, listing.maxPrice)
  return isReachable ? priceText(listing, price) : ''
}

/** Funding of a slot, in all and of the position it has now; positive when received. */
function fundingFlows(
  engine: Engine,
  { accountId, index, symbol }: Slot,
  position: PositionView | undefined,
): { settled: Decimal; sinceOpened: Decimal } {
  const rows = engine.fundings(accountId).filter((row) => {
    if (row.symbol !== symbol) return false
    return index === 0 || indexOf({ positionSide: row.side }) === index
  })
  const openedAt = position?.openedAt
  const own = rows.filter((row) => openedAt !== undefined && row.timestamp >= openedAt)
  return {
    settled: sum(rows.map(({ amount }) => amount)),
    sinceOpened: sum(own.map(({ amount }) => amount)),
  }
}

function triggerOf(listing: Listing, leg: EngineConditional | undefined): string {
  return leg ? priceText(listing, leg.triggerPrice) : ''
}

function lastTime(fills: readonly { timestamp: number }[]): string {
  const last = fills[fills.length - 1]
  return last ? String(last.timestamp) : ''
}
