import { hmacSha256 } from '../../../core/bytes.ts'
import type { LocalSocket } from '../../server/localSocket.ts'
import type { VenueCredentials } from '../../server/types.ts'
import type { Desk, Words } from './desk.fixture.ts'
import type { Place } from './topics/catalogue.ts'

// A client of this venue's sockets for its tests.

export type Said = Readonly<Record<string, unknown>>

export function openSocket(desk: Desk, place: Place): LocalSocket {
  return desk.simulator.openSocket('okx', `/ws/v5/${place}`)
}

/** What has come since it was last asked, pongs aside. */
export function take(socket: LocalSocket): Said[] {
  return socket
    .take()
    .filter((frame) => frame !== 'pong')
    .map((frame) => JSON.parse(String(frame)))
}

/** Sends a request; what has come then. */
export function send(socket: LocalSocket, body: Said): Said[] {
  socket.send(JSON.stringify(body))
  return take(socket)
}

export function subscribe(socket: LocalSocket, ...args: readonly Words[]): Said[] {
  return send(socket, { op: 'subscribe', args })
}

/** Pushes alone, of one channel or of all. */
export function pushes(said: readonly Said[], channel?: string): Said[] {
  return said.filter(({ arg, data }) => {
    const isMeant = channel === undefined || (arg as Said | undefined)?.channel === channel
    return data !== undefined && isMeant
  })
}

/** Rows of all pushes. */
export function rowsIn<Row = Said>(said: readonly Said[], channel?: string): Row[] {
  return pushes(said, channel).flatMap(({ data }) => data as Row[])
}

/** The words of a login at that time, in seconds. */
export function loginWords(
  desk: Desk,
  seconds: number = desk.simulator.now() / 1_000,
  keys: VenueCredentials = desk.simulator.credentials('okx'),
): Words {
  const { apiKey, apiSecret, passphrase = '' } = keys
  const timestamp = String(Math.floor(seconds))
  const sign = hmacSha256(apiSecret, `${timestamp}GET/users/self/verify`, 'base64')
  return { apiKey, passphrase, timestamp, sign }
}

/** A socket that has logged in and subscribed; nothing of that is to be taken any more. */
export function listen(desk: Desk, place: Place, ...args: readonly Words[]): LocalSocket {
  const socket = openSocket(desk, place)
  send(socket, { op: 'login', args: [loginWords(desk)] })
  if (args.length > 0) subscribe(socket, ...args)
  return socket
}

/** Lets time pass while the client says `ping` as it ought to. */
export async function wait(desk: Desk, socket: LocalSocket, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 20_000) {
    await desk.advance(Math.min(left, 20_000))
    socket.send('ping')
  }
}
