import type { AccountInfo, FeeRates, FuturesPosition } from '../../model/account.ts'
import type { Client } from '../client.ts'
import { requireKey, requireSupported } from './arguments.ts'

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

export async function getFeeRates(client: Client, symbol: string): Promise<FeeRates> {
  const action = 'getFeeRates'
  requireKey(client, action)
  requireSupported(client, action)
  const instrument = await client.catalogue.find(symbol)
  return client.operations.getFeeRates(client.call({ action }), { instrument })
}
