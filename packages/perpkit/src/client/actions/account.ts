import type { AccountInfo, FuturesPosition } from '../../model/account.ts'
import type { Client } from '../client.ts'
import { refuse, requireKey } from './arguments.ts'

export async function getAccountInfo(client: Client): Promise<AccountInfo> {
  requireKey(client, 'getAccountInfo')
  const call = client.call({ action: 'getAccountInfo' })
  return client.operations.getAccountInfo(call, undefined)
}

export async function getPositionInfo(client: Client, symbol?: string): Promise<FuturesPosition[]> {
  requireKey(client, 'getPositionInfo')
  const call = client.call({ action: 'getPositionInfo' })
  const { getPositions } = client.operations
  if (symbol !== undefined) {
    return getPositions(call, { instrument: await client.catalogue.find(symbol) })
  }
  await client.catalogue.load()
  return getPositions(call, {})
}

export async function getLeverage(client: Client, symbol: string): Promise<number> {
  requireKey(client, 'getLeverage')
  const instrument = await client.catalogue.find(symbol)
  const call = client.call({ action: 'getLeverage' })
  return client.operations.getLeverage(call, { instrument })
}

export async function setLeverage(
  client: Client,
  symbol: string,
  leverage: number,
): Promise<boolean> {
  const action = 'setLeverage'
  requireKey(client, action)
  if (typeof leverage !== 'number' || !Number.isFinite(leverage) || leverage < 1) {
    throw refuse(
      client,
      action,
      'INVALID_ARGUMENT',
      `leverage must be a number of at least 1, received ${JSON.stringify(leverage) ?? String(leverage)}`,
    )
  }
  const instrument = await client.catalogue.find(symbol)
  const { maxLeverage } = instrument
  if (maxLeverage !== undefined && leverage > maxLeverage) {
    throw refuse(
      client,
      action,
      'INVALID_ARGUMENT',
      `leverage ${leverage} is above the maximum ${maxLeverage} of ${instrument.symbol}`,
    )
  }
  await client.operations.setLeverage(client.call({ action }), { instrument, leverage })
  return true
}
