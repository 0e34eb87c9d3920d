import { describe, expect, test } from 'vitest'
import type { Fault } from '../../../server/faults.ts'
import { type Desk, openDesk, order, place, startTime } from '../desk.fixture.ts'
import {
  ask,
  decode,
  loginOf,
  openPrivate,
  openSocket,
  openTrade,
  request,
  states,
  TRADE,
  take,
  takePings,
} from './sockets.fixture.ts'

// The connection, its limits and its faults: docs/wire/htx.md 8.3.

const LIMIT = { type: 'limit', price: '58000' }

describe('login', () => {
  test('default: told who it is, in gzip; a second one changes nothing', () => {
    const desk = openDesk()
    const socket = openSocket(desk, TRADE)
    socket.send(JSON.stringify(loginOf(desk, { cid: 3 }, TRADE)))
    const [frame = ''] = socket.take()
    expect(typeof frame).toBe('object')
    expect(decode(frame)).toEqual({
      op: 'auth',
      cid: 3,
      type: 'api',
      'err-code': 0,
      ts: startTime,
      data: { 'user-id': expect.stringMatching(/^\d+$/) },
    })
    expect(ask(socket, loginOf(desk, {}, TRADE))).toMatchObject([{ 'err-code': 2005 }])
    expect(request(socket, 'place_order', order())).toMatchObject({ code: 200 })
  })

  test('error: refused and sent away', () => {
    const desk = openDesk()
    const cases = [
      [loginOf(desk, { Signature: 'AAAA' }, TRADE), 2003],
      [loginOf(desk, {}, '/ws/v5/notification'), 2003],
      [loginOf(desk, { AccessKeyId: 'nobody' }, TRADE), 2003],
      [loginOf(desk, { type: 'token' }, TRADE), 2013],
    ] as const
    for (const [login, code] of cases) {
      const socket = openSocket(desk, TRADE)
      expect(ask(socket, login)).toMatchObject([{ op: 'auth', 'err-code': code }, { op: 'close' }])
      expect(socket.end?.code).toBe(1000)
    }
  })

  test('error: no orders before it', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, TRADE)
    expect(request(socket, 'place_order', order())).toEqual({
      cid: '17',
      code: 2002,
      message: 'Authentication required.',
      data: null,
      ts: startTime,
    })
    expect([socket.isOpen, await states(desk)]).toEqual([true, []])
  })

  test('error: connections of both kinds are counted together', () => {
    const desk = openDesk()
    for (let index = 0; index < 30; index++) openPrivate(desk)
    const [said] = ask(openSocket(desk, TRADE), loginOf(desk, {}, TRADE))
    expect(said).toMatchObject({ op: 'auth', 'err-code': 2030 })
  })
})

describe('words', () => {
  test.each(['amend_order', 'create_cross_order', 'sub'])(
    'error: %s is no operation',
    async (op) => {
      const desk = openDesk()
      const socket = openTrade(desk)
      expect(ask(socket, { op, cid: '6' })).toEqual([
        { op: 'error', cid: '6', ts: startTime, 'err-code': 2010, 'err-msg': 'Topic error.' },
      ])
      expect([socket.isOpen, await desk.unknownWords()]).toEqual([true, ['value op']])
    },
  )

  test('error: what cannot be read', () => {
    const socket = openTrade(openDesk())
    socket.send('{"op":"place_order"')
    expect(take(socket)).toMatchObject([{ op: 'error', 'err-code': 2040 }])
    expect(ask(socket, { cid: '5', data: {} })).toMatchObject([{ cid: '5', 'err-code': 2040 }])
  })

  test('behavior: unknown ones stand in the ledger, in the message and in its data', async () => {
    const desk = openDesk()
    ask(openTrade(desk), { op: 'place_order', colour: 1, data: order({ ...LIMIT, taste: 1 }) })
    const entries = await desk.simulator.control.ledger()
    expect(entries.map(({ name, request: of }) => `${name} of ${of}`)).toEqual([
      'taste of /linear-swap-trade place_order',
      'frame.colour of WS /linear-swap-trade',
    ])
  })

  test('behavior: pings that are messages go unanswered, and those of the venue may not', async () => {
    const desk = openDesk()
    const [quiet, pinging, lively] = [openTrade(desk), openTrade(desk), openTrade(desk)]
    expect(ask(lively, { op: 'ping', ts: 5 })).toEqual([])
    for (let round = 0; round < 6; round++) {
      await desk.advance(5_000)
      pinging.ping()
      const [ping] = takePings(lively)
      expect(ping).toEqual({ op: 'ping', ts: String(desk.simulator.now()) })
      lively.send(JSON.stringify({ op: 'pong', ts: ping?.ts }))
    }
    expect([pinging.isOpen, lively.isOpen]).toEqual([true, true])
    expect(take(quiet)).toMatchObject([{ op: 'close' }])
    expect(quiet.end?.code).toBe(1000)
    expect(await desk.unknownWords()).toEqual([])
  })
})

describe('limits', () => {
  test('error: one more than 72, whichever way they came', async () => {
    const desk = openDesk()
    const socket = openTrade(desk)
    await place(desk, LIMIT)
    for (let index = 0; index < 71; index++) request(socket, 'cancel_order', {})
    expect(request(socket, 'place_order', order(LIMIT))).toEqual({
      cid: '17',
      code: 1032,
      message: 'The number of access exceeded the limit.',
      data: null,
      rate_limit: { limit: 72, interval: 3000, remaining: 0, reset: 3000 },
      ts: startTime,
    })
    await expect(place(desk, LIMIT)).rejects.toThrow('1032')
    await desk.advance(3_000)
    expect(request(socket, 'place_order', order(LIMIT)).code).toBe(200)
    expect((await desk.simulator.control.verdict()).limitBreaches).toBe(2)
  })
})

describe('faults', () => {
  const inject = (desk: Desk, fault: Fault): Promise<unknown> =>
    desk.simulator.control.inject({ venue: 'htx', operation: 'createOrder', times: 1, ...fault })

  test.each([
    ['dropBefore', []],
    ['dropAfter', ['NEW']],
  ] as const)('behavior: %s cuts the connection, orders are %j', async (kind, left) => {
    const desk = openDesk()
    const socket = openTrade(desk)
    await inject(desk, { kind })
    expect(ask(socket, { op: 'place_order', data: order(LIMIT) })).toEqual([])
    expect([socket.end?.code, await states(desk)]).toEqual([1006, left])
  })

  test('behavior: the refusals that are asked for', async () => {
    const desk = openDesk()
    const socket = openTrade(desk)
    await inject(desk, { kind: 'rejectWith', reason: 'insufficientMargin' })
    expect(request(socket, 'place_order', order(LIMIT))).toMatchObject({ cid: '17', code: 1047 })
    await inject(desk, { kind: 'maintenance' })
    const said = request(socket, 'place_order', order(LIMIT))
    expect([said.cid, said.code, 'rate_limit' in said]).toEqual(['17', 1431, false])
    await inject(desk, { kind: 'rateLimit', retryAfterMs: 700 })
    expect(request(socket, 'place_order', order(LIMIT))).toMatchObject({
      code: 1032,
      rate_limit: { remaining: 0, reset: 700 },
    })
    expect(await states(desk)).toEqual([])
  })

  test('behavior: an answer that comes late lets others pass', async () => {
    const desk = openDesk()
    const socket = openTrade(desk)
    await inject(desk, { kind: 'delay', ms: 500 })
    ask(socket, { op: 'place_order', cid: 'a', data: order(LIMIT) })
    expect(request(socket, 'place_order', order(LIMIT), 'b').cid).toBe('b')
    await desk.advance(500)
    expect(take(socket)).toMatchObject([{ cid: 'a', code: 200 }])
  })

  test('behavior: what is not of the venue’s making comes as it is', async () => {
    const desk = openDesk()
    const socket = openTrade(desk)
    await inject(desk, { kind: 'status', code: 502, body: { gateway: 'bad' } })
    expect(ask(socket, { op: 'place_order', cid: 'a', data: order(LIMIT) })).toEqual([
      { gateway: 'bad' },
    ])
    await inject(desk, { kind: 'malformed' })
    socket.send(JSON.stringify({ op: 'place_order', data: order(LIMIT) }))
    expect(() => take(socket)).toThrow()
    expect(await states(desk)).toEqual(['NEW'])
  })
})
