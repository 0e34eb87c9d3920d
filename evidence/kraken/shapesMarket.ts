import type { Shape } from '../../test/wire/evidence.ts'
import { is, iso, success, uuid } from './shapes.ts'

// Rows of the market's and the account's answers: docs/wire/kraken.md 3 and 4.2 to 4.4.

const marginLevels: Shape = [
  'at least one',
  { numNonContractUnits: 'number', initialMargin: 'number', maintenanceMargin: 'number' },
]

/** 3.2. */
export const instrument = {
  symbol: /^PF_[A-Z0-9]+USD$/,
  type: is('flexible_futures'),
  tickSize: 'number',
  contractSize: is(1),
  tradeable: is(true),
  impactMidSize: 'number',
  maxPositionSize: 'number',
  openingDate: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  marginLevels,
  fundingRateCoefficient: 'number',
  maxRelativeFundingRate: 'number',
  isin: 'text',
  contractValueTradePrecision: 'integer',
  postOnly: is(false),
  feeScheduleUid: 'text',
  mtf: 'boolean',
  base: 'text',
  quote: is('USD'),
  pair: 'text',
  category: 'text or empty',
  tradfi: is(false),
  isExpired: is(false),
  minRelativeFundingRate: ['optional', 'number'],
} as const satisfies Shape

/** What the sheet fixes for the market of the probes (1.2, 5.4). */
export const bitcoin = {
  ...instrument,
  symbol: is('PF_XBTUSD'),
  base: is('BTC'),
  pair: is('BTC:USD'),
  tickSize: is(1),
  contractValueTradePrecision: is(4),
  marginLevels: [
    'rows',
    { numNonContractUnits: is(0), initialMargin: is(0.01), maintenanceMargin: is(0.005) },
  ],
} as const satisfies Shape

/** 3.3. */
export const ticker = {
  tag: is('perpetual'),
  pair: /^[A-Z0-9]+:USD$/,
  symbol: /^PF_[A-Z0-9]+USD$/,
  markPrice: 'number',
  bid: 'number',
  bidSize: 'number',
  ask: 'number',
  askSize: 'number',
  vol24h: 'number',
  volumeQuote: 'number',
  openInterest: 'number',
  open24h: 'number',
  high24h: 'number',
  low24h: 'number',
  indexPrice: 'number',
  last: 'number',
  lastTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3,6})?Z$/,
  lastSize: 'number',
  suspended: is(false),
  fundingRate: 'number',
  fundingRatePrediction: 'number',
  postOnly: is(false),
  change24h: 'number',
} as const satisfies Shape

/** 3.2. */
export const instrumentStatus = {
  tradeable: is('PF_XBTUSD'),
  experiencingDislocation: is(false),
  priceDislocationDirection: 'null',
  experiencingExtremeVolatility: is(false),
  extremeVolatilityInitialMarginMultiplier: is(1),
} as const satisfies Shape

/** 3.5. */
export const trade = {
  time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3,6})?Z$/,
  trade_id: 'integer',
  price: 'number',
  size: ['either', 'number', 'decimal'],
  side: is('buy', 'sell'),
  type: is('fill'),
  uid: uuid,
} as const satisfies Shape

/** 3.6. */
export const candle = {
  time: 'ms',
  open: 'decimal',
  high: 'decimal',
  low: 'decimal',
  close: 'decimal',
  volume: 'decimal',
} as const satisfies Shape

const margins: Shape = { im: 'number', mm: 'number', lt: 'number', tt: 'number' }

/** 4.2: the wallet of the `PF_` contracts beside the others, which are not used. */
export function accounts(flex: Shape): Shape {
  return success({
    accounts: {
      cash: { type: is('cashAccount'), balances: { usd: is(0), xbt: is(0) } },
      flex,
      fi_xbtusd: {
        type: is('marginAccount'),
        currency: is('xbt'),
        balances: { xbt: is(0) },
        auxiliary: { usd: is(0), pv: is(0), pnl: is(0), af: is(0), funding: is(0) },
        marginRequirements: margins,
        triggerEstimates: margins,
      },
    },
  })
}

const currency = {
  quantity: 'number',
  value: 'number',
  collateral: 'number',
  available: 'number',
} as const satisfies Shape

export const flex = {
  type: is('multiCollateralMarginAccount'),
  currencies: { USD: currency },
  balanceValue: 'number',
  portfolioValue: 'number',
  collateralValue: 'number',
  initialMargin: 'number',
  initialMarginWithOrders: 'number',
  maintenanceMargin: 'number',
  pnl: 'number',
  unrealizedFunding: is(0),
  totalUnrealized: 'number',
  totalUnrealizedAsMargin: 'number',
  marginEquity: 'number',
  availableMargin: 'number',
} as const satisfies Shape

/** 4.3: cross margin, where no `maxFixedLeverage` is told. */
export const position = {
  side: is('long', 'short'),
  symbol: is('PF_XBTUSD'),
  price: 'number',
  fillTime: ['optional', iso],
  size: 'number',
  unrealizedFunding: is(0),
  unrealizedPnl: 'number',
  pnlCurrency: is('USD'),
} as const satisfies Shape
