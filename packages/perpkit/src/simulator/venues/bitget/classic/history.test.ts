import { expect, test } from 'vitest'
import { classic, code, type Desk, data, openDesk, row, rows } from '../desk.fixture.ts'

// What was: docs/wire/bitget.md 4.2 and 4.5.

const mix = '/api/v2/mix'
const order = { ...classic, marginMode: 'crossed', side: 'buy', orderType: 'market', size: '0.01' }
const classicOnly = { symbol: 'BTCUSDT', productType: 'USDT-FUTURES' } as const

async function openLong(desk: Desk, more: Record<string, unknown> = {}): Promise<void> {
  const answer = await desk.post(`${mix}/order/place-order`, { ...order, ...more })
  expect(code(answer)).toBe('00000')
}

test('behavior: history is paged by `idLessThan`, newest first, and reaches back 90 days', async () => {
  const desk = await openDesk('classic')
  await openLong(desk)
  await desk.advance(60_000)
  await openLong(desk, { side: 'sell', reduceOnly: 'YES' })
  for (const [path, key, id] of [
    ['order/orders-history', 'entrustedList', 'orderId'],
    ['order/fills', 'fillList', 'tradeId'],
    ['order/fill-history', 'fillList', 'tradeId'],
  ] as const) {
    const get = async (more: Record<string, string | number>): Promise<unknown[]> =>
      rows(await desk.get(`${mix}/${path}`, { ...classicOnly, ...more }), key).map((it) => it[id])
    const all = await get({})
    const first = await desk.get(`${mix}/${path}`, { ...classicOnly, limit: 1 })
    expect([path, data(first).endId]).toEqual([path, all[0]])
    expect(await get({ idLessThan: String(all[0]) })).toEqual(all.slice(1))
  }
  const long = { ...classicOnly, startTime: 1, endTime: 8 * 86_400_000 }
  expect(code(await desk.get(`${mix}/order/fill-history`, long))).toBe('40705')
  await desk.advance(91 * 86_400_000)
  const late = data(await desk.get(`${mix}/order/orders-history`, classicOnly))
  expect(late.entrustedList).toBeNull()
})

test('behavior: quirk 11, closed positions follow from the fills, with times in lower case', async () => {
  const desk = await openDesk('classic')
  await openLong(desk)
  await openLong(desk)
  await desk.setPrice('61000')
  await openLong(desk, { side: 'sell', size: '0.03' })
  const history = `${mix}/position/history-position`
  const only = row(await desk.get(history, classicOnly), 'list')
  expect(only).toMatchObject({
    holdSide: 'long',
    openTotalPos: '0.02',
    closeTotalPos: '0.02',
    posMode: 'one_way_mode',
    totalFunding: '0',
  })
  expect(Number(only.pnl)).toBeCloseTo(20, 0)
  expect(Number(only.netProfit)).toBeCloseTo(
    Number(only.pnl) + Number(only.openFee) + Number(only.closeFee),
    8,
  )
  expect(Number(only.utime)).toBeGreaterThanOrEqual(Number(only.ctime))
  await openLong(desk, { side: 'buy', size: '0.01', reduceOnly: 'YES' })
  const sides = rows(await desk.get(history, classicOnly), 'list').map(({ holdSide }) => holdSide)
  expect(sides).toEqual(['short', 'long'])
})
