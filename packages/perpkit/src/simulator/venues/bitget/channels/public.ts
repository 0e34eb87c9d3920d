import type { Channel } from '../../../server/socketTypes.ts'
import { candleSeries } from '../candles.ts'
import type { Stage } from '../classic/marketRows.ts'
import type { Generation } from '../generation.ts'
import { findListing, type Listing, type ProductType, productTypes } from '../instruments.ts'
import { type BookKind, bookChannel, levelsChannel } from './books.ts'
import {
  candleChannel,
  liquidationChannel,
  type MarketKind,
  tickerChannel,
  tradeChannel,
} from './market.ts'
import type { Arg } from './pushes.ts'

type Make = () => Channel

/** The public channel of that argument (docs/wire/bitget.md 8.3, 12.7), or `undefined`. */
export function findPublic(stage: Stage, generation: Generation, arg: Arg): Make | undefined {
  return generation === 2 ? findClassic(stage, arg) : findUnified(stage, arg)
}

function findClassic(stage: Stage, arg: Arg): Make | undefined {
  const { channel = '', instId = '', instType } = arg
  const productType = productTypes.find((known) => known === instType)
  const listing = productType && listingIn(productType, instId)
  if (!listing || Object.keys(arg).length !== 3) return undefined
  const kind: MarketKind = { arg, listing, generation: 2 }
  switch (channel) {
    case 'ticker':
      return () => tickerChannel(stage, kind)
    case 'trade':
      return () => tradeChannel(stage, kind)
    default:
      return channel.startsWith('candle')
        ? candles(stage, kind, channel.slice('candle'.length))
        : book(stage, kind, channel, ['books1', 'books5', 'books15'])
  }
}

function findUnified(stage: Stage, arg: Arg): Make | undefined {
  const { instType = '', interval, symbol, topic = '' } = arg
  const productType = productTypes.find((known) => known.toLowerCase() === instType)
  if (!productType) return undefined
  const listing = symbol === undefined ? undefined : listingIn(productType, symbol)
  if (topic === 'liquidation') return liquidations(arg, productType, listing)
  const words = topic === 'kline' ? 4 : 3
  if (!listing || Object.keys(arg).length !== words) return undefined
  const kind: MarketKind = { arg, listing, generation: 3 }
  switch (topic) {
    case 'ticker':
      return () => tickerChannel(stage, kind)
    case 'publicTrade':
      return () => tradeChannel(stage, kind)
    case 'kline':
      return candles(stage, kind, interval ?? '')
    default:
      return book(stage, kind, topic, ['books1', 'books5', 'books50'])
  }
}

/** By its exact name: what is not in upper case does not exist here. */
function listingIn(productType: ProductType, native: string): Listing | undefined {
  const listing = findListing(productType, native)
  return listing?.native === native ? listing : undefined
}

function liquidations(
  arg: Arg,
  productType: ProductType,
  listing: Listing | undefined,
): Make | undefined {
  if (arg.symbol !== undefined && !listing) return undefined
  const isMeant = (row: Listing): boolean =>
    listing ? row === listing : row.productType === productType
  return () => liquidationChannel(arg, isMeant)
}

function candles(stage: Stage, kind: MarketKind, token: string): Make | undefined {
  const series = candleSeries(stage.engine, kind.listing.engine.symbol, token)
  return series && (() => candleChannel(stage, kind, series))
}

/** How often the touch is told of, and how often the rest. */
const TOUCH_MS = 10
const LEVELS_MS = 150

function book(
  { engine }: Stage,
  kind: MarketKind,
  name: string,
  partial: readonly string[],
): Make | undefined {
  if (name === 'books') {
    const whole: BookKind = { ...kind, everyMs: LEVELS_MS }
    return () => bookChannel(engine, whole)
  }
  if (!partial.includes(name)) return undefined
  const levels = Number(name.slice('books'.length))
  const cut: BookKind = { ...kind, everyMs: levels === 1 ? TOUCH_MS : LEVELS_MS }
  return () => levelsChannel(engine, cut, levels)
}
