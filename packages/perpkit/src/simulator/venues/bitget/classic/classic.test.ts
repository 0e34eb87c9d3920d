import { expect, test } from 'vitest'
import { classic, code, type Desk, data, openDesk, row, rows } from '../desk.fixture.ts'

const mix = '/api/v2/mix'
const order = { ...classic, marginMode: 'crossed', side: 'buy', orderType: 'market', size: '0.01' }
const pending = `${mix}/order/orders-plan-pending`

async function openLong(desk: Desk, more: Record<string, unknown> = {}): Promise<void> {
  const answer = await desk.post(`${mix}/order/place-order`, { ...order, ...more })
  expect(code(answer)).toBe('00000')
}

test('default: the life of a position on a classic account, and an empty ledger', async () => {
  const desk = await openDesk('classic')
  const contracts = await desk.get(`${mix}/market/contracts`, { productType: 'USDT-FUTURES' })
  expect(rows(contracts)[0]).toMatchObject({ symbol: 'BTCUSDT', pricePlace: '1', volumePlace: '4' })
  const account = data(await desk.get(`${mix}/account/account`, classic))
  expect(account).toMatchObject({
    accountEquity: '100000',
    crossedMarginLeverage: 20,
    marginMode: 'crossed',
    posMode: 'one_way_mode',
  })
  const leverage = { ...classic, leverage: '10' }
  expect(data(await desk.post(`${mix}/account/set-leverage`, leverage))).toMatchObject({
    crossMarginLeverage: '10',
    marginMode: 'crossed',
  })
  await openLong(desk, { clientOid: 'a-1' })
  const detail = data(await desk.get(`${mix}/order/detail`, { ...classicOnly, clientOid: 'a-1' }))
  expect(detail).toMatchObject({
    state: 'filled',
    baseVolume: '0.01',
    posSide: 'net',
    tradeSide: 'buy_single',
    price: '',
  })
  expect(detail.fee).toMatch(/^-0\.36/)
  const position = row(await desk.get(`${mix}/position/all-position`, product))
  expect(position).toMatchObject({ holdSide: 'long', total: '0.01', leverage: '10' })
  const close = { ...order, side: 'sell', reduceOnly: 'YES', clientOid: 'a-2' }
  await openLong(desk, close)
  expect(rows(await desk.get(`${mix}/position/all-position`, product))).toEqual([])
  const fills = rows(await desk.get(`${mix}/order/fills`, classicOnly), 'fillList')
  expect(fills.map((fill) => fill.side)).toEqual(['sell', 'buy'])
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: a limit order rests, is listed, and is cancelled once', async () => {
  const desk = await openDesk('classic')
  const limit = { ...order, orderType: 'limit', price: '59000', force: 'GTC', clientOid: 'b' }
  const { orderId } = data(await desk.post(`${mix}/order/place-order`, limit))
  const listed = await desk.get(`${mix}/order/orders-pending`, classicOnly)
  expect(row(listed, 'entrustedList')).toMatchObject({ orderId, status: 'live', price: '59000' })
  expect(code(await desk.post(`${mix}/order/place-order`, limit))).toBe('40786')
  const cancel = { ...classicOnly, orderId }
  expect(data(await desk.post(`${mix}/order/cancel-order`, cancel))).toEqual({
    orderId,
    clientOid: 'b',
  })
  expect(code(await desk.post(`${mix}/order/cancel-order`, cancel))).toBe('22001')
  const empty = await desk.get(`${mix}/order/orders-pending`, classicOnly)
  expect(data(empty).entrustedList).toBeNull()
  const ended = row(await desk.get(`${mix}/order/orders-history`, classicOnly), 'entrustedList')
  expect(ended).toMatchObject({ status: 'canceled', cancelReason: 'normal_cancel' })
})

test('error: refusals of an order carry the codes of the sheet', async () => {
  const desk = await openDesk('classic')
  const refusals: [Record<string, unknown>, string][] = [
    [{ size: undefined }, '40019'],
    [{ side: 'hold' }, '40020'],
    [{ symbol: 'NOPEUSDT' }, '40034'],
    [{ tradeSide: 'open' }, '40774'],
    [{ size: '0.00001' }, '40808'],
    [{ size: '0' }, '45111'],
    [{ size: '300' }, '45112'],
    [{ orderType: 'limit', price: '59000.05' }, '40808'],
    [{ orderType: 'limit', price: '49999', size: '0.0001' }, '45110'],
    [{ orderType: 'limit', price: '63001' }, '40815'],
    [{ orderType: 'limit', price: '56999', side: 'sell' }, '40816'],
    [{ side: 'sell', reduceOnly: 'YES' }, '22002'],
    [{ size: '200' }, '40762'],
    [{ clientOid: 'no spaces' }, '40305'],
  ]
  for (const [change, expected] of refusals) {
    const answer = await desk.post(`${mix}/order/place-order`, { ...order, ...change })
    expect([change, code(answer)]).toEqual([change, expected])
  }
  const perpetual = { ...order, symbol: 'BTCPERP', productType: 'USDC-FUTURES', marginCoin: 'USDC' }
  const offTick = { ...perpetual, orderType: 'limit', price: '59000.1' }
  expect(code(await desk.post(`${mix}/order/place-order`, offTick))).toBe('45115')
})

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

test('behavior: a preset becomes protection of the position at the first fill', async () => {
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

test('behavior: plans are cancelled by kind, and cancel-all never crosses stores', async () => {
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

test('behavior: newer reduce-only orders push out older ones, and then carry no id', async () => {
  const desk = await openDesk('classic')
  await openLong(desk)
  const close = { ...order, side: 'sell', reduceOnly: 'YES', orderType: 'limit', price: '61000' }
  await desk.post(`${mix}/order/place-order`, { ...close, clientOid: 'old' })
  const answer = await desk.post(`${mix}/order/place-order`, { ...close, clientOid: 'new' })
  expect(data(answer)).toEqual({ clientOid: 'new' })
  const open = row(await desk.get(`${mix}/order/orders-pending`, classicOnly), 'entrustedList')
  expect(open.clientOid).toBe('new')
})

test('behavior: an amended order comes back under a new id', async () => {
  const desk = await openDesk('classic')
  const limit = { ...order, orderType: 'limit', price: '59000', clientOid: 'one' }
  const { orderId } = data(await desk.post(`${mix}/order/place-order`, limit))
  const change = {
    ...classicOnly,
    orderId,
    newClientOid: 'two',
    newSize: '0.02',
    newPrice: '58000',
  }
  const modified = data(await desk.post(`${mix}/order/modify-order`, change))
  expect(modified).toEqual({ orderId, clientOid: 'one' })
  const open = row(await desk.get(`${mix}/order/orders-pending`, classicOnly), 'entrustedList')
  expect(open).toMatchObject({ clientOid: 'two', size: '0.02', price: '58000' })
  expect(open.orderId).not.toBe(orderId)
  const old = data(
    await desk.get(`${mix}/order/detail`, { ...classicOnly, orderId: String(orderId) }),
  )
  expect(old).toMatchObject({ state: 'canceled', cancelReason: 'modify_limit_order' })
})

test('error: settings that this venue does not have are locked', async () => {
  const desk = await openDesk('classic')
  const mode = { productType: 'USDT-FUTURES', posMode: 'hedge_mode' }
  expect(code(await desk.post(`${mix}/account/set-position-mode`, mode))).toBe('40920')
  const same = { ...mode, posMode: 'one_way_mode' }
  expect(code(await desk.post(`${mix}/account/set-position-mode`, same))).toBe('00000')
  const margin = { ...classic, marginMode: 'isolated' }
  expect(code(await desk.post(`${mix}/account/set-margin-mode`, margin))).toBe('45117')
  const leverage = { ...classic, leverage: '126' }
  expect(code(await desk.post(`${mix}/account/set-leverage`, leverage))).toBe('45045')
})

test('behavior: a misspelt word is ignored, and the ledger names it', async () => {
  const desk = await openDesk('classic')
  await openLong(desk, { presetStopLosPrice: '58000' })
  expect(await desk.unknownWords()).toEqual(['parameter presetStopLosPrice'])
})

test('behavior: a batch settles each item by itself', async () => {
  const desk = await openDesk('classic')
  const item = { size: '0.01', side: 'buy', orderType: 'market', clientOid: 'x' }
  const body = {
    ...classic,
    marginMode: 'crossed',
    orderList: [item, { ...item, size: '200', clientOid: 'y' }],
  }
  const outcome = data(await desk.post(`${mix}/order/batch-place-order`, body))
  expect(outcome).toMatchObject({
    successList: [{ clientOid: 'x' }],
    failureList: [{ orderId: '', clientOid: 'y', errorCode: '40762' }],
  })
})

const product = { productType: 'USDT-FUTURES', marginCoin: 'USDT' } as const

const classicOnly = { symbol: 'BTCUSDT', productType: 'USDT-FUTURES' } as const
