import { div, isPositive, negate } from '../../../../core/decimal.ts'
import type { Engine, PositionView } from '../../../engine/types.ts'
import type { Route } from '../../../server/types.ts'
import { type ClosedPosition, closedPositions, netProfitOf } from '../closedPositions.ts'
import { money, plain } from '../decimals.ts'
import { readFields, readToken, requiredToken } from '../fields.ts'
import { listingOf } from '../instruments.ts'
import { holdSideOf, holdSides, marginModeWord, positionModeWord } from '../modes.ts'
import { type RowKey, readPage } from '../paging.ts'
import { figuresOf } from '../positionFigures.ts'
import { reply } from '../replies.ts'
import { categories, readCategory } from '../scope.ts'
import { pages } from './orderQueries.ts'

// Positions of a unified account, open and closed: docs/wire/bitget.md 12.3.

const positionFields = ['category', 'symbol', 'posSide'] as const

// https://www.bitget.com/api-doc/uta/trade/Get-Position
export const currentPosition: Route = {
  method: 'GET',
  path: '/api/v3/position/current-position',
  access: 'signed',
  operation: 'getPositions',
  parameters: positionFields,
  handle(handling) {
    const fields = readFields(handling.params, positionFields)
    requiredToken(handling, fields, 'category', categories)
    const symbols = new Set(readCategory(handling, fields).map(({ engine }) => engine.symbol))
    const posSide = readToken(handling, fields, 'posSide', holdSides)
    const list = handling.engine
      .positions(handling.accountId)
      .filter((position) => symbols.has(position.symbol))
      .map((position) => positionRow(handling.engine, position))
      .filter((row) => posSide === undefined || row.posSide === posSide)
    return reply(handling, { list: list.length === 0 ? null : list })
  },
}

const closedFields = ['category', 'symbol', 'startTime', 'endTime', 'limit', 'cursor'] as const

// https://www.bitget.com/api-doc/uta/trade/Get-Position-History
export const historyPosition: Route = {
  method: 'GET',
  path: '/api/v3/position/history-position',
  access: 'signed',
  operation: 'getPositions',
  parameters: closedFields,
  handle(handling) {
    const fields = readFields(handling.params, closedFields)
    requiredToken(handling, fields, 'category', categories)
    const symbols = new Set(readCategory(handling, fields).map(({ engine }) => engine.symbol))
    const wanted = closedPositions(handling).filter(({ symbol }) => symbols.has(symbol))
    const keyOf = ({ closedAt, positionId }: ClosedPosition): RowKey => ({
      id: positionId,
      time: closedAt,
    })
    const before = fields.text('cursor')
    const page = readPage(handling, fields, wanted, keyOf, { ...pages, before })
    const list = page.map(closedRow)
    return reply(handling, { list, cursor: page[page.length - 1]?.positionId ?? '' })
  },
}

function closedRow(position: ClosedPosition): Record<string, string> {
  const { engine, native, productType } = listingOf(position.symbol)
  return {
    positionId: position.positionId,
    category: productType,
    symbol: native,
    marginCoin: engine.settleAsset,
    holdMode: positionModeWord(position.isHedged),
    posSide: holdSideOf(position.side),
    marginMode: marginModeWord(position.marginMode),
    openPriceAvg: plain(position.openPrice),
    closePriceAvg: plain(position.closePrice),
    openTotalPos: plain(position.size),
    closeTotalPos: plain(position.size),
    cumRealisedPnl: money(position.profit),
    netProfit: money(netProfitOf(position)),
    totalFunding: money(position.funding),
    // Negative: paid.
    openFeeTotal: money(negate(position.openFee)),
    closeFeeTotal: money(negate(position.closeFee)),
    createdTime: String(position.openedAt),
    updatedTime: String(position.closedAt),
  }
}

/** Keys as in the sample of docs/wire/bitget.md 12.3. */
export function positionRow(engine: Engine, position: PositionView): Record<string, string> {
  const listing = listingOf(position.symbol)
  const { maintenanceMarginRate, settleAsset } = listing.engine
  const figures = figuresOf(engine, position, settleAsset)
  const { unrealizedPnl } = position
  return {
    category: listing.productType,
    symbol: listing.native,
    marginCoin: settleAsset,
    holdMode: positionModeWord(position.isHedged),
    posSide: holdSideOf(position.side),
    marginMode: marginModeWord(position.marginMode),
    positionBalance: money(figures.margin),
    available: plain(figures.available),
    frozen: plain(figures.locked),
    total: plain(position.size),
    leverage: String(position.leverage),
    curRealisedPnl: money(figures.settled),
    avgPrice: plain(position.entryPrice),
    positionStatus: 'normal',
    unrealisedPnl: money(unrealizedPnl),
    liquidationPrice: plain(position.liquidationPrice ?? '0'),
    mmr: maintenanceMarginRate,
    profitRate: isPositive(figures.margin) ? plain(div(unrealizedPnl, figures.margin)) : '0',
    markPrice: plain(position.markPrice),
    breakEvenPrice: plain(figures.breakEvenPrice),
    // Positive: got.
    totalFunding: money(figures.funding ?? '0'),
    // Negative: paid.
    openFeeTotal: money(negate(figures.fees)),
    closeFeeTotal: '0',
    cashDividend: '0',
    createdTime: String(position.openedAt),
    updatedTime: String(position.updatedAt),
  }
}
