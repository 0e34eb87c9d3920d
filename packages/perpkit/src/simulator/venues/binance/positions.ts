import { isZero } from '../../../core/decimal.ts'
import { notionalCap } from './contracts.ts'
import { amountOrZero, moneyText, quantityText, shortText } from './format.ts'
import { type Holding, holdingOf, liveHoldings } from './holdings.ts'
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
      return list.map((contract) =>
        oldRiskShape(holdingOf(handling.engine, handling.accountId, contract)),
      )
    },
  }),
]

function riskShape(holding: Holding): Record<string, unknown> {
  return {
    ...priceShape(holding),
    isolatedMargin: '0',
    marginAsset: holding.contract.settleAsset,
    isolatedWallet: '0',
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
    marginType: 'cross',
    isolatedMargin: '0.00000000',
    isAutoAddMargin: 'false',
    isolatedWallet: '0',
  }
}

function priceShape(holding: Holding): Record<string, unknown> {
  const { contract, position } = holding
  return {
    symbol: contract.symbol,
    positionSide: 'BOTH',
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
