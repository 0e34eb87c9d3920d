import { isRecord } from '../../../../core/reader.ts'
import type { LocalSocket } from '../../../server/localSocket.ts'
import { signatureOf, signText } from '../auth.ts'
import { base, type Desk } from '../desk.fixture.ts'

// A client of this venue's sockets for its tests.

export type Said = Readonly<Record<string, unknown>>

/** A fresh connection, its greeting taken. */
export function connect(desk: Desk): LocalSocket {
  const socket = desk.simulator.openSocket('kraken', '/ws/v1')
  socket.take()
  return socket
}

/** Sends, and takes what comes of it. */
export function send(socket: LocalSocket, body: Said): Said[] {
  socket.send(JSON.stringify(body))
  return take(socket)
}

export function take(socket: LocalSocket): Said[] {
  return socket.take().map((frame) => JSON.parse(String(frame)))
}

export function subscribe(socket: LocalSocket, feed: string, ...products: string[]): Said[] {
  const product_ids = products.length > 0 ? { product_ids: products } : {}
  return send(socket, { event: 'subscribe', feed, ...product_ids })
}

/** The fields that every private message carries. */
export function login(desk: Desk, socket: LocalSocket): Said {
  const { apiKey, apiSecret } = desk.simulator.credentials('kraken')
  const [said = {}] = send(socket, { event: 'challenge', api_key: apiKey })
  const challenge = String(said.message)
  return {
    api_key: apiKey,
    original_challenge: challenge,
    signed_challenge: signText(apiSecret, challenge),
  }
}

/** A connection with that private feed, and its snapshot. */
export function follow(
  desk: Desk,
  feed: string,
  more: Said = {},
): { socket: LocalSocket; snapshot: Said } {
  const socket = connect(desk)
  const signed = login(desk, socket)
  const [, snapshot = {}] = send(socket, { event: 'subscribe', feed, ...signed, ...more })
  return { socket, snapshot }
}

/** Rows of a list in a message. */
export function rowsOf(message: Said | undefined, name: string): Said[] {
  const rows = message?.[name]
  if (!Array.isArray(rows)) throw new Error(`${name} is no list`)
  return rows.filter(isRecord)
}

/** A signed POST of an account made for it. */
export async function sendAsStranger(desk: Desk, path: string, body: string): Promise<void> {
  const { apiKey, apiSecret } = await desk.simulator.control.createAccount({ venue: 'kraken' })
  const blank = { query: '', headers: {}, remoteAddress: '127.0.0.1' }
  const request = { ...blank, method: 'POST', path: `${base}${path}`, body }
  const headers = { apikey: apiKey, authent: signatureOf(apiSecret, request) }
  const { body: said } = await desk.send({ ...request, headers })
  if (!said.includes('"status":"placed"')) throw new Error(`refused: ${said}`)
}
