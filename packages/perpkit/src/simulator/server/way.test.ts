import { expect, test } from 'vitest'
import { ManualClock } from '../../core/clock.ts'
import { Way } from './way.ts'

function makeWay(lateMs: number): {
  clock: ManualClock
  way: Way
  heard: [string, number][]
  say: (word: string) => void
  setLate: (ms: number) => void
} {
  const clock = new ManualClock()
  let late = lateMs
  const way = new Way(clock, () => late)
  const heard: [string, number][] = []
  return {
    clock,
    way,
    heard,
    say: (word) => way.send(() => heard.push([word, clock.now()])),
    setLate: (ms) => {
      late = ms
    },
  }
}

test('default: each is as late as the way is long', () => {
  const { clock, heard, say } = makeWay(50)
  say('a')
  clock.advance(30)
  say('b')
  clock.advance(100)
  expect(heard).toEqual([
    ['a', 50],
    ['b', 80],
  ])
})

test('args: 0 arrives at once', () => {
  const { heard, say } = makeWay(0)
  say('a')
  expect(heard).toEqual([['a', 0]])
})

test('behavior: nothing overtakes when the way becomes shorter', () => {
  const { clock, heard, say, setLate } = makeWay(50)
  say('a')
  setLate(10)
  say('b')
  setLate(0)
  say('c')
  clock.advance(49)
  expect(heard).toEqual([])
  clock.advance(1)
  say('d')
  expect(heard.map(([word]) => word).join('')).toBe('abcd')
  expect(heard.every(([, at]) => at === 50)).toBe(true)
})

test('behavior: what is on its way is lost when it stops', () => {
  const { clock, way, heard, say } = makeWay(50)
  say('a')
  way.stop()
  clock.advance(100)
  say('b')
  clock.advance(50)
  expect(heard).toEqual([['b', 150]])
})
