import type { Json } from '../../test/wire/evidence.ts'
import { success } from './samples.ts'

// The market's and the account's answers, after the samples of docs/wire/kraken.md 3 and 4.

type Members = { readonly [key: string]: Json }

/** 3.2, with a finer tick than that of today, for the prices of the cases. */
function instrument(members: Members): Json {
  return {
    type: 'flexible_futures',
    tickSize: 0.1,
    contractSize: 1,
    tradeable: true,
    impactMidSize: 0.08,
    maxPositionSize: 1200,
    openingDate: '2022-03-22T13:15:36Z',
    marginLevels: [
      { numNonContractUnits: 0, initialMargin: 0.01, maintenanceMargin: 0.005 },
      { numNonContractUnits: 1000000, initialMargin: 0.02, maintenanceMargin: 0.01 },
      { numNonContractUnits: 3000000, initialMargin: 0.04, maintenanceMargin: 0.02 },
    ],
    fundingRateCoefficient: 8,
    maxRelativeFundingRate: 0.005,
    isin: 'GB00BQ84JX13',
    contractValueTradePrecision: 4,
    postOnly: false,
    feeScheduleUid: '723888f7-0000-4000-8000-000000000000',
    mtf: true,
    category: 'Layer 1',
    tradfi: false,
    isExpired: false,
    ...members,
  }
}

/** The dated contract has the type of the perpetual ones; only its name and its end differ. */
export const instruments: Json = success({
  instruments: [
    instrument({ symbol: 'PF_XBTUSD', base: 'BTC', quote: 'USD', pair: 'BTC:USD' }),
    instrument({
      symbol: 'PF_PEPEUSD',
      base: 'PEPE',
      quote: 'USD',
      pair: 'PEPE:USD',
      tickSize: 1e-10,
      contractValueTradePrecision: -3,
      maxPositionSize: 250000000000,
    }),
    instrument({
      symbol: 'PF_ETHUSD',
      base: 'ETH',
      quote: 'USD',
      pair: 'ETH:USD',
      contractValueTradePrecision: 3,
    }),
    instrument({
      symbol: 'PF_LUNAUSD',
      base: 'LUNA',
      quote: 'USD',
      pair: 'LUNA:USD',
      isExpired: true,
    }),
    instrument({
      symbol: 'FF_XBTUSD_261225',
      base: 'BTC',
      quote: 'USD',
      pair: 'BTC:USD',
      lastTradingTime: '2026-12-25T16:00:00.000Z',
    }),
    instrument({
      symbol: 'PI_XBTUSD',
      type: 'futures_inverse',
      underlying: 'rr_xbtusd',
      base: 'BTC',
      quote: 'USD',
      pair: 'BTC:USD',
      tickSize: 0.5,
      contractValueTradePrecision: 0,
      marginLevels: [{ contracts: 0, initialMargin: 0.02, maintenanceMargin: 0.01 }],
    }),
  ],
})

/** 3.3: funding is told in USD per unit and hour. */
export function tickerRow(members: Members): Json {
  return {
    tag: 'perpetual',
    pair: 'XBT:USD',
    symbol: 'PF_XBTUSD',
    markPrice: 60100.5,
    bid: 60100.1,
    bidSize: 0.0273,
    ask: 60100.4,
    askSize: 0.006,
    vol24h: 4237.2723,
    volumeQuote: 355931873.2,
    openInterest: 2189.7813,
    open24h: 60180,
    high24h: 60911.5,
    low24h: 59120.2,
    indexPrice: 60090,
    last: 60100.2,
    lastTime: '2025-11-22T07:59:58.906123Z',
    lastSize: 0.0004,
    suspended: false,
    fundingRate: 0.6009,
    fundingRatePrediction: 1.3232500286425,
    postOnly: false,
    change24h: -0.22,
    ...members,
  }
}

export const ticker: Json = success({ ticker: tickerRow({}) })

export const etherTicker: Json = tickerRow({
  pair: 'ETH:USD',
  symbol: 'PF_ETHUSD',
  markPrice: 3050.5,
  indexPrice: 3050,
  last: 3050.1,
})

/** Indices are in the list too. */
export const indexRow: Json = {
  symbol: 'in_xbtusd',
  last: 60090,
  lastTime: '2025-11-22T07:59:59.000Z',
}

export const orderBook: Json = success({
  orderBook: {
    bids: [
      [60100.1, 0.0273],
      [60099, 1],
    ],
    asks: [
      [60100.4, 0.006],
      [60101.2, 23.4695],
    ],
  },
})

/** 3.6: oldest first, without the usual envelope. */
export function candles(starts: readonly number[]): Json {
  return {
    candles: starts.map((time) => ({
      time,
      open: '60480',
      high: '60490.5',
      low: '60470',
      close: '60475',
      volume: '12.3',
    })),
    more_candles: false,
  }
}

/** 4.2. */
export const accounts: Json = success({
  accounts: {
    cash: { type: 'cashAccount', balances: { usd: 0, xbt: 0 } },
    flex: {
      type: 'multiCollateralMarginAccount',
      currencies: {
        USD: { quantity: 5000, value: 5000, collateral: 5000, available: 4200.5 },
        XBT: { quantity: 0.1, value: 8400.4, collateral: 8211.4, available: 0.1 },
      },
      balanceValue: 13400.4,
      portfolioValue: 13412.9,
      collateralValue: 13211.4,
      initialMargin: 799.5,
      initialMarginWithOrders: 799.5,
      maintenanceMargin: 399.7,
      pnl: 12.5,
      unrealizedFunding: -0.03,
      totalUnrealized: 12.47,
      totalUnrealizedAsMargin: 12.4,
      marginEquity: 13223.8,
      availableMargin: 12424.3,
    },
    fi_xbtusd: {
      type: 'marginAccount',
      currency: 'xbt',
      balances: { xbt: 0 },
      auxiliary: { usd: 0, pv: 0, pnl: 0, af: 0, funding: 0 },
      marginRequirements: { im: 0, mm: 0, lt: 0, tt: 0 },
      triggerEstimates: { im: 0, mm: 0, lt: 0, tt: 0 },
    },
  },
})

/**
 * 4.3: isolated, because it tells its maximum leverage. The profit is a moment older than the mark
 * price of the ticker, which must not be computed from it.
 */
export function position(members: Members): Json {
  return {
    side: 'long',
    symbol: 'PF_XBTUSD',
    price: 60000,
    fillTime: '2025-11-21T10:00:00.123Z',
    size: 0.02,
    unrealizedFunding: -0.00081,
    unrealizedPnl: 2,
    pnlCurrency: 'USD',
    maxFixedLeverage: 5,
    ...members,
  }
}

/** In cross margin. */
export const etherPosition: Json = {
  side: 'short',
  symbol: 'PF_ETHUSD',
  price: 3000,
  fillTime: '2025-11-21T09:00:00.123Z',
  size: 0.5,
  unrealizedFunding: 0,
  unrealizedPnl: -25,
  pnlCurrency: 'USD',
}

/** Of another wallet and in contracts of 1 USD. */
export const inversePosition: Json = {
  side: 'long',
  symbol: 'PI_XBTUSD',
  price: 59000,
  fillTime: '2025-11-21T08:00:00.123Z',
  size: 100,
  unrealizedFunding: 0,
}

/** 3.5: `trade_id` counts down within the answer. */
export const trades: Json = success({
  history: [
    {
      time: '2025-11-22T07:59:59.000Z',
      trade_id: 2,
      price: 60100.2,
      size: 0.0004,
      side: 'buy',
      type: 'fill',
      uid: '419060e5-869d-41bf-9b6a-33dd7f365d89',
    },
    {
      time: '2025-11-22T07:59:58.000Z',
      trade_id: 1,
      price: 60100.1,
      size: 0.02,
      side: 'sell',
      type: 'fill',
      uid: '419060e5-869d-41bf-9b6a-33dd7f365d88',
    },
  ],
})

/** 3.7: ascending, by the start of the hour; the relative rate is that of one hour. */
export function funding(rates: readonly (readonly [start: number, relative: number])[]): Json {
  return success({
    rates: rates.map(([start, relativeFundingRate]) => ({
      timestamp: new Date(start).toISOString().replace('.000', ''),
      fundingRate: 0.912482213835,
      relativeFundingRate,
    })),
  })
}

/** 4.9: in percent. */
export const feeSchedules: Json = success({
  feeSchedules: [
    {
      uid: '5b755fea-0000-4000-8000-000000000000',
      name: 'Others',
      tiers: [{ makerFee: 0.03, takerFee: 0.06, usdVolume: 0 }],
    },
    {
      uid: '723888f7-0000-4000-8000-000000000000',
      name: 'Perpetuals',
      tiers: [
        { makerFee: 0.02, takerFee: 0.05, usdVolume: 0 },
        { makerFee: 0.015, takerFee: 0.04, usdVolume: 100000 },
        { makerFee: 0.0125, takerFee: 0.03, usdVolume: 1000000 },
      ],
    },
  ],
})

export const feeVolumes: Json = success({
  volumesByFeeSchedule: { '723888f7-0000-4000-8000-000000000000': 153823 },
})
