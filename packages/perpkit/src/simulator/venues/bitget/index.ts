import type { Handling, RawRequest, Venue, VenueClock } from '../../server/types.ts'
import { authenticate, knownHeaders, readParams } from './auth.ts'
import { classicRoutes } from './classic/routes.ts'
import { refused, rejectWith } from './errors.ts'
import { listings } from './instruments.ts'
import { limits } from './limits.ts'
import { guarded, json, refusal } from './replies.ts'
import { rules } from './rules.ts'
import { sockets } from './sockets.ts'
import { unifiedRoutes } from './unified/routes.ts'

/**
 * Bitget futures: V2 for classic accounts, V3 for unified ones. The key decides which generation
 * answers: docs/wire/bitget.md.
 */
export const bitget: Venue = {
  name: 'bitget',
  instruments: listings.map(({ engine }) => engine),
  rules,
  routes: [...classicRoutes, ...unifiedRoutes].map((route) => ({
    ...route,
    handle: guarded(route.handle),
  })),
  settleAsset: 'USDT',
  accountKinds: ['classic', 'unified'],
  makeCredentials: (hex) => ({
    apiKey: `bg_${hex(16)}`,
    apiSecret: hex(32),
    passphrase: hex(8),
  }),
  knownHeaders,
  readParams,
  authenticate: (handling, _route, keys) => authenticate(handling, keys),
  notFound,
  reject: rejectWith,
  maintenance: (handling: Handling) => refusal(handling, refused(handling, 'maintenance')),
  limits,
  sockets,
}

/** The first generation is gone, and says so: docs/wire/bitget.md 1. */
function notFound(request: RawRequest, clock: VenueClock): ReturnType<Venue['notFound']> {
  const isGone = request.path.startsWith('/api/mix/v1/')
  const [status, code, msg] = isGone
    ? [400, '30032', 'The V1 API has been decommissioned. Please migrate to a newer version.']
    : [404, '40404', 'Request URL NOT FOUND']
  return json(status, { code, msg, requestTime: clock.now(), data: null })
}
