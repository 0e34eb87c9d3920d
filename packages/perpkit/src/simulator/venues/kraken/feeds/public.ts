import type { Engine } from '../../../engine/types.ts'
import type { Channel } from '../../../server/socketTypes.ts'
import { resolutions, tickTypes } from '../charts.ts'
import type { Listing } from '../instruments.ts'
import { bookChannel } from './book.ts'
import {
  candleChannel,
  heartbeatChannel,
  tickerChannel,
  tickerLiteChannel,
  tradeChannel,
} from './market.ts'

/** A feed anyone may hear: of the venue, or of one product. */
export type PublicFeed =
  | { hasProducts: false; make: () => Channel }
  | { hasProducts: true; make: (engine: Engine, listing: Listing) => Channel }

/** The feed of that name (docs/wire/kraken.md 8.2), or `undefined`. */
export function findPublicFeed(name: string): PublicFeed | undefined {
  switch (name) {
    case 'heartbeat':
      return { hasProducts: false, make: heartbeatChannel }
    case 'ticker':
      return { hasProducts: true, make: tickerChannel }
    case 'ticker_lite':
      return { hasProducts: true, make: tickerLiteChannel }
    case 'trade':
      return { hasProducts: true, make: tradeChannel }
    case 'book':
      return { hasProducts: true, make: bookChannel }
    default:
      return candleFeed(name)
  }
}

function candleFeed(feed: string): PublicFeed | undefined {
  const [, tickType, resolution = ''] = /^candles_([a-z]+)_(\d+[a-z])$/.exec(feed) ?? []
  const interval = resolutions[resolution]
  if (interval === undefined || !tickTypes.some((known) => known === tickType)) return undefined
  const kind = { feed, interval, hasVolume: tickType === 'trade' }
  return {
    hasProducts: true,
    make: (engine, listing) => candleChannel(engine, listing, kind),
  }
}
