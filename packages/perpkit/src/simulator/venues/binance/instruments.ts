import { toFixed } from '../../../core/decimal.ts'
import {
  type Contract,
  contracts,
  marketTakeBound,
  maxOpenOrders,
  priceBand,
  settleAsset,
} from './contracts.ts'
import { priceText, quantityText } from './format.ts'
import { rateLimits } from './limits.ts'
import { type FapiRoute, publicRoute, signedRoute } from './route.ts'
import { conditionalTypes, plainTypes, timesInForce } from './tokens.ts'

// docs/wire/binance.md 3.1 and 3.2.

export const instrumentRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api
  publicRoute('/fapi/v1/ping', { handle: () => ({}) }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Check-Server-Time
  publicRoute('/fapi/v1/time', { handle: ({ clock }) => ({ serverTime: clock.now() }) }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Exchange-Information
  publicRoute('/fapi/v1/exchangeInfo', {
    handle: ({ clock, engine }) => ({
      timezone: 'UTC',
      serverTime: clock.now(),
      futuresType: 'U_MARGINED',
      rateLimits,
      exchangeFilters: [],
      assets: [{ asset: settleAsset, marginAvailable: true, autoAssetExchange: '-10000' }],
      symbols: contracts.map((contract) =>
        symbolShape(contract, engine.isTrading(contract.symbol) ? 'TRADING' : 'TRADING_HALT'),
      ),
    }),
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Query-Rate-Limit
  signedRoute('GET', '/fapi/v1/rateLimit/order', {
    handle: () => rateLimits.filter(({ rateLimitType }) => rateLimitType === 'ORDERS'),
  }),
]

/** Perpetuals have a delivery date too, in the year 2100. */
const NEVER_DELIVERED = 4_133_404_800_000

function symbolShape(contract: Contract, status: string): Record<string, unknown> {
  return {
    symbol: contract.symbol,
    pair: contract.symbol,
    contractType: 'PERPETUAL',
    deliveryDate: NEVER_DELIVERED,
    onboardDate: contract.onboardDate,
    status,
    maintMarginPercent: '2.5000',
    requiredMarginPercent: '5.0000',
    baseAsset: contract.baseAsset,
    quoteAsset: contract.quoteAsset,
    marginAsset: contract.settleAsset,
    pricePrecision: contract.pricePrecision,
    quantityPrecision: contract.quantityPrecision,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: 'COIN',
    underlyingSubType: contract.underlyingSubType,
    triggerProtect: '0.0500',
    liquidationFee: '0.012500',
    marketTakeBound,
    maxMoveOrderLimit: 10_000,
    filters: filterShapes(contract),
    orderTypes: [...plainTypes, ...conditionalTypes],
    timeInForce: timesInForce,
  }
}

function filterShapes(contract: Contract): Record<string, unknown>[] {
  const stepSize = quantityText(contract, contract.stepSize)
  const minQty = quantityText(contract, contract.minQuantity)
  return [
    {
      filterType: 'PRICE_FILTER',
      tickSize: priceText(contract, contract.tickSize),
      minPrice: priceText(contract, contract.minPrice),
      maxPrice: contract.maxPrice,
    },
    { filterType: 'LOT_SIZE', stepSize, minQty, maxQty: contract.maxQuantity },
    { filterType: 'MARKET_LOT_SIZE', stepSize, minQty, maxQty: contract.maxMarketQuantity },
    { filterType: 'MAX_NUM_ORDERS', limit: maxOpenOrders },
    { filterType: 'MIN_NOTIONAL', notional: contract.minNotional },
    {
      filterType: 'PERCENT_PRICE',
      multiplierUp: toFixed(priceBand.up, 4),
      multiplierDown: toFixed(priceBand.down, 4),
      multiplierDecimal: '4',
    },
    { filterType: 'POSITION_RISK_CONTROL', positionControlSide: 'NONE' },
  ]
}
