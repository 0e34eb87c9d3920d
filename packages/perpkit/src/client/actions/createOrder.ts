import type { FuturesOrder } from '../../model/order.ts'
import type { Side } from '../../model/tokens.ts'
import type { Client } from '../client.ts'
import type { OrderOptions } from '../requests.ts'
import { requireKey } from './arguments.ts'
import { placePlainOrder, preparePlainOrder } from './plainOrder.ts'

export async function createMarketOrder(
  client: Client,
  symbol: string,
  side: Side,
  quantity: string | number,
  options: OrderOptions = {},
): Promise<FuturesOrder> {
  const action = 'createMarketOrder'
  requireKey(client, action)
  const request = { ...options, type: 'MARKET', symbol, side, quantity } as const
  return placePlainOrder(client, await preparePlainOrder(client, action, request))
}

export async function createLimitOrder(
  client: Client,
  symbol: string,
  side: Side,
  quantity: string | number,
  price: string | number,
  options: OrderOptions = {},
): Promise<FuturesOrder> {
  const action = 'createLimitOrder'
  requireKey(client, action)
  const request = { ...options, type: 'LIMIT', symbol, side, quantity, price } as const
  return placePlainOrder(client, await preparePlainOrder(client, action, request))
}
