import type { EngineEvent } from '../../../engine/types.ts'
import { accountRow } from '../account.ts'
import { eventWord, type Owner, type Push } from './pushes.ts'
import { versionOf } from './tallies.ts'

// The account as it is pushed: docs/wire/htx.md 8.2.

export function accountSnapshot(owner: Owner): Push {
  return { contract: '', event: 'snapshot', data: pushedAccount(owner, 0) }
}

/** Once for all that a call did, under the name of the first thing of it. */
export function accountPush(owner: Owner, events: readonly EngineEvent[]): Push[] {
  const event = events.map(eventWord).find((word) => word !== undefined)
  return event === undefined ? [] : [{ contract: '', event, data: pushedAccount(owner, 1) }]
}

/**
 * Times are texts here, a currency does not say its `available_margin`, and the sums of the whole
 * account are not filled in: as recorded.
 */
function pushedAccount(
  { accountId, engine }: Owner,
  step: 0 | 1,
): Readonly<Record<string, unknown>> {
  const { details, ...account } = accountRow(engine, accountId)
  return {
    ...account,
    equity: '0',
    available_margin: '0',
    details: details.map(pushedCurrency),
    version: versionOf(engine, `account ${accountId}`, step),
    created_time: String(account.created_time),
    updated_time: String(account.updated_time),
  }
}

function pushedCurrency(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const fields = Object.entries(row).filter(([name]) => !REST_ONLY.has(name))
  return {
    ...Object.fromEntries(fields),
    created_time: String(row.created_time),
    updated_time: String(row.updated_time),
  }
}

const REST_ONLY: ReadonlySet<string> = new Set([
  'available_margin',
  'cross_order_frozen',
  'isolated_order_frozen',
])
