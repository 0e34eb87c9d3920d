import { describe, expect, test } from 'vitest'
import type { Call, Endpoint } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import { type PageRequest, readPage } from './pages.ts'
import { type PastPage, type PastRow, readPast } from './pastPages.ts'
import { context } from './script.testing.ts'

const NOW = 1_000 * 86_400_000
const DAY = 86_400_000
const FULL = 100

const endpoint: Endpoint<PageRequest, PastPage<PastRow>> = {
  method: 'GET',
  path: '/list',
  access: 'read',
  effect: 'read',
  cost: {},
  encode: ({ filter, from }) => ({ query: { ...filter, from } }),
  decode(answer, _page, { receivedAt }) {
    const page = readPage(answer, { list: 'rows', next: 'next' }, (row) => ({
      id: row.at('id').id(),
      timestamp: row.at('timestamp').integer(),
    }))
    return { ...page, receivedAt }
  },
}

/** An exchange with these rows, newest first, in full pages; `asked` is what it was asked for. */
function exchange(rows: PastRow[], nextOf: (page: PastRow[]) => string | undefined = lastId) {
  const asked: { startTime?: number; endTime?: number; from?: string }[] = []
  const call: Call = async (list, params) => {
    const { query = {} } = list.encode(params)
    const { startTime, endTime, from } = query
    asked.push({
      ...(startTime !== undefined && { startTime: Number(startTime), endTime: Number(endTime) }),
      ...(from !== undefined && { from: String(from) }),
    })
    const page = rows
      .filter(({ timestamp }) => startTime === undefined || timestamp >= Number(startTime))
      .filter(({ timestamp }) => endTime === undefined || timestamp <= Number(endTime))
      .filter(({ id }) => from === undefined || Number(id) < Number(from))
      .slice(0, FULL)
    const answer = new Reader({ data: { rows: page, next: nextOf(page) } })
    return list.decode(answer, params, { ...context, receivedAt: NOW })
  }
  return { call, asked }
}

/** So many rows, a millisecond apart or all at once; the newest has the highest id. */
function series(count: number, apartMs = 1): PastRow[] {
  return Array.from({ length: count }, (_, i) => ({
    id: String(count - i),
    timestamp: NOW - i * apartMs,
  }))
}

function lastId(page: PastRow[]): string | undefined {
  return page.at(-1)?.id
}

const ids = (rows: PastRow[]) => rows.map(({ id }) => id).join(' ')
const list = { endpoint, filter: {}, spanMs: 30 * DAY, repeatsTimes: true }

describe('readPast', () => {
  test('default: pages on until the stretch is exhausted', async () => {
    const { call, asked } = exchange(series(300))
    const past = await readPast(call, list, { startTime: NOW - 249, endTime: NOW, limit: 1000 })
    expect(past.rows.map(({ id }) => id)).toEqual(
      series(300)
        .slice(0, 250)
        .map(({ id }) => id),
    )
    const times = { startTime: NOW - 249, endTime: NOW }
    expect(asked).toEqual([times, { ...times, from: '201' }, { ...times, from: '101' }])
  })

  test('behavior: rows of one millisecond are not lost at a seam', async () => {
    for (const repeatsTimes of [true, false]) {
      const { call } = exchange(series(250, 0))
      const stretch = { startTime: NOW - 6, endTime: NOW, limit: 1000 }
      const past = await readPast(call, { ...list, repeatsTimes }, stretch)
      expect(past.rows).toHaveLength(250)
    }
  })

  test('behavior: where times go before ids, pages go on by id alone and stop at the start', async () => {
    const { call, asked } = exchange(series(400))
    const stretch = { startTime: NOW - 149, endTime: NOW, limit: 1000 }
    const past = await readPast(call, { ...list, repeatsTimes: false }, stretch)
    expect(past.rows).toHaveLength(150)
    expect(asked).toEqual([{ startTime: NOW - 149, endTime: NOW }, { from: '301' }])
  })

  test('behavior: long stretches in spans, newest first, as far as rows are kept', async () => {
    const rows = [
      { id: '3', timestamp: NOW - DAY },
      { id: '2', timestamp: NOW - 40 * DAY },
      { id: '1', timestamp: NOW - 70 * DAY },
    ]
    const { call, asked } = exchange(rows)
    const past = await readPast(call, list, { startTime: 0, endTime: NOW, limit: 1000 })
    expect(ids(past.rows)).toBe('3 2 1')
    expect(asked).toHaveLength(4)
    const ends = asked.slice(1).map(({ endTime }) => endTime)
    expect(ends).toEqual(asked.slice(0, -1).map(({ startTime = 0 }) => startTime - 1))
  })

  test('behavior: enough is enough', async () => {
    const { call, asked } = exchange(series(500))
    const past = await readPast(call, list, { startTime: 0, endTime: NOW, limit: 150 })
    expect(past.rows).toHaveLength(200)
    expect(asked).toHaveLength(2)
  })

  test('behavior: what does not count is put aside, and not counted', async () => {
    const { call, asked } = exchange(series(300))
    const isMeant = ({ id }: PastRow) => Number(id) % 2 === 0
    const stretch = { startTime: NOW - 1000, endTime: NOW, limit: 100 }
    const past = await readPast(call, { ...list, isMeant }, stretch)
    expect(past.rows).toHaveLength(100)
    expect(past.rows.every(isMeant)).toBe(true)
    expect(past.aside.size).toBe(100)
    expect(asked).toHaveLength(2)
  })

  test('error: a cursor that does not move, or goes in circles, ends it', async () => {
    const stretch = { startTime: NOW - 1000, endTime: NOW, limit: 1000 }
    const still = exchange(series(300), () => '300')
    await readPast(still.call, list, stretch)
    expect(still.asked).toHaveLength(2)
    let turn = 0
    const circle = exchange(series(300), () => ['299', '298'][turn++ % 2])
    await readPast(circle.call, list, stretch)
    expect(circle.asked).toHaveLength(3)
  })
})
