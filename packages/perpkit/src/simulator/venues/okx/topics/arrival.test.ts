import { expect, test } from 'vitest'
import { BTC, limit, openDesk, order, place, rows, stop } from '../desk.fixture.ts'
import { listen, rowsIn, take, wait } from '../socket.fixture.ts'

// What arrives of several things together: docs/wire/okx.md 8.3.

const orders = { channel: 'orders', instType: 'SWAP' }
const positions = { channel: 'positions', instType: 'SWAP' }

test('default: every fill is pushed once, with the trade id it has over REST', async () => {
  const desk = openDesk()
  await desk.post('account/set-leverage', { instId: BTC, lever: '50', mgnMode: 'cross' })
  const socket = listen(desk, 'private', orders)
  await place(desk, order({ sz: '500' }))
  for (const px of ['59900', '59800', '59700']) await place(desk, limit(px, { sz: '40' }))
  await desk.simulator.control.runPath({
    symbol: 'BTCUSDT',
    points: [
      [5_000, '59500'],
      [10_000, '60200'],
    ],
  })
  await wait(desk, socket, 10_000)
  await place(desk, order({ side: 'sell', sz: '620', reduceOnly: true }))
  const pushed = rowsIn(take(socket)).filter(({ fillSz }) => fillSz !== '0')
  const fills = rows(await desk.get('trade/fills', { instType: 'SWAP' })).reverse()
  expect(pushed.length).toBeGreaterThan(5)
  const keys = ['tradeId', 'ordId', 'fillPx', 'fillSz', 'fillPnl', 'execType', 'side']
  const pick = (row: Readonly<Record<string, unknown>>): unknown[] => keys.map((key) => row[key])
  expect(pushed.map(pick)).toEqual(fills.map(pick))
  expect(pushed.map(({ fillFee }) => fillFee)).toEqual(fills.map(({ fee }) => fee))
})

test('behavior: in long/short mode each side is told of by itself', async () => {
  const desk = openDesk()
  await desk.post('account/set-position-mode', { posMode: 'long_short_mode' })
  const socket = listen(desk, 'private', orders, positions)
  await place(desk, order({ posSide: 'long' }))
  await place(desk, order({ side: 'sell', posSide: 'short', sz: '2' }))
  const said = take(socket)
  expect(rowsIn(said, 'orders').map(({ posSide }) => posSide)).toEqual(['long', 'short'])
  expect(rowsIn(said, 'positions')).toMatchObject([
    { posSide: 'long', pos: '1' },
    { posSide: 'short', pos: '2' },
  ])
})

test('behavior: a position that turns round is told of as the new one', async () => {
  const desk = openDesk()
  const socket = listen(desk, 'private', positions)
  await place(desk, order())
  await place(desk, order({ side: 'sell', sz: '3' }))
  const [long, short, ...others] = rowsIn(take(socket))
  expect([long?.pos, short?.pos, others]).toEqual(['1', '-2', []])
  expect(short?.posId).not.toBe(long?.posId)
})

test('behavior: attached protection is told of once its entry has filled', async () => {
  const desk = openDesk()
  const socket = listen(desk, 'business', { channel: 'orders-algo', instType: 'SWAP' })
  const attachAlgoOrds = [{ slTriggerPx: '58000', slOrdPx: '-1', attachAlgoClOrdId: 'sl1' }]
  await place(desk, limit('59500', { attachAlgoOrds }))
  expect(take(socket)).toEqual([])
  await desk.setPrice('59400')
  expect(rowsIn(take(socket))).toMatchObject([
    { state: 'live', algoClOrdId: 'sl1', slTriggerPx: '58000' },
  ])
})

test('behavior: a stop without a position fails where it takes effect', async () => {
  const desk = openDesk()
  await place(desk, order())
  const socket = listen(desk, 'business', { channel: 'orders-algo', instType: 'SWAP' })
  await desk.post('trade/order-algo', stop())
  await place(desk, order({ side: 'sell' }))
  await desk.setPrice('57900')
  expect(rowsIn(take(socket)).map(({ state }) => state)).toEqual(['live', 'order_failed'])
})

test('behavior: funding and margin move the balance', async () => {
  const desk = openDesk()
  await place(desk, order({ tdMode: 'isolated' }))
  const socket = listen(desk, 'private', { channel: 'balance_and_position' })
  await desk.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.001' })
  const change = { instId: BTC, posSide: 'net', type: 'add', amt: '10' }
  await desk.post('account/position/margin-balance', change)
  await desk.post('account/set-leverage', { instId: BTC, lever: '5', mgnMode: 'isolated' })
  const said = rowsIn(take(socket)).filter(({ eventType }) => eventType !== 'snapshot')
  const types = said.map(({ eventType }) => eventType)
  expect(types).toEqual(['funding_fee', 'adjust_margin', 'set_leverage'])
  const cash = said.map(({ balData }) => Number((balData as { cashBal: string }[])[0]?.cashBal))
  expect((cash[0] ?? 0) - (cash[1] ?? 0)).toBeCloseTo(10)
})

test('behavior: private messages can be late, and keep their order', async () => {
  const desk = openDesk()
  const socket = listen(desk, 'private', orders, positions)
  await desk.simulator.control.inject({ venue: 'okx', kind: 'delayPrivate', ms: 700, times: 1 })
  await place(desk, order())
  expect(take(socket)).toEqual([])
  await desk.advance(700)
  const channels = take(socket).map(({ arg }) => (arg as { channel: string }).channel)
  expect(channels).toEqual(['orders', 'positions'])
})
