import { sha256 } from '../../../core/bytes.ts'
import { add, max, sub } from '../../../core/decimal.ts'
import type { Engine, MarginView } from '../../engine/types.ts'
import { notionalCap, settleAsset } from './contracts.ts'
import { amountOrZero, moneyText, quantityText, shortText } from './format.ts'
import { allHoldings, type Holding, liveHoldings } from './holdings.ts'
import { isHedged } from './legs.ts'
import { type FapiRoute, signedRoute } from './route.ts'

// docs/wire/binance.md 4.1. Note `unrealizedProfit` here and `unRealizedProfit` in positionRisk.

type Shape = Record<string, unknown>

export const accountRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Account-Information-V3
  signedRoute('GET', '/fapi/v3/account', {
    operation: 'getAccount',
    handle({ engine, accountId }) {
      return {
        ...totals(engine.margin(accountId, settleAsset)),
        assets: engine.assets(accountId).map((asset) => assetShape(engine, accountId, asset)),
        positions: liveHoldings(engine, accountId).map(positionShape),
      }
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Account-Information-V2
  signedRoute('GET', '/fapi/v2/account', {
    operation: 'getAccount',
    handle({ engine, accountId }) {
      return {
        ...flags,
        feeBurn: false,
        ...totals(engine.margin(accountId, settleAsset)),
        assets: engine.assets(accountId).map((asset) => ({
          ...assetShape(engine, accountId, asset),
          marginAvailable: true,
        })),
        positions: allHoldings(engine, accountId).map(oldPositionShape),
      }
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Futures-Account-Balance-V3
  ...['/fapi/v3/balance', '/fapi/v2/balance'].map((path) =>
    signedRoute('GET', path, {
      operation: 'getAccount',
      handle: ({ engine, accountId }) =>
        engine.assets(accountId).map((asset) => balanceShape(engine, accountId, asset)),
    }),
  ),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Account-Config
  signedRoute('GET', '/fapi/v1/accountConfig', {
    operation: 'getAccount',
    handle: ({ engine, accountId }) => ({
      ...flags,
      dualSidePosition: isHedged(engine, accountId),
    }),
  }),
]

const flags = {
  feeTier: 0,
  canTrade: true,
  canDeposit: true,
  canWithdraw: true,
  updateTime: 0,
  multiAssetsMargin: false,
  tradeGroupId: -1,
}

/** In single-asset mode the totals are those of USDT. */
function totals(margin: MarginView): Shape {
  const shown = marginShape(margin)
  return {
    totalInitialMargin: shown.initialMargin,
    totalMaintMargin: shown.maintMargin,
    totalWalletBalance: shown.walletBalance,
    totalUnrealizedProfit: shown.unrealizedProfit,
    totalMarginBalance: shown.marginBalance,
    totalPositionInitialMargin: shown.positionInitialMargin,
    totalOpenOrderInitialMargin: shown.openOrderInitialMargin,
    totalCrossWalletBalance: shown.crossWalletBalance,
    totalCrossUnPnl: shown.crossUnPnl,
    availableBalance: shown.availableBalance,
    maxWithdrawAmount: shown.maxWithdrawAmount,
  }
}

function assetShape(engine: Engine, accountId: string, asset: string): Shape {
  return {
    asset,
    ...marginShape(engine.margin(accountId, asset)),
    updateTime: changedAt(engine, accountId, asset),
  }
}

function balanceShape(engine: Engine, accountId: string, asset: string): Shape {
  const shown = marginShape(engine.margin(accountId, asset))
  return {
    // A few letters and digits that name the account, the same for all its assets.
    accountAlias: sha256(accountId, 'base64')
      .replace(/[^A-Za-z]/g, '')
      .slice(0, 8),
    asset,
    balance: shown.walletBalance,
    crossWalletBalance: shown.crossWalletBalance,
    crossUnPnl: shown.crossUnPnl,
    availableBalance: shown.availableBalance,
    maxWithdrawAmount: shown.maxWithdrawAmount,
    marginAvailable: true,
    updateTime: changedAt(engine, accountId, asset),
  }
}

function marginShape(margin: MarginView): Record<string, string> {
  const initialMargin = add(margin.positionInitialMargin, margin.orderInitialMargin)
  const crossWalletBalance = sub(margin.walletBalance, margin.isolatedMargin)
  const crossUnPnl = sub(margin.unrealizedPnl, margin.isolatedUnrealizedPnl)
  // Profit that is not settled may back positions but not leave the account; a loss counts.
  const withdrawable = max(sub(margin.availableBalance, max(crossUnPnl, '0')), '0')
  return {
    walletBalance: moneyText(margin.walletBalance),
    unrealizedProfit: moneyText(margin.unrealizedPnl),
    marginBalance: moneyText(margin.marginBalance),
    maintMargin: moneyText(margin.maintenanceMargin),
    initialMargin: moneyText(initialMargin),
    positionInitialMargin: moneyText(margin.positionInitialMargin),
    openOrderInitialMargin: moneyText(margin.orderInitialMargin),
    crossWalletBalance: moneyText(crossWalletBalance),
    crossUnPnl: moneyText(crossUnPnl),
    availableBalance: moneyText(margin.availableBalance),
    maxWithdrawAmount: moneyText(withdrawable),
  }
}

/** When a fill last moved the asset. 0 would say that it was never funded, and ccxt leaves it out. */
function changedAt(engine: Engine, accountId: string, asset: string): number {
  const fill = engine.fills(accountId).findLast(({ feeAsset }) => feeAsset === asset)
  return fill?.timestamp ?? FUNDED_AT
}

// Accounts are funded before the simulator's time begins: on the day of the first listing.
const FUNDED_AT = 1_569_398_400_000

function positionShape(holding: Holding): Shape {
  return {
    symbol: holding.contract.symbol,
    positionSide: holding.positionSide,
    positionAmt: quantityText(holding.contract, holding.amount),
    unrealizedProfit: moneyText(holding.unrealizedProfit),
    isolatedMargin: amountOrZero(holding.isolatedMargin),
    notional: amountOrZero(holding.notional),
    isolatedWallet: amountOrZero(holding.isolatedWallet),
    initialMargin: amountOrZero(holding.initialMargin),
    maintMargin: amountOrZero(holding.maintMargin),
    updateTime: holding.updateTime,
  }
}

function oldPositionShape(holding: Holding): Shape {
  const { contract, leverage, position } = holding
  return {
    symbol: contract.symbol,
    initialMargin: amountOrZero(holding.initialMargin),
    maintMargin: amountOrZero(holding.maintMargin),
    unrealizedProfit: moneyText(holding.unrealizedProfit),
    positionInitialMargin: amountOrZero(holding.positionInitialMargin),
    openOrderInitialMargin: amountOrZero(holding.openOrderInitialMargin),
    leverage: String(leverage),
    isolated: holding.marginMode === 'ISOLATED',
    entryPrice: shortText(position?.entryPrice ?? '0'),
    breakEvenPrice: shortText(holding.breakEvenPrice),
    maxNotional: String(notionalCap(contract, leverage)),
    bidNotional: amountOrZero(holding.bidNotional),
    askNotional: amountOrZero(holding.askNotional),
    positionSide: holding.positionSide,
    positionAmt: quantityText(contract, holding.amount),
    updateTime: holding.updateTime,
  }
}
