import { hmacSha256 } from '../../../core/bytes.ts'
import type { LocalSocket } from '../../server/localSocket.ts'
import type { VenueCredentials } from '../../server/types.ts'
import { bitcoin, type Desk, order, rows } from './desk.fixture.ts'

// A client of `/v5/trade` for its tests.

export type Said = Readonly<Record<string, unknown>>

type Place = Pick<Desk, 'simulator'>

/** What comes at once of a message. */
export function send(socket: LocalSocket, message: Said): Said[] {
  socket.send(JSON.stringify(message))
  return socket.take().map((frame) => JSON.parse(String(frame)))
}

export function authOf({ apiKey, apiSecret }: VenueCredentials, expires: number | string): Said {
  const signature = hmacSha256(apiSecret, `GET/realtime${expires}`, 'hex')
  return { op: 'auth', args: [apiKey, expires, signature] }
}

export function open({ simulator }: Place, path = '/v5/trade'): LocalSocket {
  return simulator.openSocket('bybit', path)
}

/** A connection that has logged in and heard so. */
export function connect(
  place: Place,
  keys: VenueCredentials = place.simulator.credentials('bybit'),
): LocalSocket {
  const socket = open(place)
  const [said = {}] = send(socket, authOf(keys, String(place.simulator.now() + 10_000)))
  if (said.retCode !== 0) throw new Error(`no login: ${said.retMsg}`)
  return socket
}

/** A message for an order, of now and without a `reqId`. */
export function message({ simulator }: Place, op: string, args: Said, more: Said = {}): Said {
  const header = { 'X-BAPI-TIMESTAMP': String(simulator.now()), 'X-BAPI-RECV-WINDOW': '5000' }
  return { header, op, args: [args], ...more }
}

/** The one reply to a message for an order. */
export function ask(
  place: Place,
  socket: LocalSocket,
  op: string,
  args: Said,
  more: Said = {},
): Said {
  const [said, ...others] = send(socket, message(place, op, args, more))
  if (!said || others.length > 0) throw new Error(`${others.length + 1} replies, or none`)
  return said
}

/** A parameter set that rests. */
export const limit: Said = order({ orderType: 'Limit', price: '50000.00' })

/** Client ids of what is open. */
export async function openOrders(desk: Desk): Promise<unknown[]> {
  const listed = await desk.get('/v5/order/realtime', { ...bitcoin, limit: 50 })
  return rows(listed).map(({ orderLinkId }) => orderLinkId)
}
