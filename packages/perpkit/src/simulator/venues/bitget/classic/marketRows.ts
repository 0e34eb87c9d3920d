import type { Engine } from '../../../engine/types.ts'
import type { Handling } from '../../../server/types.ts'
import { plain } from '../decimals.ts'
import { changeOf } from '../funding.ts'
import { fundingIntervalHours, type Listing, priceLimitRatio } from '../instruments.ts'
import { DAY } from '../paging.ts'

// Rows of the public lists of V2: docs/wire/bitget.md 3.

/** What market data is read from. */
export type Stage = Pick<Handling, 'clock' | 'engine'>

/** Latest public trades, newest first. */
export function publicTrades(
  handling: Handling,
  listing: Listing,
  limit: number,
): Record<string, string>[] {
  return handling.engine
    .trades(listing.engine.symbol, limit)
    .map((trade) => ({
      tradeId: trade.tradeId,
      price: trade.price,
      size: trade.quantity,
      side: trade.side === 'BUY' ? 'buy' : 'sell',
      ts: String(trade.timestamp),
      symbol: listing.native,
    }))
    .reverse()
}

/** Keys as in the sample of docs/wire/bitget.md 3.1. */
export function contractRow(engine: Engine, listing: Listing): Record<string, unknown> {
  const { baseAsset, makerFee, maxLeverage, quoteAsset, stepSize, symbol, takerFee } =
    listing.engine
  return {
    symbol: listing.native,
    baseCoin: baseAsset,
    quoteCoin: quoteAsset,
    buyLimitPriceRatio: priceLimitRatio,
    sellLimitPriceRatio: priceLimitRatio,
    feeRateUpRatio: '0.005',
    makerFeeRate: makerFee,
    takerFeeRate: takerFee,
    openCostUpRatio: '0.01',
    supportMarginCoins: [listing.engine.settleAsset],
    minTradeNum: listing.engine.minQuantity,
    priceEndStep: listing.priceEndStep,
    volumePlace: String(listing.volumePlace),
    pricePlace: String(listing.pricePlace),
    sizeMultiplier: stepSize,
    symbolType: 'perpetual',
    minTradeUSDT: listing.engine.minNotional,
    maxSymbolOrderNum: '200',
    maxProductOrderNum: '400',
    maxPositionNum: '150',
    symbolStatus: engine.isTrading(symbol) ? 'normal' : 'maintain',
    offTime: '-1',
    limitOpenTime: '-1',
    deliveryTime: '',
    deliveryStartTime: '',
    deliveryPeriod: '',
    launchTime: '',
    fundInterval: String(fundingIntervalHours),
    minLever: '1',
    maxLever: String(maxLeverage),
    posLimit: '0.05',
    maintainTime: '',
    maxMarketOrderQty: listing.engine.maxMarketQuantity,
    maxOrderQty: listing.engine.maxQuantity,
    isRwa: 'NO',
  }
}

/** Keys as in the sample of docs/wire/bitget.md 3.2. */
export function tickerRow({ clock, engine }: Stage, listing: Listing): Record<string, unknown> {
  const { symbol } = listing.engine
  const prices = engine.prices(symbol)
  const day = engine.day(symbol)
  const midnight = Math.floor(engine.now() / DAY) * DAY
  const openUtc = engine.klines(symbol, DAY, midnight, midnight)[0]?.open ?? day.open
  return {
    symbol: listing.native,
    lastPr: prices.last,
    askPr: prices.ask,
    bidPr: prices.bid,
    bidSz: prices.bidQuantity,
    askSz: prices.askQuantity,
    high24h: day.high,
    low24h: day.low,
    ts: String(clock.now()),
    change24h: changeOf(day.open, prices.last),
    baseVolume: plain(day.volume),
    quoteVolume: plain(day.turnover),
    usdtVolume: plain(day.turnover),
    openUtc,
    changeUtc24h: changeOf(openUtc, prices.last),
    indexPrice: prices.index,
    fundingRate: plain(engine.fundingRate(symbol)),
    holdingAmount: plain(engine.openInterest(symbol)),
    deliveryStartTime: null,
    deliveryTime: null,
    deliveryStatus: 'delivery_normal',
    open24h: day.open,
    markPrice: prices.mark,
  }
}
