import type { PositionView } from '../../../engine/types.ts'
import type { Handling, Route } from '../../../server/types.ts'
import { money, plain } from '../decimals.ts'
import { readFields, requiredToken } from '../fields.ts'
import { listingOf, productTypes } from '../instruments.ts'
import { wholeLeg } from '../legs.ts'
import { figuresOf } from '../positionFigures.ts'
import { reply } from '../replies.ts'
import { checkMarginCoin, readClassic } from '../scope.ts'

// Open positions of a classic account: docs/wire/bitget.md 4.2.

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
      .map((position) => positionRow(handling, position))
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
      .map((position) => ({ ...positionRow(handling, position), autoMargin: 'off' }))
    return reply(handling, rows)
  },
}

/** Keys as in the sample of docs/wire/bitget.md 4.2. */
function positionRow({ engine }: Handling, position: PositionView): Record<string, string> {
  const listing = listingOf(position.symbol)
  const { maintenanceMarginRate, settleAsset } = listing.engine
  const figures = figuresOf(engine, position, settleAsset)
  const take = wholeLeg(engine, position, 'takeProfit')
  const stop = wholeLeg(engine, position, 'stopLoss')
  return {
    marginCoin: settleAsset,
    symbol: listing.native,
    holdSide: position.side === 'LONG' ? 'long' : 'short',
    openDelegateSize: plain(figures.opening),
    marginSize: money(position.initialMargin),
    available: plain(figures.available),
    locked: plain(figures.locked),
    total: plain(position.size),
    leverage: String(position.leverage),
    achievedProfits: money(figures.settled),
    openPriceAvg: plain(position.entryPrice),
    marginMode: 'crossed',
    posMode: 'one_way_mode',
    unrealizedPL: money(position.unrealizedPnl),
    liquidationPrice: plain(position.liquidationPrice ?? '0'),
    keepMarginRate: maintenanceMarginRate,
    markPrice: plain(position.markPrice),
    breakEvenPrice: plain(figures.breakEvenPrice),
    totalFee: '',
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
