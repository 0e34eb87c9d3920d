import type { StreamDefinition } from '../../client/definition.ts'
import { bookFeed, klineFeed, tickerFeed, tradeFeed } from './streamMarket.ts'
import { routes } from './streamProtocol.ts'
import { userFeed } from './streamUser.ts'

/** Sockets of Bybit V5, linear contracts (`docs/wire/bybit.md` 8). */
export const streams: StreamDefinition = {
  liveOrigin: 'wss://stream.bybit.com',
  testnetOrigin: 'wss://stream-testnet.bybit.com',
  routes,
  ticker: tickerFeed,
  trades: tradeFeed,
  klines: klineFeed,
  orderBook: bookFeed,
  user: async () => userFeed,
}
