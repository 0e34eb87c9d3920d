import { expect, test } from 'vitest'
import { code, type Desk, data, openDesk, row, rows, unified } from '../desk.fixture.ts'

const trade = '/api/v3/trade'
const order = { ...unified, qty: '0.01', side: 'buy', orderType: 'market' }

async function openLong(desk: Desk, more: Record<string, unknown> = {}): Promise<void> {
  expect(code(await desk.post(`${trade}/place-order`, { ...order, ...more }))).toBe('00000')
}

async function positions(desk: Desk): Promise<Record<string, unknown>[]> {
  return rows(await desk.get('/api/v3/position/current-position', unified), 'list')
}

async function strategies(desk: Desk): Promise<Record<string, unknown>[]> {
  const { category } = unified
  return rows(await desk.get(`${trade}/unfilled-strategy-orders`, { category }))
}

test('default: quirk 16, the life of a position on a unified account, and an empty ledger', async () => {
  const desk = await openDesk('unified')
  const instruments = await desk.get('/api/v3/market/instruments', unified)
  expect(row(instruments)).toMatchObject({ priceMultiplier: '0.1', quantityMultiplier: '0.0001' })
  expect(data(await desk.get('/api/v3/account/assets'))).toMatchObject({
    usdtEquity: '100000',
    effEquity: '100000',
    imr: '0',
    assets: [{ coin: 'USDT', balance: '100000' }],
  })
  const leverage = { ...unified, leverage: '10' }
  const set = await desk.post('/api/v3/account/set-leverage', leverage)
  expect(set.at('data').string()).toBe('success')
  const settings = data(await desk.get('/api/v3/account/settings'))
  expect(settings.symbolConfigList).toEqual([{ ...unified, marginMode: 'crossed', leverage: '10' }])
  await openLong(desk, { clientOid: 'a-1', marginMode: 'crossed' })
  const info = data(await desk.get(`${trade}/order-info`, { clientOid: 'a-1' }))
  expect(info).toMatchObject({ orderStatus: 'filled', cumExecQty: '0.01', price: '0' })
  expect(info.feeDetail).toMatchObject([{ feeCoin: 'USDT', fee: expect.stringMatching(/^0\.36/) }])
  expect(await positions(desk)).toMatchObject([{ posSide: 'long', total: '0.01', leverage: '10' }])
  await openLong(desk, { side: 'sell', reduceOnly: 'yes' })
  const empty = await desk.get('/api/v3/position/current-position', unified)
  expect(data(empty).list).toBeNull()
  const { category } = unified
  const fills = rows(await desk.get(`${trade}/fills`, { category }), 'list')
  expect(fills.map((fill) => [fill.side, fill.category])).toEqual([
    ['sell', 'usdt-futures'],
    ['buy', 'usdt-futures'],
  ])
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: quirk 7, a limit order rests, keeps its id when amended, and is cancelled', async () => {
  const desk = await openDesk('unified')
  const limit = { ...order, orderType: 'limit', price: '59000', clientOid: 'b' }
  const { orderId } = data(await desk.post(`${trade}/place-order`, limit))
  expect(code(await desk.post(`${trade}/place-order`, limit))).toBe('25212')
  const change = { orderId, price: '58000', qty: '0.02', ...unified }
  const changed = data(await desk.post(`${trade}/modify-order`, change))
  expect(changed).toEqual({ orderId, clientOid: 'b' })
  expect(code(await desk.post(`${trade}/modify-order`, change))).toBe('25571')
  const open = row(await desk.get(`${trade}/unfilled-orders`, unified), 'list')
  expect(open).toMatchObject({ orderId, price: '58000', qty: '0.02', orderStatus: 'new' })
  expect(open).not.toHaveProperty('cancelReason')
  const cancelled = await desk.post(`${trade}/cancel-symbol-order`, unified)
  expect(rows(cancelled, 'list')).toEqual([{ orderId, clientOid: 'b' }])
  expect(code(await desk.post(`${trade}/cancel-symbol-order`, unified))).toBe('25204')
  const ended = row(await desk.get(`${trade}/history-orders`, unified), 'list')
  expect(ended).toMatchObject({ orderStatus: 'cancelled', cancelReason: 'normal_cancel' })
  await openLong(desk, { clientOid: 'b' })
})

test('error: refusals of an order carry the codes of the sheet', async () => {
  // More calls than one endpoint takes in a second.
  const desk = await openDesk('unified', { rateLimits: false })
  const refusals: [Record<string, unknown>, string][] = [
    [{ qty: undefined }, '400172'],
    [{ side: 'hold' }, '400172'],
    [{ symbol: 'NOPEUSDT' }, '25100'],
    [{ qty: '0.00001' }, '25200'],
    [{ qty: '0' }, '25207'],
    [{ qty: '300' }, '25208'],
    [{ orderType: 'limit', price: '63001' }, '25206'],
    [{ orderType: 'limit', price: '56999', side: 'sell' }, '25205'],
    [{ side: 'sell', reduceOnly: 'yes' }, '25227'],
    [{ side: 'sell', reduceOnly: 'yes', stopLoss: '62000' }, '25612'],
    [{ qty: '200' }, '40762'],
    [{ clientOid: 'x'.repeat(33) }, '400172'],
  ]
  for (const [change, expected] of refusals) {
    const answer = await desk.post(`${trade}/place-order`, { ...order, ...change })
    expect([change, code(answer)]).toEqual([change, expected])
  }
})

test('behavior: one stop and two takes protect a position, and go with it', async () => {
  const desk = await openDesk('unified')
  const stop = {
    ...unified,
    type: 'tpsl',
    tpslMode: 'partial',
    qty: '0.01',
    side: 'sell',
    reduceOnly: 'yes',
    stopLoss: '58000',
    slTriggerBy: 'mark',
    slOrderType: 'market',
    clientOid: 's',
  }
  const place = `${trade}/place-strategy-order`
  expect(code(await desk.post(place, stop))).toBe('25601')
  await openLong(desk)
  const { orderId } = data(await desk.post(place, stop))
  for (const [qty, takeProfit] of [
    ['0.004', '61000'],
    ['0.006', '62000'],
  ] as const) {
    const take = {
      ...unified,
      type: 'tpsl',
      tpslMode: 'partial',
      qty,
      side: 'sell',
      posSide: 'long',
      takeProfit,
    }
    expect(code(await desk.post(place, take))).toBe('00000')
  }
  expect(code(await desk.post(place, stop))).toBe('25595')
  const live = await strategies(desk)
  expect(live.map(({ stopLoss, takeProfit }) => [takeProfit, stopLoss])).toEqual([
    ['62000', ''],
    ['61000', ''],
    ['', '58000'],
  ])
  expect(live[2]).toMatchObject({ orderId, clientOid: 's', posSide: 'long', status: 'pending' })
  const move = { orderId, stopLoss: '59000', slTriggerBy: 'mark' }
  expect(data(await desk.post(`${trade}/modify-strategy-order`, move)).orderId).toBe(orderId)
  expect(code(await desk.post(`${trade}/modify-strategy-order`, move))).toBe('25600')
  await desk.setPrice('61000')
  expect(await positions(desk)).toMatchObject([{ total: '0.006' }])
  await desk.setPrice('59000')
  expect(await positions(desk)).toEqual([])
  expect(await strategies(desk)).toEqual([])
  const { category } = unified
  const history = await desk.get(`${trade}/history-strategy-orders`, { category })
  expect(rows(history, 'list').map(({ status }) => status)).toEqual([
    'cancelled',
    'success',
    'success',
  ])
})

test('behavior: quirks 8 and 12, two legs are one row, and the first to fire ends the other', async () => {
  const desk = await openDesk('unified')
  await openLong(desk, { takeProfit: '62000', stopLoss: '58000', slTriggerBy: 'mark' })
  const [only, ...others] = await strategies(desk)
  expect(others).toEqual([])
  expect(only).toMatchObject({ qty: '0.01', takeProfit: '62000', stopLoss: '58000' })
  await desk.setPrice('62000')
  expect(await positions(desk)).toEqual([])
  const { category } = unified
  const history = await desk.get(`${trade}/history-strategy-orders`, { category })
  expect(row(history, 'list')).toMatchObject({ orderId: only?.orderId, status: 'success' })
  expect(typeof data(history).cursor).toBe('number')
  const sub = await desk.get(`${trade}/strategy-sub-orders`, { orderId: String(only?.orderId) })
  expect(row(sub, 'list')).toMatchObject({ side: 'sell', status: 'filled' })
})

test('behavior: whole-position protection exists once; cancelling it answers null', async () => {
  const desk = await openDesk('unified')
  await openLong(desk)
  const place = `${trade}/place-strategy-order`
  const stop = { ...unified, side: 'sell', stopLoss: '58000' }
  const { orderId } = data(await desk.post(place, stop))
  expect(code(await desk.post(place, stop))).toBe('25594')
  expect(code(await desk.post(place, { ...stop, posSide: 'short' }))).toBe('25236')
  expect(code(await desk.post(place, { ...stop, stopLoss: '61000' }))).toBe('25594')
  const cancelled = await desk.post(`${trade}/cancel-strategy-order`, { orderId })
  expect([code(cancelled), cancelled.at('data').value]).toEqual(['00000', null])
  expect(code(await desk.post(`${trade}/cancel-strategy-order`, { orderId }))).toBe('25597')
  expect(code(await desk.post(place, { ...stop, stopLoss: '61000' }))).toBe('25586')
})

test('behavior: a trigger order opens, and a trailing one follows the price', async () => {
  const desk = await openDesk('unified')
  const place = `${trade}/place-strategy-order`
  const entry = {
    ...unified,
    type: 'trigger',
    qty: '0.01',
    side: 'buy',
    triggerPrice: '61000',
    triggerBy: 'mark',
    triggerOrderType: 'market',
  }
  await desk.post(place, entry)
  expect(await strategies(desk)).toMatchObject([
    { type: 'trigger', side: 'buy', reduceOnly: 'no', triggerPrice: '61000', posSide: '' },
  ])
  await desk.setPrice('61000')
  expect(await positions(desk)).toHaveLength(1)
  const trailing = {
    activationType: 'mark',
    trailType: 'spread',
    trailVariance: '500',
    preOrderType: 'market',
  }
  const trail = {
    ...unified,
    type: 'trailing_stop',
    qty: '0.01',
    side: 'sell',
    reduceOnly: 'yes',
    trailingStopParams: [trailing],
  }
  expect(code(await desk.post(place, trail))).toBe('00000')
  await desk.setPrice('62000')
  await desk.setPrice('61600')
  expect(await positions(desk)).toHaveLength(1)
  await desk.setPrice('61500')
  expect(await positions(desk)).toEqual([])
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: a batch is a bare array, and a refused item carries its code', async () => {
  const desk = await openDesk('unified')
  const items = [
    { ...order, orderType: 'limit', price: '59000', clientOid: 'a1' },
    { ...order, qty: '200', clientOid: 'a2' },
  ]
  const placed = rows(await desk.post(`${trade}/place-batch`, items))
  expect(placed[1]).toMatchObject({ orderId: '', clientOid: 'a2', code: '40762' })
  const list = [
    { clientOid: 'a1', ...unified },
    { orderId: '1', ...unified },
  ]
  const cancelled = rows(await desk.post(`${trade}/cancel-batch`, list))
  expect(cancelled).toMatchObject([{ clientOid: 'a1' }, { orderId: '1', code: '25204' }])
  expect(await desk.unknownWords()).toEqual([])
})

test('error: a leverage above the contract is refused', async () => {
  const desk = await openDesk('unified')
  const leverage = { ...unified, leverage: '126' }
  expect(code(await desk.post('/api/v3/account/set-leverage', leverage))).toBe('25223')
})

test('behavior: `reduceOnly` is ignored in a batch, and the ledger names it', async () => {
  const desk = await openDesk('unified')
  const item = { ...order, side: 'sell', reduceOnly: 'yes' }
  expect(rows(await desk.post(`${trade}/place-batch`, [item]))).toMatchObject([
    { orderId: expect.any(String) },
  ])
  expect(await positions(desk)).toMatchObject([{ posSide: 'short' }])
  expect(await desk.unknownWords()).toEqual(['value item.reduceOnly'])
})

test('behavior: closed positions follow from the fills', async () => {
  const desk = await openDesk('unified')
  await openLong(desk)
  await openLong(desk, { side: 'sell', reduceOnly: 'yes' })
  const { category } = unified
  const only = row(await desk.get('/api/v3/position/history-position', { category }), 'list')
  expect(only).toMatchObject({ posSide: 'long', openTotalPos: '0.01', marginMode: 'crossed' })
  expect(only.openFeeTotal).toMatch(/^-0\.36/)
  const missing = await desk.get('/api/v3/position/history-position')
  expect(code(missing)).toBe('400172')
})
