import { describe, expect, test } from 'vitest'
import { bitcoin, openDesk, place, row, rows, said, startTime, usdt } from './desk.fixture.ts'

const DAY = 86_400_000
const limit = { orderType: 'Limit', price: '59000' }

describe('order/realtime', () => {
  test('behavior: scope, filter and openOnly', async () => {
    const desk = openDesk()
    await place(desk, { ...limit, orderLinkId: 'a' })
    await place(desk, { symbol: 'ETHUSDT', qty: '1', ...limit, price: '2900', orderLinkId: 'b' })
    await place(desk, { triggerPrice: '61000', triggerDirection: 1, orderLinkId: 'c' })
    await place(desk, { orderLinkId: 'd' })
    const found = async (query: Record<string, string>): Promise<unknown[]> =>
      rows(await desk.get('/v5/order/realtime', { category: 'linear', ...query })).map(
        ({ orderLinkId }) => orderLinkId,
      )
    expect(await found({ settleCoin: 'USDT' })).toEqual(['c', 'b', 'a'])
    expect(await found({ symbol: 'BTCUSDT' })).toEqual(['c', 'a'])
    expect(await found({ symbol: 'BTCUSDT', settleCoin: 'USDC' })).toEqual(['c', 'a'])
    expect(await found({ baseCoin: 'ETH' })).toEqual(['b'])
    expect(await found({ settleCoin: 'USDC' })).toEqual([])
    expect(await found({ symbol: 'BTCUSDT', orderFilter: 'StopOrder' })).toEqual(['c'])
    expect(await found({ symbol: 'BTCUSDT', orderFilter: 'Order' })).toEqual(['a'])
    expect(await found({ symbol: 'BTCUSDT', openOnly: '1' })).toEqual(['d'])
    expect(await found({ orderLinkId: 'd' })).toEqual(['d'])
    expect(await found({ orderLinkId: 'd', symbol: 'ETHUSDT' })).toEqual([])
    expect(await found({ orderLinkId: 'never' })).toEqual([])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: pages, with the cursor verbatim or encoded once more', async () => {
    const desk = openDesk()
    for (const name of ['a', 'b', 'c', 'd', 'e']) await place(desk, { ...limit, orderLinkId: name })
    const first = await desk.get('/v5/order/realtime', { ...usdt, limit: 2 })
    const token = first.at('result').at('nextPageCursor').string()
    expect(token).toMatch(/%3A.*%2C/)
    for (const cursor of [token, encodeURIComponent(token)]) {
      const query = `category=linear&settleCoin=USDT&limit=2&cursor=${cursor}`
      const headers = desk.sign(query)
      const answer = await desk.send({ path: '/v5/order/realtime', query, headers })
      const { result } = JSON.parse(answer.body)
      expect(result.list.map(({ orderLinkId }: { orderLinkId: string }) => orderLinkId)).toEqual([
        'c',
        'b',
      ])
      expect(result.nextPageCursor).not.toBe('')
    }
    const last = await desk.get('/v5/order/realtime', { ...usdt, limit: 5 })
    expect(last.at('result').at('nextPageCursor').string()).toBe('')
  })

  test('behavior: a page goes on with what is older when its last row has left', async () => {
    const desk = openDesk()
    for (const name of ['a', 'b', 'c']) {
      await place(desk, { ...limit, orderLinkId: name })
      await desk.advance(1)
    }
    const first = await desk.get('/v5/order/realtime', { ...usdt, limit: 2 })
    const cursor = decodeURIComponent(first.at('result').at('nextPageCursor').string())
    await desk.post('/v5/order/cancel', { ...bitcoin, orderLinkId: 'b' })
    const second = await desk.get('/v5/order/realtime', { ...usdt, limit: 2, cursor })
    expect(rows(second).map(({ orderLinkId }) => orderLinkId)).toEqual(['a'])
  })

  test('behavior: of ended orders the latest 500 are found, by id too', async () => {
    // The venue takes ten orders a second, and the clock stands.
    const desk = openDesk({ rateLimits: false })
    const post = { ...limit, price: '60100', timeInForce: 'PostOnly', qty: '0.001' }
    for (let i = 0; i < 501; i++) await place(desk, { ...post, orderLinkId: `n-${i}` })
    const found = async (orderLinkId: string): Promise<number> =>
      rows(await desk.get('/v5/order/realtime', { ...bitcoin, orderLinkId })).length
    expect([await found('n-0'), await found('n-1'), await found('n-500')]).toEqual([0, 1, 1])
    const history = { ...bitcoin, orderLinkId: 'n-0' }
    expect(rows(await desk.get('/v5/order/history', history))).toHaveLength(1)
  })

  test('args: twenty rows when no limit is said, fifty at most (trap 15)', async () => {
    // The venue takes ten orders a second, and the clock stands.
    const desk = openDesk({ rateLimits: false })
    for (let i = 0; i < 60; i++) await place(desk, limit)
    expect(rows(await desk.get('/v5/order/realtime', usdt))).toHaveLength(20)
    const query = { ...usdt, limit: 100 }
    expect(rows(await desk.get('/v5/order/realtime', query))).toHaveLength(50)
  })

  test.each([
    [{ category: 'linear' }, /^10001 Missing some parameters that must be filled in/],
    [{ ...bitcoin, symbol: 'btcusdt' }, /^10001 params error: symbol invalid btcusdt/],
    [{ ...bitcoin, limit: 'x' }, /^10001 params error: limit invalid/],
    [{ ...bitcoin, cursor: 'x' }, /^10001 params error: cursor invalid/],
    [{ ...bitcoin, cursor: '%' }, /^10001 params error: cursor invalid/],
    [{ settleCoin: 'USDT' }, /^10001 params error: Category is invalid/],
    [{ ...bitcoin, orderFilter: 'stop' }, /^10001 params error: orderFilter invalid/],
  ])('error: %j', async (query, message) => {
    expect(said(await openDesk().get('/v5/order/realtime', query))).toMatch(message)
  })

  test('behavior: other categories have nothing, without an error', async () => {
    const desk = openDesk()
    expect(rows(await desk.get('/v5/order/realtime', { category: 'spot' }))).toEqual([])
    const inverse = { category: 'inverse', settleCoin: 'BTC' }
    expect(rows(await desk.get('/v5/position/list', inverse))).toEqual([])
  })
})

describe('order/history', () => {
  test('behavior: ended orders of a week, unfilled ones of a day (trap 25)', async () => {
    const desk = openDesk()
    await place(desk, { orderLinkId: 'filled' })
    await place(desk, { ...limit, orderLinkId: 'gone' })
    await place(desk, { ...limit, orderLinkId: 'open' })
    await desk.post('/v5/order/cancel', { ...bitcoin, orderLinkId: 'gone' })
    const found = async (query: Record<string, string | number> = {}): Promise<unknown[]> =>
      rows(await desk.get('/v5/order/history', { category: 'linear', ...query })).map(
        ({ orderLinkId }) => orderLinkId,
      )
    expect(await found()).toEqual(['gone', 'filled'])
    expect(await found({ orderStatus: 'Filled' })).toEqual(['filled'])
    expect(await found({ orderLinkId: 'gone' })).toEqual(['gone'])
    expect(await found({ symbol: 'ETHUSDT' })).toEqual([])
    await desk.advance(DAY + 1)
    expect(await found()).toEqual(['filled'])
    await desk.advance(7 * DAY)
    expect(await found()).toEqual([])
  })

  test('args: startTime and endTime', async () => {
    const desk = openDesk()
    await place(desk, {})
    const at = startTime
    const count = async (query: Record<string, number>): Promise<number> =>
      rows(await desk.get('/v5/order/history', { ...bitcoin, ...query })).length
    expect(await count({ startTime: at })).toBe(1)
    expect(await count({ startTime: at + 1 })).toBe(0)
    expect(await count({ endTime: at })).toBe(1)
    expect(await count({ endTime: at - 1 })).toBe(0)
    const long = { ...bitcoin, startTime: at - 8 * DAY, endTime: at }
    expect(said(await desk.get('/v5/order/history', long))).toMatch(/^10001 .*7 days/)
    const turned = { ...bitcoin, startTime: at, endTime: at - 1 }
    expect(said(await desk.get('/v5/order/history', turned))).toMatch(/^10001 /)
  })
})

describe('execution/list', () => {
  test('behavior: with an id every other filter is ignored', async () => {
    const desk = openDesk()
    const { orderId } = await place(desk, { orderLinkId: 'one' })
    await place(desk, { side: 'Sell', orderLinkId: 'two' })
    const other = { category: 'linear', symbol: 'ETHUSDT', startTime: 1, endTime: 2 }
    const byId = await desk.get('/v5/execution/list', { ...other, orderId })
    expect(row(byId)).toMatchObject({ orderLinkId: 'one', closedSize: '' })
    const byLink = await desk.get('/v5/execution/list', { ...other, orderLinkId: 'two' })
    expect(row(byLink)).toMatchObject({ orderLinkId: 'two', closedSize: '0.01' })
    expect(rows(await desk.get('/v5/execution/list', { category: 'linear' }))).toHaveLength(2)
    const funding = { ...bitcoin, execType: 'Funding', size: 100 }
    expect(rows(await desk.get('/v5/execution/list', funding))).toEqual([])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: a row per level, newest first, with what was left', async () => {
    const desk = openDesk()
    await place(desk, { qty: '6' })
    const fills = rows(await desk.get('/v5/execution/list', bitcoin))
    expect(fills.map((fill) => [fill.execPrice, fill.execQty, fill.leavesQty])).toEqual([
      ['60000.10', '1.972', '0.000'],
      ['60000.00', '4.028', '1.972'],
    ])
    expect(Number(fills[0]?.seq)).toBeGreaterThan(Number(fills[1]?.seq))
  })
})

describe('closed-pnl and transaction-log', () => {
  test('behavior: a row per closing order, of its side, fees of both sides off (trap 23)', async () => {
    const desk = openDesk()
    await place(desk, { qty: '0.02' })
    await desk.setPrice('60500')
    await place(desk, { side: 'Sell', qty: '0.01', reduceOnly: true })
    const closed = row(await desk.get('/v5/position/closed-pnl', bitcoin))
    const exit = Number(closed.avgExitPrice)
    expect(closed).toMatchObject({
      side: 'Sell',
      orderType: 'Market',
      closedSize: '0.01',
      avgEntryPrice: '60000',
      cumEntryValue: '600',
      openFee: '0.33',
      fillCount: '1',
    })
    const fees = 0.33 + exit * 0.01 * 0.00055
    expect(Number(closed.closedPnl)).toBeCloseTo((exit - 60_000) * 0.01 - fees, 8)
  })

  test('behavior: balances run back from the wallet of now', async () => {
    const desk = openDesk()
    await place(desk, {})
    await place(desk, { side: 'Sell', qty: '0.02' })
    const log = rows(await desk.get('/v5/account/transaction-log', { accountType: 'UNIFIED' }))
    const wallet = row(await desk.get('/v5/account/wallet-balance', { accountType: 'UNIFIED' }))
    expect(log[0]).toMatchObject({ cashBalance: wallet.totalWalletBalance, size: '-0.01' })
    expect(log[1]).toMatchObject({ cashBalance: '99999.67', change: '-0.33', size: '0.01' })
    const none = { accountType: 'UNIFIED', currency: 'USDC' }
    expect(rows(await desk.get('/v5/account/transaction-log', none))).toEqual([])
    const settled = { accountType: 'UNIFIED', type: 'SETTLEMENT' }
    expect(rows(await desk.get('/v5/account/transaction-log', settled))).toEqual([])
    expect(await desk.unknownWords()).toEqual([])
  })
})
