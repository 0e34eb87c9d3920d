import { describe, expect, test } from 'vitest'
import type { HistoryQuery } from '../../client/definition.ts'
import { getOrderHistory } from './history.ts'
import { child, fired, ofAlgo, ofOrder, plain, stop, unknown } from './rows.testing.ts'
import { bitcoin, context, ok, refused, script } from './script.testing.ts'

const NOW = context.receivedAt
const HOUR = 3_600_000
const query: HistoryQuery = {
  instrument: bitcoin,
  startTime: NOW - 24 * HOUR,
  endTime: NOW,
  limit: 100,
}
const RECENT = 'GET trade/orders-history'
const ARCHIVE = 'GET trade/orders-history-archive'
const ALGOS = 'GET trade/orders-algo-history'

function ofPlain(path: string, from: number, to: number, after = ''): string {
  const window = `begin=${from - 1}&end=${to + 60_000}`
  return `${path}?instType=SWAP&instId=BTC-USDT-SWAP&${window}${after}&limit=100`
}
function ofAlgos(ordType: string, state: string, after = ''): string {
  return `${ALGOS}?ordType=${ordType}&state=${state}&instType=SWAP&instId=BTC-USDT-SWAP${after}&limit=100`
}
const FIRED = ofAlgos('conditional,oco', 'effective')
const CANCELLED = ofAlgos('conditional,oco', 'canceled')

const filled = { ...plain, state: 'filled', accFillSz: '0.12', avgPx: '85000.5' }
const cancelledStop = { ...stop, algoId: '362', algoClOrdId: 'sl2', state: 'canceled' }

function rows(row: object, idName: string, from: number, count: number, cTime: number): object[] {
  return Array.from({ length: count }, (_, index) => ({
    ...row,
    [idName]: String(from - index),
    cTime: String(cTime),
  }))
}

describe('getOrderHistory', () => {
  test('default: ended orders of both stores', async () => {
    const { call, lines, sent } = script({
      [ALGOS]: ok(),
      [CANCELLED]: ok(cancelledStop),
      [RECENT]: ok(filled),
    })
    expect(await getOrderHistory(call, query)).toMatchObject([
      { orderId: 'algo:362', clientOrderId: 'sl2', status: 'CANCELLED', type: 'STOP_MARKET' },
      { orderId: '2497956918703120384', status: 'FILLED', averagePrice: '85000.5' },
    ])
    const kinds = ['conditional,oco', 'trigger', 'move_order_stop']
    const endings = ['effective', 'canceled', 'order_failed']
    expect(lines).toEqual([
      ...kinds.flatMap((kind) => endings.map((state) => ofAlgos(kind, state))),
      ofPlain(RECENT, query.startTime, query.endTime),
    ])
    expect(sent[0]).toEqual({ access: 'read', effect: 'read', cost: { [ALGOS]: 1 } })
    expect(sent[9]).toEqual({ access: 'read', effect: 'read', cost: { [RECENT]: 1 } })
  })

  test('behavior: a fired order and what it became are one row', async () => {
    const { call } = script({ [ALGOS]: ok(), [FIRED]: ok(fired), [RECENT]: ok(child, filled) })
    const orders = await getOrderHistory(call, query)
    expect(orders.map(({ orderId }) => orderId)).toEqual(['algo:361', '2497956918703120384'])
    expect(orders[0]).toMatchObject({
      clientOrderId: 'sl1',
      type: 'STOP_MARKET',
      status: 'FILLED',
      executedQty: '0.001',
      averagePrice: '82990.1',
    })
  })

  test('behavior: a child that is not in the list is asked for', async () => {
    const { call, lines } = script({
      [ALGOS]: ok(),
      [FIRED]: ok(fired),
      [RECENT]: ok(),
      [ofOrder('88')]: ok(child),
    })
    expect(await getOrderHistory(call, query)).toMatchObject([
      { orderId: 'algo:361', status: 'FILLED', executedQty: '0.001' },
    ])
    expect(lines.at(-1)).toBe(ofOrder('88'))
  })

  test('behavior: a child that is forgotten leaves the record of its parent', async () => {
    const old = { ...fired, triggerTime: String(NOW - 3 * HOUR) }
    const { call } = script({
      [ALGOS]: ok(),
      [FIRED]: ok(old),
      [RECENT]: ok(),
      [ofOrder('88')]: unknown,
    })
    expect(await getOrderHistory(call, query)).toMatchObject([
      { orderId: 'algo:361', status: 'EXPIRED', executedQty: '0' },
    ])
  })

  test.each([
    ['not visible yet', unknown],
    ['still open', ok({ ...child, ordType: 'limit', px: '82000', state: 'live', accFillSz: '0' })],
  ])('behavior: a fired order whose child is %s has not ended', async (_what, answer) => {
    const { call } = script({
      [ALGOS]: ok(),
      [FIRED]: ok(fired),
      [RECENT]: ok(),
      [ofOrder('88')]: answer,
    })
    expect(await getOrderHistory(call, query)).toEqual([])
  })

  test('behavior: a child of a parent before the window stands under its parent', async () => {
    const old = { ...fired, cTime: String(query.startTime - 1) }
    const { call, lines } = script({
      [ALGOS]: ok(),
      [FIRED]: ok(old),
      [RECENT]: ok(child),
      [ofAlgo('361')]: ok(old),
    })
    expect(await getOrderHistory(call, query)).toMatchObject([
      { orderId: 'algo:361', createdAt: query.startTime - 1, status: 'FILLED' },
    ])
    expect(lines.at(-1)).toBe(ofAlgo('361'))
  })

  test('behavior: what a TWAP of another program sent out are plain orders', async () => {
    const { call } = script({
      [ALGOS]: ok(),
      [RECENT]: ok({ ...child, source: '13' }),
      [ofAlgo('361')]: ok({ ...fired, ordType: 'twap' }),
    })
    expect(await getOrderHistory(call, query)).toMatchObject([{ orderId: '88', type: 'MARKET' }])
  })

  test('behavior: children do not count for the limit', async () => {
    const { call, lines } = script({
      [ALGOS]: ok(),
      [ofAlgo('361')]: unknown,
      [ofPlain(RECENT, query.startTime, query.endTime)]: ok(
        ...rows(child, 'ordId', 1_000, 100, NOW - HOUR),
      ),
      [ofPlain(RECENT, query.startTime, query.endTime, '&after=901')]: ok(filled),
    })
    const orders = await getOrderHistory(call, { ...query, limit: 1 })
    expect(orders.map(({ orderId }) => orderId)).toContain('2497956918703120384')
    expect(lines).toContain(ofPlain(RECENT, query.startTime, query.endTime, '&after=901'))
  })

  test('behavior: nor do fired orders that may still rest in the book', async () => {
    const resting = { ...fired, slOrdPx: '82900', cTime: String(NOW - HOUR) }
    const older = { ...cancelledStop, cTime: String(NOW - 2 * HOUR) }
    const { call } = script({
      [ALGOS]: ok(),
      [FIRED]: ok(resting),
      [CANCELLED]: ok(older),
      [RECENT]: ok(),
      [ofOrder('88')]: ok({
        ...child,
        ordType: 'limit',
        px: '82900',
        state: 'live',
        accFillSz: '0',
      }),
    })
    expect(await getOrderHistory(call, { ...query, limit: 1 })).toMatchObject([
      { orderId: 'algo:362', status: 'CANCELLED' },
    ])
  })

  test('behavior: only the newest of both stores are looked into', async () => {
    const late = { ...cancelledStop, cTime: String(NOW - HOUR) }
    const early = { ...fired, cTime: String(NOW - 2 * HOUR) }
    const { call, lines } = script({
      [ALGOS]: ok(),
      [FIRED]: ok(early),
      [CANCELLED]: ok(late),
      [RECENT]: ok(),
    })
    expect(await getOrderHistory(call, { ...query, limit: 1 })).toMatchObject([
      { orderId: 'algo:362' },
    ])
    expect(lines).not.toContain(ofOrder('88'))
  })

  test('behavior: both stores are paged by id, so that none of one millisecond is lost', async () => {
    const { call } = script({
      [ALGOS]: ok(),
      [CANCELLED]: ok(...rows(cancelledStop, 'algoId', 5_000, 100, NOW - HOUR)),
      [ofAlgos('conditional,oco', 'canceled', '&after=4901')]: ok(
        ...rows(cancelledStop, 'algoId', 4_900, 3, NOW - HOUR),
      ),
      [ofPlain(RECENT, query.startTime, query.endTime)]: ok(
        ...rows(filled, 'ordId', 1_000, 100, NOW - HOUR),
      ),
      [ofPlain(RECENT, query.startTime, query.endTime, '&after=901')]: ok(
        ...rows(filled, 'ordId', 900, 2, NOW - HOUR),
      ),
    })
    const orders = await getOrderHistory(call, { ...query, limit: 1_000 })
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(205)
  })

  test('behavior: conditional orders are read back to the start of the window', async () => {
    const early = rows(cancelledStop, 'algoId', 5_000, 100, query.startTime - 1)
    const { call, lines } = script({ [ALGOS]: ok(), [CANCELLED]: ok(...early), [RECENT]: ok() })
    expect(await getOrderHistory(call, query)).toEqual([])
    expect(lines).toHaveLength(10)
  })

  test('behavior: a page that comes again ends it', async () => {
    const { call, lines } = script({
      [ALGOS]: ok(...rows(cancelledStop, 'algoId', 5_000, 100, NOW - HOUR)),
      [RECENT]: ok(...rows(filled, 'ordId', 1_000, 100, NOW - HOUR)),
    })
    await getOrderHistory(call, { ...query, limit: 1_000 })
    expect(lines).toHaveLength(20)
  })

  test('behavior: what is older than a week is in the archive', async () => {
    const month = { ...query, startTime: NOW - 720 * HOUR }
    const old = { ...filled, ordId: '7', cTime: String(NOW - 300 * HOUR) }
    const { call, lines } = script({ [ALGOS]: ok(), [RECENT]: ok(filled), [ARCHIVE]: ok(old) })
    const orders = await getOrderHistory(call, month)
    expect(orders.map(({ orderId }) => orderId)).toEqual(['2497956918703120384', '7'])
    expect(lines.slice(9)).toEqual([
      ofPlain(RECENT, month.startTime, month.endTime),
      ofPlain(ARCHIVE, month.startTime, NOW - 167 * HOUR),
    ])
  })

  test.each(['FIRST', 'SECOND'])('error: a refusal by the %s store', async (which) => {
    const limited = refused('50011')
    const isFirst = which === 'FIRST'
    const { call } = script({
      [ALGOS]: isFirst ? limited : ok(),
      [RECENT]: isFirst ? ok() : limited,
    })
    await expect(getOrderHistory(call, query)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  })
})
