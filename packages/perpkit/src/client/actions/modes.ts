import type { MarginMode, PositionMode } from '../../model/tokens.ts'
import type { Client } from '../client.ts'
import type { LeverageKey } from '../definition.ts'
import { refuse, requireKey, requireSupported } from './arguments.ts'

// Settings of the account and of its symbols.

export async function getLeverage(client: Client, symbol: string): Promise<number> {
  const action = 'getLeverage'
  requireKey(client, action)
  return client.operations.getLeverage(
    client.call({ action }),
    await leverageKeyOf(client, action, symbol),
  )
}

export async function setLeverage(
  client: Client,
  symbol: string,
  leverage: number,
): Promise<boolean> {
  const action = 'setLeverage'
  requireKey(client, action)
  if (typeof leverage !== 'number' || !Number.isFinite(leverage) || leverage < 1) {
    const message = `leverage must be a number of at least 1, received ${JSON.stringify(leverage) ?? String(leverage)}`
    throw refuse(client, action, 'INVALID_ARGUMENT', message)
  }
  const { maxLeverage, symbol: unified } = await client.catalogue.find(symbol)
  if (maxLeverage !== undefined && leverage > maxLeverage) {
    const message = `leverage ${leverage} is above the maximum ${maxLeverage} of ${unified}`
    throw refuse(client, action, 'INVALID_ARGUMENT', message)
  }
  const key = await leverageKeyOf(client, action, symbol)
  await client.operations.setLeverage(client.call({ action }), { ...key, leverage })
  return true
}

export async function getMarginMode(client: Client, symbol: string): Promise<MarginMode> {
  const action = 'getMarginMode'
  requireKey(client, action)
  requireSupported(client, action)
  const instrument = await client.catalogue.find(symbol)
  return client.modes.currentMarginMode(client.call({ action }), instrument)
}

export async function setMarginMode(
  client: Client,
  symbol: string,
  marginMode: MarginMode,
): Promise<boolean> {
  const action = 'setMarginMode'
  requireKey(client, action)
  requireSupported(client, action)
  requireOneOf(client, action, 'marginMode', marginMode, client.definition.capabilities.marginModes)
  const instrument = await client.catalogue.find(symbol)
  const { setMarginMode: set } = client.operations
  // Whatever becomes of it, what was known before no longer is.
  client.modes.forget()
  await set?.(client.call({ action }), { instrument, marginMode })
  client.modes.setMarginMode(instrument, marginMode)
  return true
}

export async function getPositionMode(client: Client): Promise<PositionMode> {
  const action = 'getPositionMode'
  requireKey(client, action)
  requireSupported(client, action)
  const { getPositionMode: read } = client.operations
  if (!read) return 'ONE_WAY'
  await client.catalogue.load()
  return read(client.call({ action }), {})
}

export async function setPositionMode(
  client: Client,
  positionMode: PositionMode,
): Promise<boolean> {
  const action = 'setPositionMode'
  requireKey(client, action)
  requireSupported(client, action)
  const { positionModes } = client.definition.capabilities
  requireOneOf(client, action, 'positionMode', positionMode, positionModes)
  const { setPositionMode: set } = client.operations
  if (!set) return true
  await client.catalogue.load()
  client.modes.forget()
  await set(client.call({ action }), { positionMode })
  client.modes.setPositionMode(positionMode)
  return true
}

async function leverageKeyOf(client: Client, action: string, symbol: string): Promise<LeverageKey> {
  const instrument = await client.catalogue.find(symbol)
  if (!client.definition.namesMarginMode) return { instrument }
  const call = client.call({ action })
  const [marginMode, positionMode] = await Promise.all([
    client.modes.marginMode(call, instrument),
    client.modes.positionMode(call, instrument),
  ])
  return { instrument, marginMode, positionMode }
}

/** What cannot be meant is told apart from what the exchange does not have. */
function requireOneOf(
  client: Client,
  action: string,
  name: 'marginMode' | 'positionMode',
  value: string,
  possible: readonly string[],
): void {
  if (possible.includes(value)) return
  const known = name === 'marginMode' ? ['CROSS', 'ISOLATED'] : ['ONE_WAY', 'HEDGE']
  const code = known.includes(value) ? 'UNSUPPORTED' : 'INVALID_ARGUMENT'
  const message = `${name} must be one of ${possible.join(' ')}, received ${JSON.stringify(value)}`
  throw refuse(client, action, code, message)
}
