import type { LocalSocket } from '../../server/localSocket.ts'
import { type Desk, rows, type Words } from './desk.fixture.ts'
import { type Said, send } from './socket.fixture.ts'

// Order entry over a socket for its tests.

/** The same with the contract's code in place of its name. */
export function coded({ instId: _name, ...words }: Words): Words {
  return { instIdCode: 10_459, ...words }
}

/** Sends an operation; its only answer. */
export function ask(socket: LocalSocket, op: string, args: unknown, more: Words = {}): Said {
  const replies = send(socket, { id: '1512', op, args, ...more })
  const [reply = {}] = replies.filter(({ arg }) => arg === undefined)
  return reply
}

/** `'51008 …'` of its only row or of the whole, `'0'` for what was accepted. */
export function outcome({ code, data, msg }: Said): string {
  const [row, ...others] = data as Record<string, string>[]
  if (others.length > 0) throw new Error('several rows')
  if (!row) return `${code} ${msg}`
  return row.sCode === '0' ? '0' : `${row.sCode} ${row.sMsg}`
}

/** Places an order over the socket; its `ordId`, or an error when it is not accepted. */
export function placed(socket: LocalSocket, words: Words): string {
  const { data } = ask(socket, 'order', [coded(words)])
  const [row] = data as Record<string, string>[]
  if (row?.sCode !== '0') throw new Error(`refused: ${row?.sMsg}`)
  return row.ordId ?? ''
}

/** Ids of the orders that rest. */
export async function pendingOrders(desk: Desk): Promise<unknown[]> {
  const answer = await desk.get('trade/orders-pending', { instType: 'SWAP' })
  return rows(answer).map(({ ordId }) => ordId)
}
