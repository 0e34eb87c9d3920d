import { request as send } from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type HttpServer, openHttpServer, type Respond } from './httpServer.ts'
import type { RawRequest } from './types.ts'

const open: HttpServer[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

async function serve(respond: Respond, port = 0): Promise<HttpServer> {
  const server = await openHttpServer({ port, name: 'tiny', respond, now: () => 1_767_225_600_000 })
  open.push(server)
  return server
}

async function echo(): Promise<{ origin: string; seen: RawRequest[] }> {
  const seen: RawRequest[] = []
  const server = await serve(async (request) => {
    seen.push(request)
    return { status: 201, headers: { 'X-Odd': '1' }, body: '{"ü":1}' }
  })
  return { origin: `http://127.0.0.1:${server.port}`, seen }
}

test('default: the request arrives as it was sent', async () => {
  const { origin, seen } = await echo()
  const body = '{"a": "ü" }'
  await fetch(`${origin}/v1/a%20b?x=%2F&y`, { method: 'PUT', body, headers: { 'X-Key': 'k' } })
  expect(seen).toMatchObject([
    { method: 'PUT', path: '/v1/a%20b', query: 'x=%2F&y', body, headers: { 'x-key': 'k' } },
  ])
})

test('default: the answer with its headers, length in bytes and date of the simulator', async () => {
  const { origin } = await echo()
  const response = await fetch(origin)
  expect(response.status).toBe(201)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/json',
    'content-length': '8',
    date: 'Thu, 01 Jan 2026 00:00:00 GMT',
    'x-odd': '1',
  })
  expect(await response.text()).toBe('{"ü":1}')
})

test('behavior: the spelling of a header by the venue replaces ours', async () => {
  const headers = { 'Content-Type': 'text/plain' }
  const { port } = await serve(async () => ({ status: 200, headers, body: '' }))
  const response = await fetch(`http://127.0.0.1:${port}`)
  expect(response.headers.get('content-type')).toBe('text/plain')
})

test('behavior: a target with its origin, as proxies send it, is read alike', async () => {
  const { origin, seen } = await echo()
  await new Promise<void>((resolve, reject) => {
    const outgoing = send(origin, { path: 'http://example.org/a?b=c' }, (incoming) => {
      incoming.resume().on('end', resolve)
    })
    outgoing.on('error', reject).end()
  })
  expect(seen).toMatchObject([{ path: '/a', query: 'b=c' }])
})

test('behavior: no answer cuts the connection', async () => {
  const { port } = await serve(async () => undefined)
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow('fetch failed')
})

test('error: a body over 1 MiB is refused, one of just 1 MiB is not', async () => {
  const { origin, seen } = await echo()
  const small = await fetch(origin, { method: 'POST', body: 'x'.repeat(1_048_576) })
  const large = await fetch(origin, { method: 'POST', body: 'x'.repeat(1_048_577) })
  expect([small.status, large.status, seen.length]).toEqual([201, 413, 1])
})

test('error: a client that goes away before its body is complete is forgotten', async () => {
  const { origin, seen } = await echo()
  const { port } = new URL(origin)
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write('POST /half HTTP/1.1\r\nhost: h\r\ncontent-length: 10\r\n\r\nabc', () => {
        socket.destroy()
      })
    })
    socket.on('close', () => resolve())
  })
  expect((await fetch(`${origin}/whole`)).status).toBe(201)
  expect(seen.map(({ path }) => path)).toEqual(['/whole'])
})

test('error: a port that is taken is named', async () => {
  const { port } = await serve(async () => undefined)
  await expect(serve(async () => undefined, port)).rejects.toThrow(
    `port ${port} for tiny is taken: choose another port, or 0 for free ones`,
  )
})
