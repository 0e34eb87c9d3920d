import { expect, test } from 'vitest'
import { classic, code, type Desk, data, openDesk, row, rows, startTime } from '../desk.fixture.ts'

const mix = '/api/v2/mix'
const order = { ...classic, marginMode: 'crossed', side: 'buy', orderType: 'market', size: '0.01' }

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

test('behavior: quirks 4 and 11, a limit order rests, is listed, and is cancelled once', async () => {
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

test('error: quirks 9 and 18, refusals of an order carry the codes of the sheet', async () => {
  // More calls than one endpoint takes in a second.
  const desk = await openDesk('classic', { rateLimits: false })
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

test('behavior: quirk 6, newer reduce-only orders push out older ones, and then carry no id', async () => {
  const desk = await openDesk('classic')
  await openLong(desk)
  const close = { ...order, side: 'sell', reduceOnly: 'YES', orderType: 'limit', price: '61000' }
  await desk.post(`${mix}/order/place-order`, { ...close, clientOid: 'old' })
  const answer = await desk.post(`${mix}/order/place-order`, { ...close, clientOid: 'new' })
  expect(data(answer)).toEqual({ clientOid: 'new' })
  const open = row(await desk.get(`${mix}/order/orders-pending`, classicOnly), 'entrustedList')
  expect(open.clientOid).toBe('new')
})

test('behavior: quirk 7, an amended order comes back under a new id', async () => {
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

test('error: a leverage above the contract is refused', async () => {
  const desk = await openDesk('classic')
  const leverage = { ...classic, leverage: '126' }
  expect(code(await desk.post(`${mix}/account/set-leverage`, leverage))).toBe('45045')
})

test('behavior: quirk 3, a misspelt word is ignored, and the ledger names it', async () => {
  const desk = await openDesk('classic')
  await openLong(desk, { presetStopLosPrice: '58000' })
  expect(await desk.unknownWords()).toEqual(['parameter presetStopLosPrice'])
})

test('behavior: quirk 5, a batch settles each item by itself', async () => {
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

test('behavior: quirk 14, cancel-all takes the product type, whatever symbol is sent', async () => {
  const desk = await openDesk('classic')
  const limit = { ...order, orderType: 'limit', price: '59000' }
  await openLong(desk, limit)
  const { price } = row(
    await desk.get(`${mix}/market/symbol-price`, { ...classicOnly, symbol: 'ETHUSDT' }),
  )
  await openLong(desk, {
    ...limit,
    symbol: 'ETHUSDT',
    size: '1',
    price: String(Math.floor(Number(price) * 0.99)),
  })
  const all = { ...classicOnly, requestTime: String(startTime), receiveWindow: '60000' }
  const done = data(await desk.post(`${mix}/order/cancel-all-orders`, all))
  expect(done.successList).toHaveLength(2)
  const late = { ...all, requestTime: '1' }
  expect(code(await desk.post(`${mix}/order/cancel-all-orders`, late))).toBe('40078')
  const wide = { ...all, receiveWindow: '60001' }
  expect(code(await desk.post(`${mix}/order/cancel-all-orders`, wide))).toBe('40079')
})

test('behavior: a reduce-only order is amended, and stays so', async () => {
  const desk = await openDesk('classic')
  await openLong(desk)
  const close = { ...order, side: 'sell', reduceOnly: 'YES', orderType: 'limit', price: '61000' }
  const { orderId } = data(await desk.post(`${mix}/order/place-order`, close))
  const change = { ...classicOnly, orderId, newClientOid: 'n', newSize: '0.005', newPrice: '62000' }
  expect(code(await desk.post(`${mix}/order/modify-order`, change))).toBe('00000')
  const open = row(await desk.get(`${mix}/order/orders-pending`, classicOnly), 'entrustedList')
  expect(open).toMatchObject({ clientOid: 'n', reduceOnly: 'YES', tradeSide: 'reduce_sell_single' })
})

const product = { productType: 'USDT-FUTURES', marginCoin: 'USDT' } as const

const classicOnly = { symbol: 'BTCUSDT', productType: 'USDT-FUTURES' } as const
