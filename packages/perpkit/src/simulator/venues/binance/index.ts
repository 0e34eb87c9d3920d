import type { Venue } from '../../server/types.ts'
import { accountRoutes } from './account.ts'
import { amendmentRoutes } from './amendments.ts'
import { authenticate, readParams } from './auth.ts'
import { batchRoutes } from './batches.ts'
import { bookRoutes } from './books.ts'
import { conditionalRoutes } from './conditionals.ts'
import { contracts, settleAsset } from './contracts.ts'
import { countdownRoutes } from './countdown.ts'
import { answerWith, type Code, Refused } from './errors.ts'
import { fillRoutes } from './fills.ts'
import { fundingRoutes } from './funding.ts'
import { incomeRoutes } from './income.ts'
import { instrumentRoutes } from './instruments.ts'
import { isolatedMarginRoutes } from './isolatedMargin.ts'
import { klineRoutes } from './klines.ts'
import { limits } from './limits.ts'
import { liquidationRoutes } from './liquidations.ts'
import { orderQueryRoutes } from './orderQueries.ts'
import { orderRoutes } from './orders.ts'
import { positionRoutes } from './positions.ts'
import { rejected } from './refusals.ts'
import type { FapiRoute } from './route.ts'
import { rules } from './rules.ts'
import { settingRoutes } from './settings.ts'
import { sockets } from './sockets.ts'
import { listenKeyRoutes } from './streams/listenKeys.ts'
import { tickerRoutes } from './tickers.ts'
import { tradeSocketRoutes } from './tradeMethods.ts'
import { walletRoutes } from './wallet.ts'

const routes: readonly FapiRoute[] = [
  ...instrumentRoutes,
  ...tickerRoutes,
  ...bookRoutes,
  ...klineRoutes,
  ...fundingRoutes,
  ...accountRoutes,
  ...positionRoutes,
  ...isolatedMarginRoutes,
  ...settingRoutes,
  ...orderRoutes,
  ...batchRoutes,
  ...amendmentRoutes,
  ...countdownRoutes,
  ...orderQueryRoutes,
  ...liquidationRoutes,
  ...fillRoutes,
  ...incomeRoutes,
  ...conditionalRoutes,
  ...walletRoutes,
  ...listenKeyRoutes,
  ...tradeSocketRoutes,
]

/** Binance USD-M futures as docs/wire/binance.md describes it. */
export const binance: Venue = {
  name: 'binance',
  instruments: contracts,
  rules,
  routes,
  settleAsset,
  makeCredentials: (hex) => ({ apiKey: hex(32), apiSecret: hex(32) }),
  knownHeaders: ['x-mbx-apikey'],
  readParams,
  authenticate(handling, route, keys) {
    const own = routes.find((candidate) => candidate === route)
    return authenticate(handling, { access: route.access, mandatory: own?.mandatory ?? [] }, keys)
  },
  notFound: ({ method, path }) => refusal('-5000', path, method),
  reject: rejected,
  maintenance: () => refusal('-1016'),
  limits,
  sockets,
}

function refusal(code: Code, ...figures: string[]): ReturnType<Venue['maintenance']> {
  const refused = new Refused(code, ...figures)
  return answerWith(refused.envelope(), refused.status)
}
