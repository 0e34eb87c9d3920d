import type { Call, StreamDefinition, UserFeed } from '../../client/definition.ts'
import { askKind } from './accountKind.ts'
import { classicFeed } from './classic/streamUser.ts'
import { bookFeed } from './streamBook.ts'
import { klineFeed, tickerFeed, tradeFeed } from './streamMarket.ts'
import { routes } from './streamProtocol.ts'
import { holdMode } from './unified/settings.ts'
import { unifiedFeed } from './unified/streamUser.ts'

/** Sockets of Bitget futures, of classic and unified accounts (`docs/wire/bitget.md` 8, 12.7). */
export const streams: StreamDefinition = {
  liveOrigin: 'wss://ws.bitget.com',
  // Demo trading has a host of its own here.
  testnetOrigin: 'wss://wspap.bitget.com',
  routes,
  ticker: tickerFeed,
  trades: tradeFeed,
  klines: klineFeed,
  orderBook: bookFeed,
  user,
}

/** A login on the other kind's socket may succeed, and then hears nothing: the kind is asked for. */
async function user(call: Call): Promise<UserFeed> {
  if ((await askKind(call)) === 'classic') return classicFeed()
  return unifiedFeed(await call(holdMode, undefined))
}
