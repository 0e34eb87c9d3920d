import type { StreamDefinition } from '../../client/definition.ts'
import { getAccountInfo } from './account.ts'
import { bookFeed, klineFeed, tickerFeed, tradeFeed } from './streamMarket.ts'
import { routes } from './streamProtocol.ts'
import { createUserFeed } from './streamUser.ts'

/** Sockets of HTX V5 and of its market data, linear swaps (docs/wire/htx.md 8). */
export const streams: StreamDefinition = {
  liveOrigin: 'wss://api.hbdm.com',
  routes,
  ticker: tickerFeed,
  trades: tradeFeed,
  klines: klineFeed,
  orderBook: bookFeed,
  async user(call) {
    // A refused login does not say whether the key or the time was wrong. A signed question tells
    // them apart, and sets the clock.
    await getAccountInfo(call)
    return createUserFeed()
  },
}
