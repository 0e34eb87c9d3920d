import { describe, expect, test } from 'vitest'
import {
  bitcoin,
  type Desk,
  look,
  openDesk,
  order,
  place,
  row,
  rows,
  said,
  usdt,
} from './desk.fixture.ts'

// Two slots a contract: docs/wire/bybit.md 4.2.

const mismatch = '10001 position idx not match position mode'

const long = { positionIdx: 1 }

const short = { side: 'Sell', positionIdx: 2 }

/** BTCUSDT in hedge mode. */
async function openHedged(): Promise<Desk> {
  const desk = openDesk()
  const answer = await desk.post('/v5/position/switch-mode', { ...bitcoin, mode: 3 })
  expect(answer.at('result').value).toEqual({})
  return desk
}

async function create(desk: Desk, more: Record<string, unknown>): Promise<string> {
  return said(await desk.post('/v5/order/create', order(more)))
}

async function positions(desk: Desk): Promise<Record<string, unknown>[]> {
  return rows(await desk.get('/v5/position/list', bitcoin))
}

describe('switch-mode', () => {
  test('default: two flat rows say that a contract is hedged', async () => {
    const desk = await openHedged()
    expect(await positions(desk)).toMatchObject([
      { positionIdx: 1, side: '', size: '0', leverage: '10', openTime: 0 },
      { positionIdx: 2, side: '', size: '0', leverage: '10', openTime: 0 },
    ])
    expect(rows(await desk.get('/v5/position/symbol-info', bitcoin))).toEqual([
      { symbol: 'BTCUSDT', leverage: '10', side: '', positionIdx: 1 },
      { symbol: 'BTCUSDT', leverage: '10', side: '', positionIdx: 2 },
    ])
    expect(rows(await desk.get('/v5/position/list', usdt))).toEqual([])
    const again = await desk.post('/v5/position/switch-mode', { ...bitcoin, mode: 3 })
    expect(said(again)).toBe('110025 Position mode is not modified')
    const ether = { category: 'linear', symbol: 'ETHUSDT' }
    expect(row(await desk.get('/v5/position/list', ether))).toMatchObject({ positionIdx: 0 })
    expect(said(await desk.post('/v5/position/switch-mode', { ...bitcoin, mode: 0 }))).toBe('0 OK')
    expect(await positions(desk)).toMatchObject([{ positionIdx: 0 }])
  })

  test('behavior: by coin it answers 0, and busy symbols stay behind (trap 38)', async () => {
    const desk = openDesk()
    await place(desk, { symbol: 'ETHUSDT', qty: '1' })
    await place(desk, { symbol: 'SOLUSDT', orderType: 'Limit', price: '1', qty: '10' })
    const hedge = { category: 'linear', coin: 'USDT', mode: 3 }
    expect(said(await desk.post('/v5/position/switch-mode', hedge))).toBe('0 OK')
    const slots = async (symbol: string): Promise<unknown[]> =>
      rows(await desk.get('/v5/position/list', { category: 'linear', symbol })).map(
        ({ positionIdx }) => positionIdx,
      )
    expect(await slots('BTCUSDT')).toEqual([1, 2])
    expect(await slots('ETHUSDT')).toEqual([0])
    expect(await slots('SOLUSDT')).toEqual([0])
    expect(await slots('BTCPERP')).toEqual([0])
    const usdc = { category: 'linear', coin: 'USDC', mode: 3 }
    expect(said(await desk.post('/v5/position/switch-mode', usdc))).toBe('0 OK')
    expect(await slots('BTCPERP')).toEqual([1, 2])
    expect(said(await desk.post('/v5/position/switch-mode', hedge))).toBe('0 OK')
    expect(await desk.unknownWords()).toEqual([])
  })

  test('error: back to one-way with a position or with orders', async () => {
    const desk = await openHedged()
    const back = { ...bitcoin, mode: 0 }
    await place(desk, { ...long, orderType: 'Limit', price: '59000' })
    expect(said(await desk.post('/v5/position/switch-mode', back))).toBe(
      '110028 You have existing open orders, so the position mode cannot be switched.',
    )
    await place(desk, short)
    expect(said(await desk.post('/v5/position/switch-mode', back))).toBe(
      '110024 You have an existing position, so the position mode cannot be switched.',
    )
  })

  test('behavior: leverage stays through the change', async () => {
    const desk = openDesk()
    const leverage = { ...bitcoin, buyLeverage: '7', sellLeverage: '7' }
    await desk.post('/v5/position/set-leverage', leverage)
    await desk.post('/v5/position/switch-mode', { ...bitcoin, mode: 3 })
    expect(await positions(desk)).toMatchObject([{ leverage: '7' }, { leverage: '7' }])
    // In cross margin both sides have one leverage still.
    const two = { ...bitcoin, buyLeverage: '5', sellLeverage: '6' }
    expect(said(await desk.post('/v5/position/set-leverage', two))).toBe('10001 leverage invalid')
  })
})

describe('orders', () => {
  test.each([
    [3, {}],
    [3, { positionIdx: 0 }],
    [0, { positionIdx: 1 }],
    [0, { positionIdx: 2 }],
  ])('error: in mode %i with %j, on every kind of order', async (mode, slot) => {
    const desk = openDesk()
    if (mode === 3) await desk.post('/v5/position/switch-mode', { ...bitcoin, mode })
    const kinds = [
      {},
      { orderType: 'Limit', price: '59000' },
      { triggerPrice: '61000', triggerDirection: 1 },
      { side: 'Sell', qty: '0', reduceOnly: true, closeOnTrigger: true },
    ]
    for (const kind of kinds) expect(await create(desk, { ...kind, ...slot })).toBe(mismatch)
    const { category: _, ...item } = order(slot)
    const batch = { category: 'linear', request: [item] }
    const answer = await desk.post('/v5/order/create-batch', batch)
    expect(answer.at('retExtInfo').at('list').at(0).value).toEqual({
      code: 10001,
      msg: 'position idx not match position mode',
    })
    const check = await desk.post('/v5/order/pre-check', order(slot))
    expect(said(check)).toBe(mismatch)
    const stop = { ...bitcoin, ...slot, tpslMode: 'Full', stopLoss: '59000' }
    expect(said(await desk.post('/v5/position/trading-stop', stop))).toBe(mismatch)
    expect(await desk.unknownWords()).toEqual([])
  })

  test('error: a slot that does not exist is noted', async () => {
    const desk = await openHedged()
    expect(await create(desk, { positionIdx: 3 })).toBe(mismatch)
    expect(await desk.unknownWords()).toEqual(['value positionIdx'])
  })

  test('behavior: long and short side by side, closed one by one', async () => {
    const desk = await openHedged()
    await place(desk, { ...long, orderLinkId: 'l', qty: '0.03' })
    await place(desk, { ...short, orderLinkId: 's', qty: '0.02' })
    expect(await positions(desk)).toMatchObject([
      { positionIdx: 1, side: 'Buy', size: '0.030' },
      { positionIdx: 2, side: 'Sell', size: '0.020' },
    ])
    expect(rows(await desk.get('/v5/position/list', usdt))).toHaveLength(2)
    expect(await look(desk, 's')).toMatchObject({ positionIdx: 2, orderStatus: 'Filled' })
    // Slot and side say that it closes: more than the slot is clipped and opens nothing.
    await place(desk, { positionIdx: 1, side: 'Sell', qty: '1', orderLinkId: 'cl' })
    expect(await look(desk, 'cl')).toMatchObject({
      positionIdx: 1,
      qty: '0.030',
      cumExecQty: '0.030',
      reduceOnly: false,
    })
    const closeShort = { positionIdx: 2, qty: '0.005', reduceOnly: true }
    await place(desk, closeShort)
    expect(await positions(desk)).toMatchObject([
      { positionIdx: 1, size: '0', side: '', seq: 2, curRealisedPnl: '0' },
      { positionIdx: 2, size: '0.015', side: 'Sell', seq: 2 },
    ])
    const closed = rows(await desk.get('/v5/position/closed-pnl', bitcoin))
    expect(closed).toMatchObject([
      { side: 'Buy', closedSize: '0.005' },
      { side: 'Sell', closedSize: '0.03' },
    ])
  })

  test('error: what closes an empty slot, or is reduce-only on its own side', async () => {
    const desk = await openHedged()
    const flat = '110017 current position is zero, cannot fix reduce-only order qty'
    expect(await create(desk, { positionIdx: 1, side: 'Sell' })).toBe(flat)
    expect(await create(desk, { positionIdx: 2, side: 'Buy', reduceOnly: true })).toBe(flat)
    await place(desk, long)
    expect(await create(desk, { ...long, reduceOnly: true })).toBe(
      '110017 Reduce-only rule not satisfied',
    )
    // The other slot is empty still.
    expect(await create(desk, { positionIdx: 2, side: 'Buy', reduceOnly: true })).toBe(flat)
    const attached = { positionIdx: 1, side: 'Sell', stopLoss: '61000' }
    expect(await create(desk, attached)).toMatch(/^110057 /)
  })

  test('behavior: a closing order is free of minimum value and maximum size', async () => {
    const desk = await openHedged()
    const coin = { symbol: 'DOGEUSDT', ...long }
    await desk.post('/v5/position/switch-mode', { category: 'linear', symbol: 'DOGEUSDT', mode: 3 })
    await place(desk, { ...coin, qty: '1000' })
    expect(await create(desk, { ...coin, side: 'Sell', qty: '1' })).toBe('0 OK')
    expect(await create(desk, { ...coin, side: 'Sell', qty: '99000000' })).toBe('0 OK')
    expect(await create(desk, { ...coin, qty: '1' })).toMatch(/^110094 /)
  })

  test('behavior: conditionals of one slot trigger and are shown there', async () => {
    const desk = await openHedged()
    await place(desk, long)
    await place(desk, short)
    const stop = { triggerPrice: '59000', triggerDirection: 2, orderLinkId: 'stop' }
    await place(desk, { positionIdx: 1, side: 'Sell', reduceOnly: true, ...stop })
    expect(await look(desk, 'stop')).toMatchObject({
      positionIdx: 1,
      orderStatus: 'Untriggered',
    })
    await desk.setPrice('58900')
    expect(await look(desk, 'stop')).toMatchObject({ positionIdx: 1, orderStatus: 'Filled' })
    expect(await positions(desk)).toMatchObject([{ size: '0' }, { size: '0.010' }])
  })

  test('behavior: a batch into both slots, each with its own outcome', async () => {
    const desk = await openHedged()
    const items = [long, short, {}].map((more) => {
      const { category: _, ...item } = order(more)
      return item
    })
    const answer = await desk.post('/v5/order/create-batch', { category: 'linear', request: items })
    const codes = answer.at('retExtInfo').at('list').items()
    expect(codes.map((one) => one.at('code').number())).toEqual([0, 0, 10001])
    expect(await positions(desk)).toMatchObject([{ size: '0.010' }, { size: '0.010' }])
  })

  test('behavior: qty zero closes the slot it names', async () => {
    const desk = await openHedged()
    await place(desk, { ...long, qty: '0.02' })
    await place(desk, short)
    const all = { qty: '0', reduceOnly: true, closeOnTrigger: true }
    await place(desk, { ...all, side: 'Sell', positionIdx: 1 })
    expect(await positions(desk)).toMatchObject([{ size: '0' }, { size: '0.010' }])
  })

  test('behavior: cancel-all takes the orders of both slots', async () => {
    const desk = await openHedged()
    await place(desk, { ...long, orderType: 'Limit', price: '59000' })
    await place(desk, { ...short, orderType: 'Limit', price: '60900' })
    const cancelled = await desk.post('/v5/order/cancel-all', bitcoin)
    expect(cancelled.at('result').at('list').items()).toHaveLength(2)
  })
})

describe('protection', () => {
  test('behavior: each slot has its own, and keeps it when the other closes', async () => {
    const desk = await openHedged()
    await place(desk, long)
    await place(desk, short)
    const stop = async (more: Record<string, unknown>): Promise<string> =>
      said(await desk.post('/v5/position/trading-stop', { ...bitcoin, tpslMode: 'Full', ...more }))
    expect(await stop({ positionIdx: 1, stopLoss: '59000', takeProfit: '62000' })).toBe('0 OK')
    expect(await stop({ positionIdx: 2, stopLoss: '61000', trailingStop: '500' })).toBe('0 OK')
    expect(await stop({ positionIdx: 1, stopLoss: '59000' })).toBe('34040 not modified')
    expect(await stop({ positionIdx: 2, takeProfit: '62000' })).toMatch(/^10001 TakeProfit:/)
    expect(await positions(desk)).toMatchObject([
      { stopLoss: '59000.00', takeProfit: '62000.00', trailingStop: '0' },
      { stopLoss: '61000.00', takeProfit: '', trailingStop: '500' },
    ])
    const waiting = async (): Promise<unknown[]> =>
      rows(await desk.get('/v5/order/realtime', { ...bitcoin, orderFilter: 'StopOrder' }))
        .map((one) => `${one.positionIdx} ${one.stopOrderType} ${one.side} ${one.qty}`)
        .sort()
    expect(await waiting()).toEqual([
      '1 StopLoss Sell 0.010',
      '1 TakeProfit Sell 0.010',
      '2 StopLoss Buy 0.010',
      '2 TrailingStop Buy 0.010',
    ])
    await desk.setPrice('58900')
    expect(await positions(desk)).toMatchObject([{ size: '0' }, { size: '0.010' }])
    expect(await waiting()).toEqual(['2 StopLoss Buy 0.010', '2 TrailingStop Buy 0.010'])
    await desk.setPrice('59500')
    expect(await positions(desk)).toMatchObject([{ size: '0' }, { size: '0' }])
    expect(await waiting()).toEqual([])
    expect(await stop({ positionIdx: 1, stopLoss: '50000' })).toBe(
      '10001 can not set tp/sl/ts for zero position',
    )
  })

  test('behavior: Partial legs count and shrink by slot', async () => {
    const desk = await openHedged()
    await place(desk, { ...long, qty: '0.02' })
    await place(desk, { ...short, qty: '0.01' })
    const partial = { ...bitcoin, tpslMode: 'Partial' }
    const first = { ...partial, positionIdx: 1, takeProfit: '62000', tpSize: '0.02' }
    expect(said(await desk.post('/v5/position/trading-stop', first))).toBe('0 OK')
    const other = { ...partial, positionIdx: 2, stopLoss: '62000', slSize: '0.01' }
    expect(said(await desk.post('/v5/position/trading-stop', other))).toBe('0 OK')
    const more = { ...partial, positionIdx: 2, stopLoss: '62500', slSize: '0.005' }
    expect(said(await desk.post('/v5/position/trading-stop', more))).toMatch(/^110058 /)
  })

  test('behavior: attached to an entry it belongs to the slot of the entry', async () => {
    const desk = await openHedged()
    await place(desk, short)
    await place(desk, { ...long, stopLoss: '59000', tpslMode: 'Full' })
    expect(await positions(desk)).toMatchObject([{ stopLoss: '59000.00' }, { stopLoss: '' }])
  })
})
