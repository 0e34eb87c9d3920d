import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Answer, RawRequest } from './types.ts'

/**
 * `undefined` cuts the connection without an answer. Must not reject. `isConnected` tells whether
 * the client is still there.
 */
export type Respond = (
  request: RawRequest,
  isConnected: () => boolean,
) => Promise<Answer | undefined>

export interface HttpServerOptions {
  /** 0 takes a free one. */
  port: number
  /** Who listens, for the error when the port is taken. */
  name: string
  respond: Respond
  /** For the `Date` header. */
  now(): number
  /** Takes over connections that are to become sockets; default: they are closed. */
  upgrade?: Upgrade
}

/** Gets a request for a socket and the connection it came on. */
export type Upgrade = (incoming: IncomingMessage, stream: Duplex, head: Buffer) => void

export interface HttpServer {
  port: number
  /** Cuts all connections. */
  close(): Promise<void>
}

/** Serves on 127.0.0.1 alone, whatever the machine is connected to. Bodies up to 1 MiB. */
export function openHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const server = createServer((request, response) => void serve(options, request, response))
  server.keepAliveTimeout = KEEP_ALIVE_MS
  if (options.upgrade) server.on('upgrade', options.upgrade)
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explain(error, options)))
    server.listen(options.port, HOST, () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : options.port
      resolve({ port, close: () => closeServer(server) })
    })
  })
}

const HOST = '127.0.0.1'
const MOST_BYTES = 1_048_576
// Node's own 5 s would cut pooled connections in the moment a client takes them up again.
const KEEP_ALIVE_MS = 75_000

async function serve(
  options: HttpServerOptions,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(incoming)
  if (body === undefined) return
  const answer =
    body === TOO_LARGE
      ? { status: 413, headers: { connection: 'close' }, body: '{"error":"body over 1 MiB"}' }
      : await options.respond(toRawRequest(incoming, body), () => isOpen(incoming))
  if (answer) send(response, answer, options.now())
  else incoming.socket.destroy()
}

/** A client that has closed its half no longer listens. */
function isOpen({ socket }: IncomingMessage): boolean {
  return socket.writable && !socket.destroyed
}

const TOO_LARGE: unique symbol = Symbol('too large')

/** The body as text; `undefined` when the client went away before it was complete. */
async function readBody(incoming: IncomingMessage): Promise<string | typeof TOO_LARGE | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of incoming) {
      if (!Buffer.isBuffer(chunk)) continue
      bytes += chunk.length
      // The rest is read and forgotten, or the client would not hear the answer.
      if (bytes <= MOST_BYTES) chunks.push(chunk)
    }
  } catch {
    return undefined
  }
  return bytes > MOST_BYTES ? TOO_LARGE : Buffer.concat(chunks).toString('utf8')
}

/** The request as the venues read it. */
export function toRawRequest(incoming: IncomingMessage, body: string): RawRequest {
  const target = (incoming.url ?? '/').replace(/^https?:\/\/[^/?]*/, '')
  const mark = target.indexOf('?')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return {
    method: incoming.method ?? 'GET',
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    headers,
    body,
    remoteAddress: incoming.socket.remoteAddress ?? '',
  }
}

function send(response: ServerResponse, answer: Answer, now: number): void {
  if (response.destroyed) return
  const headers = {
    'content-type': 'application/json',
    date: new Date(now).toUTCString(),
    ...answer.headers,
    'content-length': Buffer.byteLength(answer.body),
  }
  response.statusCode = answer.status
  // One by one: names are then compared without regard to case, and the venue's spelling wins.
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.end(answer.body)
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function explain(error: Error, { name, port }: HttpServerOptions): Error {
  if (!('code' in error) || error.code !== 'EADDRINUSE') return error
  return new Error(`port ${port} for ${name} is taken: choose another port, or 0 for free ones`, {
    cause: error,
  })
}
