import { EXCHANGE_NAMES, type ExchangeName } from 'perpkit'
import { StoreError } from '../errors.ts'

/** Throws `StoreError` `DAMAGED` for what is no exchange's name. */
export function exchangeOf(stored: string, what: string): ExchangeName {
  const exchange = EXCHANGE_NAMES.find((name) => name === stored)
  if (!exchange) throw new StoreError('DAMAGED', `${what} names no exchange`)
  return exchange
}
