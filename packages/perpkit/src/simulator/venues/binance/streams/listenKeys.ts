import { sha256 } from '../../../../core/bytes.ts'
import type { Engine } from '../../../engine/types.ts'
import { Refused } from '../errors.ts'
import { type FapiRoute, keyRoute } from '../route.ts'
import { Sent } from '../sent.ts'

// docs/wire/binance.md 8.5. A key is kept as long as the engine; a snapshot does not hold it.

/** Key of a user-data stream. */
export interface ListenKey {
  key: string
  accountId: string
  expiresAt: number
}

/** How long a key lives that nobody keeps alive. */
const LISTEN_KEY_MS = 3_600_000

export const listenKeyRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams/Start-User-Data-Stream
  keyRoute('POST', '/fapi/v1/listenKey', {
    handle(handling) {
      const { engine, accountId } = handling
      const keys = keysOf(engine)
      const now = handling.clock.now()
      const active = activeKey(engine, accountId, now)
      if (active) return { listenKey: extend(active, now) }
      const key = sha256(`listen key ${keys.size + 1} of ${accountId}`, 'hex')
      keys.set(key, { key, accountId, expiresAt: now + LISTEN_KEY_MS })
      return { listenKey: key }
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams/Keepalive-User-Data-Stream
  keyRoute('PUT', '/fapi/v1/listenKey', {
    handle(handling) {
      // Clients of the spot market send the key along; nobody looks at it.
      new Sent(handling, ['listenKey']).text('listenKey')
      const now = handling.clock.now()
      const active = activeKey(handling.engine, handling.accountId, now)
      if (!active) throw new Refused('-1125')
      return { listenKey: extend(active, now) }
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams/Close-User-Data-Stream
  keyRoute('DELETE', '/fapi/v1/listenKey', {
    handle(handling) {
      new Sent(handling, ['listenKey']).text('listenKey')
      const active = activeKey(handling.engine, handling.accountId, handling.clock.now())
      if (active) keysOf(handling.engine).set(active.key, { ...active, expiresAt: CLOSED })
      return {}
    },
  }),
]

/** The key as it stands, also when it has expired; `undefined` when it was never given out. */
export function findListenKey(engine: Engine, key: string): ListenKey | undefined {
  return keysOf(engine).get(key)
}

/** Whether it was closed by its owner, and did not just expire. */
export function isClosed({ expiresAt }: ListenKey): boolean {
  return expiresAt === CLOSED
}

const CLOSED = 0

const byEngine = new WeakMap<Engine, Map<string, ListenKey>>()

function keysOf(engine: Engine): Map<string, ListenKey> {
  const keys = byEngine.get(engine) ?? new Map<string, ListenKey>()
  byEngine.set(engine, keys)
  return keys
}

function activeKey(engine: Engine, accountId: string, now: number): ListenKey | undefined {
  return [...keysOf(engine).values()].find(
    (row) => row.accountId === accountId && row.expiresAt > now,
  )
}

function extend(active: ListenKey, now: number): string {
  active.expiresAt = now + LISTEN_KEY_MS
  return active.key
}
