import type { StreamDefinition } from '../../client/definition.ts'
import { bookFeed, klineFeed, tickerFeed, tradeFeed } from './streamMarket.ts'
import { routes } from './streamProtocol.ts'
import { createUserFeed } from './streamUser.ts'

/** Sockets of OKX V5, linear perpetual swaps (`docs/wire/okx.md` 8). */
export const streams: StreamDefinition = {
  liveOrigin: 'wss://ws.okx.com:8443',
  // Demo trading has an address of its own here, and no header.
  testnetOrigin: 'wss://wspap.okx.com:8443',
  // Accounts are bound to a region (docs/wire/okx.md 1.1).
  originsOf: {
    'https://www.okx.com': 'wss://ws.okx.com:8443',
    'https://openapi.okx.com': 'wss://ws.okx.com:8443',
    'https://eea.okx.com': 'wss://wseea.okx.com:8443',
    'https://my.okx.com': 'wss://wseea.okx.com:8443',
    'https://us.okx.com': 'wss://wsus.okx.com:8443',
    'https://app.okx.com': 'wss://wsus.okx.com:8443',
  },
  connectionsPerSecond: 3,
  routes,
  ticker: tickerFeed,
  trades: tradeFeed,
  klines: klineFeed,
  orderBook: bookFeed,
  user: async () => createUserFeed(),
}
