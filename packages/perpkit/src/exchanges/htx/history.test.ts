import { describe, expect, test } from 'vitest'
import { getOrderHistory } from './history.ts'
import { childRow, filledRow, plainRow, stopRow, triggeredRow } from './rows.testing.ts'
import { bitcoin, done, refused, script } from './script.testing.ts'

const HISTORY = 'GET /v5/trade/order/history'
const ALGO_HISTORY = 'GET /v5/algo/order/history'
const ORDER = 'GET /v5/trade/order'
const ALGO = 'GET /v5/algo/order'
const TIME = 'GET /api/v1/timestamp'

const HOUR = 3_600_000
const NOW = 1_780_738_500_000
const of = 'contract_code=BTC-USDT'
const range = `start_time=${NOW - 6 * HOUR}&end_time=${NOW}&limit=100`
const lately = { instrument: bitcoin, startTime: NOW - 6 * HOUR, endTime: NOW, limit: 100 }
const empty = {
  [TIME]: { status: 'ok', ts: NOW },
  [HISTORY]: done([]),
  [ALGO_HISTORY]: done([]),
}

describe('getOrderHistory', () => {
  test('default: both margin modes and every kind of conditional order', async () => {
    const cancelled = { ...plainRow, order_id: '8', margin_mode: 'isolated', state: 'canceled' }
    const failed = { ...stopRow, state: 'failed' }
    const { call, lines, sent } = script({
      ...empty,
      [`${HISTORY}?${of}&margin_mode=cross&${range}`]: done([filledRow]),
      [`${HISTORY}?${of}&margin_mode=isolated&${range}`]: done([cancelled]),
      [`${ALGO_HISTORY}?type=sl&${of}&${range}`]: done([failed]),
    })
    const orders = await getOrderHistory(call, lately)
    expect(orders.map(({ orderId, status }) => [orderId, status])).toEqual([
      ['algo:1512871666507657216', 'REJECTED'],
      ['1512509978516443136', 'FILLED'],
      ['8', 'CANCELLED'],
    ])
    expect(lines).toEqual([
      TIME,
      `${HISTORY}?${of}&margin_mode=cross&${range}`,
      `${HISTORY}?${of}&margin_mode=isolated&${range}`,
      `${ALGO_HISTORY}?type=sl&${of}&${range}`,
      `${ALGO_HISTORY}?type=tp&${of}&${range}`,
      `${ALGO_HISTORY}?type=tpsl&${of}&${range}`,
      `${ALGO_HISTORY}?type=trigger&${of}&${range}`,
      `${ALGO_HISTORY}?type=trailing_stop&${of}&${range}`,
    ])
    expect(new Set(sent.map(({ effect }) => effect))).toEqual(new Set(['read']))
  })

  test('behavior: a triggered one is told once, as the order it became', async () => {
    const { call, lines } = script({
      ...empty,
      [`${HISTORY}?${of}&margin_mode=cross&${range}`]: done([childRow]),
      [`${ALGO_HISTORY}?type=sl&${of}&${range}`]: done([triggeredRow]),
    })
    expect(await getOrderHistory(call, lately)).toMatchObject([
      {
        orderId: 'algo:1512871666507657216',
        type: 'STOP_MARKET',
        status: 'FILLED',
        executedQty: '0.005',
        averagePrice: '57998.2',
      },
    ])
    expect(lines).toHaveLength(8)
  })

  test('behavior: a child of another window is looked up', async () => {
    const { call, lines } = script({
      ...empty,
      [`${ALGO_HISTORY}?type=sl&${of}&${range}`]: done([
        { ...triggeredRow, margin_mode: 'isolated' },
      ]),
      [ORDER]: done(childRow),
    })
    expect(await getOrderHistory(call, lately)).toMatchObject([{ status: 'FILLED' }])
    expect(lines.at(-1)).toBe(`${ORDER}?${of}&margin_mode=isolated&order_id=1512880000000000001`)
  })

  test('behavior: so is a parent', async () => {
    const { call } = script({
      ...empty,
      [`${HISTORY}?${of}&margin_mode=cross&${range}`]: done([childRow]),
      [ALGO]: done([triggeredRow]),
    })
    const orders = await getOrderHistory(call, lately)
    expect(orders.map(({ orderId }) => orderId)).toEqual(['algo:1512871666507657216'])
  })

  test('behavior: found from both sides in two windows, it is told once', async () => {
    const early = `start_time=${NOW - 12 * HOUR}&end_time=${NOW - 6 * HOUR}&limit=100`
    const { call } = script({
      ...empty,
      [`${HISTORY}?${of}&margin_mode=cross&${range}`]: done([childRow]),
      [`${ALGO_HISTORY}?type=sl&${of}&${early}`]: done([triggeredRow]),
      [ALGO]: done([triggeredRow]),
      [ORDER]: done(childRow),
    })
    const orders = await getOrderHistory(call, { ...lately, startTime: NOW - 12 * HOUR })
    expect(orders.map(({ orderId }) => orderId)).toEqual(['algo:1512871666507657216'])
  })

  test('behavior: one whose order is still at work has not ended', async () => {
    const working = { ...childRow, type: 'limit', price: '57900', state: 'partially_filled' }
    const { call } = script({
      ...empty,
      [`${ALGO_HISTORY}?type=sl&${of}&${range}`]: done([triggeredRow]),
      [ORDER]: done(working),
    })
    expect(await getOrderHistory(call, lately)).toEqual([])
  })

  test('behavior: all pages of a window, though their rows are of one millisecond', async () => {
    const page = Array.from({ length: 100 }, (_, index) => ({
      ...filledRow,
      id: String(9_000 - index),
      order_id: String(index + 1),
    }))
    const { call } = script({
      ...empty,
      [`${HISTORY}?${of}&margin_mode=cross&${range}`]: done(page),
      [`${HISTORY}?${of}&margin_mode=cross&start_time=${NOW - 6 * HOUR}&end_time=${NOW}&from=8901&direct=next&limit=100`]:
        done([filledRow]),
    })
    expect(await getOrderHistory(call, { ...lately, limit: 5 })).toHaveLength(101)
  })

  test('behavior: windows grow to 48 hours and reach back 90 days', async () => {
    const { call, lines } = script(empty)
    await getOrderHistory(call, { ...lately, startTime: 0 })
    const starts = lines
      .filter((line) => line.startsWith(`${HISTORY}?${of}&margin_mode=cross`))
      .map((line) => (NOW - Number(/start_time=(\d+)/.exec(line)?.[1])) / HOUR)
    expect(starts.slice(0, 4)).toEqual([6, 30, 78, 126])
    expect(starts.at(-1)).toBe(90 * 24 - 5 / 60)
  })

  test('behavior: windows end once the newest orders are certain', async () => {
    const created_time = String(NOW - HOUR)
    const { call, lines } = script({
      ...empty,
      [`${HISTORY}?${of}&margin_mode=cross&${range}`]: done([{ ...filledRow, created_time }]),
    })
    await getOrderHistory(call, { ...lately, startTime: 0, limit: 1 })
    expect(lines).toHaveLength(8)
  })

  test.each([HISTORY, ALGO_HISTORY])('error: %s that fails fails all', async (line) => {
    const { call } = script({ ...empty, [line]: refused(1032) })
    await expect(getOrderHistory(call, lately)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  })
})
