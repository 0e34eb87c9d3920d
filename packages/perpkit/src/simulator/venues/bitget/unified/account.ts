import { sha256 } from '../../../../core/bytes.ts'
import { add, div, isPositive, sum } from '../../../../core/decimal.ts'
import type { MarginView, PositionView } from '../../../engine/types.ts'
import type { Handling, Route } from '../../../server/types.ts'
import { money, plain } from '../decimals.ts'
import { parameterMalformed, parameterMissing, refused } from '../errors.ts'
import { readFields, readToken, required, requiredToken } from '../fields.ts'
import { listingOf, listings } from '../instruments.ts'
import { applyLeverage, readLeverage } from '../leverage.ts'
import { figuresOf } from '../positionFigures.ts'
import { reply } from '../replies.ts'
import { categories, readCategory, readUnified } from '../scope.ts'

// Money, settings and positions of a unified account: docs/wire/bitget.md 12.3. One-way and cross.

// https://www.bitget.com/api-doc/uta/account/Get-Account-Setting
export const accountSettings: Route = {
  method: 'GET',
  path: '/api/v3/account/settings',
  access: 'signed',
  operation: 'getAccount',
  parameters: [],
  handle(handling) {
    const { accountId, engine } = handling
    const symbolConfigList = listings
      .map((listing) => ({
        listing,
        leverage: engine.chosenLeverage(accountId, listing.engine.symbol),
      }))
      .filter(({ leverage }) => leverage !== undefined)
      .map(({ leverage, listing }) => ({
        category: listing.productType,
        symbol: listing.native,
        marginMode: 'crossed',
        leverage: String(leverage),
      }))
    return reply(handling, {
      uid: uidOf(accountId),
      accountMode: 'unified',
      assetMode: 'multi_assets',
      accountLevel: 'advanced',
      holdMode: 'one_way_mode',
      stpMode: 'none',
      symbolConfigList,
      coinConfigList: [],
    })
  },
}

// https://www.bitget.com/api-doc/uta/account/Get-Account
export const accountAssets: Route = {
  method: 'GET',
  path: '/api/v3/account/assets',
  access: 'signed',
  operation: 'getAccount',
  parameters: ['coin'],
  handle(handling) {
    const { accountId, engine } = handling
    const coin = readFields(handling.params, ['coin']).text('coin')?.toUpperCase()
    const purses = engine.assets(accountId).map((asset) => engine.margin(accountId, asset))
    const total = (figure: (purse: MarginView) => string): string => sum(purses.map(figure))
    const equity = total((purse) => purse.marginBalance)
    const unrealised = total((purse) => purse.unrealizedPnl)
    const mmr = total((purse) => purse.maintenanceMargin)
    const imr = total((purse) => add(purse.positionInitialMargin, purse.orderInitialMargin))
    const bitcoin = engine.prices('BTCUSDT').index
    const ratio = isPositive(equity) ? money(div(mmr, equity)) : '0'
    return reply(handling, {
      accountEquity: money(equity),
      usdtEquity: money(equity),
      btcEquity: money(div(equity, bitcoin)),
      unrealisedPnl: money(unrealised),
      usdtUnrealisedPnl: money(unrealised),
      btcUnrealizedPnl: money(div(unrealised, bitcoin)),
      effEquity: money(equity),
      mmr: money(mmr),
      imr: money(imr),
      mgnRatio: ratio,
      positionMgnRatio: ratio,
      assets: purses
        .filter((purse) => isPositive(purse.walletBalance))
        .filter((purse) => coin === undefined || purse.asset === coin)
        .map((purse) => assetRow(purse)),
    })
  },
}

const feeFields = ['category', 'symbol'] as const

// https://www.bitget.com/api-doc/uta/account/Get-Account-Fee-Rate
export const feeRate: Route = {
  method: 'GET',
  path: '/api/v3/account/fee-rate',
  access: 'signed',
  operation: 'getAccount',
  parameters: feeFields,
  handle(handling) {
    const listing = readUnified(handling, readFields(handling.params, feeFields))
    const { makerFee, takerFee } = listing.engine
    return reply(handling, { makerFeeRate: makerFee, takerFeeRate: takerFee })
  },
}

// https://www.bitget.com/api-doc/uta/account/Get-All-Fee-Rate
export const allFeeRates: Route = {
  method: 'GET',
  path: '/api/v3/account/all-fee-rate',
  access: 'signed',
  operation: 'getAccount',
  parameters: feeFields,
  handle(handling) {
    const fields = readFields(handling.params, feeFields)
    required(handling, fields, 'category')
    const rows = readCategory(handling, fields).map(({ engine, native }) => ({
      symbol: native,
      makerFeeRate: engine.makerFee,
      takerFeeRate: engine.takerFee,
    }))
    return reply(handling, rows)
  },
}

// https://www.bitget.com/api-doc/uta/account/Change-Position-Mode
export const setHoldMode: Route = {
  method: 'POST',
  path: '/api/v3/account/set-hold-mode',
  access: 'signed',
  parameters: ['holdMode'],
  handle(handling) {
    const fields = readFields(handling.params, ['holdMode'])
    const mode = requiredToken(handling, fields, 'holdMode', ['one_way_mode', 'hedge_mode'])
    if (mode !== 'one_way_mode') throw refused(handling, 'positionModeLocked')
    return reply(handling, 'success')
  },
}

const leverageFields = [
  'category',
  'symbol',
  'leverage',
  'marginMode',
  'posSide',
  'longLeverage',
  'shortLeverage',
  'coin',
] as const

// https://www.bitget.com/api-doc/uta/account/Change-Leverage
export const setLeverage: Route = {
  method: 'POST',
  path: '/api/v3/account/set-leverage',
  access: 'signed',
  operation: 'setLeverage',
  parameters: leverageFields,
  handle(handling) {
    const fields = readFields(handling.params, leverageFields)
    const listing = readUnified(handling, fields)
    const mode = readToken(handling, fields, 'marginMode', ['crossed', 'isolated']) ?? 'crossed'
    readToken(handling, fields, 'posSide', ['long', 'short'])
    if (mode !== 'crossed') throw parameterMalformed(handling, 'marginMode')
    const given = fields.text('leverage')
    if (given === undefined) throw parameterMissing(handling, 'leverage')
    applyLeverage(handling, listing, readLeverage(handling, listing, given))
    return reply(handling, 'success')
  },
}

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
    const posSide = readToken(handling, fields, 'posSide', ['long', 'short'])
    const list = handling.engine
      .positions(handling.accountId)
      .filter((position) => symbols.has(position.symbol))
      .map((position) => positionRow(handling, position))
      .filter((row) => posSide === undefined || row.posSide === posSide)
    return reply(handling, { list: list.length === 0 ? null : list })
  },
}

function assetRow(purse: MarginView): Record<string, string> {
  return {
    coin: purse.asset,
    equity: money(purse.marginBalance),
    usdValue: money(purse.marginBalance),
    balance: money(purse.walletBalance),
    available: money(purse.availableBalance),
    debt: '0',
    locked: money(purse.orderInitialMargin),
    bonus: '0',
  }
}

/** Keys as in the sample of docs/wire/bitget.md 12.3. */
function positionRow({ engine }: Handling, position: PositionView): Record<string, string> {
  const listing = listingOf(position.symbol)
  const { maintenanceMarginRate, settleAsset } = listing.engine
  const figures = figuresOf(engine, position, settleAsset)
  const { initialMargin, unrealizedPnl } = position
  return {
    category: listing.productType,
    symbol: listing.native,
    marginCoin: settleAsset,
    holdMode: 'one_way_mode',
    posSide: position.side === 'LONG' ? 'long' : 'short',
    marginMode: 'crossed',
    positionBalance: money(initialMargin),
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
    profitRate: isPositive(initialMargin) ? plain(div(unrealizedPnl, initialMargin)) : '0',
    markPrice: plain(position.markPrice),
    breakEvenPrice: plain(figures.breakEvenPrice),
    totalFunding: '0',
    // Negative: paid.
    openFeeTotal: money(`-${figures.fees}`),
    closeFeeTotal: '0',
    cashDividend: '0',
    createdTime: String(position.openedAt),
    updatedTime: String(position.updatedAt),
  }
}

/** Ten digits that follow from the account. */
function uidOf(accountId: string): string {
  const digits = Number.parseInt(sha256(accountId, 'hex').slice(0, 8), 16)
  return String(1_000_000_000 + (digits % 9_000_000_000))
}
