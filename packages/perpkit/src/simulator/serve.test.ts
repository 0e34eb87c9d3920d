import { afterEach, describe, expect, test } from 'vitest'
import { assembleSimulator } from './assemble.ts'
import type { SimulatorOptions } from './options.ts'
import { type RunningSimulator, serveSimulator, venuePort } from './serve.ts'
import { signedRequest, tinyVenue } from './tinyVenue.fixture.ts'

const running: RunningSimulator[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()))
})

async function start(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const venues = [tinyVenue('binance'), tinyVenue('kraken')]
  const simulator = await serveSimulator(
    assembleSimulator({ clock: 'manual', port: 0, ...options }, venues),
  )
  running.push(simulator)
  return simulator
}

async function post(
  simulator: RunningSimulator,
  path: string,
  body?: unknown,
): Promise<{ status: number; json: unknown }> {
  const response = await fetch(`${simulator.controlUrl}${path}`, {
    method: 'POST',
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, json: await response.json() }
}

describe('venues', () => {
  test('default: every venue answers at its own origin', async () => {
    const simulator = await start()
    const origins = [simulator.url('binance'), simulator.url('kraken'), simulator.controlUrl]
    expect(new Set(origins).size).toBe(3)
    for (const venue of ['binance', 'kraken'] as const) {
      const response = await fetch(`${simulator.url(venue)}/time`)
      expect(await response.json()).toEqual({ time: 1_767_225_600_000 })
    }
  })

  test('default: a signed request over the socket', async () => {
    const simulator = await start()
    const body = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.01' }
    const request = signedRequest(simulator.credentials('kraken'), '/order', body)
    const response = await fetch(`${simulator.url('kraken')}/order`, {
      method: 'POST',
      headers: request.headers,
      body: request.body,
    })
    expect(await response.json()).toMatchObject({ status: 'FILLED' })
    expect(await simulator.control.ledger()).toEqual([])
  })

  test('behavior: an answer that comes after its client has gone counts as lost', async () => {
    const simulator = await start({ clock: 'real' })
    const body = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.01', price: '50000' }
    const request = signedRequest(simulator.credentials('kraken'), '/order', body)
    const send = (signal?: AbortSignal): Promise<Response> =>
      fetch(`${simulator.url('kraken')}/order`, {
        method: 'POST',
        headers: request.headers,
        body: request.body,
        ...(signal && { signal }),
      })
    await simulator.control.inject({ kind: 'delay', ms: 150, stage: 'answer', times: 1 })
    await expect(send(AbortSignal.timeout(50))).rejects.toThrow()
    await simulator.control.inject({ kind: 'delay', ms: 200, times: 1 })
    expect((await send()).status).toBe(200)
    const { duplicateOrders, venues } = await simulator.control.verdict()
    expect([duplicateOrders, venues.kraken?.duplicateOrders]).toEqual([1, 1])
  })

  test('behavior: latency takes real time under a real clock', async () => {
    const simulator = await start({ clock: 'real' })
    const far = await post(simulator, '/_control/latency', { venue: 'kraken', ms: 120 })
    expect(far).toEqual({ status: 200, json: { venues: ['kraken'] } })
    const from = simulator.now()
    const response = await fetch(`${simulator.url('kraken')}/time`)
    // Timers may fire a millisecond early.
    expect(simulator.now() - from).toBeGreaterThanOrEqual(118)
    expect(response.status).toBe(200)
  })

  test('behavior: a dropped request fails at the client', async () => {
    const simulator = await start()
    await simulator.control.inject({ kind: 'dropBefore', times: 1 })
    await expect(fetch(`${simulator.url('binance')}/time`)).rejects.toThrow('fetch failed')
    expect((await fetch(`${simulator.url('binance')}/time`)).status).toBe(200)
  })

  test('args: given a port, venues have fixed offsets to it; 0 stays 0', () => {
    expect((['binance', 'kraken'] as const).map((venue) => venuePort(7070, venue))).toEqual([
      7071, 7076,
    ])
    expect(venuePort(0, 'kraken')).toBe(0)
  })

  test('error: a venue that does not run is told from those that do', async () => {
    const simulator = await start({ venues: ['kraken'] })
    expect(() => simulator.url('binance')).toThrow("'binance' is not running: there are kraken")
    expect(() => simulator.credentials('okx')).toThrow("'okx' is not running: there are kraken")
  })

  test('error: a port that is taken is named', async () => {
    const port = Number(new URL((await start()).controlUrl).port)
    await expect(start({ port })).rejects.toThrow(`port ${port} for control is taken`)
  })

  test('behavior: close ends connections that are kept alive', async () => {
    const simulator = await start()
    await fetch(`${simulator.url('binance')}/time`)
    await simulator.close()
    await expect(fetch(`${simulator.url('binance')}/time`)).rejects.toThrow('fetch failed')
  })
})

describe('control over HTTP', () => {
  test('default: an action answers as its function does', async () => {
    const simulator = await start()
    const answer = await post(simulator, '/_control/setPrice', {
      symbol: 'BTC/USDT',
      price: 61_000,
    })
    expect(answer).toEqual({ status: 200, json: { venues: ['binance', 'kraken'] } })
    expect((await post(simulator, '/_control/state', { venue: 'kraken' })).json).toEqual(
      await simulator.control.state({ venue: 'kraken' }),
    )
  })

  test('args: no body is an empty one', async () => {
    expect(await post(await start(), '/_control/ledger')).toEqual({ status: 200, json: [] })
  })

  test.each([
    ['/_control/latency', { ms: -1 }, 400, 'latency.ms: -1 is not 0 to 60000'],
    ['/_control/advance', { ms: -1 }, 400, 'advance.ms: -1 is not 0 or more'],
    ['/_control/advance', '{"ms":', 400, 'advance: the body is not JSON'],
    ['/_control/advance', '[1]', 400, 'advance: expected an object, received [1]'],
    ['/_control/verdict', { since: 0 }, 400, 'verdict.since: not known there'],
    ['/_control/toString', {}, 400, "no action 'toString': there are createAccount,"],
    ['/_control/', {}, 404, 'no /_control/: POST /_control/<action>'],
    ['/state', {}, 404, 'no /state: POST /_control/<action>'],
  ])('error: %s %j', async (path, body, status, error) => {
    const answer = await post(await start(), path, body)
    expect(answer).toMatchObject({ status, json: { error: expect.stringContaining(error) } })
  })

  test('error: another method than POST', async () => {
    const { controlUrl } = await start()
    const response = await fetch(`${controlUrl}/_control/ledger`)
    expect(response.status).toBe(405)
    expect(await response.json()).toEqual({ error: 'ledger: GET is not POST' })
  })
})
