import { negate } from '../../../../core/decimal.ts'
import type { Engine, PositionView } from '../../../engine/types.ts'
import type { Route } from '../../../server/types.ts'
import { type ClosedPosition, closedPositions, netProfitOf } from '../closedPositions.ts'
import { money, plain } from '../decimals.ts'
import { readFields, readToken, requiredToken } from '../fields.ts'
import { listingOf, productTypes } from '../instruments.ts'
import { wholeLeg } from '../legs.ts'
import { holdSideOf, marginModeWord, positionModeWord } from '../modes.ts'
import { DAY, type RowKey, readPage } from '../paging.ts'
import { figuresOf } from '../positionFigures.ts'
import { reply } from '../replies.ts'
import { checkMarginCoin, readClassic } from '../scope.ts'

// Positions of a classic account, open and closed: docs/wire/bitget.md 4.2.

const allFields = ['productType', 'marginCoin'] as const

// https://www.bitget.com/api-doc/contract/position/get-all-position
export const allPositions: Route = {
  method: 'GET',
  path: '/api/v2/mix/position/all-position',
  access: 'signed',
  operation: 'getPositions',
  parameters: allFields,
  handle(handling) {
    const fields = readFields(handling.params, allFields)
    const productType = requiredToken(handling, fields, 'productType', productTypes)
    checkMarginCoin(handling, fields, productType)
    const rows = handling.engine
      .positions(handling.accountId)
      .filter((position) => listingOf(position.symbol).productType === productType)
      .map((position) => positionRow(handling.engine, position))
    return reply(handling, rows)
  },
}

const singleFields = ['symbol', 'productType', 'marginCoin'] as const

// https://www.bitget.com/api-doc/contract/position/get-single-position
export const singlePosition: Route = {
  method: 'GET',
  path: '/api/v2/mix/position/single-position',
  access: 'signed',
  operation: 'getPositions',
  parameters: singleFields,
  handle(handling) {
    const fields = readFields(handling.params, singleFields)
    const listing = readClassic(handling, fields)
    checkMarginCoin(handling, fields, listing.productType)
    const rows = handling.engine
      .positions(handling.accountId)
      .filter((position) => position.symbol === listing.engine.symbol)
      .map((position) => ({ ...positionRow(handling.engine, position), autoMargin: 'off' }))
    return reply(handling, rows)
  },
}

const closedFields = [
  'symbol',
  'productType',
  'idLessThan',
  'startTime',
  'endTime',
  'limit',
] as const

// https://www.bitget.com/api-doc/contract/position/Get-History-Position
export const historyPosition: Route = {
  method: 'GET',
  path: '/api/v2/mix/position/history-position',
  access: 'signed',
  operation: 'getPositions',
  parameters: closedFields,
  handle(handling) {
    const fields = readFields(handling.params, closedFields)
    // Without a symbol or product type: all.
    const product = readToken(handling, fields, 'productType', productTypes)
    const native = fields.text('symbol')?.toUpperCase()
    const wanted = closedPositions(handling)
      .map((position) => ({ position, listing: listingOf(position.symbol) }))
      .filter(({ listing }) => product === undefined || listing.productType === product)
      .filter(({ listing }) => native === undefined || listing.native === native)
    const keyOf = ({ position }: { position: ClosedPosition }): RowKey => ({
      id: position.positionId,
      time: position.closedAt,
    })
    const page = readPage(handling, fields, wanted, keyOf, {
      standard: 20,
      most: 100,
      before: fields.text('idLessThan'),
      longestMs: 90 * DAY,
      reachMs: 90 * DAY,
    })
    const list = page.map(({ position }) => closedRow(position))
    return reply(handling, { list, endId: page[page.length - 1]?.position.positionId ?? null })
  },
}

/** Two keys are in lower case: docs/wire/bitget.md 4.2. */
function closedRow(position: ClosedPosition): Record<string, string> {
  const { native, engine } = listingOf(position.symbol)
  return {
    positionId: position.positionId,
    marginCoin: engine.settleAsset,
    symbol: native,
    holdSide: holdSideOf(position.side),
    openAvgPrice: plain(position.openPrice),
    closeAvgPrice: plain(position.closePrice),
    marginMode: marginModeWord(position.marginMode),
    openTotalPos: plain(position.size),
    closeTotalPos: plain(position.size),
    pnl: money(position.profit),
    netProfit: money(netProfitOf(position)),
    totalFunding: money(position.funding),
    openFee: money(negate(position.openFee)),
    closeFee: money(negate(position.closeFee)),
    posMode: positionModeWord(position.isHedged),
    ctime: String(position.openedAt),
    utime: String(position.closedAt),
  }
}

/** Keys as in the sample of docs/wire/bitget.md 4.2. */
export function positionRow(engine: Engine, position: PositionView): Record<string, string> {
  const listing = listingOf(position.symbol)
  const { maintenanceMarginRate, settleAsset } = listing.engine
  const figures = figuresOf(engine, position, settleAsset)
  const take = wholeLeg(engine, position, 'takeProfit')
  const stop = wholeLeg(engine, position, 'stopLoss')
  return {
    marginCoin: settleAsset,
    symbol: listing.native,
    holdSide: holdSideOf(position.side),
    openDelegateSize: plain(figures.opening),
    marginSize: money(figures.margin),
    available: plain(figures.available),
    locked: plain(figures.locked),
    total: plain(position.size),
    leverage: String(position.leverage),
    achievedProfits: money(figures.settled),
    openPriceAvg: plain(position.entryPrice),
    marginMode: marginModeWord(position.marginMode),
    posMode: positionModeWord(position.isHedged),
    unrealizedPL: money(position.unrealizedPnl),
    liquidationPrice: plain(position.liquidationPrice ?? '0'),
    keepMarginRate: maintenanceMarginRate,
    markPrice: plain(position.markPrice),
    breakEvenPrice: plain(figures.breakEvenPrice),
    // Funding; positive: got.
    totalFee: figures.funding === undefined ? '' : money(figures.funding),
    deductedFee: money(figures.fees),
    takeProfit: take?.triggerPrice ?? '',
    stopLoss: stop?.triggerPrice ?? '',
    takeProfitId: take?.conditionalId ?? '',
    stopLossId: stop?.conditionalId ?? '',
    marginRatio: plain(figures.marginRatio),
    assetMode: 'single',
    cashDividend: '',
    cTime: String(position.openedAt),
    uTime: String(position.updatedAt),
  }
}
