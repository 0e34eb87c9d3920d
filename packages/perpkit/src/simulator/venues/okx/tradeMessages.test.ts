import { describe, expect, test } from 'vitest'
import type { FaultEffect } from '../../server/faults.ts'
import type { LocalSocket } from '../../server/localSocket.ts'
import { BTC, type Desk, held, limit, openDesk, order, startTime } from './desk.fixture.ts'
import { listen, loginWords, openSocket, send, take } from './socket.fixture.ts'
import { ask, coded, outcome, pendingOrders, placed } from './tradeSocket.fixture.ts'

// What is wrong with a message, or happens to it, rather than with its order: docs/wire/okx.md 8.4.

describe('messages', () => {
  test('error: without a login, or after one that failed', () => {
    const desk = openDesk()
    const socket = openSocket(desk, 'private')
    const message = { id: '1', op: 'order', args: [coded(order())] }
    const error = { id: '1', event: 'error', code: '60011', msg: 'Please log in' }
    expect(send(socket, message)).toMatchObject([error])
    send(socket, { op: 'login', args: [{ ...loginWords(desk), sign: 'x' }] })
    expect(socket.end?.code).toBe(4001)
    expect(send(socket, message)).toEqual([])
  })

  test.each(['public', 'business'] as const)('error: on %s no orders are taken', (place) => {
    const said = send(openSocket(openDesk(), place), { id: '1', op: 'cancel-order', args: [] })
    expect(said).toMatchObject([{ id: '1', event: 'error', code: '60028' }])
  })

  test.each([
    [{ op: 'order', args: [coded(order())] }, '60027 Parameter id can not be empty.'],
    [{ id: 'a-b', op: 'order', args: [coded(order())] }, /^60012 Illegal request: \{/],
    [
      { id: '1', op: 'order', args: [coded(order())], postOnly: true },
      /^60012 Illegal request: \{/,
    ],
    [{ id: '1', op: 'order-algo', args: [] }, '60019 Invalid op: order-algo'],
    [{ id: '1', op: 'toString', args: [] }, '60019 Invalid op: toString'],
  ])('error: %o', async (message, expected) => {
    const desk = openDesk()
    const [said = {}] = send(listen(desk, 'private'), message)
    expect(said.event).toBe('error')
    expect(`${said.code} ${said.msg}`).toMatch(expected)
    expect(await held(desk)).toBe('0')
  })

  test.each([
    ['none', undefined],
    ['an empty list', []],
    ['an object', coded(order())],
    ['a list of texts', ['buy']],
    ['two orders', [coded(order()), coded(order())]],
    ['a code that is none', [{ ...order(), instIdCode: BTC }]],
  ])('error: args are %s', async (_name, args) => {
    const desk = openDesk()
    const reply = ask(listen(desk, 'private'), 'order', args)
    const refused = { op: 'order', code: '60013', msg: 'Invalid args', data: [] }
    expect(reply).toMatchObject({ ...refused, inTime: `${startTime}000` })
    expect(await held(desk)).toBe('0')
  })

  test('behavior: words nobody knows are in the ledger, and those of SDKs are not', async () => {
    const desk = openDesk()
    const socket = listen(desk, 'private')
    const tag = '159881cb7207BCDE'
    placed(socket, limit('59000', { tag, colour: 'red' }))
    ask(socket, 'batch-orders', [coded(limit('59000', { tag, shape: 'round' }))])
    send(socket, { id: '1', op: 'order', args: [], way: 'up' })
    expect(await desk.unknownWords()).toEqual([
      'parameter colour',
      'value [].shape',
      'parameter frame.way',
    ])
  })
})

/** A connection that has logged in, its next order in for that. */
async function faced(fault: FaultEffect): Promise<{ desk: Desk; socket: LocalSocket }> {
  const desk = openDesk()
  const socket = listen(desk, 'private')
  const aim = { venue: 'okx', operation: 'createOrder', times: 1 } as const
  await desk.simulator.control.inject({ ...aim, ...fault })
  return { desk, socket }
}

describe('faults and limits', () => {
  test.each([
    ['dropBefore', 0],
    ['dropAfter', 1],
  ] as const)('behavior: %s cuts the connection, with %d orders executed', async (kind, count) => {
    const { desk, socket } = await faced({ kind })
    expect(send(socket, { id: '1', op: 'order', args: [coded(limit('59000'))] })).toEqual([])
    expect(socket.isOpen).toBe(false)
    expect(await pendingOrders(desk)).toHaveLength(count)
  })

  test.each([
    ['insufficientMargin', '51008', 1],
    ['invalidParameter', '51000', 1],
    ['exchangeBusy', '50013', 0],
    ['unknownState', '50004', 0],
    ['permissionDenied', '50120', 0],
  ] as const)('behavior: rejectWith %s', async (reason, code, count) => {
    const { desk, socket } = await faced({ kind: 'rejectWith', reason })
    const reply = ask(socket, 'order', [coded(limit('59000'))])
    expect(outcome(reply)).toMatch(new RegExp(`^${code} .`))
    expect(reply.data).toHaveLength(count)
    expect(reply).toMatchObject({ id: '1512', code: count === 1 ? '1' : code })
    expect(await pendingOrders(desk)).toEqual([])
  })

  test('behavior: what a gateway says in between is an error whose order nobody knows', async () => {
    const fault = { kind: 'status', code: 502, body: '<html>', stage: 'answer' } as const
    const { desk, socket } = await faced(fault)
    const reply = ask(socket, 'order', [coded(limit('59000'))])
    expect(outcome(reply)).toMatch(/^64007 Operation order failed/)
    expect(await pendingOrders(desk)).toHaveLength(1)
  })

  test('behavior: a malformed answer is no JSON here either', async () => {
    const { socket } = await faced({ kind: 'malformed' })
    socket.send(JSON.stringify({ id: '1', op: 'order', args: [coded(limit('59000'))] }))
    expect(() => take(socket)).toThrow(SyntaxError)
  })

  test('behavior: a delayed answer tells how long it took', async () => {
    const { desk, socket } = await faced({ kind: 'delay', ms: 500 })
    expect(send(socket, { id: '1', op: 'order', args: [coded(limit('59000'))] })).toEqual([])
    await desk.advance(500)
    expect(take(socket)).toMatchObject([
      { id: '1', inTime: `${startTime}000`, outTime: `${startTime + 500}900` },
    ])
  })

  test('error: 60 in two seconds, those over REST among them', async () => {
    const desk = openDesk()
    const socket = listen(desk, 'private')
    const cancel = { instIdCode: 10_459, ordId: '1' }
    await desk.post('trade/cancel-order', { instId: BTC, ordId: '1' })
    for (let i = 0; i < 59; i++) ask(socket, 'cancel-order', [cancel])
    const reply = ask(socket, 'cancel-order', [cancel])
    expect(reply).toMatchObject({ id: '1512', op: 'cancel-order', code: '50011', data: [] })
    expect(outcome(ask(socket, 'cancel-order', [{ ...cancel, instIdCode: 10_461 }]))).toMatch(
      /^51400/,
    )
    await desk.advance(2_000)
    expect(outcome(ask(socket, 'cancel-order', [cancel]))).toMatch(/^51400 /)
  })
})
