import { expect, test } from 'vitest'
import { ManualClock } from '../../core/clock.ts'
import type { EngineEvent } from '../engine/types.ts'
import { ChannelRoom } from './channelRoom.ts'
import type { Payload } from './socketTypes.ts'

const BOOK: EngineEvent = { kind: 'book', symbol: 'BTCUSDT', at: 0 }

test('behavior: every event is asked about, also when the channel is stirred already', () => {
  const clock = new ManualClock(0)
  let asked = 0
  const heard: Payload[] = []
  const channel = {
    everyMs: 100,
    isStirredBy: () => ++asked > 0,
    collect: () => [{ asked }],
  }
  const room = new ChannelRoom('a', channel, { clock, crashed: () => {} })
  room.add({ push: (_channel, payload) => heard.push(payload) })
  room.hear([BOOK, BOOK])
  room.hear([BOOK])
  clock.advance(100)
  expect(heard).toEqual([{ asked: 3 }])
})

test('behavior: what happens at the very moment a channel is due does not put it off', () => {
  const clock = new ManualClock(0)
  const heard: Payload[] = []
  const channel = { everyMs: 100, isStirredBy: () => true, collect: (now: number) => [{ now }] }
  const room = new ChannelRoom('a', channel, { clock, crashed: () => {} })
  clock.after(100, () => room.hear([BOOK]))
  room.add({ push: (_channel, payload) => heard.push(payload) })
  room.hear([BOOK])
  clock.advance(100)
  expect(heard).toEqual([{ now: 100 }])
})

test('behavior: a timer that is early says nothing twice', () => {
  const manual = new ManualClock(0)
  const early = {
    now: () => manual.now(),
    after: (ms: number, task: () => void) => manual.after(ms > 1 ? ms - 1 : ms, task),
  }
  const heard: Payload[] = []
  const channel = { everyMs: 100, collect: (now: number) => [{ now }] }
  const room = new ChannelRoom('a', channel, { clock: early, crashed: () => {} })
  room.add({ push: (_channel, payload) => heard.push(payload) })
  manual.advance(250)
  expect(heard).toEqual([{ now: 100 }, { now: 200 }])
})
