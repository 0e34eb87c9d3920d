import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { toRawRequest, type Upgrade } from './httpServer.ts'
import type { SocketConnection, SocketWire } from './socketConnection.ts'
import type { SocketFrame } from './socketTypes.ts'
import { type Answer, isAnswer, type RawRequest } from './types.ts'

/** Opens a connection, refuses it with an answer, or cuts it. */
export type Connect = (
  request: RawRequest,
  wire: SocketWire,
) => SocketConnection | Answer | undefined

/** Makes sockets of the connections that ask for it (RFC 6455); messages up to 1 MiB. */
export function serveSockets(connect: Connect): Upgrade {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  })
  return (incoming, stream, head) => {
    // The client may be gone at any time; that is no failure here.
    stream.on('error', () => stream.destroy())
    const carrier = new Carrier(stream)
    const opened = connect(toRawRequest(incoming, ''), carrier)
    if (opened === undefined) {
      stream.destroy()
      return
    }
    if (isAnswer(opened)) {
      refuse(stream, opened)
      return
    }
    stream.once('close', () => opened.ended())
    server.handleUpgrade(incoming, stream, head, (socket) => {
      carrier.carry(socket)
      attend(socket, opened)
      opened.opened()
    })
  }
}

const MOST_BYTES = 1_048_576

/** Carries a connection once its socket is there. */
class Carrier implements SocketWire {
  readonly #stream: Duplex
  #socket: WebSocket | undefined

  constructor(stream: Duplex) {
    this.#stream = stream
  }

  carry(socket: WebSocket): void {
    this.#socket = socket
  }

  send(frame: SocketFrame): void {
    this.#socket?.send(frame)
  }

  ping(): void {
    this.#socket?.ping()
  }

  close(code: number, reason: string): void {
    this.#socket?.close(code, reason)
  }

  destroy(): void {
    this.#stream.destroy()
  }
}

function attend(socket: WebSocket, connection: SocketConnection): void {
  socket.on('message', (data, isBinary) => connection.receive(toFrame(data, isBinary)))
  socket.on('ping', () => connection.pinged())
  socket.on('pong', () => connection.ponged())
  socket.on('close', () => connection.ended())
  // What breaks the protocol closes the socket, which is told by itself.
  socket.on('error', () => connection.ended())
}

function toFrame(data: RawData, isBinary: boolean): SocketFrame {
  const bytes = Array.isArray(data)
    ? Buffer.concat(data)
    : Buffer.isBuffer(data)
      ? data
      : Buffer.from(data)
  return isBinary ? bytes : bytes.toString('utf8')
}

function refuse(stream: Duplex, { status, headers, body }: Answer): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...Object.entries({ 'content-type': 'application/json', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  stream.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
}
