import { expect, test } from 'vitest'
import { ManualClock } from '../../core/clock.ts'
import { drivePoints, type PathPoint, Paths } from './paths.ts'

function setUp(): {
  clock: ManualClock
  paths: Paths
  seen: [at: number, price: string][]
  begin(asset: string, points: PathPoint[]): void
} {
  const clock = new ManualClock(1_000)
  const paths = new Paths()
  const seen: [number, string][] = []
  const begin = (asset: string, points: PathPoint[]): void =>
    paths.begin(
      asset,
      drivePoints(clock, points, (price) => seen.push([clock.now(), price])),
    )
  return { clock, paths, seen, begin }
}

test('default: each price comes at its time', () => {
  const { clock, seen, begin } = setUp()
  begin('BTC', [
    [0, '1'],
    [100, '2'],
    [100, '3'],
    [250, '4'],
  ])
  expect(seen).toEqual([[1_000, '1']])
  clock.advance(1_000)
  expect(seen).toEqual([
    [1_000, '1'],
    [1_100, '2'],
    [1_100, '3'],
    [1_250, '4'],
  ])
})

test('behavior: a new path for the asset stops the one before, not those of others', () => {
  const { clock, seen, begin } = setUp()
  begin('BTC', [[100, 'old']])
  begin('ETH', [[100, 'other']])
  begin('BTC', [[200, 'new']])
  clock.advance(1_000)
  expect(seen.map(([, price]) => price)).toEqual(['other', 'new'])
})

test('behavior: paths begun after a number stop, earlier ones go on', () => {
  const { clock, paths, seen, begin } = setUp()
  begin('BTC', [[100, 'kept']])
  const { latest } = paths
  begin('ETH', [[100, 'stopped']])
  paths.stopAfter(latest)
  clock.advance(1_000)
  expect(seen.map(([, price]) => price)).toEqual(['kept'])
})

test('behavior: a path that ended at once leaves nothing to stop', () => {
  const { clock, paths, seen, begin } = setUp()
  begin('BTC', [[0, 'now']])
  paths.stopAfter(0)
  begin('BTC', [[50, 'later']])
  clock.advance(50)
  expect(seen.map(([, price]) => price)).toEqual(['now', 'later'])
})
