import { isZero } from '../../../core/decimal.ts'
import { notionalCap } from './contracts.ts'
import { amountOrZero, moneyText, quantityText, shortText } from './format.ts'
import { allHoldings, type Holding, liveHoldings } from './holdings.ts'
import { isHedged, positionOf } from './legs.ts'
import { type FapiRoute, signedRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContracts } from './symbols.ts'

// docs/wire/binance.md 4.2.

export const positionRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Position-Information-V3
  signedRoute('GET', '/fapi/v3/positionRisk', {
    operation: 'getPositions',
    handle(handling) {
      const { list } = readContracts(new Sent(handling, ['symbol']))
      return liveHoldings(handling.engine, handling.accountId, list).map(riskShape)
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Position-Information-V2
  signedRoute('GET', '/fapi/v2/positionRisk', {
    operation: 'getPositions',
    handle(handling) {
      const { list } = readContracts(new Sent(handling, ['symbol']))
      return allHoldings(handling.engine, handling.accountId, list).map(oldRiskShape)
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Position-ADL-Quantile-Estimation
  signedRoute('GET', '/fapi/v1/adlQuantile', {
    operation: 'getPositions',
    handle(handling) {
      const { engine, accountId } = handling
      const { list } = readContracts(new Sent(handling, ['symbol']))
      return list
        .filter(({ symbol }) => positionOf(engine, accountId, symbol, 'BOTH') !== undefined)
        .map(({ symbol }) => {
          const isOneFigure =
            isHedged(engine, accountId) && engine.marginMode(accountId, symbol) === 'CROSS'
          const adlQuantile = { LONG: 0, SHORT: 0, [isOneFigure ? 'HEDGE' : 'BOTH']: 0 }
          return { symbol, adlQuantile }
        })
    },
  }),
]

function riskShape(holding: Holding): Record<string, unknown> {
  return {
    ...priceShape(holding),
    isolatedMargin: amountOrZero(holding.isolatedMargin),
    marginAsset: holding.contract.settleAsset,
    isolatedWallet: amountOrZero(holding.isolatedWallet),
    initialMargin: amountOrZero(holding.initialMargin),
    maintMargin: amountOrZero(holding.maintMargin),
    positionInitialMargin: amountOrZero(holding.positionInitialMargin),
    openOrderInitialMargin: amountOrZero(holding.openOrderInitialMargin),
    // Nobody is deleveraged here: always at the far end of the queue.
    adl: 0,
    bidNotional: amountOrZero(holding.bidNotional),
    askNotional: amountOrZero(holding.askNotional),
  }
}

/** Every symbol, with the leverage as text and margin types of its own spelling. */
function oldRiskShape(holding: Holding): Record<string, unknown> {
  return {
    ...priceShape(holding),
    leverage: String(holding.leverage),
    maxNotionalValue: String(notionalCap(holding.contract, holding.leverage)),
    marginType: holding.marginMode === 'ISOLATED' ? 'isolated' : 'cross',
    isolatedMargin: moneyText(holding.isolatedMargin),
    isAutoAddMargin: 'false',
    isolatedWallet: amountOrZero(holding.isolatedWallet),
  }
}

function priceShape(holding: Holding): Record<string, unknown> {
  const { contract, position } = holding
  return {
    symbol: contract.symbol,
    positionSide: holding.positionSide,
    positionAmt: quantityText(contract, holding.amount),
    entryPrice: shortText(position?.entryPrice ?? '0'),
    breakEvenPrice: shortText(holding.breakEvenPrice),
    markPrice: moneyText(holding.markPrice),
    unRealizedProfit: moneyText(holding.unrealizedProfit),
    liquidationPrice: shortText(position?.liquidationPrice ?? '0'),
    notional: isZero(holding.notional) ? '0' : moneyText(holding.notional),
    updateTime: holding.updateTime,
  }
}
