import { sha256 } from '../../../core/bytes.ts'
import type { Handling } from '../../server/types.ts'
import { Refused } from './errors.ts'

/** Refuses a client order id with -4015 unless it is of the documented form. */
export function checkClientId(id: string): string {
  // docs/wire/binance.md 4.4, newClientOrderId.
  if (!/^[.A-Z:/a-z0-9_-]{1,36}$/.test(id)) throw new Refused('-4015')
  return id
}

/** The id of an order that came without one: 22 letters and digits, as the venue makes them. */
export function makeClientId({ engine, accountId }: Handling): string {
  const count = engine.orders(accountId).length + engine.conditionals(accountId).length
  return sha256(`${accountId} ${count} ${engine.now()}`, 'base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 22)
}
