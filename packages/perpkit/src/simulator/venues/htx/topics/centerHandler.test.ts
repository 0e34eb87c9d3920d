import { expect, test } from 'vitest'
import { openDesk, startTime } from '../desk.fixture.ts'
import { ask, decode, openSocket, take, takePings } from './sockets.fixture.ts'

// docs/wire/htx.md 8.4.

const PATH = '/center-notification'
const STATUS = 'public.linear-swap.heartbeat'
const SUB = { op: 'sub', cid: '5', topic: STATUS }

test('default: acknowledged, then told at once that the platform is available; no login', async () => {
  const desk = openDesk()
  const socket = openSocket(desk, PATH)
  socket.send(JSON.stringify(SUB))
  const frames = socket.take()
  expect(frames.map((frame) => typeof frame)).toEqual(['object', 'object'])
  expect(frames.map(decode)).toEqual([
    { op: 'sub', cid: '5', topic: STATUS, ts: startTime, 'err-code': 0 },
    {
      op: 'notify',
      topic: STATUS,
      event: 'init',
      ts: startTime,
      data: { heartbeat: 1, estimated_recovery_time: null },
    },
  ])
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: ends, and begins again', () => {
  const socket = openSocket(openDesk(), PATH)
  ask(socket, SUB)
  expect(ask(socket, { ...SUB, op: 'unsub' })).toMatchObject([{ op: 'unsub', 'err-code': 0 }])
  expect(ask(socket, { ...SUB, op: 'unsub' })).toMatchObject([{ op: 'unsub', 'err-code': 2012 }])
  expect(ask(socket, SUB)).toMatchObject([{ op: 'sub', 'err-code': 0 }, { event: 'init' }])
  expect(ask(socket, SUB)).toMatchObject([{ op: 'sub', 'err-code': 2014 }])
})

test('error: another topic, none, and another operation', async () => {
  const desk = openDesk()
  const socket = openSocket(desk, PATH)
  expect(ask(socket, { op: 'sub', topic: 'public.swap.heartbeat' })).toMatchObject([
    { op: 'sub', topic: 'public.swap.heartbeat', 'err-code': 2010 },
  ])
  expect(ask(socket, { op: 'sub', cid: 1 })).toMatchObject([{ cid: 1, 'err-code': 2040 }])
  expect(ask(socket, { op: 'place_order', data: {} })).toMatchObject([{ 'err-code': 2010 }])
  expect(await desk.unknownWords()).toEqual(['value topic', 'value op', 'parameter frame.data'])
})

test('behavior: pings that are messages go unanswered, and those of the venue may not', async () => {
  const desk = openDesk()
  const [quiet, lively] = [openSocket(desk, PATH), openSocket(desk, PATH)]
  expect(ask(lively, { op: 'ping', ts: 5 })).toEqual([])
  for (let round = 0; round < 6; round++) {
    await desk.advance(5_000)
    const [ping] = takePings(lively)
    lively.send(JSON.stringify({ op: 'pong', ts: ping?.ts }))
  }
  expect([quiet.end?.code, lively.isOpen]).toEqual([1000, true])
  expect(take(quiet)).toMatchObject([{ op: 'close' }])
})
