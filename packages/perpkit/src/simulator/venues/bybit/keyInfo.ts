import { type KeyRow, keyOf, type Route } from '../../server/types.ts'
import { reply } from './replies.ts'

// What a key may do: docs/wire/bybit.md 4.8.

const DAY = 86_400_000

/** How long a key lives that is bound to no address, in days. */
const LIFE = 90

// https://bybit-exchange.github.io/docs/v5/user/apikey-info
export const queryApi: Route = {
  method: 'GET',
  path: '/v5/user/query-api',
  access: 'signed',
  operation: 'getAccount',
  parameters: [],
  handle(handling) {
    const key = keyOf(handling)
    return reply(
      handling,
      {
        id: '1',
        note: 'bot',
        apiKey: key.credentials.apiKey,
        ...rightsOf(key),
        secret: '',
        type: 1,
        ...lifeOf(key, handling.clock.now()),
        unified: 0,
        uta: 1,
        userID: 1_000_001,
        vipLevel: 'No VIP',
        isMaster: true,
        parentUid: '0',
        kycRegion: '',
      },
      { retMsg: '' },
    )
  },
}

/** A read-only key cannot withdraw: one that may do so, and not trade, is one without contracts. */
function rightsOf({ permissions: { addresses, trade, withdraw } }: KeyRow): object {
  const hasContracts = trade || !withdraw
  return {
    readOnly: trade || withdraw ? 0 : 1,
    permissions: {
      ContractTrade: hasContracts ? ['Order', 'Position'] : [],
      Spot: [],
      Wallet: withdraw ? ['Withdraw'] : [],
      Options: [],
      Derivatives: hasContracts ? ['DerivativesTrade'] : [],
      Exchange: [],
    },
    ips: addresses.length === 0 ? ['*'] : addresses,
  }
}

/** A key that is bound to addresses lives for ever. */
function lifeOf({ createdAt, permissions: { addresses } }: KeyRow, now: number): object {
  const end = createdAt + LIFE * DAY
  const isBound = addresses.length > 0
  return {
    deadlineDay: isBound ? 0 : Math.max(0, Math.ceil((end - now) / DAY)),
    expiredAt: isBound ? '' : inSeconds(end),
    createdAt: inSeconds(createdAt),
  }
}

/** `'2026-10-02T00:00:00Z'`. */
function inSeconds(timestamp: number): string {
  return `${new Date(timestamp).toISOString().slice(0, 19)}Z`
}
