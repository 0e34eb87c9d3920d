import { type Decimal, div, isZero, mul, sub, toFixed } from '../../../core/decimal.ts'
import type { Engine } from '../../engine/types.ts'
import { plain, priceText, quantityText } from './decimals.ts'
import { fundingIntervalMinutes, type Listing } from './instruments.ts'

/** A row of tickers, keys as in the sample of docs/wire/bybit.md 3. */
export function tickerRow(engine: Engine, listing: Listing): Record<string, string> {
  const { symbol } = listing.engine
  const prices = engine.prices(symbol)
  const day = engine.day(symbol)
  const single = engine.openInterest(symbol)
  // The venue counts both sides of the open interest, and one side under its own name.
  const both = mul(single, '2')
  const price = (value: Decimal): string => priceText(listing, value)
  return {
    symbol: listing.native,
    lastPrice: price(prices.last),
    indexPrice: price(prices.index),
    markPrice: price(prices.mark),
    prevPrice24h: price(day.open),
    price24hPcnt: toFixed(change(day.open, prices.last), 6),
    highPrice24h: price(day.high),
    lowPrice24h: price(day.low),
    prevPrice1h: price(priceAnHourAgo(engine, listing)),
    openInterest: quantityText(listing, both),
    openInterestValue: toFixed(mul(both, prices.mark), 2),
    singleOpenInterest: quantityText(listing, single),
    singleOpenInterestValue: toFixed(mul(single, prices.mark), 2),
    turnover24h: toFixed(day.turnover, 4),
    volume24h: toFixed(day.volume, 4),
    fundingRate: plain(engine.fundingRate(symbol)),
    nextFundingTime: String(engine.nextFundingTime(symbol)),
    predictedDeliveryPrice: '',
    basisRate: '',
    basisRateYear: '',
    deliveryFeeRate: '',
    deliveryTime: '0',
    ask1Size: orNone(plain(prices.askQuantity)),
    bid1Price: isZero(prices.bid) ? '' : price(prices.bid),
    ask1Price: isZero(prices.ask) ? '' : price(prices.ask),
    bid1Size: orNone(plain(prices.bidQuantity)),
    basis: '',
    preOpenPrice: '',
    preQty: '',
    curPreListingPhase: '',
    fundingIntervalHour: String(fundingIntervalMinutes / 60),
    fundingCap: '0.005',
  }
}

/** An empty side of the book. */
function orNone(quantity: string): string {
  return quantity === '0' ? '' : quantity
}

function change(from: Decimal, to: Decimal): Decimal {
  return isZero(from) ? '0' : div(sub(to, from), from, 6)
}

function priceAnHourAgo(engine: Engine, listing: Listing): Decimal {
  const { symbol } = listing.engine
  const minute = Math.floor((engine.now() - HOUR) / MINUTE) * MINUTE
  return engine.klines(symbol, MINUTE, minute, minute)[0]?.open ?? engine.prices(symbol).last
}

const MINUTE = 60_000
const HOUR = 3_600_000
