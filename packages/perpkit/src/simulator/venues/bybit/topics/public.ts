import type { Engine } from '../../../engine/types.ts'
import type { Channel } from '../../../server/socketTypes.ts'
import { findListing, type Listing } from '../instruments.ts'
import { intervals } from '../klines.ts'
import {
  klineChannel,
  liquidationChannel,
  priceLimitChannel,
  tickerChannel,
  tradeChannel,
} from './market.ts'
import { bookChannel, touchChannel } from './orderBook.ts'

/** A public topic that exists; without `make` nothing is ever said on it here. */
export interface PublicTopic {
  make?: (engine: Engine) => Channel
}

/** The topic of that name (docs/wire/bybit.md 8), or `undefined`. */
export function findPublicTopic(topic: string): PublicTopic | undefined {
  if (QUIET.has(topic)) return {}
  const parts = topic.split('.')
  const listing = findListing(parts.at(-1) ?? '')
  if (!listing) return undefined
  const [family, word = ''] = parts
  if (parts.length === 3) {
    return family === 'kline' ? kline(listing, topic, word) : book(listing, topic, parts)
  }
  return parts.length === 2 ? plainTopic(listing, topic, family) : undefined
}

// Nobody is deleveraged here, and no insurance pool moves.
const QUIET: ReadonlySet<string> = new Set(['adlAlert.USDT', 'insurance.USDT'])

function plainTopic(
  listing: Listing,
  topic: string,
  family: string | undefined,
): PublicTopic | undefined {
  switch (family) {
    case 'tickers':
      return { make: (engine) => tickerChannel(engine, listing, topic) }
    case 'publicTrade':
      return { make: (engine) => tradeChannel(engine, listing, topic) }
    case 'allLiquidation':
      return { make: () => liquidationChannel(listing, topic) }
    case 'priceLimit':
      return { make: (engine) => priceLimitChannel(engine, listing, topic) }
    default:
      return undefined
  }
}

function kline(listing: Listing, topic: string, word: string): PublicTopic | undefined {
  const interval = intervals[word]
  if (interval === undefined) return undefined
  return { make: (engine) => klineChannel(engine, listing, { topic, word, interval }) }
}

/** Levels of a book and how often it is told of; nobody quotes retail price improvement here. */
const BOOKS: Readonly<Record<string, { levels: number; everyMs: number; more: string[] }>> = {
  '1': { levels: 1, everyMs: 10, more: [] },
  '50': { levels: 50, everyMs: 20, more: [] },
  '200': { levels: 200, everyMs: 100, more: [] },
  '1000': { levels: 1_000, everyMs: 200, more: [] },
  rpi: { levels: 50, everyMs: 100, more: ['0'] },
}

function book(
  listing: Listing,
  topic: string,
  [family, word = '']: readonly string[],
): PublicTopic | undefined {
  const kind = family === 'orderbook' ? BOOKS[word] : undefined
  if (!kind) return undefined
  const channel = kind.levels === 1 ? touchChannel : bookChannel
  return { make: (engine) => channel(engine, listing, { topic, ...kind }) }
}
