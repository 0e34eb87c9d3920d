import { gunzipSync } from 'node:zlib'
import { parseJson } from '../../../../core/json.ts'
import { isRecord, Reader } from '../../../../core/reader.ts'
import type { LocalSocket } from '../../../server/localSocket.ts'
import type { SocketFrame } from '../../../server/socketTypes.ts'
import type { VenueCredentials } from '../../../server/types.ts'
import { sign } from '../auth.ts'
import { type Desk, HOST } from '../desk.fixture.ts'

// A client of this venue's sockets for its tests.

export type Said = Readonly<Record<string, unknown>>

export function openSocket(desk: Desk, path: string): LocalSocket {
  return desk.simulator.openSocket('htx', path, { host: HOST })
}

/** Sends a message; what has been said since, as {@link take} has it. */
export function ask(socket: LocalSocket, body: Said): Said[] {
  socket.send(JSON.stringify(body))
  return take(socket)
}

/** What has been said but for pings, which are answered. */
export function take(socket: LocalSocket): Said[] {
  const said = socket.take().map(decode)
  for (const { op, ping, ts } of said) {
    if (ping !== undefined) socket.send(JSON.stringify({ pong: ping }))
    if (op === 'ping') socket.send(JSON.stringify({ op: 'pong', ts }))
  }
  return said.filter(({ op, ping }) => ping === undefined && op !== 'ping')
}

/** Binary frames are gzip. */
export function decode(frame: SocketFrame): Said {
  const text = typeof frame === 'string' ? frame : gunzipSync(frame).toString('utf8')
  const body: unknown = parseJson(text)
  if (!isRecord(body)) throw new Error(`no object: ${text}`)
  return body
}

/** The pings alone, unanswered. */
export function takePings(socket: LocalSocket): Said[] {
  return socket
    .take()
    .map(decode)
    .filter((body) => body.ping !== undefined || body.op === 'ping')
}

/** The login of the desk's account or another, with `change` made to it after it was signed. */
export function loginOf(
  desk: Desk,
  change: Said = {},
  path = '/ws/v5/notification',
  { apiKey, apiSecret }: VenueCredentials = desk.simulator.credentials('htx'),
): Said {
  const Timestamp = new Date(desk.simulator.now()).toISOString().slice(0, 19)
  const words = { AccessKeyId: apiKey, SignatureMethod: 'HmacSHA256', SignatureVersion: '2' }
  const query = Object.entries({ ...words, Timestamp })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
  const request = { method: 'GET', path, query, headers: {}, body: '', remoteAddress: '' }
  const Signature = sign(apiSecret, request, HOST)
  return { op: 'auth', type: 'api', ...words, Timestamp, Signature, ...change }
}

/** A private socket that has logged in and subscribed to those topics of all contracts. */
export function openPrivate(desk: Desk, ...topics: string[]): LocalSocket {
  const socket = openSocket(desk, '/ws/v5/notification')
  ask(socket, loginOf(desk))
  for (const topic of topics) ask(socket, { op: 'sub', topic, contract_code: '*' })
  return socket
}

/** The data of a notification that has one row, or is one. */
export function dataOf(said: Said | undefined): Reader {
  const data = new Reader(said?.data)
  return data.isArray() ? data.at(0) : data
}

export const TRADE = '/linear-swap-trade'

/** A connection for orders that has logged in. */
export function openTrade(desk: Desk): LocalSocket {
  const socket = openSocket(desk, TRADE)
  ask(socket, loginOf(desk, {}, TRADE))
  return socket
}

/** The only answer to an operation of such a connection. */
export function request(
  socket: LocalSocket,
  op: string,
  data?: unknown,
  cid: unknown = '17',
): Said {
  const answers = ask(socket, { op, cid, ...(data !== undefined && { data }) })
  const [answer] = answers
  if (!answer || answers.length > 1) throw new Error(`${answers.length} answers`)
  return answer
}

/** What has become of all orders, oldest first. */
export async function states({ simulator }: Desk): Promise<string[]> {
  const { orders } = await simulator.control.state({ venue: 'htx' })
  return orders.map(({ status }) => status)
}
