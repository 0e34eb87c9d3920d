import { describe, expect, test } from 'vitest'
import type { Reader } from '../../../../core/reader.ts'
import { look, openDesk, openHedge, place, placeAlgo, profit, stop } from '../desk.fixture.ts'
import { ask, dataOf, openPrivate, take, takePings } from './sockets.fixture.ts'

// docs/wire/htx.md 8.2.

describe('pushes', () => {
  test('default: of one order, topic by topic', async () => {
    const desk = openDesk()
    const topics = ['account', 'positions', 'trade_detail', 'trade', 'orders', 'match_orders']
    const socket = openPrivate(desk, ...topics)
    const orderId = await place(desk)
    const said = take(socket)
    expect([...new Set(said.map(({ topic }) => topic))]).toEqual([
      'match_orders',
      'orders',
      'trade',
      'trade_detail',
      'positions',
      'account',
    ])
    const last = (topic: string): Reader =>
      dataOf(said.findLast((message) => message.topic === topic))
    const row = await look(desk, orderId)
    expect(last('orders').value).toMatchObject({
      order_id: orderId,
      state: 'filled',
      trade_volume: '5',
      cancel_volume: '0',
      fee: row.fee,
      profit: '0',
      fee_currency: 'USDT',
      tp_type: '',
    })
    expect(last('match_orders').value).toMatchObject({
      order_id: orderId,
      state: 'filled',
      total_trade_volume: '5',
      role: 'taker',
    })
    expect(last('match_orders').has('fee')).toBe(false)
    expect(last('trade').value).toMatchObject({ direction: 'buy', role: 'taker' })
    expect(last('trade').has('trade_fee')).toBe(false)
    expect(Number(last('trade_detail').at('trade_fee').string())).toBeGreaterThan(0)
    expect(last('positions').value).toMatchObject({ volume: '5', direction: 'buy' })
    expect(said.find(({ topic }) => topic === 'positions')?.event).toBe('filled')
    expect(last('account').at('details').at(0).has('available_margin')).toBe(false)
  })

  test('behavior: each fill of a large order is told once, with what it has settled so far', async () => {
    const desk = openDesk()
    await place(desk, { volume: '5000' })
    await desk.setPrice('60500')
    const socket = openPrivate(desk, 'orders', 'trade')
    const order_id = await place(desk, { volume: '5000', side: 'sell', reduce_only: 1 })
    const said = take(socket)
    const rowsOf = (topic: string): Reader[] =>
      said.filter((message) => message.topic === topic).map(dataOf)
    const [placed, ...filled] = rowsOf('orders')
    const trades = rowsOf('trade')
    expect(placed?.value).toMatchObject({ order_id, state: 'new', profit: '0' })
    expect(trades.length).toBeGreaterThan(1)
    expect(new Set(trades.map((row) => row.at('id').string())).size).toBe(trades.length)
    const sums = trades.map((_, place) =>
      trades.slice(0, place + 1).reduce((sum, row) => sum + row.at('trade_volume').integer(), 0),
    )
    expect(filled.map((row) => row.at('trade_volume').integer())).toEqual(sums)
    const profits = filled.map((row) => Number(row.at('profit').string()))
    expect(profits).toEqual([...new Set(profits)].sort((a, b) => a - b))
    expect(filled.at(-1)?.at('profit').string()).toBe((await look(desk, order_id)).profit)
  })

  test('behavior: an order that is cancelled adds up', async () => {
    const desk = openDesk()
    const socket = openPrivate(desk, 'orders', 'account')
    const order_id = await place(desk, { type: 'limit', price: '59000' })
    const [placed] = take(socket)
    expect(dataOf(placed).value).toMatchObject({ state: 'new', fee_currency: null })
    expect(dataOf(placed).has('cancel_volume')).toBe(false)
    await desk.post('/v5/trade/cancel_order', { contract_code: 'BTC-USDT', order_id })
    const [cancelled, account] = take(socket)
    expect(dataOf(cancelled).value).toMatchObject({ state: 'canceled', cancel_volume: '5' })
    expect(account).toMatchObject({ topic: 'account', event: 'cancel_order', contract_code: '' })
  })

  test('behavior: positions begin with what there is, and end without volume', async () => {
    const desk = openDesk()
    const socket = openPrivate(desk)
    const sub = { op: 'sub', topic: 'positions', contract_code: '*' }
    expect(ask(socket, sub)[1]).toMatchObject({ event: 'snapshot', contract_code: '*', data: [] })
    await place(desk)
    await place(desk, { side: 'sell', reduce_only: 1 })
    const [opened, closed] = take(socket)
    expect(dataOf(closed).value).toMatchObject({ volume: '0', direction: 'buy' })
    const versionOf = (said: typeof opened): number => dataOf(said).at('version').number()
    expect(versionOf(closed)).toBe(versionOf(opened) + 1)
    expect(dataOf(closed).keys().sort()).toEqual(dataOf(opened).keys().sort())
    await desk.setPrice('60100')
    expect(take(socket)).toEqual([])
  })

  test('behavior: both sides of the hedge mode are told apart', async () => {
    const desk = await openHedge()
    const socket = openPrivate(desk, 'positions')
    await place(desk, { position_side: 'long' })
    await place(desk, { position_side: 'short', side: 'sell' })
    expect(take(socket).map((said) => dataOf(said).value)).toMatchObject([
      { position_mode: 'dual_side', position_side: 'long', direction: 'buy', volume: '5' },
      { position_mode: 'dual_side', position_side: 'short', direction: 'sell', volume: '5' },
    ])
  })

  test('behavior: funding, leverage and liquidation have words of their own', async () => {
    const desk = openDesk()
    await place(desk)
    const socket = openPrivate(desk, 'positions', 'account')
    const eventsAfter = async (act: () => Promise<unknown>): Promise<unknown[]> => {
      take(socket)
      await act()
      return take(socket).map(({ topic, event }) => `${topic} ${event}`)
    }
    const { control } = desk.simulator
    expect(await eventsAfter(() => control.applyFunding({ symbol: 'BTCUSDT' }))).toEqual([
      'positions funding_fee',
      'account funding_fee',
    ])
    const lever = { contract_code: 'BTC-USDT', margin_mode: 'cross', lever_rate: 10 }
    expect(await eventsAfter(() => desk.post('/v5/position/lever', lever))).toEqual([
      'positions set_leverage',
      'account set_leverage',
    ])
    expect(await eventsAfter(() => control.liquidate({ symbol: 'BTCUSDT' }))).toContain(
      'positions liquidation',
    )
  })

  test('behavior: a conditional order is placed, fires, and names what it became', async () => {
    const desk = openDesk()
    await place(desk)
    const socket = openPrivate(desk, 'algo_orders', 'orders')
    const algoId = await placeAlgo(desk, { ...stop, type: 'sl' })
    const [placed] = take(socket)
    expect(placed).toMatchObject({ topic: 'algo_orders', contract_code: 'BTC-USDT' })
    expect(dataOf(placed).value).toMatchObject({ algo_id: algoId, state: 'active' })
    expect(dataOf(placed).has('relation_order_id')).toBe(false)
    await desk.setPrice('58900')
    const said = take(socket)
    const fired = dataOf(said.findLast(({ topic }) => topic === 'algo_orders'))
    const became = dataOf(said.find(({ topic }) => topic === 'orders'))
    expect(fired.value).toMatchObject({ algo_id: algoId, state: 'effective' })
    expect(fired.at('relation_order_id').string()).toBe(became.at('order_id').string())
    expect(became.value).toMatchObject({ client_order_id: algoId, order_source: 'tpsl' })
  })

  test('behavior: the two legs of a tpsl are one', async () => {
    const desk = openDesk()
    await place(desk)
    const socket = openPrivate(desk, 'algo_orders')
    const both = { ...stop, ...profit, type: 'tpsl' }
    const first = await placeAlgo(desk, both)
    await desk.post('/v5/algo/cancel_orders', [{ contract_code: 'BTC-USDT', algo_id: first }])
    const second = await placeAlgo(desk, both)
    await desk.setPrice('61100')
    const states = take(socket).map((said) => {
      const row = dataOf(said)
      return [row.at('algo_id').string(), row.at('state').string()]
    })
    expect(states).toEqual([
      [first, 'active'],
      [first, 'canceled'],
      [second, 'active'],
      [second, 'effective'],
    ])
  })

  test('behavior: private messages are late when a fault says so, and keep their order', async () => {
    const desk = openDesk()
    const socket = openPrivate(desk, 'orders')
    await desk.simulator.control.inject({ kind: 'delayPrivate', ms: 700, times: 1 })
    await place(desk)
    expect(take(socket)).toEqual([])
    await desk.advance(700)
    const states = take(socket).map((said) => dataOf(said).at('state').string())
    expect(states[0]).toBe('new')
    expect(states.at(-1)).toBe('filled')
  })

  test('behavior: a stalled socket goes on pinging and says nothing else', async () => {
    const desk = openDesk()
    const socket = openPrivate(desk, 'orders')
    await desk.simulator.control.inject({ kind: 'stall', times: 1 })
    await place(desk)
    await desk.advance(5_000)
    expect(takePings(socket)).toHaveLength(1)
    expect(ask(socket, { op: 'ping', ts: '7' })).toEqual([{ op: 'pong', ts: '7' }])
  })
})
