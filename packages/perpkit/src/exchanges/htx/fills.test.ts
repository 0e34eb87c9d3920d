import { describe, expect, test } from 'vitest'
import { getFeeRates, getFills } from './fills.ts'
import { bitcoin, done, refused, script } from './script.testing.ts'

const FILLS = 'GET /v5/trade/order/details'
const TIME = 'GET /api/v1/timestamp'
const HOUR = 3_600_000
const NOW = 1_780_990_000_000
const time = { status: 'ok', ts: NOW }

// Recorded (docs/wire/htx.md 4.8).
const row = {
  id: '1513834754679549965',
  contract_code: 'BTC-USDT',
  order_id: '1513834754585190400',
  trade_id: '152022944',
  side: 'sell',
  position_side: 'long',
  order_type: '1',
  margin_mode: 'cross',
  type: 'market',
  role: 'TAKER',
  trade_price: '62688.2',
  trade_volume: '2',
  trade_turnover: '125.3764',
  created_time: '1780967931197',
  updated_time: '1780967931197',
  order_source: 'api',
  fee_currency: 'USDT',
  trade_fee: '0.07522584',
  deduction_price: '',
  profit: '-0.3656',
  contract_type: 'swap',
}

function rows(count: number, firstId: number) {
  return Array.from({ length: count }, (_, index) => ({ ...row, id: String(firstId + index) }))
}

describe('getFills', () => {
  const lately = { instrument: bitcoin, startTime: NOW - 6 * HOUR, endTime: NOW, limit: 100 }

  test('default: in the base asset, what was paid positive', async () => {
    const { call, lines, sent } = script({ [TIME]: time, [FILLS]: done([row]) })
    const [fill, ...others] = await getFills(call, lately)
    expect(others).toEqual([])
    expect(fill).toEqual({
      fillId: '152022944-1513834754585190400-1',
      orderId: '1513834754585190400',
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      side: 'SELL',
      positionSide: 'LONG',
      quantity: '0.002',
      price: '62688.2',
      fee: '0.07522584',
      feeAsset: 'USDT',
      isMaker: false,
      realizedPnl: '-0.3656',
      timestamp: 1_780_967_931_197,
    })
    expect(fill?.raw).toEqual(row)
    expect(lines).toEqual([
      TIME,
      `${FILLS}?contract_code=BTC-USDT&start_time=${NOW - 6 * HOUR}&end_time=${NOW}&limit=100`,
    ])
    expect(sent[1]).toEqual({ access: 'read', effect: 'read', cost: { read: 1 } })
  })

  test('behavior: one-way mode, lower case, numbers, and what is not told', async () => {
    const sparse = {
      id: 7,
      order_id: 1513834754585190,
      side: 'buy',
      position_side: 'both',
      role: 'maker',
      trade_price: 62688.2,
      trade_volume: 1,
      trade_fee: '-0.01',
      client_order_id: '99',
      created_time: 1780967931197,
    }
    const { call } = script({ [TIME]: time, [FILLS]: done([sparse, { ...sparse, role: '' }]) })
    const [last] = await getFills(call, lately)
    expect(last).toEqual({
      fillId: '7',
      orderId: '1513834754585190',
      clientOrderId: '99',
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      side: 'BUY',
      quantity: '0.001',
      price: '62688.2',
      fee: '-0.01',
      timestamp: 1_780_967_931_197,
    })
  })

  test('behavior: several executions of one trade are numbered in their order', async () => {
    const listed = ['9', '10', '11'].map((id) => ({ ...row, id }))
    const other = { ...row, id: '12', trade_id: '152022945' }
    const answer = done([other, ...listed.reverse()])
    const { call } = script({ [TIME]: time, [FILLS]: answer })
    const fills = await getFills(call, lately)
    expect(fills.map(({ fillId }) => fillId.replace('-1513834754585190400', ''))).toEqual([
      '152022944-1',
      '152022944-2',
      '152022944-3',
      '152022945-1',
    ])
    expect(fills.map(({ raw }) => raw)).toEqual([...listed.reverse(), other])
  })

  test('behavior: pages by paging id, so rows of one millisecond are not lost', async () => {
    const range = `contract_code=BTC-USDT&start_time=${NOW - 6 * HOUR}&end_time=${NOW}`
    const { call, lines } = script({
      [TIME]: time,
      [`${FILLS}?${range}&limit=100`]: done(rows(100, 1_000)),
      [`${FILLS}?${range}&from=1099&direct=next&limit=100`]: done(rows(100, 1_100)),
      [`${FILLS}?${range}&from=1199&direct=next&limit=100`]: done(rows(3, 1_200)),
    })
    const fills = await getFills(call, { ...lately, limit: 10 })
    expect(new Set(fills.map(({ fillId }) => fillId)).size).toBe(203)
    expect(lines).toHaveLength(4)
  })

  test('behavior: windows of at most 48 hours, and nothing out of reach', async () => {
    const { call, lines } = script({ [TIME]: time, [FILLS]: done([]) })
    await getFills(call, { ...lately, startTime: 0 })
    const windows = lines.slice(1).map((line) => {
      const { start_time, end_time } = Object.fromEntries(new URLSearchParams(line.split('?')[1]))
      return [(NOW - Number(start_time)) / HOUR, (NOW - Number(end_time)) / HOUR]
    })
    const reach = 72 - 5 / 60
    expect(windows).toEqual([
      [6, 0],
      [30, 6],
      [reach, 30],
    ])
  })

  test('behavior: what ended before the reach is not asked for', async () => {
    const { call, lines } = script({ [TIME]: time })
    const old = { ...lately, startTime: NOW - 200 * HOUR, endTime: NOW - 100 * HOUR }
    expect(await getFills(call, old)).toEqual([])
    expect(lines).toEqual([TIME])
  })

  test.each([
    ['id', ''],
    ['order_id', null],
    ['side', 'none'],
    ['trade_volume', ''],
    ['trade_price', null],
    ['created_time', ''],
  ])('error: %s is %j', async (name, value) => {
    const { call } = script({ [TIME]: time, [FILLS]: done([{ ...row, [name]: value }]) })
    await expect(getFills(call, lately)).rejects.toMatchObject({ path: `$.data[0].${name}` })
  })
})

describe('getFeeRates', () => {
  test('default: what the newest fills paid', async () => {
    const maker = { ...row, role: 'MAKER', trade_fee: '-0.00125376', created_time: '1780967931198' }
    const older = { ...row, trade_fee: '0.1', created_time: '1780967931000' }
    const { call, lines } = script({ [FILLS]: done([row, older, maker]) })
    expect(await getFeeRates(call, { instrument: bitcoin })).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      makerRate: '-0.00001',
      takerRate: '0.0006',
    })
    expect(lines).toEqual([`${FILLS}?contract_code=BTC-USDT&limit=100`])
  })

  test.each([
    ['no fills', []],
    ['a liquidation', [{ ...row, order_type: '3', trade_fee: '1' }]],
    ['a fee in another asset', [{ ...row, fee_currency: 'HTX', trade_fee: '1' }]],
    ['no turnover', [{ ...row, trade_turnover: '0' }]],
    ['no fee', [{ ...row, trade_fee: '' }]],
    ['no role', [{ ...row, role: null, trade_fee: '1' }]],
  ])('behavior: the usual rates, when there is %s', async (_what, data) => {
    const { call } = script({ [FILLS]: done(data) })
    expect(await getFeeRates(call, { instrument: bitcoin })).toMatchObject({
      makerRate: '0.0002',
      takerRate: '0.0006',
    })
  })

  test('error: a refusal is no rate', async () => {
    const { call } = script({ [FILLS]: refused(1067) })
    await expect(getFeeRates(call, { instrument: bitcoin })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    })
  })
})
