import type { LocalSocket } from '../../../server/localSocket.ts'
import type { Stand } from '../wire.fixture.ts'

/** What a stream says, to look into. */
export type Said = Readonly<Record<string, unknown>>

/** A socket of that path with what it said at once. */
export function openStream(stand: Stand, path: string): LocalSocket {
  return stand.simulator.openSocket('binance', path)
}

/** Sends a command and returns everything that has come since. */
export function command(socket: LocalSocket, body: Said): Said[] {
  socket.send(JSON.stringify(body))
  return take(socket)
}

export function subscribe(socket: LocalSocket, ...params: string[]): Said[] {
  return command(socket, { method: 'SUBSCRIBE', params, id: 1 })
}

export function take(socket: LocalSocket): Said[] {
  return socket.take().map((frame) => JSON.parse(String(frame)))
}
