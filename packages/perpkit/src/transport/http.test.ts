import { createServer, type Server } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpTransport } from './http.ts'
import { type HttpRequest, SendFailure, type Transport } from './types.ts'

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

function transport(): Transport {
  const made = createHttpTransport()
  open.push(() => made.close())
  return made
}

async function serve(
  handler: Parameters<typeof createServer>[1],
): Promise<{ url: string; server: Server }> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}`, server }
}

function request(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', url, headers: {}, body: '', timeoutMs: 5_000, ...more }
}

async function failureOf(sending: Promise<unknown>): Promise<SendFailure> {
  const failure = await sending.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (failure instanceof SendFailure) return failure
  throw new Error(`expected a SendFailure, received ${String(failure)}`)
}

describe('createHttpTransport', () => {
  it('default: method, path, headers and body arrive as given; the answer comes back whole', async () => {
    const { url } = await serve((incoming, answer) => {
      let body = ''
      incoming.on('data', (chunk) => {
        body += chunk
      })
      incoming.on('end', () => {
        answer.writeHead(201, { 'X-Used': '7' })
        answer.end(`${incoming.method} ${incoming.url} ${incoming.headers['x-key']} ${body}`)
      })
    })
    const answer = await transport().send(
      request(`${url}/a?b=c%2Fd`, { method: 'POST', headers: { 'x-key': 'k' }, body: 'ä=1' }),
    )
    expect(answer.status).toBe(201)
    expect(answer.headers['x-used']).toBe('7')
    expect(answer.text).toBe('POST /a?b=c%2Fd k ä=1')
  })

  it('behavior: connections are kept', async () => {
    let connections = 0
    const { url, server } = await serve((_, answer) => answer.end('ok'))
    server.on('connection', () => {
      connections += 1
    })
    const wire = transport()
    for (let i = 0; i < 5; i++) await wire.send(request(url))
    // A second one may open while the first is being handed back; five would mean none is kept.
    expect(connections).toBeLessThanOrEqual(2)
  })

  it('error: nobody listens: certainly not sent', async () => {
    const { url, server } = await serve((_, answer) => answer.end())
    server.close()
    const failure = await failureOf(transport().send(request(url)))
    expect([failure.reason, failure.sent]).toEqual(['unreachable', 'no'])
  })

  it('error: cut before an answer: perhaps executed, and never sent twice', async () => {
    let requests = 0
    const { url } = await serve((incoming) => {
      requests += 1
      incoming.socket.destroy()
    })
    const failure = await failureOf(transport().send(request(url, { method: 'POST', body: 'x' })))
    expect([failure.reason, failure.sent]).toEqual(['lost', 'maybe'])
    expect(requests).toBe(1)
  })

  it('error: cut within the answer: it had begun', async () => {
    const { url } = await serve((incoming, answer) => {
      answer.writeHead(200, { 'content-length': '100' })
      answer.write('half', () => incoming.socket.destroy())
    })
    const failure = await failureOf(transport().send(request(url)))
    expect([failure.reason, failure.sent]).toEqual(['lost', 'yes'])
  })

  it('error: no answer in time', async () => {
    const { url } = await serve(() => undefined)
    const failure = await failureOf(transport().send(request(url, { timeoutMs: 60 })))
    expect([failure.reason, failure.sent]).toEqual(['timeout', 'maybe'])
    expect(failure.message).toContain('60 ms')
  })

  it("error: the caller's signal, before and during", async () => {
    const { url } = await serve(() => undefined)
    const before = await failureOf(transport().send(request(url, { signal: AbortSignal.abort() })))
    expect([before.reason, before.sent]).toEqual(['aborted', 'no'])
    const controller = new AbortController()
    const { url: other } = await serve(() => controller.abort())
    const during = await failureOf(transport().send(request(other, { signal: controller.signal })))
    expect([during.reason, during.sent]).toEqual(['aborted', 'maybe'])
  })

  it('error: a server that speaks no HTTP', async () => {
    const server = createTcpServer((socket) => socket.end('hello\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    open.push(() => server.close())
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const failure = await failureOf(transport().send(request(`http://127.0.0.1:${port}/?secret=s`)))
    expect(failure.reason).toBe('lost')
    expect(failure.message).not.toContain('secret')
  })
})
