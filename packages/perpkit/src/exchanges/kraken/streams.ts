import type { StreamDefinition } from '../../client/definition.ts'
import { bookFeed, klineFeed, tickerFeed, tradeFeed } from './streamMarket.ts'
import { routes } from './streamProtocol.ts'
import { createUserFeed } from './streamUser.ts'

/** Sockets of Kraken derivatives v1, one address for everything (`docs/wire/kraken.md` 8). */
export const streams: StreamDefinition = {
  liveOrigin: 'wss://futures.kraken.com',
  routes,
  ticker: tickerFeed,
  trades: tradeFeed,
  klines: klineFeed,
  orderBook: bookFeed,
  user: async () => createUserFeed(),
}
