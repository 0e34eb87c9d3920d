import { describe, expect, test } from 'vitest'
import { type PagedList, type PageKey, type PageRow, readNewest, withinRetention } from './pages.ts'
import { bitcoin, script } from './script.testing.ts'

const NOW = 10_000

interface Book {
  list: PagedList<string>
  asked: PageKey[]
}

/** Answers as the exchange does: of too many rows the oldest, by time or from an id up. */
function book(rows: PageRow<string>[], changes: Partial<PagedList<string>> = {}): Book {
  const asked: PageKey[] = []
  const pageSize = changes.pageSize ?? 3
  const list: PagedList<string> = {
    pageSize,
    windowMs: 100,
    growth: 1,
    hasIds: true,
    isWanted: () => true,
    async read(key) {
      asked.push(key)
      const { startTime = 0, endTime = Number.POSITIVE_INFINITY, fromId = '0' } = key
      const inside = rows.filter(
        ({ id, timestamp }) =>
          timestamp >= startTime && timestamp <= endTime && Number(id) >= Number(fromId),
      )
      return inside.slice(0, pageSize)
    },
    ...changes,
  }
  return { list, asked }
}

function rowsAt(...timestamps: number[]): PageRow<string>[] {
  return timestamps.map((timestamp, index) => {
    const id = String(index + 1)
    return { id, timestamp, value: id }
  })
}

function query(startTime: number, endTime: number, limit: number) {
  return { startTime, endTime, limit }
}

describe('readNewest', () => {
  test('default: windows backwards, until enough rows are certain', async () => {
    const { list, asked } = book(rowsAt(9_710, 9_810, 9_890, 9_960))
    expect(await readNewest(list, query(0, NOW, 3))).toEqual(['4', '2', '3'])
    expect(asked).toEqual([
      { startTime: 9_901, endTime: 10_000 },
      { startTime: 9_801, endTime: 9_900 },
    ])
  })

  test('args: both ends of the stretch belong to it, and none beyond is asked for', async () => {
    const { list, asked } = book(rowsAt(9_849, 9_850, 9_990, 9_991))
    expect(await readNewest(list, query(9_850, 9_990, 9))).toEqual(['3', '2'])
    expect(asked).toEqual([
      { startTime: 9_891, endTime: 9_990 },
      { startTime: 9_850, endTime: 9_890 },
    ])
  })

  test('args: an empty stretch is not asked for', async () => {
    const { list, asked } = book(rowsAt(9_990))
    expect(await readNewest(list, query(9_991, 9_990, 9))).toEqual([])
    expect(asked).toEqual([])
  })

  test('behavior: rows of one millisecond at the seam of two pages', async () => {
    const { list, asked } = book(rowsAt(9_910, 9_920, 9_930, 9_930, 9_940))
    expect(await readNewest(list, query(9_901, NOW, 9))).toEqual(['1', '2', '3', '4', '5'])
    expect(asked).toEqual([
      { startTime: 9_901, endTime: 10_000 },
      { startTime: 9_930, endTime: 10_000 },
      // Three rows: it may have been cut again.
      { startTime: 9_940, endTime: 10_000 },
    ])
  })

  test('behavior: a millisecond that fills pages is read by id', async () => {
    const { list, asked } = book(rowsAt(9_930, 9_930, 9_930, 9_930, 9_930, 9_940, 9_990))
    const found = await readNewest(list, query(9_930, 9_950, 9))
    expect(found).toEqual(['1', '2', '3', '4', '5', '6'])
    expect(asked).toEqual([
      { startTime: 9_930, endTime: 9_950 },
      { fromId: '4' },
      // Its last row lay inside still; the next one lies beyond, and is left out.
      { fromId: '7' },
    ])
  })

  test('behavior: ids beyond 2^53 are counted up exactly', async () => {
    const timestamp = 9_930
    const rows = ['9007199254740993', '9007199254740995', '9007199254740997'].map((id) => ({
      id,
      timestamp,
      value: id,
    }))
    const { list, asked } = book(rows)
    await readNewest(list, query(9_930, 9_930, 9))
    expect(asked[1]).toEqual({ fromId: '9007199254740998' })
  })

  test('behavior: an answer that leads no further ends it', async () => {
    const stuck = rowsAt(9_930, 9_930, 9_930)
    let calls = 0
    const { list } = book([], {
      async read() {
        calls++
        return stuck
      },
    })
    expect(await readNewest(list, query(9_930, 9_930, 9))).toEqual(['1', '2', '3'])
    // By time, by id, and no third time by an id that was told already.
    expect(calls).toBe(2)
  })

  test('behavior: without ids a full millisecond ends its window', async () => {
    const { list, asked } = book(rowsAt(9_930, 9_930, 9_930, 9_930), { hasIds: false })
    expect(await readNewest(list, query(9_930, 9_930, 9))).toEqual(['1', '2', '3'])
    expect(asked).toHaveLength(1)
  })

  test('behavior: rows that are not wanted come along, and do not count', async () => {
    const { list, asked } = book(rowsAt(9_850, 9_950, 9_960), { isWanted: (id) => id !== '3' })
    expect(await readNewest(list, query(0, NOW, 2))).toEqual(['2', '3', '1'])
    expect(asked).toHaveLength(2)
  })

  test('behavior: windows that grow reach the beginning in few steps', async () => {
    const { list, asked } = book(rowsAt(1), { growth: 2 })
    expect(await readNewest(list, query(0, NOW, 9))).toEqual(['1'])
    expect(asked).toHaveLength(7)
    expect(asked.at(-1)).toEqual({ startTime: 0, endTime: 3_700 })
  })

  test.each([2, 3, 5])('behavior: no row is lost or doubled with pages of %i', async (pageSize) => {
    // A fixed sequence with crowds at one millisecond and gaps longer than a window.
    const gaps = [0, 0, 1, 0, 0, 0, 7, 120, 0, 3, 99, 100, 101, 0, 1, 1, 250, 0, 0, 0, 0, 2]
    let at = 8_500
    const rows = rowsAt(...gaps.map((gap) => (at += gap)))
    for (const limit of [1, 4, 9, 50]) {
      const { list } = book(rows, { pageSize })
      const found = await readNewest(list, query(8_000, NOW, limit))
      expect(new Set(found).size).toBe(found.length)
      const newest = rows.slice(-limit).map(({ id }) => id)
      expect(found).toEqual(expect.arrayContaining(newest))
    }
  })
})

describe('withinRetention', () => {
  const DAY = 86_400_000
  const serverTime = 1_000 * DAY
  const times = { 'GET /fapi/v1/time': { serverTime } }

  test('default: a stretch of three months stays as it is, and nobody is asked', async () => {
    const { call, lines } = script({})
    const asked = { instrument: bitcoin, startTime: 7 * DAY, endTime: 100 * DAY, limit: 1 }
    expect(await withinRetention(call, asked)).toEqual(asked)
    expect(lines).toEqual([])
  })

  test("behavior: of a longer one what is kept by now, on the exchange's clock", async () => {
    const { call, lines } = script(times)
    const asked = { instrument: bitcoin, startTime: 0, endTime: 2_000 * DAY, limit: 1 }
    expect(await withinRetention(call, asked)).toEqual({
      ...asked,
      startTime: 907 * DAY,
      endTime: serverTime,
    })
    expect(lines).toEqual(['GET /fapi/v1/time'])
  })

  test('behavior: of one long ago nothing is left', async () => {
    const { call } = script(times)
    const asked = { instrument: bitcoin, startTime: 0, endTime: 500 * DAY, limit: 1 }
    const { startTime, endTime } = await withinRetention(call, asked)
    expect(startTime).toBeGreaterThan(endTime)
  })
})
