import { describe, expect, test } from 'vitest'
import type { SimulatorOptions } from '../../options.ts'
import { bitcoin, type Desk, openDesk, place, rows, said, usdt } from './desk.fixture.ts'

const full = { ...bitcoin, tpslMode: 'Full', positionIdx: 0 }
const partial = { ...bitcoin, tpslMode: 'Partial', positionIdx: 0 }

describe('Full', () => {
  test('default: a repeated call modifies, a zero removes, the rest stays', async () => {
    const desk = await withPosition()
    const answer = await set(desk, { ...full, stopLoss: '58000', takeProfit: '63000' })
    expect(answer).toEqual({ retCode: 0, retMsg: 'OK', result: {} })
    const [first] = await legs(desk, 'StopLoss')
    expect(first).toMatchObject({
      orderLinkId: '',
      qty: '0.020',
      price: '0.00',
      side: 'Sell',
      orderStatus: 'Untriggered',
      createType: 'CreateByStopLoss',
      tpslMode: 'Full',
      triggerPrice: '58000.00',
      triggerDirection: 2,
      triggerBy: 'LastPrice',
      reduceOnly: true,
      closeOnTrigger: true,
    })
    await set(desk, { ...full, stopLoss: '58500', slTriggerBy: 'MarkPrice' })
    const [moved] = await legs(desk, 'StopLoss')
    expect(moved).toMatchObject({
      orderId: first?.orderId,
      triggerPrice: '58500.00',
      triggerBy: 'MarkPrice',
    })
    expect(await position(desk)).toMatchObject({ stopLoss: '58500.00', takeProfit: '63000.00' })
    await set(desk, { ...full, stopLoss: '0' })
    expect(await position(desk)).toMatchObject({ stopLoss: '', takeProfit: '63000.00' })
    expect(await legs(desk, 'StopLoss')).toEqual([])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: it follows the size of the position', async () => {
    const desk = await withPosition()
    await set(desk, { ...full, stopLoss: '58000' })
    await place(desk, { qty: '0.01' })
    expect(await legs(desk, 'StopLoss')).toMatchObject([{ qty: '0.030' }])
    await desk.setPrice('57900')
    expect(rows(await desk.get('/v5/position/list', usdt))).toEqual([])
  })

  test('behavior: all legs end with the position', async () => {
    const desk = await withPosition()
    const more = { stopLoss: '58000', takeProfit: '63000', trailingStop: '500' }
    await set(desk, { ...full, ...more })
    await set(desk, { ...partial, takeProfit: '64000', tpSize: '0.01' })
    await place(desk, { side: 'Sell', qty: '1', reduceOnly: true })
    const history = rows(await desk.get('/v5/order/history', bitcoin))
    const ended = history.filter((row) => row.cancelType === 'CancelByTpSlTsClear')
    expect(ended.map((row) => row.stopOrderType).sort()).toEqual([
      'PartialTakeProfit',
      'StopLoss',
      'TakeProfit',
      'TrailingStop',
    ])
    expect(ended.every((row) => row.orderStatus === 'Cancelled')).toBe(true)
  })

  test('behavior: for a short position everything is the other way round', async () => {
    const desk = openDesk()
    await place(desk, { side: 'Sell' })
    await set(desk, { ...full, stopLoss: '62000', takeProfit: '58000' })
    expect(await legs(desk, 'StopLoss')).toMatchObject([{ side: 'Buy', triggerDirection: 1 }])
    expect(await legs(desk, 'TakeProfit')).toMatchObject([{ side: 'Buy', triggerDirection: 2 }])
    await desk.setPrice('57900')
    expect(rows(await desk.get('/v5/position/list', usdt))).toEqual([])
    const fills = rows(await desk.get('/v5/execution/list', bitcoin))
    expect(fills[0]).toMatchObject({ stopOrderType: 'TakeProfit', closedSize: '0.01' })
  })

  test('args: mode and slot may be missing', async () => {
    const desk = await withPosition()
    expect(await set(desk, { ...bitcoin, stopLoss: '58000' })).toMatchObject({ retCode: 0 })
    expect(await legs(desk, 'StopLoss')).toMatchObject([{ tpslMode: 'Full' }])
  })
})

describe('Partial', () => {
  test('behavior: every call adds legs; two of one call are a pair (traps 5, 35)', async () => {
    const desk = await withPosition()
    const pair = { takeProfit: '61000', stopLoss: '59000', tpSize: '0.005', slSize: '0.005' }
    await set(desk, { ...partial, ...pair })
    await set(desk, { ...partial, ...pair })
    expect(await legs(desk, 'PartialTakeProfit')).toHaveLength(2)
    expect(await position(desk)).toMatchObject({ stopLoss: '', takeProfit: '' })
    const [leg] = await legs(desk, 'PartialStopLoss')
    expect(leg).toMatchObject({ qty: '0.005', createType: 'CreateByPartialStopLoss' })
    const change = { ...bitcoin, orderId: leg?.orderId, qty: '0.004' }
    await desk.post('/v5/order/amend', change)
    const sizes = (await legs(desk, 'PartialTakeProfit')).map((row) => row.qty).sort()
    expect(sizes).toEqual(['0.004', '0.005'])
    await desk.post('/v5/order/cancel', { ...bitcoin, orderId: leg?.orderId })
    expect(await legs(desk, 'PartialTakeProfit')).toHaveLength(1)
    expect(await legs(desk, 'PartialStopLoss')).toHaveLength(1)
  })

  test('behavior: a leg is never shown larger than the position', async () => {
    const desk = await withPosition()
    await set(desk, { ...partial, stopLoss: '58000', slSize: '0.02' })
    await place(desk, { side: 'Sell', qty: '0.015', reduceOnly: true })
    expect(await legs(desk, 'PartialStopLoss')).toMatchObject([{ qty: '0.005' }])
    await desk.setPrice('57900')
    expect(rows(await desk.get('/v5/position/list', usdt))).toEqual([])
  })

  test('behavior: limit legs', async () => {
    const desk = await withPosition()
    const limit = { tpOrderType: 'Limit', tpLimitPrice: '61100' }
    await set(desk, { ...partial, takeProfit: '61000', tpSize: '0.01', ...limit })
    await desk.setPrice('61000')
    const [working] = rows(
      await desk.get('/v5/order/realtime', { ...bitcoin, orderFilter: 'Order' }),
    )
    expect(working).toMatchObject({ orderType: 'Limit', price: '61100.00', orderStatus: 'New' })
  })

  test('error: more than the position, more than twenty', async () => {
    // The venue takes ten of these calls a second, and the clock stands.
    const desk = await withPosition({ rateLimits: false })
    await set(desk, { ...partial, takeProfit: '61000', tpSize: '0.015' })
    const more = await set(desk, { ...partial, takeProfit: '62000', tpSize: '0.006' })
    expect(more).toMatchObject({ retCode: 110058 })
    for (let i = 0; i < 19; i++) {
      await set(desk, { ...partial, stopLoss: '58000', slSize: '0.001' })
    }
    const last = await set(desk, { ...partial, stopLoss: '58000', slSize: '0.001' })
    expect(last).toMatchObject({ retCode: 110061 })
  })
})

describe('trailing', () => {
  test('behavior: it waits for its activation, then fires a distance behind the best', async () => {
    const desk = await withPosition()
    const trailing = { trailingStop: '500', activePrice: '61000' }
    await set(desk, { ...bitcoin, ...trailing })
    expect(await position(desk)).toMatchObject({ trailingStop: '500' })
    expect(await legs(desk, 'TrailingStop')).toMatchObject([
      { triggerPrice: '61000.00', qty: '0.020', createType: 'CreateByTrailingStop' },
    ])
    await desk.setPrice('59000')
    expect(await legs(desk, 'TrailingStop')).toHaveLength(1)
    await desk.setPrice('62000')
    await desk.setPrice('61501')
    expect(await legs(desk, 'TrailingStop')).toHaveLength(1)
    await desk.setPrice('61400')
    expect(rows(await desk.get('/v5/position/list', usdt))).toEqual([])
    const fills = rows(await desk.get('/v5/execution/list', bitcoin))
    expect(fills[0]).toMatchObject({ stopOrderType: 'TrailingStop' })
  })

  test('behavior: it is replaced and removed', async () => {
    const desk = await withPosition()
    await set(desk, { ...bitcoin, trailingStop: '500' })
    await set(desk, { ...bitcoin, trailingStop: '700' })
    expect(await position(desk)).toMatchObject({ trailingStop: '700' })
    expect(await legs(desk, 'TrailingStop')).toHaveLength(1)
    await set(desk, { ...bitcoin, trailingStop: '0' })
    expect(await position(desk)).toMatchObject({ trailingStop: '0' })
    expect(await legs(desk, 'TrailingStop')).toEqual([])
  })
})

const below = 'StopLoss:610000000 set for Buy position should lower than base_price'

test.each([
  [{ ...full }, 34040, 'not modified'],
  [{ ...full, stopLoss: '0' }, 34040, 'not modified'],
  [{ ...full, trailingStop: '0' }, 34040, 'not modified'],
  [{ ...full, stopLoss: '61000' }, 10001, `${below}:600000000??LastPrice`],
  [{ ...full, stopLoss: '58000.05' }, 10001, 'Price invalid'],
  [{ ...full, stopLoss: 58000 }, 10001, 'Request parameter error.'],
  [{ ...full, stopLoss: '58000', positionIdx: 1 }, 10001, 'position idx not match position mode'],
  [
    { ...bitcoin, stopLoss: '58000', slOrderType: 'Market' },
    10001,
    'slOrderType can not have a value when tpSlMode is empty',
  ],
  [
    { ...bitcoin, stopLoss: '58000', slSize: '0.01' },
    10001,
    'slSize can not have a value when tpSlMode is empty',
  ],
  [
    { ...full, stopLoss: '58000', slOrderType: 'Limit', slLimitPrice: '57900' },
    10001,
    'slOrderType only support Market when tpSlMode is Full',
  ],
  [
    { ...partial, stopLoss: '58000' },
    10001,
    'takeProfit and tpSize, stopLoss and slSize need to input in pairs',
  ],
  [
    { ...partial, stopLoss: '58000', slSize: '0.01', takeProfit: '61000', tpSize: '0.02' },
    10001,
    'tpSize and slSize must be equal',
  ],
  [
    { ...bitcoin, trailingStop: '500', activePrice: '59000' },
    10001,
    'TrailingProfit:590000000 set for Buy position should be higher than base_price:600000000??LastPrice',
  ],
  [{ ...full, symbol: 'FOOUSDT', stopLoss: '1' }, 10001, 'params error: symbol invalid FOOUSDT'],
])('error: %j', async (body, retCode, retMsg) => {
  const desk = await withPosition()
  expect(await set(desk, body)).toMatchObject({ retCode, retMsg })
})

test('error: an unchanged call, and one without a position (traps 2, 8)', async () => {
  const desk = await withPosition()
  await set(desk, { ...full, stopLoss: '58000' })
  const same = await set(desk, { ...full, stopLoss: '58000.00' })
  expect(same).toMatchObject({ retCode: 34040, retMsg: 'not modified' })
  const flat = await set(openDesk(), { ...full, stopLoss: '58000' })
  expect(flat).toMatchObject({ retMsg: 'can not set tp/sl/ts for zero position' })
})

test('behavior: the misspelt mode is ignored and noted (trap 7)', async () => {
  const desk = await withPosition()
  const answer = await set(desk, { ...bitcoin, tpSlMode: 'Full', slOrderType: 'Market' })
  expect(answer.retMsg).toBe('slOrderType can not have a value when tpSlMode is empty')
  expect(await desk.unknownWords()).toEqual(['parameter tpSlMode'])
})

/** A long position of 0.02 BTC at 60 000. */
async function withPosition(options: SimulatorOptions = {}): Promise<Desk> {
  const desk = openDesk(options)
  await place(desk, { qty: '0.02' })
  return desk
}

async function set(
  desk: Desk,
  body: Record<string, unknown>,
): Promise<{ retCode: number; retMsg: string; result: unknown }> {
  const answer = await desk.post('/v5/position/trading-stop', body)
  const retMsg = said(answer).slice(said(answer).indexOf(' ') + 1)
  return { retCode: answer.at('retCode').number(), retMsg, result: answer.at('result').value }
}

async function legs(desk: Desk, stopOrderType: string): Promise<Record<string, unknown>[]> {
  const query = { ...bitcoin, orderFilter: 'StopOrder', limit: 50 }
  const waiting = rows(await desk.get('/v5/order/realtime', query))
  return waiting.filter((row) => row.stopOrderType === stopOrderType)
}

async function position(desk: Desk): Promise<Record<string, unknown> | undefined> {
  return rows(await desk.get('/v5/position/list', bitcoin))[0]
}
