import { describe, expect, it } from 'vitest'
import type { Fill } from '../../model/order.ts'
import { getFills, latestFills } from './fills.ts'
import { bitcoin, CHILD_ID, NOW, ORDER_ID, script, success } from './script.testing.ts'

const FILL = {
  fill_id: '522d4e08-96e7-4b44-9694-bfaea8fe215e',
  order_id: ORDER_ID,
  cliOrdId: 'demo-1',
  symbol: 'PF_XBTUSD',
  side: 'buy',
  size: 0.01,
  price: 83500,
  fillTime: NOW,
  fillType: 'taker',
  realized_pnl: null,
}

describe('latestFills', () => {
  const read = (ids: { orderId?: string; clientOrderId?: string }, ...fills: unknown[]) =>
    script({ 'GET fills': success({ fills }) }).call(latestFills, ids)

  it('default: those of one order', async () => {
    const { call, lines, sent } = script({ 'GET fills': success({ fills: [FILL] }) })
    expect(await call(latestFills, { orderId: ORDER_ID })).toEqual([
      {
        fillId: '522d4e08-96e7-4b44-9694-bfaea8fe215e',
        orderId: ORDER_ID,
        clientOrderId: 'demo-1',
        symbol: 'BTCUSD',
        nativeSymbol: 'PF_XBTUSD',
        side: 'BUY',
        quantity: '0.01',
        price: '83500',
        isMaker: false,
        timestamp: Date.parse(NOW),
      },
    ])
    expect(lines).toEqual(['GET fills'])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { derivatives: 2 } }])
  })

  it('behavior: each once, by either id, and none of others', async () => {
    const other = { ...FILL, fill_id: 'b', order_id: CHILD_ID }
    const stranger = { ...FILL, fill_id: 'c', order_id: CHILD_ID, cliOrdId: undefined }
    const rows = [FILL, FILL, other, stranger]
    expect(await read({ orderId: ORDER_ID }, ...rows)).toHaveLength(1)
    expect(await read({ clientOrderId: 'demo-1' }, ...rows)).toHaveLength(2)
    expect(await read({ orderId: ORDER_ID, clientOrderId: 'demo-1' }, ...rows)).toHaveLength(2)
    expect(await read({}, ...rows)).toEqual([])
  })

  it.each([
    ['size', undefined],
    ['price', ''],
    ['fillTime', undefined],
    ['fill_id', null],
  ])('error: a fill whose %s is %j', async (name, value) => {
    await expect(read({ orderId: ORDER_ID }, { ...FILL, [name]: value })).rejects.toThrow(
      `$.fills[0].${name}: expected`,
    )
  })
})

describe('getFills', () => {
  const END = Date.parse(NOW)
  const window = { instrument: bitcoin, startTime: END - 10_000, endTime: END, limit: 1_000 }
  const at = (id: string | number, age: number, more: Record<string, unknown> = {}): unknown => ({
    ...FILL,
    fill_id: `fill-${id}`,
    fillTime: new Date(END - age).toISOString(),
    ...more,
  })
  const page = (rows: unknown[]): unknown => success({ fills: rows })
  const ids = (fills: readonly Fill[]) => fills.map(({ fillId }) => fillId)
  /** A hundred rows, one a millisecond, the first `age` old. */
  const hundred = (age: number) => Array.from({ length: 100 }, (_, i) => at(age + i, age + i))

  it('default: one page, and what it tells of an execution', async () => {
    const row = at(1, 5, { fillType: 'maker', realized_pnl: -1.25, cliOrdId: undefined })
    const { call, lines, sent } = script({ 'GET fills': page([row]) })
    const [fill] = await getFills(call, window)
    expect(fill).toEqual({
      fillId: 'fill-1',
      orderId: ORDER_ID,
      symbol: 'BTCUSD',
      nativeSymbol: 'PF_XBTUSD',
      side: 'BUY',
      quantity: '0.01',
      price: '83500',
      isMaker: true,
      realizedPnl: '-1.25',
      timestamp: END - 5,
    })
    expect(fill?.raw).toBe(row)
    expect(lines).toEqual(['GET fills'])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { derivatives: 2 } }])
  })

  it.each([
    ['taker', false],
    ['takerAfterEdit', false],
    ['liquidation', false],
    ['assignee', undefined],
    ['aWordOfTomorrow', undefined],
  ])('args: %s tells isMaker %s', async (fillType, isMaker) => {
    const [fill] = await getFills(
      script({ 'GET fills': page([at(1, 1, { fillType })]) }).call,
      window,
    )
    expect(fill?.isMaker).toBe(isMaker)
  })

  it('behavior: other contracts and other times are left out', async () => {
    const rows = [
      at('late', -1),
      at('last', 0),
      at('ether', 1, { symbol: 'PF_ETHUSD' }),
      at('first', 10_000),
      at('early', 10_001),
    ]
    const { call } = script({ 'GET fills': page(rows) })
    expect(ids(await getFills(call, window))).toEqual(['fill-last', 'fill-first'])
  })

  it('behavior: rows of one millisecond over the seam of two pages are all there, once', async () => {
    const first = [...hundred(0).slice(0, 99), at('a', 98)]
    const second = [at('a', 98), at(98, 98), at('b', 98), at('c', 200)]
    const { call, lines, sent } = script({ 'GET fills': [page(first), page(second)] })
    const fills = await getFills(call, window)
    expect(fills).toHaveLength(102)
    expect(new Set(ids(fills)).size).toBe(102)
    expect(ids(fills)).toEqual(expect.arrayContaining(['fill-98', 'fill-a', 'fill-b', 'fill-c']))
    expect(lines).toEqual(['GET fills', 'GET fills?lastFillTime=2026-11-22T04:59:59.903Z'])
    expect(sent.map(({ cost }) => cost.derivatives)).toEqual([2, 25])
  })

  it('behavior: a window in the past is gone to at once', async () => {
    const past = { ...window, startTime: END - 100_000, endTime: END - 90_000 }
    const { call, lines } = script({
      'GET fills': [page(hundred(0)), page([at('wanted', 90_000)])],
    })
    expect(ids(await getFills(call, past))).toEqual(['fill-wanted'])
    expect(lines[1]).toBe(`GET fills?lastFillTime=${new Date(END - 89_999).toISOString()}`)
  })

  it('behavior: ends with enough rows, or before the window', async () => {
    const enough = script({ 'GET fills': page(hundred(0)) })
    expect(await getFills(enough.call, { ...window, limit: 100 })).toHaveLength(100)
    expect(enough.lines).toHaveLength(1)
    const before = script({ 'GET fills': page(hundred(9_950)) })
    expect(await getFills(before.call, window)).toHaveLength(51)
    expect(before.lines).toHaveLength(1)
  })

  it('behavior: a page of nothing but one millisecond is stepped over', async () => {
    const crowd = Array.from({ length: 100 }, (_, i) => at(i, 7))
    const { call, lines } = script({
      'GET fills': [page(crowd), page(crowd), page([at('after', 8)])],
    })
    expect(await getFills(call, window)).toHaveLength(101)
    expect(lines.slice(1)).toEqual([
      'GET fills?lastFillTime=2026-11-22T04:59:59.994Z',
      'GET fills?lastFillTime=2026-11-22T04:59:59.993Z',
    ])
  })

  it('behavior: an answer that never moves does not hold us for ever', async () => {
    const stuck = script({ 'GET fills': page(Array.from({ length: 100 }, (_, i) => at(i, 7))) })
    expect(await getFills(stuck.call, window)).toHaveLength(100)
    expect(stuck.lines.length).toBeLessThanOrEqual(50)
  })

  it('error: no list', async () => {
    await expect(getFills(script({ 'GET fills': success() }).call, window)).rejects.toThrow(
      '$.fills: expected an array',
    )
  })
})
