import type { LocalSocket } from '../../server/localSocket.ts'
import { type Listener, type Said, send } from './channels/channels.fixture.ts'
import { classic, rows, startTime, unified } from './desk.fixture.ts'

// Orders over the private sockets, for the tests of both generations.

export const SECONDS: string = String(startTime / 1_000)
export const MARKET: Said = {
  ...{ orderType: 'market', side: 'buy', size: '0.01' },
  ...{ marginCoin: 'USDT', marginMode: 'crossed' },
}
export const LIMIT: Said = { ...MARKET, orderType: 'limit', price: '59000', force: 'gtc' }
export const ORDER: Said = { symbol: 'BTCUSDT', orderType: 'market', side: 'buy', qty: '0.01' }
export const RESTING: Said = { ...ORDER, orderType: 'limit', price: '59000', clientOid: 'mine' }

/** The only argument of a V2 request. */
export function arg(params: unknown, more: Said = {}): Said {
  const about = { instType: 'USDT-FUTURES', instId: 'BTCUSDT' }
  return { id: 'req-1', ...about, channel: 'place-order', params, ...more }
}

export function ask(socket: LocalSocket, params: unknown, more?: Said): Said[] {
  return send(socket, { op: 'trade', args: [arg(params, more)] })
}

export function askUnified(
  socket: LocalSocket,
  topic: string,
  args: unknown,
  more: Said = {},
): Said[] {
  return send(socket, { op: 'trade', id: '7', category: 'usdt-futures', topic, args, ...more })
}

export async function openClassic({ desk }: Listener): Promise<Said[]> {
  const { productType } = classic
  const answer = await desk.get('/api/v2/mix/order/orders-pending', { productType })
  return rows(answer, 'entrustedList')
}

export async function openUnified({ desk }: Listener): Promise<Said[]> {
  return rows(await desk.get('/api/v3/trade/unfilled-orders', unified), 'list')
}
