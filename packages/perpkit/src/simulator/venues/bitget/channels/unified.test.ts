import { expect, test } from 'vitest'
import { data, unified } from '../desk.fixture.ts'
import { openListener, rowsOf, speakers, subscribe, take } from './channels.fixture.ts'

// Private channels of unified accounts: docs/wire/bitget.md 12.7.

const TOPICS = ['order', 'fill', 'fast-fill', 'position', 'account', 'strategy-order']

function arg(topic: string): Record<string, string> {
  return { instType: 'UTA', topic }
}

const PLACE = '/api/v3/trade/place-order'
const marketBuy = {
  ...{ ...unified, qty: '0.01', side: 'buy', orderType: 'market', clientOid: 'entry-1' },
}
const close = { ...marketBuy, side: 'sell', reduceOnly: 'yes', clientOid: 'exit-1' }

test('default: what is there first; then order, fills, position and account', async () => {
  const { desk, socket } = await openListener('unified')
  const first = subscribe(socket, ...TOPICS.map(arg), arg('adl-notification')).slice(7)
  expect(speakers(first)).toEqual(['position', 'account'])
  expect(rowsOf(first[1])).toMatchObject([{ totalEquity: '100000', coin: [{ coin: 'USDT' }] }])
  await desk.post(PLACE, marketBuy)
  const said = take(socket)
  expect(speakers(said)).toEqual(['order', 'order', 'fast-fill', 'fill', 'position', 'account'])
  const [live, filled, fast, fill, position] = said.map((one) => rowsOf(one)[0])
  expect([live?.orderStatus, live?.price, live?.category]).toEqual(['live', '', 'usdt-futures'])
  expect(filled).toMatchObject({ orderStatus: 'filled', cumExecQty: '0.01', reduceOnly: 'no' })
  expect(fill).toMatchObject({
    clientOid: 'entry-1',
    execQty: '0.01',
    execTime: expect.any(String),
  })
  expect([fast?.execId, fast && 'feeDetail' in fast]).toEqual([fill?.execId, false])
  expect(position).toMatchObject({ size: '0.01', posSide: 'long', positionStatus: 'opening' })
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: accepted, then in the book; a rejected topic has no second chance', async () => {
  const { desk, socket } = await openListener('unified')
  subscribe(socket, arg('order'))
  await desk.post(PLACE, { ...marketBuy, orderType: 'limit', price: '59000' })
  expect(take(socket).map((one) => rowsOf(one)[0]?.orderStatus)).toEqual(['live', 'new'])
  for (const bad of [arg('orders'), { ...arg('order'), symbol: 'BTCUSDT' }, { topic: 'order' }]) {
    expect(subscribe(socket, bad)).toMatchObject([{ event: 'error', code: 30001 }])
  }
})

test('behavior: positions and money again every five seconds; what has ended once', async () => {
  const { desk, socket } = await openListener('unified')
  await desk.post(PLACE, marketBuy)
  subscribe(socket, arg('position'), arg('account'))
  await desk.advance(10_000)
  expect(speakers(take(socket)).sort()).toEqual(['account', 'account', 'position', 'position'])
  await desk.post(PLACE, close)
  const [ended] = take(socket)
  expect(rowsOf(ended)).toMatchObject([{ size: '0', positionStatus: 'ended', posSide: 'long' }])
  await desk.advance(5_000)
  expect(take(socket).find((one) => speakers([one])[0] === 'position')?.data).toEqual([])
})

test('behavior: a position that turns over ends and another begins', async () => {
  const { desk, socket } = await openListener('unified')
  await desk.post(PLACE, marketBuy)
  subscribe(socket, arg('position'))
  await desk.post(PLACE, { ...marketBuy, side: 'sell', qty: '0.03', clientOid: 'turn-1' })
  expect(rowsOf(take(socket)[0])).toMatchObject([
    { size: '0', positionStatus: 'ended', posSide: 'long' },
    { size: '0.02', positionStatus: 'opening', posSide: 'short' },
  ])
})

test('behavior: two legs are one strategy, told once for each state', async () => {
  const { desk, socket } = await openListener('unified')
  await desk.post(PLACE, marketBuy)
  subscribe(socket, arg('strategy-order'))
  const pair = {
    ...{ ...unified, type: 'tpsl', tpslMode: 'partial', qty: '0.01', side: 'sell' },
    ...{ takeProfit: '61000', stopLoss: '59000', clientOid: 'pair-1' },
  }
  const { orderId } = data(await desk.post('/api/v3/trade/place-strategy-order', pair))
  const made = take(socket).map((one) => rowsOf(one)[0])
  expect(made).toMatchObject([
    { orderId, clientOid: 'pair-1', status: 'pending', takeProfit: '61000', stopLoss: '59000' },
  ])
  await desk.setPrice('58900')
  const fired = take(socket).map((one) => rowsOf(one)[0])
  expect(fired.map((row) => row?.status)).toEqual(['submitting', 'success'])
  expect(new Set(fired.map((row) => row?.orderId))).toEqual(new Set([orderId]))
})

test.each([
  [{ takeProfit: '61000', stopLoss: '59000' }, 1],
  [{ stopLoss: '59000' }, 1],
])('behavior: what an entry %o sets up is one row too', async (preset, count) => {
  const { desk, socket } = await openListener('unified')
  subscribe(socket, arg('strategy-order'))
  await desk.post(PLACE, { ...marketBuy, ...preset })
  const made = take(socket).flatMap(rowsOf)
  expect(made).toHaveLength(count)
  expect(made).toMatchObject([{ status: 'pending', qty: '0.01', ...preset }])
})

test('behavior: two legs that are cancelled are told of once', async () => {
  const { desk, socket } = await openListener('unified')
  await desk.post(PLACE, marketBuy)
  const pair = {
    ...{ ...unified, type: 'tpsl', tpslMode: 'partial', qty: '0.01', side: 'sell' },
    ...{ takeProfit: '61000', stopLoss: '59000' },
  }
  const { orderId } = data(await desk.post('/api/v3/trade/place-strategy-order', pair))
  subscribe(socket, arg('strategy-order'))
  await desk.post('/api/v3/trade/cancel-strategy-order', { orderId })
  expect(take(socket).map((one) => rowsOf(one)[0]?.status)).toEqual(['cancelled'])
})

test('behavior: a stop alone names its goal, a trailing stop its terms, and both can be cancelled', async () => {
  const { desk, socket } = await openListener('unified')
  await desk.post(PLACE, marketBuy)
  subscribe(socket, arg('strategy-order'))
  const stop = {
    ...{ ...unified, type: 'tpsl', tpslMode: 'partial', qty: '0.01', side: 'sell' },
    ...{ stopLoss: '59000', slTriggerBy: 'mark' },
  }
  const { orderId } = data(await desk.post('/api/v3/trade/place-strategy-order', stop))
  expect(rowsOf(take(socket)[0])).toMatchObject([
    { triggerType: 'stopLoss', stopLoss: '59000', slTriggerBy: 'mark', side: 'sell' },
  ])
  await desk.post('/api/v3/trade/cancel-strategy-order', { orderId })
  expect(rowsOf(take(socket)[0])).toMatchObject([{ orderId, status: 'cancelled' }])
  const trailing = { trailType: 'ratio', trailVariance: '1.5', activationType: 'mark' }
  await desk.post('/api/v3/trade/place-strategy-order', {
    ...{ ...unified, type: 'trailing_stop', qty: '0.01', side: 'sell', reduceOnly: 'yes' },
    trailingStopParams: [{ ...trailing, activationPrice: '60500', preOrderType: 'market' }],
  })
  const [row] = rowsOf(take(socket)[0])
  expect(row).toMatchObject({ type: 'trailing_stop', reduceOnly: 'yes', triggerType: '' })
  expect(row?.trailingStopParams).toMatchObject([trailing])
})
