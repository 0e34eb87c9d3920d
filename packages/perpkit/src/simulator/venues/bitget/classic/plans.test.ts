import { expect, test } from 'vitest'
import { classic, code, type Desk, data, openDesk, row, rows } from '../desk.fixture.ts'

// Protection and trigger orders: docs/wire/bitget.md 4.6 to 4.8.

const mix = '/api/v2/mix'
const order = { ...classic, marginMode: 'crossed', side: 'buy', orderType: 'market', size: '0.01' }
const classicOnly = { symbol: 'BTCUSDT', productType: 'USDT-FUTURES' } as const
const pending = `${mix}/order/orders-plan-pending`

async function openLong(desk: Desk, more: Record<string, unknown> = {}): Promise<void> {
  const answer = await desk.post(`${mix}/order/place-order`, { ...order, ...more })
  expect(code(answer)).toBe('00000')
}

test('behavior: one stop and two takes protect a position, and go with it', async () => {
  const desk = await openDesk('classic')
  const stop = {
    ...classic,
    planType: 'loss_plan',
    triggerPrice: '58000',
    holdSide: 'buy',
    size: '0.01',
    triggerType: 'mark_price',
    clientOid: 's',
  }
  expect(code(await desk.post(`${mix}/order/place-tpsl-order`, stop))).toBe('43023')
  await openLong(desk)
  const { orderId } = data(await desk.post(`${mix}/order/place-tpsl-order`, stop))
  for (const [size, triggerPrice] of [
    ['0.004', '61000'],
    ['0.006', '62000'],
  ] as const) {
    const take = { ...stop, planType: 'profit_plan', size, triggerPrice, clientOid: undefined }
    expect(code(await desk.post(`${mix}/order/place-tpsl-order`, take))).toBe('00000')
  }
  const query = { ...classicOnly, planType: 'profit_loss' }
  const plans = rows(await desk.get(pending, query), 'entrustedList')
  expect(plans.map((plan) => plan.planType)).toEqual(['profit_plan', 'profit_plan', 'loss_plan'])
  expect(plans[2]).toMatchObject({
    orderId,
    side: 'sell',
    posSide: 'net',
    tradeSide: 'sell_single',
    planStatus: 'live',
    stopLossTriggerPrice: '58000',
    stopSurplusTriggerPrice: null,
  })
  const moved = { ...classic, orderId, triggerPrice: '59000', size: '0.01' }
  expect(data(await desk.post(`${mix}/order/modify-tpsl-order`, moved)).orderId).toBe(orderId)
  await desk.setPrice('61000')
  expect(row(await desk.get(`${mix}/position/single-position`, classic)).total).toBe('0.006')
  await desk.setPrice('59000')
  expect(rows(await desk.get(`${mix}/position/single-position`, classic))).toEqual([])
  expect(rows(await desk.get(pending, query), 'entrustedList')).toEqual([])
  const history = rows(await desk.get(`${mix}/order/orders-plan-history`, query), 'entrustedList')
  expect(history.map((plan) => plan.planStatus)).toEqual(['cancelled', 'executed', 'executed'])
  const child = history[2]?.executeOrderId
  const detail = await desk.get(`${mix}/order/detail`, { ...classicOnly, orderId: String(child) })
  expect(data(detail)).toMatchObject({ state: 'filled', orderSource: 'loss_market' })
})

test('behavior: whole-position protection exists once, and shows on the position', async () => {
  const desk = await openDesk('classic')
  await openLong(desk)
  const stop = {
    ...classic,
    planType: 'pos_loss',
    triggerPrice: '58000',
    holdSide: 'buy',
    triggerType: 'fill_price',
  }
  const { orderId } = data(await desk.post(`${mix}/order/place-tpsl-order`, stop))
  expect(code(await desk.post(`${mix}/order/place-tpsl-order`, stop))).toBe('43031')
  const position = row(await desk.get(`${mix}/position/single-position`, classic))
  expect(position).toMatchObject({ stopLoss: '58000', stopLossId: orderId, takeProfit: '' })
  await openLong(desk)
  await desk.setPrice('57900')
  expect(rows(await desk.get(`${mix}/position/single-position`, classic))).toEqual([])
})

test('error: protection on the wrong side of the price it watches', async () => {
  const desk = await openDesk('classic')
  await openLong(desk)
  const leg = { ...classic, holdSide: 'buy', size: '0.01' }
  const cases = [
    ['profit_plan', '59000', 'fill_price', '40830'],
    ['profit_plan', '59000', 'mark_price', '40915'],
    ['loss_plan', '61000', 'fill_price', '40834'],
    ['loss_plan', '61000', 'mark_price', '40917'],
  ] as const
  for (const [planType, triggerPrice, triggerType, expected] of cases) {
    const body = { ...leg, planType, triggerPrice, triggerType }
    expect(code(await desk.post(`${mix}/order/place-tpsl-order`, body))).toBe(expected)
  }
  const large = { ...leg, planType: 'loss_plan', triggerPrice: '58000', size: '0.02' }
  expect(code(await desk.post(`${mix}/order/place-tpsl-order`, large))).toBe('40891')
  const other = { ...leg, planType: 'loss_plan', triggerPrice: '62000', holdSide: 'sell' }
  expect(code(await desk.post(`${mix}/order/place-tpsl-order`, other))).toBe('43023')
})

test('behavior: quirk 8, a preset becomes protection of the position at the first fill', async () => {
  const desk = await openDesk('classic')
  await openLong(desk, { presetStopLossPrice: '58000', presetStopSurplusPrice: '63000' })
  const query = { ...classicOnly, planType: 'profit_loss' }
  const plans = rows(await desk.get(pending, query), 'entrustedList')
  expect(plans.map((plan) => plan.planType)).toEqual(['pos_loss', 'pos_profit'])
  await desk.setPrice('57000')
  expect(rows(await desk.get(`${mix}/position/single-position`, classic))).toEqual([])
})

test('behavior: a trigger order opens, and a trailing one follows the price', async () => {
  const desk = await openDesk('classic')
  const plan = {
    ...order,
    planType: 'normal_plan',
    triggerPrice: 61000,
    triggerType: 'mark_price',
    clientOid: 'p',
  }
  const placed = data(await desk.post(`${mix}/order/place-plan-order`, plan))
  expect(placed.clientOid).toBe('p')
  const query = { ...classicOnly, planType: 'normal_plan' }
  expect(row(await desk.get(pending, query), 'entrustedList').triggerPrice).toBe('61000')
  await desk.setPrice('61000')
  expect(row(await desk.get(`${mix}/position/single-position`, classic)).total).toBe('0.01')
  const trail = {
    ...order,
    planType: 'track_plan',
    side: 'sell',
    reduceOnly: 'YES',
    triggerPrice: '61000',
    triggerType: 'mark_price',
    callbackRatio: '1',
  }
  await desk.post(`${mix}/order/place-plan-order`, trail)
  await desk.setPrice('62000')
  await desk.setPrice('61400')
  expect(rows(await desk.get(`${mix}/position/single-position`, classic))).toHaveLength(1)
  await desk.setPrice('61300')
  expect(rows(await desk.get(`${mix}/position/single-position`, classic))).toEqual([])
})

test('behavior: quirk 5, plans are cancelled by kind, and cancel-all never crosses stores', async () => {
  const desk = await openDesk('classic')
  await openLong(desk)
  const stop = {
    ...classic,
    planType: 'loss_plan',
    triggerPrice: '58000',
    holdSide: 'buy',
    size: '0.01',
  }
  const { orderId } = data(await desk.post(`${mix}/order/place-tpsl-order`, stop))
  expect(code(await desk.post(`${mix}/order/batch-cancel-orders`, classicOnly))).toBe('22001')
  expect(code(await desk.post(`${mix}/order/cancel-plan-order`, classicOnly))).toBe('43004')
  const list = { ...classicOnly, orderIdList: [{ orderId }] }
  const wrong = data(await desk.post(`${mix}/order/cancel-plan-order`, list))
  expect(wrong).toMatchObject({ successList: [], failureList: [{ errorMsg: 'notExistend' }] })
  const right = { ...list, planType: 'loss_plan' }
  const done = data(await desk.post(`${mix}/order/cancel-plan-order`, right))
  expect(done).toMatchObject({ successList: [{ orderId }], failureList: [] })
})

test('behavior: protection can be moved to a limit price and back to market', async () => {
  const desk = await openDesk('classic')
  await openLong(desk)
  const take = {
    ...classic,
    planType: 'profit_plan',
    triggerPrice: '62000',
    holdSide: 'buy',
    size: '0.01',
  }
  const { orderId } = data(await desk.post(`${mix}/order/place-tpsl-order`, take))
  const query = { ...classicOnly, planType: 'profit_loss' }
  const executions: unknown[] = []
  for (const executePrice of ['62100', '', '0']) {
    const change = { ...classic, orderId, triggerPrice: '62000', size: '0.01', executePrice }
    expect(code(await desk.post(`${mix}/order/modify-tpsl-order`, change))).toBe('00000')
    const plan = row(await desk.get(pending, query), 'entrustedList')
    executions.push([plan.orderType, plan.executePrice])
  }
  expect(executions).toEqual([
    ['limit', '62100'],
    ['limit', '62100'],
    ['market', ''],
  ])
})

test('behavior: the distance of a moving plan is changed, within its limits', async () => {
  const desk = await openDesk('classic')
  await openLong(desk)
  const moving = {
    ...classic,
    planType: 'moving_plan',
    triggerPrice: '61000',
    holdSide: 'buy',
    size: '0.01',
    rangeRate: '5',
  }
  const { orderId } = data(await desk.post(`${mix}/order/place-tpsl-order`, moving))
  const change = { ...classic, orderId, triggerPrice: '61000', rangeRate: '1' }
  const modify = `${mix}/order/modify-tpsl-order`
  expect(code(await desk.post(modify, { ...change, rangeRate: '0.05' }))).toBe('40020')
  expect(code(await desk.post(modify, change))).toBe('00000')
  await desk.setPrice('62000')
  await desk.setPrice('61300')
  expect(rows(await desk.get(`${mix}/position/single-position`, classic))).toEqual([])
})
