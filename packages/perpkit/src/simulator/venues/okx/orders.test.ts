import { describe, expect, test } from 'vitest'
import {
  BTC,
  held,
  limit,
  lookUp,
  openDesk,
  openDeskWith,
  order,
  place,
  row,
  rows,
  said,
  startTime,
} from './desk.fixture.ts'

describe('one order', () => {
  test('default: a market order fills at once, in contracts', async () => {
    const desk = openDesk()
    const ordId = await place(desk, order({ sz: '2', clOrdId: 'm1', tag: 'tag1' }))
    expect(await lookUp(desk, ordId)).toMatchObject({
      ordId,
      clOrdId: 'm1',
      tag: 'tag1',
      px: '',
      sz: '2',
      ordType: 'market',
      side: 'buy',
      posSide: 'net',
      tdMode: 'cross',
      state: 'filled',
      accFillSz: '2',
      fillSz: '2',
      fillPx: '60000.1',
      avgPx: '60000.1',
      fillTime: String(startTime),
      lever: '3',
      // 0.02 BTC at 60000.1, 0.05 %, paid.
      fee: '-0.600001',
      feeCcy: 'USDT',
      reduceOnly: 'false',
      cancelSource: '',
    })
    expect(await held(desk)).toBe('2')
    expect(await desk.unknownWords()).toEqual([])
  })

  test('default: a limit order rests, is amended, found and cancelled', async () => {
    const desk = openDesk()
    const ordId = await place(desk, limit('59000', { clOrdId: 'l1' }))
    expect(await lookUp(desk, ordId)).toMatchObject({
      state: 'live',
      px: '59000',
      sz: '1',
      accFillSz: '0',
      fillSz: '0',
      fee: '0',
      avgPx: '',
      fillPx: '',
      tradeId: '',
      fillTime: '',
    })
    const change = { instId: BTC, clOrdId: 'l1', newSz: '3', newPx: '58999.9' }
    expect(said(await desk.post('trade/amend-order', change))).toBe('0')
    const [pending] = rows(await desk.get('trade/orders-pending', { instType: 'SWAP' }))
    expect(pending).toMatchObject({ ordId, px: '58999.9', sz: '3' })
    expect(said(await desk.post('trade/cancel-order', { instId: BTC, ordId }))).toBe('0')
    expect(await lookUp(desk, ordId)).toMatchObject({ state: 'canceled', cancelSource: '1' })
    expect(await desk.unknownWords()).toEqual([])
  })

  // Section 9: post-only and IOC/FOK kills show as success, then `canceled`.
  test.each([
    ['post_only', '60010', 'canceled', '31'],
    ['post_only', '59000', 'live', ''],
    ['ioc', '59000', 'canceled', '14'],
    ['ioc', '60010', 'filled', ''],
    ['fok', '59000', 'canceled', '13'],
    ['fok', '60010', 'filled', ''],
    ['optimal_limit_ioc', undefined, 'filled', ''],
    ['rpi', '59000', 'live', ''],
    ['rpi', '60010', 'canceled', '31'],
  ])('behavior: %s at %s is %s', async (ordType, px, state, cancelSource) => {
    const desk = openDesk()
    const ordId = await place(desk, order({ ordType, px }))
    expect(await lookUp(desk, ordId)).toMatchObject({ ordType, state, cancelSource })
  })

  test('behavior: an IOC order that fills in part keeps what it got', async () => {
    const desk = openDesk()
    const asks = (await desk.get('market/books', { instId: BTC, sz: 1 }))
      .at('data')
      .at(0)
      .at('asks')
    const best = asks.at(0).at(0).string()
    const size = asks.at(0).at(1).string()
    const ordId = await place(desk, order({ ordType: 'ioc', px: best, sz: '100' }))
    expect(await lookUp(desk, ordId)).toMatchObject({
      state: 'canceled',
      cancelSource: '14',
      accFillSz: size,
    })
  })

  // Section 9: a market order is band-limited.
  test('behavior: a market order stops at the edge of the band and its rest is cancelled', async () => {
    const desk = await openDeskWith('10000000')
    const instId = 'DOGE-USDT-SWAP'
    const answer = await desk.post('trade/order', order({ instId, sz: '50000' }))
    const ordId = String(row(answer).ordId)
    expect(row(await desk.get('trade/order', { instId, ordId }))).toMatchObject({
      ordType: 'market',
      state: 'canceled',
      cancelSource: '33',
    })
    const { buyLmt } = row(await desk.get('public/price-limit', { instId }))
    const best = (await desk.get('market/books', { instId })).at('data').at(0).at('asks').at(0)
    expect(Number(best.at(0).string())).toBeGreaterThan(Number(buyLmt))
    for (const { fillPx } of rows(await desk.get('trade/fills', { ordId }))) {
      expect(Number(fillPx)).toBeLessThanOrEqual(Number(buyLmt))
    }
  })

  test('behavior: partial fills, then the end', async () => {
    const desk = openDesk()
    const ordId = await place(desk, limit('59999', { sz: '10' }))
    await desk.setPrice('59998')
    expect(await lookUp(desk, ordId)).toMatchObject({
      state: 'filled',
      accFillSz: '10',
      avgPx: '59999',
      // As a maker.
      fee: '-1.19998',
    })
    const fills = rows(await desk.get('trade/fills', { instType: 'SWAP', ordId }))
    expect(fills).toMatchObject([{ execType: 'M', fillPx: '59999', fillSz: '10', subType: '1' }])
  })

  test('behavior: amending down to what has filled makes the order filled', async () => {
    const desk = openDesk()
    const best = (await desk.get('market/books', { instId: BTC, sz: 1 }))
      .at('data')
      .at(0)
      .at('asks')
    const px = best.at(0).at(0).string()
    const size = best.at(0).at(1).string()
    const ordId = await place(desk, limit(px, { sz: '100' }))
    expect(await lookUp(desk, ordId)).toMatchObject({ state: 'partially_filled', accFillSz: size })
    const change = { instId: BTC, ordId, newSz: '0.01' }
    expect(said(await desk.post('trade/amend-order', change))).toBe('0')
    expect(await lookUp(desk, ordId)).toMatchObject({
      state: 'filled',
      sz: size,
      accFillSz: size,
      cancelSource: '',
    })
  })

  // Section 9: unfilled cancelled orders vanish after 2 h.
  test('behavior: unfilled cancelled orders are forgotten after two hours', async () => {
    const desk = openDesk()
    const ordId = await place(desk, limit('59000'))
    await desk.post('trade/cancel-order', { instId: BTC, ordId })
    await desk.advance(2 * 3_600_000 - 1)
    expect(await lookUp(desk, ordId)).toMatchObject({ state: 'canceled' })
    await desk.advance(1)
    expect(said(await desk.get('trade/order', { instId: BTC, ordId }))).toBe(
      '51603 Order does not exist',
    )
    expect(rows(await desk.get('trade/orders-history', { instType: 'SWAP' }))).toEqual([])
  })
})

describe('client ids', () => {
  // Section 9: clOrdId reusable after a terminal state.
  test('behavior: unique among pending orders, free again afterwards, newest found first', async () => {
    const desk = openDesk()
    const first = await place(desk, limit('59000', { clOrdId: 'x1' }))
    const again = await desk.post('trade/order', limit('59000', { clOrdId: 'x1' }))
    expect(said(again)).toBe('51016 Client order ID already exists.')
    await desk.post('trade/cancel-order', { instId: BTC, clOrdId: 'x1' })
    const second = await place(desk, limit('59000', { clOrdId: 'x1' }))
    expect(second).not.toBe(first)
    const found = row(await desk.get('trade/order', { instId: BTC, clOrdId: 'x1' }))
    expect(found).toMatchObject({ ordId: second, state: 'live' })
  })

  // Section 9: 51400 covers filled, cancelled and missing.
  test('error: what has ended or never was cannot be cancelled nor amended', async () => {
    const desk = openDesk()
    const filled = await place(desk, order())
    const cancelled = await place(desk, limit('59000'))
    await desk.post('trade/cancel-order', { instId: BTC, ordId: cancelled })
    for (const ordId of [filled, cancelled, '1']) {
      const words = { instId: BTC, ordId }
      expect(said(await desk.post('trade/cancel-order', words))).toMatch(/^51400 /)
      const amend = await desk.post('trade/amend-order', { ...words, newSz: '2' })
      expect(said(amend)).toMatch(/^51503 /)
    }
  })

  test('behavior: case counts, and ordId wins over clOrdId', async () => {
    const desk = openDesk()
    const first = await place(desk, limit('59000', { clOrdId: 'x1' }))
    await place(desk, limit('59000', { clOrdId: 'X1' }))
    const ids = { instId: BTC, ordId: first, clOrdId: 'X1' }
    expect(row(await desk.post('trade/cancel-order', ids))).toMatchObject({ clOrdId: 'x1' })
  })
})

describe('lists of orders', () => {
  // Section 9: `code` "0" but item failed, "2" partial.
  test('default: items run in turn and fail singly', async () => {
    const desk = openDesk()
    const answer = await desk.post('trade/batch-orders', [
      limit('59000', { clOrdId: 'b1' }),
      limit('59000', { clOrdId: 'b1' }),
      limit('59000', { clOrdId: 'b2', sz: '0.001' }),
      limit('59000', { clOrdId: 'b3', side: undefined }),
    ])
    expect(answer.at('code').string()).toBe('2')
    expect(rows(answer).map(({ clOrdId, sCode }) => `${clOrdId} ${sCode}`)).toEqual([
      'b1 0',
      'b1 51016',
      'b2 51121',
      'b3 50014',
    ])
  })

  test('behavior: amended and cancelled in lists', async () => {
    const desk = openDesk()
    const ids = [await place(desk, limit('59000')), await place(desk, limit('58000'))]
    const items = ids.map((ordId) => ({ instId: BTC, ordId }))
    const changes = items.map((item) => ({ ...item, newSz: '2' }))
    expect((await desk.post('trade/amend-batch-orders', changes)).at('code').string()).toBe('0')
    const twice = [...changes, { ...changes[0], newSz: '3' }]
    const codes = rows(await desk.post('trade/amend-batch-orders', twice)).map(({ sCode }) => sCode)
    expect(codes).toEqual(['51512', '0', '51512'])
    const gone = await desk.post('trade/cancel-batch-orders', items)
    expect(gone.at('code').string()).toBe('0')
    const none = await desk.post('trade/cancel-batch-orders', items)
    expect(none.at('code').string()).toBe('1')
    expect(rows(none).map(({ sCode }) => sCode)).toEqual(['51400', '51400'])
  })

  test.each([
    ['trade/batch-orders', 21, '51111'],
    ['trade/cancel-batch-orders', 21, '51501'],
    ['trade/amend-batch-orders', 21, '51501'],
    ['trade/cancel-algos', 11, '51501'],
  ])('error: %s of %i items', async (path, count, code) => {
    const desk = openDesk()
    const items = Array.from({ length: count }, () => limit('59000'))
    const answer = await desk.post(path, items)
    expect(answer.at('code').string()).toBe(code)
    expect(rows(answer)).toEqual([])
  })

  test.each(['trade/batch-orders', 'trade/cancel-algos'])('error: %s of no list', async (path) => {
    const desk = openDesk()
    expect(said(await desk.post(path, { instId: BTC }))).toBe('50002 JSON syntax error')
    expect(said(await desk.post(path, []))).toBe('50000 Body for POST request cannot be empty.')
  })
})

describe('queries', () => {
  test('behavior: pages run from new to old, both ends exclusive', async () => {
    const desk = openDesk()
    const ids: string[] = []
    for (const px of ['59000', '59001', '59002', '59003']) ids.unshift(await place(desk, limit(px)))
    const page = async (more: Record<string, string | number>): Promise<unknown[]> =>
      rows(await desk.get('trade/orders-pending', more)).map(({ ordId }) => ordId)
    expect(await page({})).toEqual(ids)
    expect(await page({ limit: 2 })).toEqual(ids.slice(0, 2))
    expect(await page({ after: ids[1] ?? '', limit: 1 })).toEqual(ids.slice(2, 3))
    expect(await page({ before: ids[2] ?? '' })).toEqual(ids.slice(0, 2))
    expect(await page({ after: ids[0] ?? '', before: ids[3] ?? '' })).toEqual(ids.slice(1, 3))
    expect(await page({ limit: 1000, instId: 'ETH-USDT-SWAP' })).toEqual([])
  })

  // Section 9: orders-history needs instType and holds 7 days.
  test('behavior: history by state, type and time', async () => {
    const desk = openDesk()
    await place(desk, order())
    const ordId = await place(desk, limit('59000'))
    await desk.post('trade/cancel-order', { instId: BTC, ordId })
    const list = async (more: Record<string, string>): Promise<unknown[]> =>
      rows(await desk.get('trade/orders-history', { instType: 'SWAP', ...more })).map(
        ({ ordType, state }) => `${ordType} ${state}`,
      )
    expect(await list({})).toEqual(['limit canceled', 'market filled'])
    expect(await list({ state: 'filled' })).toEqual(['market filled'])
    expect(await list({ ordType: 'limit,ioc' })).toEqual(['limit canceled'])
    expect(await list({ begin: String(startTime + 1) })).toEqual([])
    expect(await list({ instType: 'SPOT' })).toEqual([])
    expect(said(await desk.get('trade/orders-history'))).toBe(
      '50014 Parameter instType can not be empty.',
    )
    await desk.advance(7 * 86_400_000 + 1)
    expect(await list({})).toEqual([])
    const archive = await desk.get('trade/orders-history-archive', { instType: 'SWAP' })
    expect(rows(archive)).toHaveLength(1)
  })

  test('behavior: history holds what ended in the last days, whenever it was placed', async () => {
    const desk = openDesk()
    const ordId = await place(desk, limit('59000'))
    await desk.advance(8 * 86_400_000)
    await desk.setPrice('58900')
    const list = async (more: Record<string, string> = {}): Promise<unknown[]> =>
      rows(await desk.get('trade/orders-history', { instType: 'SWAP', ...more })).map(
        (found) => found.ordId,
      )
    expect(await list()).toEqual([ordId])
    // Both ends are inclusive, and about the time of placing.
    const at = String(startTime)
    expect(await list({ begin: at, end: at })).toEqual([ordId])
    expect(await list({ begin: String(startTime + 1) })).toEqual([])
  })

  // Section 9: fills 3 days.
  test('behavior: fills reach back three days, or three months', async () => {
    const desk = openDesk()
    await place(desk, order())
    await place(desk, order({ side: 'sell' }))
    const fills = rows(await desk.get('trade/fills'))
    expect(fills).toMatchObject([
      { side: 'sell', subType: '2', execType: 'T', fillPnl: '-0.001', feeRate: '' },
      { side: 'buy', subType: '1', execType: 'T', fillPnl: '0' },
    ])
    await desk.advance(4 * 86_400_000)
    expect(rows(await desk.get('trade/fills'))).toEqual([])
    expect(rows(await desk.get('trade/fills-history', { instType: 'SWAP' }))).toHaveLength(2)
    expect(said(await desk.get('trade/fills-history'))).toMatch(/^50014 /)
  })

  test.each([
    [{ instId: BTC }, '51003 Either client order ID or order ID is required.'],
    [{ ordId: '1' }, '50014 Parameter instId can not be empty.'],
    [{ instId: 'BTC-USDT', ordId: '1' }, /^51001 /],
    [{ instId: BTC, ordId: '1' }, '51603 Order does not exist'],
    [{ instId: BTC, clOrdId: 'none' }, '51603 Order does not exist'],
  ])('error: one order by %j', async (query, text) => {
    const desk = openDesk()
    expect(said(await desk.get('trade/order', query))).toMatch(text)
  })
})
