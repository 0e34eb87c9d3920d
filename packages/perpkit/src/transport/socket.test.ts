import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSocketConnector, type Socket, toSocketOrigin } from './socket.ts'

// A server of a few lines: it shakes hands, and says and hears short unfragmented frames.

const TEXT = 0x1
const BINARY = 0x2
const CLOSE = 0x8
const PING = 0x9
const PONG = 0xa

interface Frame {
  opcode: number
  payload: Buffer
}

let server: Server
let heard: Frame[]
let requests: IncomingMessage[]
let wire: Duplex | undefined
let origin: string

function frame(opcode: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x80 | opcode, payload.length]), payload])
}

function readFrames(bytes: Buffer): Frame[] {
  const frames: Frame[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = (bytes[at + 1] ?? 0) & 0x7f
    const mask = bytes.subarray(at + 2, at + 6)
    const masked = bytes.subarray(at + 6, at + 6 + length)
    const payload = Buffer.from(masked.map((byte, index) => byte ^ (mask[index % 4] ?? 0)))
    frames.push({ opcode: (bytes[at] ?? 0) & 0xf, payload })
    at += 6 + length
  }
  return frames
}

beforeEach(async () => {
  heard = []
  requests = []
  server = createServer((_, response) => response.writeHead(404).end())
  server.on('upgrade', (request, socket) => {
    requests.push(request)
    wire = socket
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
    const accept = createHash('sha1').update(key).digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
    socket.on('error', () => undefined)
    socket.on('data', (bytes: Buffer) => heard.push(...readFrames(bytes)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  origin = toSocketOrigin(`http://127.0.0.1:${port}`)
})

afterEach(async () => {
  wire?.destroy()
  await new Promise((resolve) => server.close(resolve))
})

/** Opens a socket; `told` grows with what happens on it. */
function open(path: string, headers: Record<string, string> = {}) {
  const told: unknown[] = []
  const waiting: (() => void)[] = []
  const tell = (what: unknown): void => {
    told.push(what)
    for (const resolve of waiting.splice(0)) resolve()
  }
  const socket: Socket = createSocketConnector()(
    { url: origin + path, headers },
    {
      opened: () => tell('opened'),
      received: (data) => tell(data),
      closed: (code, reason) => tell([code, reason]),
    },
  )
  const until = async (count: number): Promise<unknown[]> => {
    while (told.length < count) await new Promise<void>((resolve) => waiting.push(resolve))
    return told
  }
  return { socket, told, until }
}

async function untilHeard(opcode: number): Promise<string> {
  for (;;) {
    const found = heard.find((each) => each.opcode === opcode)
    if (found) return found.payload.toString()
    await new Promise((resolve) => wire?.once('data', resolve))
  }
}

describe('a socket', () => {
  test('default: text and bytes in, text out, headers at the handshake', async () => {
    const { socket, until } = open('/a/stream?streams=', { 'x-demo': '1' })
    await until(1)
    expect([requests[0]?.url, requests[0]?.headers['x-demo']]).toEqual(['/a/stream?streams=', '1'])
    socket.send('hello')
    expect(await untilHeard(TEXT)).toBe('hello')
    wire?.write(frame(TEXT, Buffer.from('text')))
    wire?.write(frame(BINARY, Buffer.from([1, 2, 3])))
    expect(await until(3)).toEqual(['opened', 'text', new Uint8Array([1, 2, 3])])
    socket.close()
  })

  test('behavior: pings go out, and those of the other side are answered', async () => {
    const { socket, until } = open('/')
    await until(1)
    socket.ping()
    await untilHeard(PING)
    wire?.write(frame(PING, Buffer.from('7')))
    expect(await untilHeard(PONG)).toBe('7')
    socket.close()
  })

  test('behavior: our close is told to the other side and not to us', async () => {
    const { socket, until, told } = open('/')
    await until(1)
    const ended = new Promise((resolve) => wire?.once('end', resolve))
    socket.close()
    wire?.write(frame(TEXT, Buffer.from('late')))
    expect(await untilHeard(CLOSE)).toBe('\u0003\ufffd')
    await ended
    expect(told).toEqual(['opened'])
  })

  test('behavior: closed before it opened, it never does', async () => {
    const { socket, told } = open('/')
    socket.send('dropped')
    socket.ping()
    socket.close()
    const second = open('/')
    await second.until(1)
    expect([told, requests.length]).toEqual([[], 1])
    second.socket.close()
  })

  test('error: the other side closes, with code and reason', async () => {
    const { until } = open('/')
    await until(1)
    wire?.write(frame(CLOSE, Buffer.concat([Buffer.from([0x0f, 0xa1]), Buffer.from('bye')])))
    wire?.end()
    expect(await until(2)).toEqual(['opened', [4_001, 'bye']])
  })

  test('error: the connection is cut', async () => {
    const { until } = open('/')
    await until(1)
    wire?.destroy()
    expect((await until(2))[1]).toEqual([1_006, expect.any(String)])
  })

  test('error: there is no socket at that address', async () => {
    server.removeAllListeners('upgrade')
    const { until } = open('/')
    expect(await until(1)).toEqual([[1_006, expect.any(String)]])
  })
})
