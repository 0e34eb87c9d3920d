import { describe, expect, it } from 'vitest'
import { bitcoin, NOW, script, success } from './script.testing.ts'
import { getTrades } from './trades.ts'

const PATH = 'GET history'
const END = Date.parse(NOW)
const trade = (uid: string, age: number, more: Record<string, unknown> = {}): unknown => ({
  time: new Date(END - age).toISOString(),
  trade_id: 100,
  price: 84000.5,
  size: 0.0004,
  side: 'sell',
  type: 'fill',
  uid,
  ...more,
})
const page = (rows: unknown[]): unknown => success({ history: rows })
const hundred = (age: number) =>
  Array.from({ length: 100 }, (_, i) => trade(`t${age + i}`, age + i))

async function read(answers: unknown, limit: number) {
  const { call, lines } = script({ [PATH]: answers })
  const trades = await getTrades(call, { instrument: bitcoin, limit })
  return { ids: trades.map(({ tradeId }) => tradeId), lines }
}

describe('getTrades', () => {
  it('default: ascending, told from the taker side, numbers or texts', async () => {
    const { call, lines, sent } = script({
      [PATH]: page([
        trade('b', 0, { time: '2026-11-22T05:00:00.123456Z', side: 'buy', size: '0.5' }),
        trade('a', 7),
      ]),
    })
    const trades = await getTrades(call, { instrument: bitcoin, limit: 100 })
    const names = { symbol: 'BTCUSD', nativeSymbol: 'PF_XBTUSD', price: '84000.5' }
    expect(trades).toEqual([
      { ...names, tradeId: 'a', quantity: '0.0004', side: 'SELL', timestamp: END - 7 },
      { ...names, tradeId: 'b', quantity: '0.5', side: 'BUY', timestamp: END + 123 },
    ])
    expect(trades[0]?.raw).toMatchObject({ type: 'fill' })
    expect(lines).toEqual([`${PATH}?symbol=PF_XBTUSD`])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: {} }])
  })

  it('args: the newest of a page', async () => {
    expect(await read(page(hundred(0)), 3)).toEqual({
      ids: ['t2', 't1', 't0'],
      lines: [`${PATH}?symbol=PF_XBTUSD`],
    })
  })

  it('behavior: more than a page; those of one millisecond at the seam are all there', async () => {
    const second = [trade('t99', 99), trade('same', 99), trade('older', 500)]
    const { ids, lines } = await read([page(hundred(0)), page(second)], 1_000)
    expect(ids).toHaveLength(102)
    expect(ids.slice(0, 3)).toEqual(['older', 'same', 't99'])
    expect(lines[1]).toBe(`${PATH}?symbol=PF_XBTUSD&lastTime=2026-11-22T04:59:59.902Z`)
    expect(lines).toHaveLength(2)
  })

  it('behavior: pages that bring nothing new are the end', async () => {
    const { ids, lines } = await read(page(hundred(0)), 1_000)
    expect(ids).toHaveLength(100)
    expect(lines).toHaveLength(2)
  })

  it('error: a side nobody knows, a trade without its name', async () => {
    await expect(read(page([trade('a', 0, { side: 'unknown' })]), 1)).rejects.toThrow(
      '$.history[0].side: expected buy or sell',
    )
    await expect(read(page([trade('', 0)]), 1)).rejects.toThrow('$.history[0].uid: expected')
    await expect(read(success(), 1)).rejects.toThrow('$.history: expected an array')
  })
})
