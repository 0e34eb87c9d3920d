import { describe, expect, test } from 'vitest'
import { openDesk, place, placed } from '../desk.fixture.ts'
import { follow, rowsOf, type Said, sendAsStranger, take } from './socketDesk.fixture.ts'

// docs/wire/kraken.md 8.4, and the rows on WS of 5.4.

const XBT = 'PF_XBTUSD'
const resting = { orderType: 'lmt', limitPrice: 59_000, size: 0.02 }
const stop = {
  orderType: 'stp',
  side: 'sell',
  stopPrice: 59_500,
  triggerSignal: 'mark',
  reduceOnly: true,
}

/** Reason, whether it is the end, and what is left and done where the order is told. */
function words(messages: readonly Said[]): unknown[] {
  return messages.map(({ is_cancel, order, reason }) => {
    const row = order as Said | undefined
    return row ? [reason, is_cancel, row.qty, row.filled] : [reason, is_cancel]
  })
}

describe('open orders', () => {
  test('default: a snapshot of orders and triggers', async () => {
    const desk = openDesk()
    const first = await placed(desk, { ...resting, cliOrdId: 'own-1' })
    await placed(desk)
    const second = await placed(desk, stop)
    const { snapshot } = follow(desk, 'open_orders')
    expect(snapshot).toMatchObject({
      feed: 'open_orders_snapshot',
      account: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(snapshot.orders).toEqual([
      {
        instrument: XBT,
        time: expect.any(Number),
        last_update_time: expect.any(Number),
        qty: 0.02,
        filled: 0,
        limit_price: 59_000,
        stop_price: 0,
        type: 'limit',
        order_id: first,
        cli_ord_id: 'own-1',
        direction: 0,
        reduce_only: false,
      },
      expect.objectContaining({
        order_id: second,
        limit_price: 0,
        stop_price: 59_500,
        type: 'stop',
        direction: 1,
        reduce_only: true,
        triggerSignal: 'mark',
      }),
    ])
    expect(rowsOf(snapshot, 'orders')[1]).not.toHaveProperty('cli_ord_id')
  })

  test('behavior: placed, edited and cancelled; the end has nothing but ids', async () => {
    const desk = openDesk()
    const { socket } = follow(desk, 'open_orders')
    const order_id = await placed(desk, { ...resting, cliOrdId: 'own-1' })
    await desk.post('/editorder', { orderId: order_id, limitPrice: 58_000 })
    await desk.post('/cancelorder', { order_id })
    const messages = take(socket)
    expect(words(messages)).toEqual([
      ['new_placed_order_by_user', false, 0.02, 0],
      ['edited_by_user', false, 0.02, 0],
      ['cancelled_by_user', true],
    ])
    expect(messages[2]).toEqual({
      feed: 'open_orders',
      order_id,
      cli_ord_id: 'own-1',
      is_cancel: true,
      reason: 'cancelled_by_user',
    })
  })

  test('behavior: filled whole while resting; what never rests is not told of', async () => {
    const desk = openDesk()
    const { socket } = follow(desk, 'open_orders')
    await placed(desk)
    expect(take(socket)).toEqual([])
    await placed(desk, resting)
    await desk.setPrice('58900')
    expect(words(take(socket))).toEqual([
      ['new_placed_order_by_user', false, 0.02, 0],
      ['full_fill', true, 0, 0.02],
    ])
  })

  test('behavior: an order that takes a part on arrival rests with what is left', async () => {
    const desk = openDesk()
    const { socket } = follow(desk, 'open_orders')
    const ask = (await desk.get('/orderbook', { symbol: XBT })).at('orderBook').at('asks').at(0)
    const [limitPrice, there] = [ask.at(0).number(), ask.at(1).number()]
    await placed(desk, { orderType: 'lmt', limitPrice, size: there + 1 })
    const [message, ...more] = take(socket)
    expect(message).toMatchObject({
      is_cancel: false,
      reason: 'new_placed_order_by_user',
      order: { qty: 1, filled: there },
    })
    expect(more).toEqual([])
  })

  test('behavior: a part filled while resting, by what another account sells', async () => {
    const desk = openDesk()
    const { socket } = follow(desk, 'open_orders')
    const { socket: fills } = follow(desk, 'fills')
    await placed(desk, { orderType: 'lmt', limitPrice: 59_990, size: 5 })
    take(socket)
    const bids = (await desk.get('/orderbook', { symbol: XBT })).at('orderBook').at('bids').items()
    const ahead = bids.filter((level) => level.at(0).number() >= 59_990)
    const there = ahead.reduce((sum, level) => sum + level.at(1).number(), 0)
    const size = (there - 1).toFixed(4)
    const body = new URLSearchParams({ orderType: 'mkt', symbol: XBT, side: 'sell', size })
    await sendAsStranger(desk, '/sendorder', body.toString())
    const [message] = take(socket)
    expect(message).toMatchObject({ is_cancel: false, reason: 'partial_fill' })
    const { filled, qty } = (message?.order ?? {}) as Said
    expect(Number(qty) + Number(filled)).toBeCloseTo(5, 9)
    expect(rowsOf(take(fills)[0], 'fills')).toMatchObject([
      { fill_type: 'maker', qty: filled, remaining_order_qty: qty, order_type: 'limit' },
    ])
  })

  test('behavior: orders that would not reduce any more, and those of a liquidated account', async () => {
    const desk = openDesk()
    await placed(desk)
    await placed(desk, { ...resting, side: 'sell', limitPrice: 62_000, reduceOnly: true })
    const { socket } = follow(desk, 'open_orders')
    await placed(desk, { side: 'sell', reduceOnly: true })
    expect(words(take(socket))).toEqual([['would_not_reduce_position', true]])
    await placed(desk)
    await placed(desk, resting)
    take(socket)
    await desk.simulator.control.liquidate({ symbol: 'BTCUSDT' })
    expect(words(take(socket))).toEqual([['liquidation', true]])
  })

  test('behavior: refused on arrival is told in the verbose feed alone', async () => {
    const desk = openDesk()
    const { socket } = follow(desk, 'open_orders')
    const { socket: verbose } = follow(desk, 'open_orders_verbose')
    await place(desk, { orderType: 'post', limitPrice: 61_000 })
    await place(desk, { orderType: 'ioc', limitPrice: 59_000 })
    expect(take(socket)).toEqual([])
    const messages = take(verbose)
    expect(messages.map(({ feed }) => feed)).toEqual(Array(2).fill('open_orders_verbose'))
    expect(words(messages)).toEqual([
      ['post_order_failed_because_it_would_filled', true, 0.01, 0],
      ['ioc_order_failed_because_it_would_not_be_executed', true, 0.01, 0],
    ])
  })

  test('behavior: a trigger that fires ends; what it becomes is told where it rests', async () => {
    const desk = openDesk()
    await placed(desk)
    const { socket } = follow(desk, 'open_orders')
    const order_id = await placed(desk, { ...stop, cliOrdId: 'stop-1', limitPrice: 59_800 })
    await desk.setPrice('59400')
    const [placedStop, fired, child] = take(socket)
    expect(words([placedStop ?? {}])).toEqual([['new_placed_order_by_user', false, 0.01, 0]])
    expect(fired).toEqual({
      feed: 'open_orders',
      order_id,
      cli_ord_id: 'stop-1',
      is_cancel: true,
      reason: 'stop_order_triggered',
    })
    expect(child).toMatchObject({
      reason: 'limit_order_from_stop',
      order: { cli_ord_id: 'stop-1', limit_price: 59_800, type: 'limit' },
    })
    expect(child).not.toHaveProperty('order.order_id', order_id)
  })

  test('behavior: a stop at the market leaves fills behind and no order', async () => {
    const desk = openDesk()
    await placed(desk)
    const { socket } = follow(desk, 'open_orders')
    await placed(desk, stop)
    await desk.setPrice('59400')
    expect(words(take(socket)).slice(1)).toEqual([['stop_order_triggered', true]])
  })

  test('behavior: a trigger without a position is told with the reason alone', async () => {
    const desk = openDesk()
    await placed(desk)
    const { socket } = follow(desk, 'open_orders')
    await placed(desk, stop)
    await placed(desk, { side: 'sell', reduceOnly: true })
    await desk.setPrice('59400')
    expect(words(take(socket)).slice(1)).toEqual([['would_not_reduce_position', true]])
  })

  test('behavior: the dead man’s switch and a trailing stop', async () => {
    const desk = openDesk()
    const { socket } = follow(desk, 'open_orders')
    await placed(desk, {
      orderType: 'trailing_stop',
      side: 'sell',
      trailingStopMaxDeviation: 2,
      trailingStopDeviationUnit: 'PERCENT',
      triggerSignal: 'mark',
    })
    await desk.post('/cancelallordersafter', { timeout: 10 })
    await desk.advance(10_000)
    const messages = take(socket)
    expect(messages[0]?.order).toMatchObject({
      type: 'trailing_stop',
      trailing_stop_options: { max_deviation: 2, unit: 'percent' },
    })
    expect(words(messages).slice(1)).toEqual([['dead_man_switch', true]])
  })
})
