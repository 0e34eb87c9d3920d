import { sha256 } from '../core/bytes.ts'
import type { Clock } from '../core/clock.ts'
import type { BudgetStore } from '../transport/budgetStore.ts'
import { type Budget, createBudget } from '../transport/limiter.ts'
import { createMemoryBudgetStore } from '../transport/memoryStore.ts'
import type { Transport } from '../transport/types.ts'
import type { Cost, Credentials, Endpoint, ExchangeDefinition } from './definition.ts'
import type { RateLimitOptions } from './options.ts'

/**
 * The request budgets of one exchange object; `undefined` when they are switched off. Objects of one
 * process with the same store share those of an exchange's address, and with the same key (or account
 * name) those of the key.
 */
export function budgetOf(
  definition: Pick<ExchangeDefinition, 'name' | 'limits'>,
  rateLimit: RateLimitOptions | false | undefined,
  parts: {
    origin: string
    credentials: Credentials | undefined
    clock: Clock
    /** One that was handed in may have another way out: what goes through it is counted apart. */
    transport: Transport | undefined
  },
): Budget | undefined {
  if (rateLimit === false) return undefined
  const { origin, credentials, clock, transport } = parts
  const { store = storeOf(transport ?? IN_PROCESS, clock), address, account } = rateLimit ?? {}
  const where = `${definition.name}@${origin}`
  const whose = account ?? (credentials ? sha256(credentials.apiKey, 'hex').slice(0, 16) : '')
  const owner = {
    address: address === undefined ? where : `${where}/${address}`,
    key: `${where}#${whose}`,
  }
  return createBudget(definition.limits, owner, { store, clock })
}

/** What a request takes from the budgets. */
export function costOf<Params>({ cost }: Endpoint<Params, unknown>, params: Params): Cost {
  return typeof cost === 'function' ? cost(params) : cost
}

/** Stands for all requests that go out the ordinary way. */
const IN_PROCESS = {}
const stores = new WeakMap<object, WeakMap<Clock, BudgetStore>>()

function storeOf(way: object, clock: Clock): BudgetStore {
  const byClock = stores.get(way) ?? new WeakMap<Clock, BudgetStore>()
  stores.set(way, byClock)
  const store = byClock.get(clock) ?? createMemoryBudgetStore({ clock })
  byClock.set(clock, store)
  return store
}
