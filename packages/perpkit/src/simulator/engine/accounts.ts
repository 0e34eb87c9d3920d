import { add, type Decimal, isNegative } from '../../core/decimal.ts'
import { type Account, accountOf, contractOf, type World } from './state.ts'
import type { Refusal } from './types.ts'

/** Whose client order id it is. */
export type ClientIdSpace = 'plain' | 'conditional'

export function createAccount(world: World, balances: Readonly<Record<string, Decimal>>): string {
  const accountId = `account-${world.state.accounts.size + 1}`
  for (const [asset, amount] of Object.entries(balances)) {
    if (isNegative(amount)) throw new RangeError(`balance ${amount} ${asset} is below zero`)
  }
  world.state.accounts.set(accountId, {
    accountId,
    balances: new Map(Object.entries(balances)),
    leverage: new Map(),
    positionModes: new Map(),
    marginModes: new Map(),
    positions: new Map(),
    exposure: new Map(),
    orders: [],
    orderById: new Map(),
    openOrders: new Map(),
    conditionals: [],
    conditionalById: new Map(),
    waiting: new Map(),
    fills: [],
    fundings: [],
    marginChanges: [],
    clientIds: new Map(),
  })
  return accountId
}

export function balanceOf(account: Account, asset: string): Decimal {
  return account.balances.get(asset) ?? '0'
}

export function credit(account: Account, asset: string, amount: Decimal): void {
  account.balances.set(asset, add(balanceOf(account, asset), amount))
}

/** Balances that exist, and assets of open positions. */
export function assetsOf(world: World, accountId: string): string[] {
  const account = accountOf(world, accountId)
  const assets = new Set(account.balances.keys())
  for (const { symbol } of account.positions.values()) {
    assets.add(contractOf(world, symbol).instrument.settleAsset)
  }
  return [...assets]
}

/** Refuses an id that is taken; `''` means none was given. */
export function checkClientId(
  world: World,
  account: Account,
  space: ClientIdSpace,
  clientOrderId: string,
): Refusal | undefined {
  if (clientOrderId === '') return undefined
  if ((account.clientIds.get(clientIdKey(world, space, clientOrderId)) ?? 0) === 0) return undefined
  return { refused: 'duplicateClientOrderId', details: { clientOrderId } }
}

export function holdClientId(
  world: World,
  account: Account,
  space: ClientIdSpace,
  clientOrderId: string,
): void {
  if (clientOrderId === '') return
  const key = clientIdKey(world, space, clientOrderId)
  account.clientIds.set(key, (account.clientIds.get(key) ?? 0) + 1)
}

/** Gives the id free when its order has ended, where the venue lets it be used again. */
export function releaseClientId(
  world: World,
  account: Account,
  space: ClientIdSpace,
  clientOrderId: string,
): void {
  if (clientOrderId === '' || world.rules.clientOrderIdUnique === 'forEver') return
  const key = clientIdKey(world, space, clientOrderId)
  const holders = (account.clientIds.get(key) ?? 0) - 1
  if (holders > 0) account.clientIds.set(key, holders)
  else account.clientIds.delete(key)
}

function clientIdKey(world: World, space: ClientIdSpace, clientOrderId: string): string {
  return world.rules.clientOrderIdSpace === 'shared' ? clientOrderId : `${space} ${clientOrderId}`
}
