import type { Call, Endpoint, ListenKey } from '../../client/definition.ts'
import { PerpkitError } from '../../model/errors.ts'
import { LISTEN_KEY_PATH } from './sign.ts'

/** The right to listen, part of the address; it lasts an hour (docs/wire/binance.md 8.5). */
export const listenKey: ListenKey = {
  create: (call) => call(creation, undefined),
  keepAlive,
  everyMs: 1_500_000,
  pathOf: (key) => `/private/ws?listenKey=${encodeURIComponent(key)}`,
}

/** An active key is answered again, extended. */
// https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams/Start-User-Data-Stream
const creation: Endpoint<void, string> = {
  method: 'POST',
  path: LISTEN_KEY_PATH,
  access: 'read',
  effect: 'idempotent',
  cost: { weight: 1 },
  encode: () => ({}),
  decode: (answer) => answer.at('listenKey').string(),
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams/Keepalive-User-Data-Stream
const extension: Endpoint<void, void> = {
  method: 'PUT',
  path: LISTEN_KEY_PATH,
  access: 'read',
  effect: 'idempotent',
  cost: { weight: 1 },
  encode: () => ({}),
  decode() {},
}

/** "This listenKey does not exist." */
const GONE = '-1125'

async function keepAlive(call: Call): Promise<boolean> {
  try {
    await call(extension, undefined)
    return true
  } catch (error) {
    if (PerpkitError.is(error) && 'nativeCode' in error && error.nativeCode === GONE) return false
    throw error
  }
}
