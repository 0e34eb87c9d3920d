import { describe, expect, test } from 'vitest'
import { openDesk, order, place, startTime } from '../desk.fixture.ts'
import { ask, loginOf, openPrivate, openSocket, take, takePings } from './sockets.fixture.ts'

// docs/wire/htx.md 8.2.

const PATH = '/ws/v5/notification'
const ORDERS = { op: 'sub', cid: '5', topic: 'orders', contract_code: 'BTC-USDT' }

describe('login', () => {
  test('default: told who it is, in plain text; once is enough', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, PATH)
    socket.send(JSON.stringify(loginOf(desk, { cid: 'a' })))
    const [frame] = socket.take()
    expect(JSON.parse(String(frame))).toEqual({
      op: 'auth',
      cid: 'a',
      type: 'api',
      'err-code': 0,
      ts: startTime,
      data: { 'user-id': expect.stringMatching(/^\d+$/) },
    })
    expect(ask(socket, loginOf(desk))).toMatchObject([{ 'err-code': 2005 }])
    expect([socket.isOpen, await desk.unknownWords()]).toEqual([true, []])
  })

  test('args: signed with the whole address where the path belongs', () => {
    const desk = openDesk()
    const socket = openSocket(desk, PATH)
    const [said] = ask(socket, loginOf(desk, {}, `ws://127.0.0.1:7075${PATH}`))
    expect(said?.['err-code']).toBe(0)
  })

  test('error: refused, told to go, and sent away', () => {
    const desk = openDesk()
    const cases = [
      [{ type: 'token' }, 2013],
      [{ Signature: '' }, 2001],
      [{ SignatureVersion: '1' }, 2001],
      [{ AccessKeyId: 'nobody' }, 2003],
      [{ Timestamp: '2026-01-04T00:00:30' }, 2003],
      [{ Signature: 'AAAA' }, 2003],
    ] as const
    for (const [change, code] of cases) {
      const socket = openSocket(desk, PATH)
      expect(ask(socket, loginOf(desk, change))).toMatchObject([
        { op: 'auth', 'err-code': code },
        { op: 'close', ts: startTime },
      ])
      expect(socket.end?.code).toBe(1000)
    }
  })

  test('error: thirty connections of one account, and no more', async () => {
    const desk = openDesk()
    const sockets = Array.from({ length: 31 }, () => openSocket(desk, PATH))
    const codes = sockets.map((socket) => ask(socket, loginOf(desk))[0]?.['err-code'])
    expect(codes).toEqual([...Array.from({ length: 30 }, () => 0), 2030])
    sockets[0]?.close()
    const again = openSocket(desk, PATH)
    expect(ask(again, loginOf(desk))[0]?.['err-code']).toBe(0)
  })

  test('behavior: five pings without an answer are the end; numbers do as well as texts', async () => {
    const desk = openDesk()
    const [quiet, lively] = [openPrivate(desk), openPrivate(desk)]
    for (let round = 0; round < 6; round++) {
      await desk.advance(5_000)
      const [ping] = takePings(lively)
      expect(ping).toEqual({ op: 'ping', ts: String(desk.simulator.now()) })
      lively.send(JSON.stringify({ op: 'pong', ts: Number(ping?.ts) }))
    }
    expect([quiet.end?.code, lively.isOpen]).toEqual([1000, true])
    expect(take(quiet)).toMatchObject([{ op: 'close' }])
    expect(ask(lively, { op: 'ping', ts: '5' })).toEqual([{ op: 'pong', ts: '5' }])
  })
})

describe('subscriptions', () => {
  test('default: acknowledged as it was asked for', async () => {
    const desk = openDesk()
    const socket = openPrivate(desk)
    expect(ask(socket, ORDERS)).toEqual([{ ...ORDERS, ts: startTime, 'err-code': 0 }])
    expect(ask(socket, { ...ORDERS, op: 'unsub' })).toMatchObject([{ op: 'unsub', 'err-code': 0 }])
    expect(ask(socket, { op: 'sub', topic: 'account' })[0]).toEqual({
      op: 'sub',
      topic: 'account',
      ts: startTime,
      'err-code': 0,
    })
    expect(await desk.unknownWords()).toEqual([])
  })

  test('error: each in its own words, and the socket stays open', async () => {
    const desk = openDesk()
    const early = openSocket(desk, PATH)
    expect(ask(early, ORDERS)).toMatchObject([
      { op: 'sub', cid: '5', 'err-code': 2002, 'err-msg': 'Authentication required.' },
    ])
    const socket = openPrivate(desk)
    const codeOf = (body: object): unknown => ask(socket, { ...body })[0]?.['err-code']
    expect(codeOf({ ...ORDERS, topic: 'orders_cross' })).toBe(2010)
    expect(codeOf({ ...ORDERS, contract_code: 'NO-USDT' })).toBe(2011)
    expect(codeOf({ op: 'sub', topic: 'orders' })).toBe(2040)
    expect(codeOf({ op: 'sub' })).toBe(2040)
    expect(codeOf({ ...ORDERS, op: 'unsub' })).toBe(2012)
    expect(codeOf({ op: 'join' })).toBe(2010)
    socket.send('{')
    expect(take(socket)).toMatchObject([{ op: 'error', 'err-code': 2040 }])
    expect([early.isOpen, socket.isOpen]).toEqual([true, true])
    expect(await desk.unknownWords()).toEqual(['value topic', 'value op'])
  })

  test('behavior: all contracts take the place of single ones', async () => {
    const desk = openDesk()
    const socket = openPrivate(desk)
    const all = { ...ORDERS, contract_code: '*' }
    const codes = [ORDERS, ORDERS, all, ORDERS, { ...ORDERS, op: 'unsub' }].map(
      (body) => ask(socket, body)[0]?.['err-code'],
    )
    expect(codes).toEqual([0, 2014, 0, 2014, 2012])
    await place(desk, { type: 'limit', price: '59000' })
    expect(take(socket)).toHaveLength(1)
    expect(ask(socket, { ...all, op: 'unsub' })[0]?.['err-code']).toBe(0)
    await place(desk, { type: 'limit', price: '59000' })
    expect(take(socket)).toEqual([])
  })

  test('behavior: another contract is not heard of, nor another account', async () => {
    const desk = openDesk()
    const socket = openPrivate(desk)
    ask(socket, { ...ORDERS, contract_code: 'eth-usdt' })
    ask(socket, { ...ORDERS, topic: 'trade', contract_code: '*' })
    await place(desk)
    expect(take(socket)).toMatchObject([{ topic: 'trade', contract_code: 'BTC-USDT' }])
    const other = await desk.simulator.control.createAccount({ venue: 'htx' })
    const body = JSON.stringify(order())
    const request = { method: 'POST', path: '/v5/trade/order', body }
    const answer = await desk.send(desk.signed(request, { AccessKeyId: other.apiKey }, other))
    expect(JSON.parse(answer.body)).toMatchObject({ code: 200 })
    expect(take(socket)).toEqual([])
  })

  test('error: more than forty subscriptions in a second, or fifty messages', async () => {
    const desk = openDesk()
    const socket = openPrivate(desk)
    await desk.advance(1_000)
    const codes = Array.from({ length: 41 }, () => ask(socket, ORDERS)[0]?.['err-code'])
    expect(codes.indexOf(2004)).toBe(40)
    const pings = Array.from({ length: 11 }, () => ask(socket, { op: 'ping', ts: '1' })[0])
    expect(pings.findIndex((said) => said?.['err-code'] === 2004)).toBe(9)
    await desk.advance(1_000)
    expect(ask(socket, ORDERS)[0]?.['err-code']).toBe(2014)
  })
})
