import { describe, expect, test } from 'vitest'
import { type Desk, openDesk, placed } from '../desk.fixture.ts'
import {
  connect,
  follow,
  login,
  rowsOf,
  type Said,
  send,
  sendAsStranger,
  take,
} from './socketDesk.fixture.ts'

// docs/wire/kraken.md 8.4.

const XBT = 'PF_XBTUSD'
const resting = { orderType: 'lmt', limitPrice: 59_000, size: 0.02 }

describe('fills', () => {
  test('default: a snapshot, then each one with what is left of its order', async () => {
    const desk = openDesk()
    await placed(desk)
    const { snapshot, socket } = follow(desk, 'fills')
    expect(snapshot).toMatchObject({
      feed: 'fills_snapshot',
      fills: [{ seq: 1, qty: 0.01, remaining_order_qty: 0 }],
    })
    const order_id = await placed(desk, { side: 'sell', cliOrdId: 'own-1' })
    const { elements } = await executions(desk)
    const [message] = take(socket)
    expect(message).toMatchObject({ feed: 'fills', username: snapshot.account })
    expect(message?.fills).toEqual([
      {
        instrument: XBT,
        time: expect.any(Number),
        price: expect.any(Number),
        seq: 2,
        buy: false,
        qty: 0.01,
        remaining_order_qty: 0,
        order_id,
        cli_ord_id: 'own-1',
        fill_id: elements[0],
        fill_type: 'taker',
        fee_paid: expect.any(Number),
        fee_currency: 'USD',
        taker_order_type: 'market',
        order_type: 'market',
      },
    ])
  })

  test('behavior: several of one order count down; the snapshot says the same', async () => {
    const desk = openDesk()
    const { socket } = follow(desk, 'fills')
    await placed(desk, { size: 20 })
    const told = take(socket).flatMap((message) => rowsOf(message, 'fills'))
    expect(told.length).toBeGreaterThan(1)
    const left = told.map((fill) => Number(fill.remaining_order_qty))
    expect(left).toEqual([...left].sort((a, b) => b - a))
    expect(follow(desk, 'fills').snapshot.fills).toEqual(told)
  })

  test('args: only of the products asked for', async () => {
    const desk = openDesk()
    const { socket } = follow(desk, 'fills', { product_ids: ['pf_ethusd'] })
    await placed(desk)
    await placed(desk, { symbol: 'PF_ETHUSD', size: 0.1 })
    expect(take(socket)).toMatchObject([{ fills: [{ instrument: 'PF_ETHUSD', seq: 2 }] }])
    const own = connect(desk)
    const signed = login(desk, own)
    const ask = { event: 'subscribe', feed: 'fills', product_ids: ['PF_NOUSD'], ...signed }
    expect(send(own, ask)).toEqual([{ event: 'error', message: 'Invalid product id' }])
  })
})

async function executions(desk: Desk): Promise<{ elements: unknown[] }> {
  const rows = (await desk.get('/fills')).at('fills').items()
  return { elements: rows.map((row) => row.at('fill_id').value) }
}

describe('positions and balances', () => {
  test('default: the full list at once, and once a second while the price moves', async () => {
    const desk = openDesk()
    const { snapshot, socket } = follow(desk, 'open_positions')
    expect(snapshot).toMatchObject({ feed: 'open_positions', positions: [], seq: 0 })
    await placed(desk, { side: 'sell' })
    expect(take(socket)).toMatchObject([
      {
        positions: [{ instrument: XBT, balance: -0.01, pnl_currency: 'USD', initial_margin: 6 }],
        seq: 1,
      },
    ])
    await desk.advance(1_000)
    take(socket)
    await desk.setPrice('60600')
    expect(take(socket)).toEqual([])
    await desk.advance(1_000)
    const [moved] = take(socket)
    expect(moved).toMatchObject({ positions: [{ mark_price: 60_600 }] })
    const { pnl, initial_margin, return_on_equity } = rowsOf(moved, 'positions')[0] ?? {}
    expect(return_on_equity).toBeCloseTo(Number(pnl) / Number(initial_margin), 6)
    await placed(desk, { reduceOnly: true })
    expect(take(socket)).toMatchObject([{ positions: [] }])
  })

  test('behavior: isolated margin shows its leverage', async () => {
    const desk = openDesk()
    await desk.put('/leveragepreferences', { symbol: XBT, maxLeverage: 5 })
    await placed(desk)
    await placed(desk, resting)
    expect(follow(desk, 'open_positions').snapshot).toMatchObject({
      positions: [{ max_fixed_leverage: 5 }],
    })
    expect(follow(desk, 'open_orders').snapshot).toMatchObject({
      orders: [{ max_fixed_leverage: 5 }],
    })
    const { flex_futures } = follow(desk, 'balances').snapshot
    const { cross, isolated } = flex_futures as { cross: Said; isolated: Record<string, Said> }
    expect(isolated[XBT]?.initial_margin).toBeCloseTo(120, 0)
    expect(cross).toMatchObject({ initial_margin_without_orders: 0, effective_leverage: 0 })
  })

  test('default: a snapshot of all money, then the part that changed', async () => {
    const desk = openDesk()
    const { snapshot, socket } = follow(desk, 'balances')
    expect(snapshot).toMatchObject({
      feed: 'balances_snapshot',
      futures: {},
      flex_futures: {
        currencies: { USD: { quantity: 100_000, available: 100_000 } },
        margin_equity: 100_000,
        isolated: {},
        cross: { margin_equity: 100_000 },
      },
      seq: 0,
    })
    await placed(desk, resting)
    const [held] = take(socket)
    expect(held).toMatchObject({
      feed: 'balances',
      flex_futures: { initial_margin: 11.8, initial_margin_without_orders: 0 },
      seq: 1,
    })
    expect(held).not.toHaveProperty('futures')
    await placed(desk, { orderType: 'stp', stopPrice: 59_500, side: 'sell' })
    expect(take(socket)).toEqual([])
  })

  test('behavior: one order is told of in orders, fills, positions, balances, log', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    const signed = login(desk, socket)
    const feeds = ['account_log', 'balances', 'open_positions', 'fills', 'open_orders']
    for (const feed of feeds) send(socket, { event: 'subscribe', feed, ...signed })
    await placed(desk, resting)
    take(socket)
    await desk.setPrice('58900')
    const order = [...new Set(take(socket).map(({ feed }) => feed))]
    expect(order).toEqual([...feeds].reverse())
  })

  test('behavior: the log has two rows a fill and one a settlement', async () => {
    const desk = openDesk()
    await placed(desk)
    const { snapshot, socket } = follow(desk, 'account_log')
    expect(rowsOf(snapshot, 'logs').map(({ id }) => id)).toEqual([2, 1])
    await placed(desk)
    await desk.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.001' })
    expect(take(socket)).toMatchObject([
      { feed: 'account_log', new_entry: { id: 3, info: 'futures trade', asset: 'usd' } },
      { feed: 'account_log', new_entry: { id: 4, asset: 'pf_xbtusd' } },
      { feed: 'account_log', new_entry: { id: 5, info: 'funding rate change' } },
    ])
  })

  test('behavior: another account hears nothing of it, and a delay is met', async () => {
    const desk = openDesk()
    const { socket } = follow(desk, 'fills')
    const body = `orderType=mkt&symbol=${XBT}&side=buy&size=0.01`
    await sendAsStranger(desk, '/sendorder', body)
    expect(take(socket)).toEqual([])
    await desk.simulator.control.inject({ kind: 'delayPrivate', ms: 500, times: 1 })
    await placed(desk)
    expect(take(socket)).toEqual([])
    await desk.advance(500)
    expect(take(socket)).toMatchObject([{ feed: 'fills' }])
  })
})
