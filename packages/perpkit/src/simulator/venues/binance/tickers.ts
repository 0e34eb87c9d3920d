import { div, isZero, mul, sub, toFixed } from '../../../core/decimal.ts'
import type { Handling } from '../../server/types.ts'
import type { Contract } from './contracts.ts'
import { moneyText, priceText, quantityText } from './format.ts'
import { type FapiRoute, publicRoute } from './route.ts'
import { Sent } from './sent.ts'
import { oneOrAll, readContract } from './symbols.ts'

// docs/wire/binance.md 3.1: one object for one symbol, an array without.

export const tickerRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/24hr-Ticker-Price-Change-Statistics
  publicRoute('/fapi/v1/ticker/24hr', {
    handle: (handling) => forSymbols(handling, (contract) => dayShape(handling, contract)),
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Symbol-Price-Ticker-v2
  ...['/fapi/v1/ticker/price', '/fapi/v2/ticker/price'].map((path) =>
    publicRoute(path, {
      handle: (handling) =>
        forSymbols(handling, (contract) => ({
          symbol: contract.symbol,
          price: priceText(contract, handling.engine.prices(contract.symbol).last),
          time: handling.clock.now(),
        })),
    }),
  ),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Symbol-Order-Book-Ticker
  publicRoute('/fapi/v1/ticker/bookTicker', {
    handle: (handling) =>
      forSymbols(handling, (contract) => {
        const prices = handling.engine.prices(contract.symbol)
        return {
          symbol: contract.symbol,
          bidPrice: priceText(contract, prices.bid),
          bidQty: quantityText(contract, prices.bidQuantity),
          askPrice: priceText(contract, prices.ask),
          askQty: quantityText(contract, prices.askQuantity),
          time: handling.clock.now(),
        }
      }),
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Mark-Price
  publicRoute('/fapi/v1/premiumIndex', {
    handle: (handling) =>
      forSymbols(handling, ({ symbol }) => {
        const { mark, index } = handling.engine.prices(symbol)
        return {
          symbol,
          markPrice: moneyText(mark),
          indexPrice: moneyText(index),
          estimatedSettlePrice: moneyText(index),
          lastFundingRate: moneyText(handling.engine.fundingRate(symbol)),
          interestRate: '0.00010000',
          nextFundingTime: handling.engine.nextFundingTime(symbol),
          time: handling.clock.now(),
        }
      }),
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Open-Interest
  publicRoute('/fapi/v1/openInterest', {
    mandatory: ['symbol'],
    handle(handling) {
      const contract = readContract(new Sent(handling, ['symbol']))
      return {
        openInterest: quantityText(contract, handling.engine.openInterest(contract.symbol)),
        symbol: contract.symbol,
        time: handling.clock.now(),
      }
    },
  }),
]

function forSymbols(
  handling: Handling,
  row: (contract: Contract) => Record<string, unknown>,
): unknown {
  return oneOrAll(new Sent(handling, ['symbol']), row)
}

/** The last 24 hours of a contract. */
export function dayShape(
  { engine, clock }: Pick<Handling, 'clock' | 'engine'>,
  contract: Contract,
): Record<string, unknown> {
  const { symbol } = contract
  const { open, high, low, volume, turnover, trades } = engine.day(symbol)
  const { last } = engine.prices(symbol)
  const latest = engine.trades(symbol, 1).at(-1)
  const lastId = Number(latest?.tradeId ?? 0)
  const now = clock.now()
  const change = sub(last, open)
  return {
    symbol,
    priceChange: priceText(contract, change),
    priceChangePercent: toFixed(isZero(open) ? '0' : div(mul(change, '100'), open), 3),
    weightedAvgPrice: priceText(contract, isZero(volume) ? last : div(turnover, volume)),
    lastPrice: priceText(contract, last),
    lastQty: quantityText(contract, latest?.quantity ?? '0'),
    openPrice: priceText(contract, open),
    highPrice: priceText(contract, high),
    lowPrice: priceText(contract, low),
    volume: quantityText(contract, volume),
    quoteVolume: toFixed(turnover, 2),
    openTime: now - DAY_MS,
    closeTime: now,
    firstId: Math.max(0, lastId - trades + 1),
    lastId,
    count: trades,
  }
}

const DAY_MS = 86_400_000
