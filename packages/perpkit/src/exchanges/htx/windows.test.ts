import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bitcoin } from './script.testing.ts'
import { readNewest } from './windows.ts'

const LENGTHS = { firstMs: 10, longestMs: 60 }

interface Row {
  id: string
  /** By which the list is cut into windows. */
  listedAt: number
  /** By which callers sort. */
  time: number | undefined
}

/** A list that knows all rows, and what it was asked for. */
function listOf(rows: readonly Row[]) {
  const windows: [number, number][] = []
  return {
    windows,
    async read({ startTime, endTime }: { startTime: number; endTime: number }) {
      windows.push([startTime, endTime])
      return rows.filter(({ listedAt }) => listedAt >= startTime && listedAt <= endTime)
    },
    keyOf: ({ id }: Row) => id,
    timeOf: ({ time }: Row) => time,
  }
}

function rowAt(time: number): Row {
  return { id: String(time), listedAt: time, time }
}

function query(startTime: number, endTime: number, limit: number) {
  return { instrument: bitcoin, startTime, endTime, limit }
}

describe('readNewest', () => {
  test('default: the newest window first, each longer than the one before', async () => {
    const list = listOf([])
    expect(await readNewest(query(0, 300, 5), LENGTHS, list)).toEqual([])
    expect(list.windows).toEqual([
      [290, 300],
      [250, 290],
      [190, 250],
      [130, 190],
      [70, 130],
      [10, 70],
      [0, 10],
    ])
  })

  test('behavior: no further than is needed', async () => {
    const list = listOf([rowAt(299), rowAt(298), rowAt(200)])
    const rows = await readNewest(query(0, 300, 2), LENGTHS, list)
    expect(rows.map(({ id }) => id)).toEqual(['299', '298'])
    expect(list.windows).toHaveLength(1)
  })

  test('behavior: a row on the edge of two windows is counted once', async () => {
    const list = listOf([rowAt(290), rowAt(280), rowAt(279)])
    const rows = await readNewest(query(0, 300, 2), LENGTHS, list)
    expect(rows.map(({ id }) => id)).toEqual(['290', '280', '279'])
    expect(list.windows).toHaveLength(2)
  })

  test('behavior: rows older than their window are no proof that the newest are found', async () => {
    const old = { id: 'old', listedAt: 299, time: 12 }
    const untold = { id: 'untold', listedAt: 298, time: undefined }
    const list = listOf([old, untold, rowAt(240)])
    const rows = await readNewest(query(200, 300, 1), LENGTHS, list)
    expect(rows.map(({ id }) => id)).toEqual(['old', 'untold', '240'])
  })

  test('args: a moment, and a stretch that ends before it begins', async () => {
    const list = listOf([rowAt(300)])
    expect(await readNewest(query(300, 300, 5), LENGTHS, list)).toHaveLength(1)
    expect(list.windows).toEqual([[300, 300]])
    expect(await readNewest(query(301, 300, 5), LENGTHS, list)).toEqual([])
    expect(list.windows).toHaveLength(1)
  })

  test('behavior: always the newest rows of the stretch, whatever there is', async () => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 60 })
    const numbers = fc.tuple(fc.nat(400), fc.nat(400), fc.integer({ min: 1, max: 20 }))
    await fc.assert(
      fc.asyncProperty(times, numbers, async (told, [a, b, limit]) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)]
        const rows = await readNewest(query(start, end, limit), LENGTHS, listOf(told.map(rowAt)))
        const found = rows.map(({ listedAt }) => listedAt).sort((x, y) => y - x)
        const wanted = told.filter((time) => time >= start && time <= end).sort((x, y) => y - x)
        expect(found.slice(0, limit)).toEqual(wanted.slice(0, limit))
      }),
      { seed: 7, numRuns: 200 },
    )
  })
})
