import type { AccountInfo, FeeRates, FuturesPosition, KeyPermissions } from '../../model/account.ts'
import type { Client } from '../client.ts'
import { refuse, requireKey, requireSupported } from './arguments.ts'

export async function getAccountInfo(client: Client): Promise<AccountInfo> {
  requireKey(client, 'getAccountInfo')
  const call = client.call({ action: 'getAccountInfo' })
  return client.operations.getAccountInfo(call, undefined)
}

export async function getKeyPermissions(client: Client): Promise<KeyPermissions> {
  const action = 'getKeyPermissions'
  requireKey(client, action)
  requireSupported(client, action)
  const { getKeyPermissions: read } = client.operations
  if (!read) throw refuse(client, action, 'UNSUPPORTED', 'the exchange does not tell them')
  return read(client.call({ action }), undefined)
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
