import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Output } from '../desk.ts'
import { VERSION } from '../version.ts'
import { nearest } from './nearest.ts'
import { isColoured } from './style.ts'
import { alignPoints } from './table.ts'
import { duration, shownTime } from './times.ts'

function outputOf(isTerminal: boolean): Output {
  return { write: () => {}, isTerminal, columns: 80, rows: 24, onResize: () => () => {} }
}

describe('output', () => {
  test('default: points stand under each other', () => {
    const padded = alignPoints(['60000.1', '3', '0.25']).map((text) => text.padStart(10))
    expect(padded).toEqual(['  60000.1 ', '      3   ', '      0.25'])
  })

  test.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { TERM: 'dumb' }, false],
    [false, { FORCE_COLOR: '1' }, true],
    [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [true, { FORCE_COLOR: '0' }, false],
  ])('args: colours on a terminal %s with %j: %s', (isTerminal, env, isExpected) => {
    expect(isColoured(outputOf(isTerminal), env)).toBe(isExpected)
  })

  test.each([
    ['BTCUSTD', 'BTCUSDT'],
    ['btcusdt'.toUpperCase(), 'BTCUSDT'],
    ['ETHUSD', 'ETHUSDT'],
    ['QQQQQQQ', undefined],
  ])('default: the nearest to %s is %s', (word, near) => {
    expect(nearest(word, ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'])).toBe(near)
  })

  test('default: times', () => {
    expect([900, 61_000, 7_200_000, 200_000_000].map(duration)).toEqual(['0s', '1m', '2h', '2d'])
    expect(shownTime(0, 90_000)).toBe('1m ago')
    expect(shownTime(90_000, 0)).toBe('in 1m')
    expect(shownTime(0, 90_000, true)).toBe('1970-01-01T00:00:00.000Z')
    expect(shownTime(undefined, 0)).toBeUndefined()
  })

  test('default: the version is that of the package', () => {
    const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
    expect(JSON.parse(manifest)).toMatchObject({ version: VERSION })
  })
})
