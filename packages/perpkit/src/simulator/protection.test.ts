import { describe, expect, test } from 'vitest'
import type { Simulator } from './assemble.ts'
import { marketBuy, openStand, stopSell } from './venues/binance/wire.fixture.ts'
import * as bitget from './venues/bitget/desk.fixture.ts'
import * as bybit from './venues/bybit/desk.fixture.ts'
import * as htx from './venues/htx/desk.fixture.ts'
import * as kraken from './venues/kraken/desk.fixture.ts'
import * as okx from './venues/okx/desk.fixture.ts'

// What the judge counts as cover, on each venue in its own words.

interface Judged {
  /** Of each position, in order of opening: `[gap of the entry, later gaps]`. */
  gaps: [number, number][]
  reversedPositions: number
  orphanOrders: number
}

async function judge({ control }: Simulator): Promise<Judged> {
  const { positions, reversedPositions, orphanOrders } = await control.verdict()
  const gaps = positions.map((one): [number, number] => [one.entryGapMs, one.laterUncoveredMs])
  return { gaps, reversedPositions, orphanOrders }
}

const fine = { reversedPositions: 0, orphanOrders: 0 }

describe('binance', () => {
  test('behavior: a stop that closes the position covers what it grows to', async () => {
    const { simulator, post } = openStand()
    await post('/fapi/v1/order', marketBuy)
    await simulator.control.advance({ ms: 15 })
    const { quantity: _, reduceOnly: _also, ...stop } = stopSell
    await post('/fapi/v1/algoOrder', { ...stop, closePosition: 'true' })
    await simulator.control.advance({ ms: 100 })
    await post('/fapi/v1/order', marketBuy)
    await simulator.control.advance({ ms: 100 })
    expect(await judge(simulator)).toEqual({ ...fine, gaps: [[15, 0]] })
  })
})

describe('bybit', () => {
  test('behavior: a stop of the position covers all of it, a part only that', async () => {
    const desk = bybit.openDesk()
    await bybit.place(desk, { qty: '0.02' })
    await desk.advance(15)
    const part = { ...bybit.bitcoin, tpslMode: 'Partial', positionIdx: 0, slSize: '0.01' }
    await desk.post('/v5/position/trading-stop', { ...part, stopLoss: '58000' })
    await desk.advance(20)
    const full = { ...bybit.bitcoin, tpslMode: 'Full', positionIdx: 0 }
    await desk.post('/v5/position/trading-stop', { ...full, stopLoss: '57000' })
    await desk.advance(100)
    await desk.post('/v5/position/trading-stop', { ...full, stopLoss: '0' })
    await desk.advance(7)
    expect(await judge(desk.simulator)).toEqual({ ...fine, gaps: [[35, 7]] })
  })

  test('behavior: a stop attached to the entry leaves no gap', async () => {
    const desk = bybit.openDesk()
    const entry = { orderType: 'Limit', price: '59500', timeInForce: 'GTC' }
    await bybit.place(desk, { ...entry, stopLoss: '58000' })
    await desk.advance(50)
    await desk.setPrice('59400')
    await desk.advance(50)
    expect(await judge(desk.simulator)).toEqual({ ...fine, gaps: [[0, 0]] })
  })
})

describe('okx', () => {
  const attached = { attachAlgoOrds: [{ slTriggerPx: '58000', slOrdPx: '-1' }] }

  test('behavior: a stop attached to the entry covers it, though it may open', async () => {
    const desk = okx.openDesk()
    await okx.place(desk, okx.limit('59500', attached))
    await desk.advance(50)
    await desk.setPrice('59400')
    await desk.advance(50)
    expect(await judge(desk.simulator)).toEqual({ ...fine, gaps: [[0, 0]] })
  })

  test('behavior: left over it is an orphan, and then opens the other side', async () => {
    const desk = okx.openDesk()
    await okx.place(desk, okx.order(attached))
    await okx.place(desk, okx.order({ side: 'sell', reduceOnly: true }))
    await desk.advance(1_001)
    expect(await judge(desk.simulator)).toMatchObject({ orphanOrders: 1, reversedPositions: 0 })
    await desk.setPrice('57900')
    expect(await judge(desk.simulator)).toMatchObject({ orphanOrders: 0, reversedPositions: 1 })
  })

  test('behavior: a stop for the whole covers what it grows to, a pair counts once', async () => {
    const desk = await okx.withLong()
    await desk.advance(15)
    await okx.placeAlgo(desk, okx.stop({ sz: undefined, closeFraction: '1' }))
    await okx.place(desk, okx.order({ sz: '3' }))
    await desk.advance(100)
    expect(await judge(desk.simulator)).toEqual({ ...fine, gaps: [[15, 0]] })
    const other = await okx.withLong('2')
    await okx.placeAlgo(other, okx.stop({ ...okx.pair, sz: '1' }))
    await other.advance(15)
    await okx.placeAlgo(other, okx.stop({ ...okx.pair, sz: '1' }))
    await other.advance(15)
    expect(await judge(other.simulator)).toEqual({ ...fine, gaps: [[15, 0]] })
  })
})

describe('bitget', () => {
  const path = '/api/v2/mix/order'
  const entry = { ...bitget.classic, marginMode: 'crossed', side: 'buy', orderType: 'market' }

  test('behavior: a preset leaves no gap, the stop of the position covers its growth', async () => {
    const desk = await bitget.openDesk('classic')
    await desk.post(`${path}/place-order`, { ...entry, size: '0.01', presetStopLossPrice: '58000' })
    await desk.advance(50)
    await desk.post(`${path}/place-order`, { ...entry, size: '0.03' })
    await desk.advance(50)
    expect(await judge(desk.simulator)).toEqual({ ...fine, gaps: [[0, 0]] })
  })

  test('behavior: a stop of a size covers that size', async () => {
    const desk = await bitget.openDesk('classic')
    await desk.post(`${path}/place-order`, { ...entry, size: '0.02' })
    const half = { holdSide: 'buy', size: '0.01', triggerType: 'mark_price' }
    const stop = { ...bitget.classic, planType: 'loss_plan', triggerPrice: '58000', ...half }
    for (const ms of [15, 20]) {
      await desk.advance(ms)
      const answer = await desk.post(`${path}/place-tpsl-order`, stop)
      expect(bitget.code(answer)).toBe('00000')
    }
    await desk.advance(50)
    expect(await judge(desk.simulator)).toEqual({ ...fine, gaps: [[35, 0]] })
  })
})

describe('htx', () => {
  const stop = { type: 'sl', sl_trigger_price: '58000', sl_type: 'market', reduce_only: 1 }

  test('behavior: a stop attached to the entry leaves no gap', async () => {
    const desk = htx.openDesk()
    await htx.place(desk, { sl_trigger_price: '58000', sl_type: 'market' })
    await desk.advance(50)
    expect(await judge(desk.simulator)).toEqual({ ...fine, gaps: [[0, 0]] })
  })

  test('behavior: one that is larger than the position would fail, and covers nothing', async () => {
    const desk = await htx.openLong()
    await htx.placeAlgo(desk, stop)
    await desk.advance(100)
    await htx.place(desk, { side: 'sell', volume: '1', reduce_only: 1 })
    await desk.advance(20)
    expect(await judge(desk.simulator)).toEqual({ ...fine, gaps: [[0, 20]] })
    await htx.placeAlgo(desk, { ...stop, volume: '4' })
    await desk.advance(100)
    expect(await judge(desk.simulator)).toEqual({ ...fine, gaps: [[0, 20]] })
    await desk.setPrice('57900')
    expect((await desk.simulator.control.state({ venue: 'htx' })).positions).toEqual([])
  })

  test('behavior: nor does one beside reduce-only orders that rest for the same', async () => {
    const desk = await htx.openLong()
    await htx.placeAlgo(desk, stop)
    const profit = { side: 'sell', type: 'limit', price: '62000', volume: '2', reduce_only: 1 }
    await htx.place(desk, profit)
    await desk.advance(20)
    expect(await judge(desk.simulator)).toEqual({ ...fine, gaps: [[20, 0]] })
    await desk.setPrice('57900')
    const { positions } = await desk.simulator.control.state({ venue: 'htx' })
    expect(positions).toMatchObject([{ size: '0.005' }])
  })
})

describe('kraken', () => {
  test('behavior: several stops add up; a margin mode that changes is no gap', async () => {
    const desk = kraken.openDesk()
    await kraken.placed(desk, { size: 0.02 })
    const stop = { orderType: 'stp', side: 'sell', triggerSignal: 'mark', reduceOnly: true }
    for (const stopPrice of [58_000, 57_000]) {
      await desk.advance(15)
      await kraken.placed(desk, { ...stop, stopPrice })
    }
    await desk.advance(50)
    await desk.put('/leveragepreferences', { symbol: 'PF_XBTUSD', maxLeverage: 10 })
    await desk.advance(50)
    const { positions } = await desk.simulator.control.state({ venue: 'kraken' })
    expect(positions).toMatchObject([{ marginMode: 'ISOLATED' }])
    expect(await judge(desk.simulator)).toEqual({ ...fine, gaps: [[30, 0]] })
  })
})
