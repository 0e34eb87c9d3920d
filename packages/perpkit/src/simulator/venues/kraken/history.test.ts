import { expect, test } from 'vitest'
import { type Desk, openDesk, placed, rows } from './desk.fixture.ts'

async function names(desk: Desk, path: string, query = {}): Promise<string[]> {
  const elements = rows((await desk.get(path, query)).at('elements'))
  return elements.map(({ event }) => Object.keys(event ?? {}).join())
}

test('default: an order that rested and was filled', async () => {
  const desk = openDesk()
  const orderId = await placed(desk, { orderType: 'post', limitPrice: 59000, cliOrdId: 'own' })
  await desk.advance(1_000)
  await desk.setPrice('58900')
  const answer = await desk.get('/api/history/v3/orders', { sort: 'asc' })
  expect(rows(answer.at('elements'))).toMatchObject([
    {
      event: {
        OrderPlaced: {
          order: {
            uid: orderId,
            tradeable: 'PF_XBTUSD',
            direction: 'Buy',
            quantity: '0.01',
            filled: '0',
            limitPrice: '59000',
            orderType: 'Post',
            clientId: 'own',
          },
        },
      },
    },
    {
      event: {
        OrderUpdated: {
          oldOrder: { quantity: '0.01', filled: '0' },
          newOrder: { quantity: '0', filled: '0.01' },
          reason: 'full_fill',
        },
      },
    },
  ])
  expect(answer.at('len').number()).toBe(2)
  expect(await names(desk, '/api/history/v2/orders', { closed: true })).toEqual(['OrderUpdated'])
  expect(await names(desk, '/api/history/v3/orders', { opened: true })).toEqual(['OrderPlaced'])
  expect(await names(desk, '/api/history/v3/orders', { tradeable: 'PF_ETHUSD' })).toEqual([])
  expect(await desk.unknownWords()).toEqual([])
})

test('default: a market order is one event, a cancelled and a rejected one are told so', async () => {
  const desk = openDesk()
  await placed(desk)
  const orderId = await placed(desk, { orderType: 'lmt', limitPrice: 59000 })
  await desk.advance(1_000)
  await desk.post('/cancelorder', { order_id: orderId })
  await desk.advance(1_000)
  const crossing = { orderType: 'post', symbol: 'PF_XBTUSD', side: 'buy', size: 1 }
  await desk.post('/sendorder', { ...crossing, limitPrice: 61000 })
  expect(await names(desk, '/api/history/v3/orders')).toEqual([
    'OrderRejected',
    'OrderCancelled',
    'OrderPlaced',
    'OrderPlaced',
  ])
})

test('default: executions carry the true fee', async () => {
  const desk = openDesk()
  await placed(desk, { side: 'sell' })
  const fill = rows((await desk.get('/fills')).at('fills'))[0]
  const [element] = rows((await desk.get('/api/history/v3/executions')).at('elements'))
  expect(element).toMatchObject({
    event: {
      Execution: {
        execution: {
          uid: fill?.fill_id,
          quantity: '0.01',
          executionType: 'taker',
          order: { uid: fill?.order_id, direction: 'Sell' },
          orderData: { positionSize: '-0.01', feeCalculationInfo: { percentageFee: '0.05' } },
        },
      },
    },
  })
  const fee = element && JSON.parse(JSON.stringify(element)).event.Execution.execution.orderData.fee
  expect(Number(fee)).toBeCloseTo(Number(fill?.price) * 0.01 * 0.0005, 9)
})

test('default: triggers placed, cancelled, activated', async () => {
  const desk = openDesk()
  const stop = { orderType: 'stp', side: 'sell', stopPrice: 58000, triggerSignal: 'mark' }
  const orderId = await placed(desk, stop)
  await desk.advance(1_000)
  await desk.post('/cancelorder', { order_id: orderId })
  await desk.advance(1_000)
  await placed(desk, stop)
  await desk.advance(1_000)
  await desk.setPrice('57900')
  const events = await names(desk, '/api/history/v3/triggers', { sort: 'asc' })
  expect(events).toEqual([
    'OrderTriggerPlaced',
    'OrderTriggerCancelled',
    'OrderTriggerPlaced',
    'OrderTriggerActivated',
  ])
  const [child] = rows((await desk.get('/api/history/v3/orders')).at('elements'))
  expect(child).toMatchObject({ event: { OrderPlaced: { order: { orderType: 'IoC' } } } })
})

test('behavior: fills go backwards from lastFillTime, at most 100', async () => {
  const desk = openDesk()
  await placed(desk)
  await desk.advance(1_000)
  await placed(desk, { side: 'sell' })
  const all = rows((await desk.get('/fills')).at('fills'))
  expect(all.map(({ side }) => side)).toEqual(['sell', 'buy'])
  const older = await desk.get('/fills', { lastFillTime: String(all[0]?.fillTime) })
  expect(rows(older.at('fills'))).toEqual(all.slice(1))
  expect(Object.keys(all[0] ?? {})).toEqual([
    'fill_id',
    'order_id',
    'symbol',
    'side',
    'size',
    'price',
    'fillTime',
    'fillType',
    'realized_pnl',
    'sequence_id',
  ])
})

test.each([
  ['sort', 'up'],
  ['since', 'yesterday'],
  ['continuation_token', 'x'],
])('error: %s=%s', async (name, value) => {
  const query = `${name}=${value}`
  const answer = await openDesk().send({ path: '/api/history/v3/orders', query })
  expect(answer.status).toBe(400)
})

test('default: positions opened, increased, turned over and closed', async () => {
  const desk = openDesk()
  const sides = ['buy', 'buy', 'sell', 'buy']
  const sizes = [0.01, 0.01, 0.05, 0.03]
  for (const [index, side] of sides.entries()) {
    await placed(desk, { side, size: sizes[index] ?? 0 })
    await desk.advance(1_000)
  }
  const path = '/api/history/v3/positions'
  const updates = rows((await desk.get(path, { sort: 'asc' })).at('elements'))
  expect(updates).toMatchObject(
    [
      ['open', '0', '0.01'],
      ['increase', '0.01', '0.02'],
      ['reverse', '0.02', '-0.03'],
      ['close', '-0.03', '0'],
    ].map(([positionChange, oldPosition, newPosition]) => ({
      event: { PositionUpdate: { positionChange, oldPosition, newPosition } },
    })),
  )
  expect(await names(desk, path, { opened: true, closed: true, trades: true })).toHaveLength(2)
  expect(await names(desk, path, { settlement: true })).toEqual([])
  expect(await desk.unknownWords()).toEqual([])
})

test('default: the account log has two rows a trade, and its balances follow one another', async () => {
  const desk = openDesk()
  await placed(desk)
  await desk.advance(1_000)
  await placed(desk, { side: 'sell' })
  const path = '/api/history/v3/account-log'
  const logs = rows((await desk.get(path, { sort: 'asc' })).at('logs'))
  expect(logs.map(({ asset, id }) => [id, asset])).toEqual([
    [1, 'usd'],
    [2, 'pf_xbtusd'],
    [3, 'usd'],
    [4, 'pf_xbtusd'],
  ])
  expect(logs[0]).toMatchObject({ old_balance: 100000, contract: 'pf_xbtusd' })
  expect(logs[2]).toMatchObject({ old_balance: logs[0]?.new_balance })
  expect(logs[3]).toMatchObject({ old_balance: 0.01, new_balance: 0 })
  const flex = (await desk.get('/accounts')).at('accounts').at('flex')
  expect(logs[2]?.new_balance).toBe(flex.at('balanceValue').number())
  const newest = rows((await desk.get(path, { count: 1, from: 2, to: 3 })).at('logs'))
  expect(newest.map(({ id }) => id)).toEqual([3])
  expect(rows((await desk.get(path, { info: 'funding rate change' })).at('logs'))).toEqual([])
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: an edit is told with the order before and after it, in its place among the fills', async () => {
  const desk = openDesk()
  const orderId = await placed(desk, { orderType: 'lmt', limitPrice: 58000 })
  await desk.advance(1_000)
  await desk.post('/editorder', { orderId, size: 0.02 })
  await desk.advance(1_000)
  await desk.post('/editorder', { orderId, limitPrice: 61000 })
  const elements = rows((await desk.get('/api/history/v3/orders', { sort: 'asc' })).at('elements'))
  const state = (quantity: string, limitPrice: string, filled = '0') => ({
    uid: orderId,
    quantity,
    limitPrice,
    filled,
  })
  expect(elements.map(({ event }) => event)).toMatchObject([
    { OrderPlaced: { order: state('0.01', '58000') } },
    {
      OrderUpdated: {
        oldOrder: state('0.01', '58000'),
        newOrder: state('0.02', '58000'),
        reason: 'edited_by_user',
      },
    },
    {
      OrderUpdated: {
        oldOrder: state('0.02', '58000'),
        newOrder: state('0.02', '61000'),
        reason: 'edited_by_user',
      },
    },
    {
      OrderUpdated: {
        oldOrder: state('0.02', '61000'),
        newOrder: state('0', '61000', '0.02'),
        reason: 'full_fill',
      },
    },
  ])
  expect(elements.map(({ timestamp }) => Number(timestamp) % 60_000)).toEqual([
    30_000, 31_000, 32_000, 32_000,
  ])
  const [fill] = rows((await desk.get('/fills')).at('fills'))
  expect(fill).toMatchObject({ fillType: 'takerAfterEdit' })
})

test('behavior: a trigger that was edited, and the order it became is not', async () => {
  const desk = openDesk()
  await placed(desk)
  const stop = { orderType: 'stp', side: 'sell', stopPrice: 58000, triggerSignal: 'mark' }
  const orderId = await placed(desk, stop)
  await desk.post('/editorder', { orderId, stopPrice: 58500, size: 0.005 })
  await desk.setPrice('58400')
  const answer = await desk.get('/api/history/v3/triggers', { sort: 'asc' })
  const state = (triggerPrice: string, quantity: string) => ({
    uid: orderId,
    quantity,
    triggerOptions: { triggerPrice },
  })
  expect(rows(answer.at('elements')).map(({ event }) => event)).toMatchObject([
    { OrderTriggerPlaced: { order: state('58000', '0.01') } },
    {
      OrderTriggerUpdated: {
        oldOrderTrigger: state('58000', '0.01'),
        newOrderTrigger: state('58500', '0.005'),
        reason: 'edited_by_user',
      },
    },
    { OrderTriggerActivated: { order: state('58500', '0.005') } },
  ])
  expect(await names(desk, '/api/history/v3/orders')).toEqual(['OrderPlaced', 'OrderPlaced'])
})

test('behavior: pages of a count follow one another by their token', async () => {
  const desk = openDesk()
  for (let index = 0; index < 5; index++) {
    await placed(desk)
    await desk.advance(1_000)
  }
  const path = '/api/history/v3/executions'
  const whole = rows((await desk.get(path)).at('elements'))
  const paged: unknown[] = []
  let token: string | undefined
  do {
    const query = { count: 2, ...(token !== undefined && { continuation_token: token }) }
    const page = await desk.get(path, query)
    paged.push(...rows(page.at('elements')))
    token = page.has('continuationToken') ? page.at('continuationToken').string() : undefined
  } while (token !== undefined)
  expect(paged).toEqual(whole)
  const at = Number(whole[2]?.timestamp)
  const times = async (query: object): Promise<unknown[]> =>
    rows((await desk.get(path, { ...query })).at('elements')).map(({ timestamp }) => timestamp)
  expect(await times({ since: at })).toHaveLength(3)
  expect(await times({ before: at })).toHaveLength(2)
})

test('behavior: 100 fills at most, the older ones behind the time of the oldest', async () => {
  // The venue takes fifty orders in ten seconds.
  const desk = openDesk({ rateLimits: false })
  for (let index = 0; index < 101; index++) {
    await placed(desk)
    await desk.advance(1)
  }
  const newest = rows((await desk.get('/fills')).at('fills'))
  expect(newest.map(({ sequence_id: id }) => id)).toEqual(
    Array.from({ length: 100 }, (_, index) => 101 - index),
  )
  const older = await desk.get('/fills', { lastFillTime: String(newest.at(-1)?.fillTime) })
  expect(rows(older.at('fills'))).toMatchObject([{ sequence_id: 1 }])
})
