import type { EXCHANGE_REGISTRY } from 'perpkit'
import { DeskError, EXIT } from './output/failure.ts'

/** Whose money it is: `LOCAL` is an address of this machine, as a simulator has. */
export type Place = 'LOCAL' | 'TESTNET' | 'LIVE'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

export function isLoopback(address: string): boolean {
  return URL.canParse(address) && LOOPBACK.test(new URL(address).hostname)
}

/**
 * Where requests would go. An address that is neither of this machine nor a testnet's may lead to
 * real money, so it needs `--live`.
 */
export function placeOf(
  registry: typeof EXCHANGE_REGISTRY,
  baseUrl: string | undefined,
  isLive: boolean,
): Place {
  if (baseUrl === undefined) return isLive ? 'LIVE' : 'TESTNET'
  if (!isLive && isLoopback(baseUrl)) return 'LOCAL'
  if (isLive) return 'LIVE'
  const testnets = registry
    // Where the testnet shares its origin with real money, the origin alone tells nothing.
    .filter(({ testnetHeaders }) => testnetHeaders === undefined)
    .flatMap(({ testnetOrigin }) => testnetOrigin ?? [])
  const origin = URL.canParse(baseUrl) ? new URL(baseUrl).origin : undefined
  if (origin !== undefined && testnets.includes(origin)) return 'TESTNET'
  throw new DeskError(
    EXIT.USAGE,
    'LIVE_NOT_ALLOWED',
    `real money may stand behind ${JSON.stringify(baseUrl)}, and --live was not given`,
    'Give --live if that is meant. A simulator on this machine has an address of 127.0.0.1.',
  )
}

/** A key of real money is used with `--live` alone, and a testnet's never with it. */
export function requireFitting(
  { testnet }: { testnet?: boolean | undefined },
  place: Place,
  key: string | undefined,
): void {
  if (key === undefined || testnet === undefined) return
  if (testnet === (place !== 'LIVE')) return
  const kind = testnet ? 'a testnet or a simulator' : 'real money'
  throw new DeskError(
    EXIT.USAGE,
    testnet ? 'NOT_A_LIVE_KEY' : 'LIVE_NOT_ALLOWED',
    `the key ${key} is for ${kind}, and --live was ${testnet ? '' : 'not '}given`,
    testnet ? 'Leave out --live, or choose a live key.' : 'Give --live if that is meant.',
  )
}
