import { expect, test } from 'vitest'
import { classic, code, type Desk, data, openDesk, row, rows } from '../desk.fixture.ts'

// Hedge mode on V2: docs/wire/bitget.md 4.3 to 4.8.

const mix = '/api/v2/mix'
const order = { ...classic, marginMode: 'crossed', orderType: 'market', size: '0.01' }
const named = { symbol: 'BTCUSDT', productType: 'USDT-FUTURES' } as const

async function setMode(desk: Desk, posMode: string): Promise<string> {
  const body = { productType: 'USDT-FUTURES', posMode }
  return code(await desk.post(`${mix}/account/set-position-mode`, body))
}

async function openHedged(): Promise<Desk> {
  const desk = await openDesk('classic')
  expect(await setMode(desk, 'hedge_mode')).toBe('00000')
  return desk
}

async function send(desk: Desk, change: Record<string, unknown>): Promise<string> {
  return code(await desk.post(`${mix}/order/place-order`, { ...order, ...change }))
}

async function positions(desk: Desk): Promise<unknown[]> {
  const query = { productType: 'USDT-FUTURES', marginCoin: 'USDT' }
  const list = rows(await desk.get(`${mix}/position/all-position`, query))
  return list.map(({ holdSide, posMode, total }) => [holdSide, total, posMode])
}

test('default: quirk 1, `side` is the position side, and both sides return to flat', async () => {
  const desk = await openHedged()
  expect(data(await desk.get(`${mix}/account/account`, classic)).posMode).toBe('hedge_mode')
  expect(await send(desk, { side: 'buy', tradeSide: 'Open' })).toBe('00000')
  expect(await send(desk, { side: 'sell', tradeSide: 'open', size: '0.02' })).toBe('00000')
  expect(await positions(desk)).toEqual([
    ['long', '0.01', 'hedge_mode'],
    ['short', '0.02', 'hedge_mode'],
  ])
  expect(await send(desk, { side: 'buy', tradeSide: 'close', clientOid: 'c' })).toBe('00000')
  const closed = data(await desk.get(`${mix}/order/detail`, { ...named, clientOid: 'c' }))
  expect(closed).toMatchObject({
    side: 'buy',
    posSide: 'long',
    tradeSide: 'close',
    posMode: 'hedge_mode',
    reduceOnly: 'NO',
  })
  const [fill] = rows(await desk.get(`${mix}/order/fills`, named), 'fillList')
  expect(fill).toMatchObject({ side: 'buy', tradeSide: 'close', posMode: 'hedge_mode' })
  expect(await send(desk, { side: 'sell', tradeSide: 'close', size: '0.02' })).toBe('00000')
  expect(await positions(desk)).toEqual([])
  expect(await desk.unknownWords()).toEqual([])
})

test('error: an order must fit the position mode, on every order kind', async () => {
  const desk = await openHedged()
  expect(await send(desk, { side: 'buy' })).toBe('40774')
  expect(await send(desk, { side: 'buy', tradeSide: 'close' })).toBe('22002')
  const plan = { ...order, side: 'buy', planType: 'normal_plan', triggerPrice: '61000' }
  const trigger = { ...plan, triggerType: 'mark_price' }
  expect(code(await desk.post(`${mix}/order/place-plan-order`, trigger))).toBe('40774')
  const batch = {
    ...order,
    orderList: [{ size: '0.01', side: 'buy', orderType: 'market', clientOid: 'x' }],
  }
  const { failureList } = data(
    await desk.post(`${mix}/order/batch-place-order`, {
      ...classic,
      marginMode: 'crossed',
      orderList: batch.orderList,
    }),
  )
  expect(failureList).toMatchObject([{ clientOid: 'x', errorCode: '40774' }])
  await send(desk, { side: 'buy', tradeSide: 'open' })
  const stop = { ...classic, planType: 'pos_loss', triggerPrice: '58000', holdSide: 'buy' }
  expect(code(await desk.post(`${mix}/order/place-tpsl-order`, stop))).toBe('40774')
  const wrong = { ...stop, holdSide: 'short' }
  expect(code(await desk.post(`${mix}/order/place-tpsl-order`, wrong))).toBe('43023')
})

test('error: quirk 15, the mode of a product type is locked by positions and by orders', async () => {
  const desk = await openDesk('classic')
  const limit = { side: 'buy', orderType: 'limit', price: '59000', clientOid: 'l' }
  await send(desk, limit)
  expect(await setMode(desk, 'one_way_mode')).toBe('00000')
  expect(await setMode(desk, 'hedge_mode')).toBe('40920')
  await desk.post(`${mix}/order/batch-cancel-orders`, named)
  await send(desk, { side: 'buy' })
  expect(await setMode(desk, 'hedge_mode')).toBe('40920')
  await send(desk, { side: 'sell', reduceOnly: 'YES' })
  expect(await setMode(desk, 'hedge_mode')).toBe('00000')
  const perpetual = { symbol: 'BTCPERP', productType: 'USDC-FUTURES', marginCoin: 'USDC' }
  const other = data(await desk.get(`${mix}/account/account`, perpetual))
  expect(other.posMode).toBe('one_way_mode')
})

test('behavior: closes beyond what is free, quirk 6: at market resting ones give way', async () => {
  const desk = await openHedged()
  await send(desk, { side: 'buy', tradeSide: 'open' })
  const close = { side: 'buy', tradeSide: 'close', orderType: 'limit', price: '61000' }
  expect(await send(desk, { ...close, size: '0.02' })).toBe('40757')
  expect(await send(desk, { ...close, size: '0.004', clientOid: 'part' })).toBe('00000')
  expect(await send(desk, { ...close, size: '0.007' })).toBe('40757')
  const single = row(await desk.get(`${mix}/position/single-position`, classic))
  expect(single).toMatchObject({ available: '0.006', locked: '0.004' })
  expect(await send(desk, { side: 'buy', tradeSide: 'close', size: '0.02' })).toBe('40757')
  expect(await send(desk, { side: 'buy', tradeSide: 'close' })).toBe('00000')
  expect(await positions(desk)).toEqual([['long', '0.004', 'hedge_mode']])
  expect(await send(desk, { side: 'buy', tradeSide: 'close', size: '0.004' })).toBe('00000')
  expect(await positions(desk)).toEqual([])
  const ended = data(await desk.get(`${mix}/order/detail`, { ...named, clientOid: 'part' }))
  expect(ended.state).toBe('canceled')
})

test('behavior: each side is protected by itself, and plans read as their side', async () => {
  const desk = await openHedged()
  await send(desk, { side: 'buy', tradeSide: 'open' })
  await send(desk, { side: 'sell', tradeSide: 'open', size: '0.02' })
  const leg = { ...classic, planType: 'pos_loss', triggerType: 'mark_price' }
  const place = `${mix}/order/place-tpsl-order`
  const long = await desk.post(place, { ...leg, holdSide: 'long', triggerPrice: '58000' })
  const short = await desk.post(place, { ...leg, holdSide: 'short', triggerPrice: '62000' })
  expect([code(long), code(short)]).toEqual(['00000', '00000'])
  expect(code(await desk.post(place, { ...leg, holdSide: 'long', triggerPrice: '57000' }))).toBe(
    '43031',
  )
  const query = { ...named, planType: 'profit_loss' }
  const plans = rows(await desk.get(`${mix}/order/orders-plan-pending`, query), 'entrustedList')
  expect(plans.map(({ posSide, side, tradeSide }) => [posSide, side, tradeSide])).toEqual([
    ['short', 'sell', 'close'],
    ['long', 'buy', 'close'],
  ])
  await desk.setPrice('58000')
  expect(await positions(desk)).toEqual([['short', '0.02', 'hedge_mode']])
  const left = rows(await desk.get(`${mix}/order/orders-plan-pending`, query), 'entrustedList')
  expect(left.map((plan) => plan.posSide)).toEqual(['short'])
})

test('behavior: a trailing plan closes its side alone, and its distance can be changed', async () => {
  const desk = await openHedged()
  await send(desk, { side: 'buy', tradeSide: 'open' })
  await send(desk, { side: 'sell', tradeSide: 'open' })
  const trail = {
    ...order,
    planType: 'track_plan',
    side: 'buy',
    tradeSide: 'close',
    triggerPrice: '60000',
    triggerType: 'mark_price',
    callbackRatio: '5',
  }
  const { orderId } = data(await desk.post(`${mix}/order/place-plan-order`, trail))
  const wide = { ...trail, callbackRatio: '10.5' }
  expect(code(await desk.post(`${mix}/order/place-plan-order`, wide))).toBe('40020')
  const fine = { ...trail, callbackRatio: '1.234' }
  expect(code(await desk.post(`${mix}/order/place-plan-order`, fine))).toBe('40020')
  const change = { ...named, orderId, newCallbackRatio: '1' }
  expect(code(await desk.post(`${mix}/order/modify-plan-order`, change))).toBe('00000')
  const query = { ...named, planType: 'track_plan' }
  const plan = row(await desk.get(`${mix}/order/orders-plan-pending`, query), 'entrustedList')
  expect(plan).toMatchObject({ orderId, callbackRatio: '1', posSide: 'long', tradeSide: 'close' })
  await desk.setPrice('61000')
  await desk.setPrice('60300')
  expect(await positions(desk)).toEqual([['short', '0.01', 'hedge_mode']])
})

test('behavior: quirk 14, close-positions takes one side, or both', async () => {
  const desk = await openHedged()
  await send(desk, { side: 'buy', tradeSide: 'open' })
  await send(desk, { side: 'sell', tradeSide: 'open' })
  const close = `${mix}/order/close-positions`
  const done = data(await desk.post(close, { ...named, holdSide: 'short' }))
  expect(done).toMatchObject({ successList: [{ symbol: 'BTCUSDT' }], failureList: [] })
  expect(await positions(desk)).toEqual([['long', '0.01', 'hedge_mode']])
  await send(desk, { side: 'sell', tradeSide: 'open' })
  // It may be called once a second.
  await desk.advance(1_000)
  expect(code(await desk.post(close, named))).toBe('00000')
  expect(await positions(desk)).toEqual([])
  await desk.advance(1_000)
  expect(code(await desk.post(close, named))).toBe('22002')
})

test('behavior: quirk 7, an amended close comes back as a close', async () => {
  const desk = await openHedged()
  await send(desk, { side: 'buy', tradeSide: 'open' })
  const close = { side: 'buy', tradeSide: 'close', orderType: 'limit', price: '61000' }
  await send(desk, { ...close, clientOid: 'one' })
  const change = { ...named, clientOid: 'one', newClientOid: 'two' }
  const body = { ...change, newSize: '0.005', newPrice: '62000' }
  expect(code(await desk.post(`${mix}/order/modify-order`, body))).toBe('00000')
  const open = row(await desk.get(`${mix}/order/orders-pending`, named), 'entrustedList')
  expect(open).toMatchObject({ clientOid: 'two', tradeSide: 'close', size: '0.005', side: 'buy' })
})

test('behavior: a preset protects the side that was opened', async () => {
  const desk = await openHedged()
  await send(desk, { side: 'buy', tradeSide: 'open' })
  await send(desk, { side: 'sell', tradeSide: 'open', presetStopLossPrice: '62000' })
  const query = { ...named, planType: 'profit_loss' }
  const plan = row(await desk.get(`${mix}/order/orders-plan-pending`, query), 'entrustedList')
  expect(plan).toMatchObject({ planType: 'pos_loss', posSide: 'short', side: 'sell' })
})
