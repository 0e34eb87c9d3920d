import type { StreamDefinition } from '../../client/definition.ts'
import { bookFeed, klineFeed, tickerFeed, tradeFeed } from './streamMarket.ts'
import { routes } from './streamProtocol.ts'
import { userFeed } from './streamUser.ts'

/** Sockets of Binance USD-M futures (docs/wire/binance.md 8). */
export const streams: StreamDefinition = {
  liveOrigin: 'wss://fstream.binance.com',
  testnetOrigin: 'wss://demo-fstream.binance.com',
  routes,
  ticker: tickerFeed,
  trades: tradeFeed,
  klines: klineFeed,
  orderBook: bookFeed,
  user: async () => userFeed,
}
