import { expect, test } from 'vitest'
import {
  limit,
  lookUp,
  lookUpAlgo,
  openDesk,
  place,
  placeAlgo,
  row,
  said,
  startTime,
  stop,
} from './desk.fixture.ts'

// The dead man's switch: docs/wire/okx.md 4.3.

const path = 'trade/cancel-all-after'

test('default: in time everything in the book is cancelled, algos stay', async () => {
  const desk = openDesk()
  const ordId = await place(desk, limit('59000'))
  const algoId = await placeAlgo(desk, stop())
  const answer = row(await desk.post(path, { timeOut: '10' }))
  expect(answer).toEqual({
    triggerTime: String(startTime + 10_000),
    tag: '',
    ts: String(startTime),
  })
  await desk.advance(9_999)
  expect(await lookUp(desk, ordId)).toMatchObject({ state: 'live' })
  await desk.advance(1)
  expect(await lookUp(desk, ordId)).toMatchObject({ state: 'canceled', cancelSource: '20' })
  expect(await lookUpAlgo(desk, algoId)).toMatchObject({ state: 'live' })
})

test('behavior: said again it begins anew, 0 ends it', async () => {
  const desk = openDesk()
  const ordId = await place(desk, limit('59000'))
  await desk.post(path, { timeOut: '10' })
  await desk.advance(8_000)
  await desk.post(path, { timeOut: 10 })
  await desk.advance(8_000)
  expect(await lookUp(desk, ordId)).toMatchObject({ state: 'live' })
  expect(row(await desk.post(path, { timeOut: '0' })).triggerTime).toBe('0')
  await desk.advance(60_000)
  expect(await lookUp(desk, ordId)).toMatchObject({ state: 'live' })
})

test('behavior: with a tag it is about the orders that have it', async () => {
  const desk = openDesk()
  const tagged = await place(desk, limit('59000', { tag: 'bot1' }))
  const other = await place(desk, limit('59000', { tag: 'bot2' }))
  expect(row(await desk.post(path, { timeOut: '10', tag: 'bot1' })).tag).toBe('bot1')
  await desk.post(path, { timeOut: '0', tag: 'bot2' })
  await desk.advance(10_000)
  expect(await lookUp(desk, tagged)).toMatchObject({ state: 'canceled', cancelSource: '20' })
  expect(await lookUp(desk, other)).toMatchObject({ state: 'live' })
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: a fault that is aimed at cancel-all', async () => {
  const desk = openDesk()
  const fault = { kind: 'rejectWith', reason: 'exchangeBusy', operation: 'cancelAll' } as const
  await desk.simulator.control.inject(fault)
  expect(said(await desk.post(path, { timeOut: '10' }))).toMatch(/^50013 /)
})

test.each([
  ['9', '51000 Parameter timeOut  error'],
  ['121', '51000 Parameter timeOut  error'],
  ['10.5', '51000 Parameter timeOut  error'],
  ['soon', '51000 Parameter timeOut  error'],
  ['-10', '51000 Parameter timeOut  error'],
  ['', '50014 Parameter timeOut can not be empty.'],
])('error: timeOut %j', async (timeOut, message) => {
  const desk = openDesk()
  const ordId = await place(desk, limit('59000'))
  expect(said(await desk.post(path, { timeOut }))).toBe(message)
  await desk.advance(130_000)
  expect(await lookUp(desk, ordId)).toMatchObject({ state: 'live' })
})
