import { hmacSha256 } from '../../../../core/bytes.ts'
import type { AccountKind, VenueCredentials } from '../../../server/basics.ts'
import type { LocalSocket } from '../../../server/localSocket.ts'
import { type Desk, openDesk } from '../desk.fixture.ts'

// Sockets of this venue for its tests.

export type Said = Readonly<Record<string, unknown>>

/** A desk, and a socket that its account has logged in to. */
export interface Listener {
  desk: Desk
  socket: LocalSocket
}

/** What has come, pongs apart. */
export function take(socket: LocalSocket): Said[] {
  return socket.take().map((frame) => JSON.parse(String(frame)))
}

export function send(socket: LocalSocket, body: unknown): Said[] {
  socket.send(JSON.stringify(body))
  return take(socket)
}

export function subscribe(socket: LocalSocket, ...args: Said[]): Said[] {
  return send(socket, { op: 'subscribe', args })
}

/** The rows of a push. */
export function rowsOf(said: Said | undefined): Said[] {
  return Array.isArray(said?.data) ? said.data : []
}

/** Channels or topics in the order in which they spoke. */
export function speakers(said: readonly Said[]): string[] {
  return said.map(({ arg }) => {
    const { channel, topic } = arg as Record<string, string>
    return channel ?? topic ?? ''
  })
}

export function loginFrame(keys: VenueCredentials, timestamp: string): Said {
  const sign = hmacSha256(keys.apiSecret, `${timestamp}GET/user/verify`, 'base64')
  const { apiKey, passphrase } = keys
  return { op: 'login', args: [{ apiKey, passphrase, timestamp, sign }] }
}

export async function openListener(kind: AccountKind): Promise<Listener> {
  const desk = await openDesk(kind)
  const { simulator } = desk
  const path = kind === 'classic' ? '/v2/ws/private' : '/v3/ws/private'
  const socket = simulator.openSocket('bitget', path)
  const [said] = send(socket, loginFrame(desk.keys, String(Math.floor(simulator.now() / 1_000))))
  if (said?.event !== 'login') throw new Error(`not logged in: ${JSON.stringify(said)}`)
  return { desk, socket }
}
