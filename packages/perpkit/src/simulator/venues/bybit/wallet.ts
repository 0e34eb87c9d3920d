import { add, type Decimal, div, isPositive, isZero, max, sub, sum } from '../../../core/decimal.ts'
import type { Engine, MarginView } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { plain } from './decimals.ts'
import { invalidParameter } from './errors.ts'
import { readQuery } from './fields.ts'
import { listingOf, listings } from './instruments.ts'
import { isIsolated } from './modes.ts'
import { type PositionMargin, totalPositionMargin } from './positionFigures.ts'
import { reply } from './replies.ts'

const walletFields = ['accountType', 'coin'] as const

// https://bybit-exchange.github.io/docs/v5/account/wallet-balance
export const walletBalance: Route = {
  method: 'GET',
  path: '/v5/account/wallet-balance',
  access: 'signed',
  operation: 'getAccount',
  parameters: walletFields,
  handle(handling) {
    const { accountId, engine, params } = handling
    const fields = readQuery(params, walletFields)
    if (fields.text('accountType') !== 'UNIFIED') {
      const given = fields.text('accountType')
      if (given !== undefined) handling.unknownWord('accountType', given)
      throw invalidParameter('accountType')
    }
    const row = walletRow(engine, accountId, fields.text('coin')?.split(','))
    return reply(handling, { list: [row] })
  },
}

/** The account with those coins, or with all that hold anything. */
export function walletRow(
  engine: Engine,
  accountId: string,
  asked: readonly string[] | undefined,
): Record<string, unknown> {
  const purses = engine.assets(accountId).map((asset) => purse(engine, accountId, asset))
  const shown = asked
    ? asked.map((coin) => purses.find(({ margin }) => margin.asset === coin) ?? emptyPurse(coin))
    : purses.filter(({ margin }) => !isZero(margin.walletBalance))
  const coin = shown.map((row) => coinRow(engine, accountId, row))
  const figures = isIsolated(engine, accountId)
    ? { ...totals(purses), ...unsaidWhenIsolated }
    : totals(purses)
  return { ...figures, coin }
}

/** One coin of an account, with position margins as the venue counts them. */
interface Purse {
  margin: MarginView
  position: PositionMargin
}

function purse(engine: Engine, accountId: string, asset: string): Purse {
  return {
    margin: engine.margin(accountId, asset),
    position: totalPositionMargin(engine, accountId, asset),
  }
}

function emptyPurse(asset: string): Purse {
  const margin: MarginView = {
    asset,
    walletBalance: '0',
    unrealizedPnl: '0',
    marginBalance: '0',
    isolatedMargin: '0',
    isolatedUnrealizedPnl: '0',
    positionInitialMargin: '0',
    orderInitialMargin: '0',
    maintenanceMargin: '0',
    availableBalance: '0',
  }
  return { margin, position: { initial: '0', maintenance: '0' } }
}

/** What the account has no sum of while each position has margin of its own. */
const unsaidWhenIsolated = {
  accountIMRate: '',
  accountMMRate: '',
  totalMarginBalance: '',
  totalAvailableBalance: '',
  totalInitialMargin: '',
  totalMaintenanceMargin: '',
  accountIMRateByMp: '',
  accountMMRateByMp: '',
  totalInitialMarginByMp: '',
  totalMaintenanceMarginByMp: '',
} as const

/** Totals in US dollars, each coin at exactly one: docs/wire/bybit.md 4.1. */
function totals(purses: readonly Purse[]): Record<string, string> {
  const total = (figure: (row: Purse) => Decimal): Decimal => sum(purses.map(figure))
  const marginBalance = total(({ margin }) => margin.marginBalance)
  const initial = total(({ margin, position }) => add(margin.orderInitialMargin, position.initial))
  const maintenance = total(({ position }) => position.maintenance)
  const rate = (margin: Decimal): string =>
    isPositive(marginBalance) ? plain(div(margin, marginBalance), 4) : '0'
  return {
    accountType: 'UNIFIED',
    accountIMRate: rate(initial),
    accountMMRate: rate(maintenance),
    totalEquity: plain(marginBalance),
    totalWalletBalance: plain(total(({ margin }) => margin.walletBalance)),
    totalMarginBalance: plain(marginBalance),
    totalAvailableBalance: plain(max('0', sub(marginBalance, initial))),
    totalPerpUPL: plain(total(({ margin }) => margin.unrealizedPnl)),
    totalInitialMargin: plain(initial),
    totalMaintenanceMargin: plain(maintenance),
    accountIMRateByMp: rate(initial),
    accountMMRateByMp: rate(maintenance),
    totalInitialMarginByMp: plain(initial),
    totalMaintenanceMarginByMp: plain(maintenance),
    accountLTV: '0',
  }
}

function coinRow(engine: Engine, accountId: string, row: Purse): Record<string, unknown> {
  const { margin, position } = row
  const isCollateral = listings.some(({ engine: { settleAsset } }) => settleAsset === margin.asset)
  return {
    coin: margin.asset,
    equity: plain(margin.marginBalance),
    usdValue: plain(margin.marginBalance),
    walletBalance: plain(margin.walletBalance),
    locked: '0',
    spotHedgingQty: '0',
    borrowAmount: '0',
    accruedInterest: '0',
    totalOrderIM: plain(margin.orderInitialMargin),
    totalPositionIM: plain(position.initial),
    totalPositionMM: plain(position.maintenance),
    unrealisedPnl: plain(margin.unrealizedPnl),
    cumRealisedPnl: plain(realisedPnl(engine, accountId, margin.asset)),
    bonus: '0',
    marginCollateral: isCollateral,
    collateralSwitch: isCollateral,
    colRes: '0',
    spotBorrow: '0',
    availableToWithdraw: '',
    availableToBorrow: '',
  }
}

/** Profit of all fills in a coin, fees taken off, and its funding. */
function realisedPnl(engine: Engine, accountId: string, asset: string): Decimal {
  const fills = engine
    .fills(accountId)
    .filter((fill) => listingOf(fill.symbol).engine.settleAsset === asset)
  const fundings = engine.fundings(accountId).filter((row) => row.asset === asset)
  return add(
    sum(fills.map((fill) => sub(fill.realizedPnl, fill.fee))),
    sum(fundings.map(({ amount }) => amount)),
  )
}
