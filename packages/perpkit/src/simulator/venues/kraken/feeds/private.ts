import type { Channel } from '../../../server/socketTypes.ts'
import type { Listing } from '../instruments.ts'
import { accountLogChannel } from './accountLog.ts'
import type { Account } from './accounts.ts'
import { balancesChannel } from './balances.ts'
import { fillsChannel } from './fills.ts'
import { openOrdersChannel } from './orders.ts'
import { openPositionsChannel } from './positions.ts'

/** A feed of an account; without `make` nothing is ever said on it here. */
export interface PrivateFeed {
  make?: (account: Account, products: readonly Listing[]) => Channel
  /** Whether it can be bounded to products. */
  takesProducts?: boolean
  /** Whether its acknowledgement says who has asked; `true`. */
  echoes?: boolean
}

/**
 * The feeds of docs/wire/kraken.md 8.4, by name. What one call did is told of orders first, then of
 * fills, positions and balances.
 */
export const privateFeeds: ReadonlyMap<string, PrivateFeed> = new Map<string, PrivateFeed>([
  ['open_orders', { make: (account) => openOrdersChannel(account, false) }],
  ['open_orders_verbose', { make: (account) => openOrdersChannel(account, true) }],
  ['fills', { make: fillsChannel, takesProducts: true }],
  ['open_positions', { make: openPositionsChannel }],
  ['balances', { make: balancesChannel, echoes: false }],
  ['account_log', { make: accountLogChannel }],
  // The platform has nothing to announce, and no single-collateral wallet has money in it.
  ['notifications_auth', {}],
  ['account_balances_and_margins', {}],
])
