import { describe, expect, test } from 'vitest'
import { assembleSimulator, type Simulator } from '../assemble.ts'
import { rawRequest, START, signedRequest, simulateTiny, tinyVenue } from '../tinyVenue.fixture.ts'
import type { Fault } from './faults.ts'
import type { LedgerEntry } from './ledger.ts'
import type { Answer, RawRequest } from './types.ts'

function order(simulator: Simulator, more: Record<string, unknown> = {}): RawRequest {
  const body = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.01', ...more }
  return signedRequest(simulator.credentials('binance'), '/order', body)
}

const ask = (simulator: Simulator, request: RawRequest): Promise<Answer | undefined> =>
  simulator.dispatch('binance', request)

async function orders(simulator: Simulator): Promise<number> {
  return (await simulator.control.state({ venue: 'binance' })).orders.length
}

describe('the way of a request', () => {
  test('default: a public route answers with the venue headers', async () => {
    expect(await ask(simulateTiny(), rawRequest('GET', '/time'))).toEqual({
      status: 200,
      headers: { 'X-Time': String(START) },
      body: `{"time":${START}}`,
    })
  })

  test('default: a signed route executes for the account of the key', async () => {
    const simulator = simulateTiny()
    expect(await ask(simulator, order(simulator))).toMatchObject({ status: 200 })
    const { orders: rows } = await simulator.control.state({ venue: 'binance' })
    expect(rows).toMatchObject([
      { account: simulator.credentials('binance').apiKey, status: 'FILLED', executedQty: '0.01' },
    ])
  })

  test.each([
    ['a path nobody has', rawRequest('GET', '/nowhere'), 404, 'no such path'],
    ['another method', rawRequest('POST', '/time'), 404, 'no such path'],
    [
      'parameters that cannot be read',
      rawRequest('POST', '/order', { body: '{' }),
      400,
      'not JSON',
    ],
    ['no key', rawRequest('POST', '/order', { body: '{}' }), 401, 'unknown key'],
  ])('error: %s', async (_, request, status, no) => {
    const answer = await ask(simulateTiny(), request)
    expect(answer).toMatchObject({ status, body: JSON.stringify({ no }) })
  })

  test('error: a key of another venue', async () => {
    const simulator = simulateTiny()
    const request = signedRequest(simulator.credentials('bybit'), '/order', {})
    expect((await ask(simulator, request))?.status).toBe(401)
  })

  test('error: a venue that throws is answered with 500 and noted', async () => {
    const simulator = simulateTiny()
    expect(await ask(simulator, rawRequest('POST', '/crash'))).toMatchObject({ status: 500 })
    expect(await simulator.control.ledger()).toMatchObject([
      { venue: 'binance', where: 'crash', name: 'Error: a bug of the venue' },
    ])
    const { requests } = await simulator.control.state({ venue: 'binance' })
    expect(requests).toMatchObject([{ path: '/crash', status: 500 }])
  })
})

describe('faults', () => {
  async function withFault(
    fault: Fault,
    request?: RawRequest,
  ): Promise<[Answer | undefined, number]> {
    const simulator = simulateTiny()
    await simulator.control.inject(fault)
    const answer = await ask(simulator, request ?? order(simulator))
    return [answer, await orders(simulator)]
  }

  test('args: dropBefore cuts and executes nothing', async () => {
    expect(await withFault({ kind: 'dropBefore' })).toEqual([undefined, 0])
  })

  test('args: dropAfter executes and cuts', async () => {
    expect(await withFault({ kind: 'dropAfter' })).toEqual([undefined, 1])
  })

  test('args: status answers as a gateway and executes nothing', async () => {
    const [answer, executed] = await withFault({ kind: 'status', code: 502, body: '<html></html>' })
    expect(answer).toEqual({
      status: 502,
      headers: { 'content-type': 'text/html' },
      body: '<html></html>',
    })
    expect(executed).toBe(0)
  })

  test('args: status of the answer comes after execution; an object is JSON', async () => {
    const fault: Fault = { kind: 'status', code: 504, body: { code: -1 }, stage: 'answer' }
    const [answer, executed] = await withFault(fault)
    expect(answer).toMatchObject({
      status: 504,
      headers: { 'content-type': 'application/json' },
      body: '{"code":-1}',
    })
    expect(executed).toBe(1)
  })

  test('args: rejectWith is the venue error, and executes nothing', async () => {
    const [answer, executed] = await withFault({ kind: 'rejectWith', reason: 'insufficientMargin' })
    expect(answer).toMatchObject({ status: 400, body: '{"no":"insufficientMargin","at":"/order"}' })
    expect(executed).toBe(0)
  })

  test('behavior: rejectWith waits for a request that passes the door', async () => {
    const simulator = simulateTiny()
    await simulator.control.inject({ kind: 'rejectWith', reason: 'exchangeBusy' })
    expect((await ask(simulator, rawRequest('POST', '/order', { body: '{}' })))?.status).toBe(401)
    expect((await ask(simulator, order(simulator)))?.body).toContain('exchangeBusy')
  })

  test('args: rejectWith of the answer comes after execution', async () => {
    const fault: Fault = { kind: 'rejectWith', reason: 'unknownState', stage: 'answer' }
    const [answer, executed] = await withFault(fault)
    expect(answer?.body).toContain('unknownState')
    expect(executed).toBe(1)
  })

  test('args: malformed executes and answers what is not JSON', async () => {
    const [answer, executed] = await withFault({ kind: 'malformed' })
    expect(answer?.status).toBe(200)
    expect(() => JSON.parse(answer?.body ?? '{}')).toThrow(SyntaxError)
    expect(executed).toBe(1)
  })

  test('args: truncateBody executes and answers only so many bytes', async () => {
    const [answer, executed] = await withFault({ kind: 'truncateBody', bytes: 7 })
    expect(answer?.body).toBe('{"order')
    expect(executed).toBe(1)
  })

  test('args: maintenance is the venue answer, until cleared', async () => {
    const simulator = simulateTiny()
    await simulator.control.inject({ kind: 'maintenance' })
    expect((await ask(simulator, rawRequest('GET', '/time')))?.status).toBe(503)
    expect((await ask(simulator, order(simulator)))?.status).toBe(503)
    await simulator.control.clearFaults()
    expect((await ask(simulator, rawRequest('GET', '/time')))?.status).toBe(200)
  })

  test('args: clockSkew moves the time told and the window of time', async () => {
    const simulator = simulateTiny()
    await simulator.control.inject({ kind: 'clockSkew', ms: 60_000 })
    expect((await ask(simulator, rawRequest('GET', '/time')))?.body).toBe(
      `{"time":${START + 60_000}}`,
    )
    expect((await ask(simulator, order(simulator, { at: START })))?.body).toContain('wrong time')
    expect((await ask(simulator, order(simulator, { at: START + 60_000 })))?.status).toBe(200)
  })

  test('args: delay holds the request back before it is executed', async () => {
    const simulator = simulateTiny()
    await simulator.control.inject({ kind: 'delay', ms: 20, times: 1 })
    const waiting = ask(simulator, order(simulator))
    await simulator.control.advance({ ms: 19 })
    expect(await orders(simulator)).toBe(0)
    await simulator.control.advance({ ms: 1_000 })
    expect((await waiting)?.status).toBe(200)
    const { orders: rows } = await simulator.control.state({ venue: 'binance' })
    // In the midst of an advance it is executed when it was due.
    expect(rows.map(({ createdAt }) => createdAt - START)).toEqual([20])
  })

  test('args: delay of the answer comes after execution', async () => {
    const simulator = simulateTiny()
    await simulator.control.inject({ kind: 'delay', ms: 20, stage: 'answer', times: 1 })
    const waiting = ask(simulator, order(simulator))
    expect(await orders(simulator)).toBe(1)
    await simulator.control.advance({ ms: 20 })
    expect((await waiting)?.status).toBe(200)
  })

  test('behavior: requests held back are cut when the simulator closes', async () => {
    const simulator = simulateTiny()
    await simulator.control.inject({ kind: 'delay', ms: 60_000 })
    const waiting = ask(simulator, order(simulator))
    await simulator.close()
    expect(await waiting).toBeUndefined()
  })

  test('behavior: operations are told apart by parameters, accounts before any signature', async () => {
    const simulator = simulateTiny()
    const other = await simulator.control.createAccount({ venue: 'binance' })
    await simulator.control.inject({ kind: 'dropBefore', operation: 'createStop' })
    await simulator.control.inject({ kind: 'dropBefore', account: other.apiKey })
    expect((await ask(simulator, order(simulator)))?.status).toBe(200)
    const stop = order(simulator, { side: 'SELL', stopPrice: '50000' })
    expect(await ask(simulator, stop)).toBeUndefined()
    expect(await ask(simulator, signedRequest(other, '/order', {}))).toBeUndefined()
  })

  test('args: probability is drawn from the seed alone', async () => {
    const met = async (seed: number): Promise<string> => {
      const venues = [tinyVenue('binance')]
      const { simulator } = assembleSimulator({ clock: 'manual', seed }, venues)
      await simulator.control.inject({ kind: 'dropBefore', probability: 0.5 })
      let pattern = ''
      for (let i = 0; i < 64; i++) {
        pattern += (await ask(simulator, rawRequest('GET', '/time'))) ? '.' : 'x'
      }
      return pattern
    }
    expect(await met(1)).toBe(await met(1))
    expect(await met(1)).toMatch(/x/)
    expect(await met(1)).toMatch(/\./)
    expect(await met(2)).not.toBe(await met(1))
  })

  const kinds: Fault[] = [
    { kind: 'dropBefore' },
    { kind: 'dropAfter' },
    { kind: 'status', code: 503 },
    { kind: 'status', code: 503, stage: 'answer' },
    { kind: 'rejectWith', reason: 'exchangeBusy' },
    { kind: 'malformed' },
    { kind: 'truncateBody', bytes: 3 },
    { kind: 'maintenance' },
    { kind: 'clockSkew', ms: 60_000 },
  ]
  test.each(kinds)('args: account aims $kind at one key', async (fault) => {
    const simulator = simulateTiny()
    const other = await simulator.control.createAccount({ venue: 'binance' })
    await simulator.control.inject({ ...fault, account: other.apiKey })
    const body = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.01', at: START }
    const send = async ({ apiKey, apiSecret }: typeof other): Promise<boolean> => {
      const answer = await ask(simulator, signedRequest({ apiKey, apiSecret }, '/order', body))
      return answer?.status === 200 && answer.body.endsWith('"FILLED"}')
    }
    expect(await send(simulator.credentials('binance'))).toBe(true)
    expect(await send(other)).toBe(false)
  })

  test('args: status with no body, a text, and an object', async () => {
    const bodies: [Partial<Extract<Fault, { kind: 'status' }>>, string, string][] = [
      [{}, '', 'text/html'],
      [{ body: '<html>502</html>' }, '<html>502</html>', 'text/html'],
      [{ body: ' [1]' }, ' [1]', 'application/json'],
      [{ body: { code: 5 } }, '{"code":5}', 'application/json'],
    ]
    for (const [more, body, type] of bodies) {
      const [answer, made] = await withFault({ kind: 'status', code: 502, ...more })
      expect(answer).toEqual({ status: 502, headers: { 'content-type': type }, body })
      expect(made).toBe(0)
    }
  })

  test('behavior: a fault meets paths that do not exist as well', async () => {
    const fault: Fault = { kind: 'dropBefore', path: '/no*' }
    expect((await withFault(fault, rawRequest('GET', '/nowhere')))[0]).toBeUndefined()
  })
})

describe('the ledger', () => {
  async function ledgerAfter(make: (simulator: Simulator) => RawRequest): Promise<LedgerEntry[]> {
    const simulator = simulateTiny()
    await ask(simulator, make(simulator))
    return simulator.control.ledger()
  }

  test('default: empty after good requests, refused ones among them', async () => {
    const simulator = simulateTiny()
    await ask(simulator, order(simulator))
    await ask(simulator, order(simulator, { reduceOnly: true }))
    expect(await simulator.control.ledger()).toEqual([])
  })

  test('behavior: names a parameter nobody read', async () => {
    const entries = await ledgerAfter((simulator) => order(simulator, { reduceOnyl: true }))
    expect(entries).toEqual([
      {
        venue: 'binance',
        where: 'parameter',
        name: 'reduceOnyl',
        value: 'true',
        request: 'POST /order',
      },
    ])
  })

  test('behavior: names a value nobody knows', async () => {
    const entries = await ledgerAfter((simulator) => order(simulator, { side: 'BYU' }))
    expect(entries).toMatchObject([{ where: 'value', name: 'side', value: 'BYU' }])
  })

  test('behavior: names a header nobody knows', async () => {
    const headers = { host: 'h', accept: '*/*', 'x-kye': '1' }
    const entries = await ledgerAfter(() => rawRequest('GET', '/time', { headers }))
    expect(entries).toMatchObject([{ where: 'header', name: 'x-kye', request: 'GET /time' }])
    expect(entries[0]).not.toHaveProperty('value')
  })

  test('behavior: names a path nobody has', async () => {
    const entries = await ledgerAfter(() => rawRequest('GET', '/orders', { query: 'a=1' }))
    expect(entries).toMatchObject([{ where: 'path', name: 'GET /orders' }])
  })

  test('behavior: a request refused at the door says nothing about its parameters', async () => {
    const body = JSON.stringify({ quantitty: 1 })
    expect(await ledgerAfter(() => rawRequest('POST', '/order', { body }))).toEqual([])
  })

  test('behavior: a route that lists its parameters is held to them, refused or not', async () => {
    const simulator = simulateTiny()
    const body = { one: '1', three: '3' }
    await ask(simulator, signedRequest(simulator.credentials('binance'), '/strict', body))
    await ask(simulator, rawRequest('POST', '/strict', { body: '{"two":2,"four":4}' }))
    const names = (await simulator.control.ledger()).map(({ name }) => name)
    expect(names).toEqual(['three', 'four'])
  })

  test('behavior: neither ledger nor requests hold a secret', async () => {
    const simulator = simulateTiny()
    const { apiKey, apiSecret } = simulator.credentials('binance')
    const request = order(simulator, { odd: apiSecret, [apiSecret]: 1, signatur: 'abc' })
    const headers = { ...request.headers, 'x-odd': `Bearer ${apiKey}` }
    await ask(simulator, { ...request, headers, query: `secret=${apiSecret}` })
    const { requests } = await simulator.control.state({ venue: 'binance' })
    const entries = await simulator.control.ledger()
    expect(entries).toHaveLength(5)
    expect(JSON.stringify([requests, entries])).not.toContain(apiSecret)
    expect(JSON.stringify(entries)).not.toContain(apiKey)
    expect(JSON.stringify(entries)).not.toContain('abc')
  })
})

describe('the log of requests', () => {
  test('default: every request with operation, account and status', async () => {
    const simulator = simulateTiny()
    const { apiKey } = simulator.credentials('binance')
    await ask(simulator, rawRequest('GET', '/time'))
    await simulator.control.advance({ ms: 5 })
    await ask(simulator, order(simulator))
    await simulator.control.inject({ kind: 'dropAfter', times: 1 })
    await ask(simulator, order(simulator))
    await ask(simulator, rawRequest('GET', '/nowhere', { query: 'a=1' }))
    const { requests } = await simulator.control.state({ venue: 'binance' })
    const at = START + 5
    expect(requests).toEqual([
      { method: 'GET', path: '/time', operation: 'marketData', status: 200, at: START },
      {
        account: apiKey,
        method: 'POST',
        path: '/order',
        operation: 'createOrder',
        status: 200,
        at,
      },
      { account: apiKey, method: 'POST', path: '/order', operation: 'createOrder', status: 0, at },
      { method: 'GET', path: '/nowhere', status: 404, at },
    ])
    expect((await simulator.control.state({ venue: 'bybit' })).requests).toEqual([])
  })
})
