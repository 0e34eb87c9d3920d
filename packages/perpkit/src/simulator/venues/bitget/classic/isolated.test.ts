import { expect, test } from 'vitest'
import { classic, code, type Desk, data, openDesk, row, rows } from '../desk.fixture.ts'

// Isolated margin on V2, and what moved the money: docs/wire/bitget.md 4.1 to 4.3.

const mix = '/api/v2/mix'
const order = {
  ...classic,
  marginMode: 'isolated',
  orderType: 'market',
  size: '0.1',
  side: 'buy',
}

async function setMode(desk: Desk, marginMode: string): Promise<string> {
  return code(await desk.post(`${mix}/account/set-margin-mode`, { ...classic, marginMode }))
}

async function send(desk: Desk, change: Record<string, unknown> = {}): Promise<string> {
  return code(await desk.post(`${mix}/order/place-order`, { ...order, ...change }))
}

async function position(desk: Desk): Promise<Record<string, unknown>> {
  return row(await desk.get(`${mix}/position/single-position`, classic))
}

test('default: an isolated position has margin of its own, which can be moved', async () => {
  const desk = await openDesk('classic')
  expect(await setMode(desk, 'isolated')).toBe('00000')
  expect(await setMode(desk, 'isolated')).toBe('00000')
  expect(await send(desk)).toBe('00000')
  const opened = await position(desk)
  expect(opened).toMatchObject({ marginMode: 'isolated', leverage: '20', autoMargin: 'off' })
  expect(Number(opened.marginSize)).toBeCloseTo(300, 0)
  const before = Number(opened.liquidationPrice)
  expect(before).toBeGreaterThan(56_000)
  const money = data(await desk.get(`${mix}/account/account`, classic))
  expect(money.marginMode).toBe('isolated')
  expect(Number(money.available)).toBeCloseTo(100_000 - 300 - 3.6, 0)
  const account = row(await desk.get(`${mix}/account/accounts`, { productType: 'USDT-FUTURES' }))
  expect(account).toMatchObject({ crossedMargin: '0', isolatedMargin: opened.marginSize })
  const margin = { ...classic, holdSide: 'long', amount: '200' }
  const moved = await desk.post(`${mix}/account/set-margin`, margin)
  expect([code(moved), moved.at('data').value]).toEqual(['00000', ''])
  const wider = await position(desk)
  expect(Number(wider.marginSize)).toBeCloseTo(500, 0)
  expect(Number(wider.liquidationPrice)).toBeLessThan(before)
  const less = { ...margin, amount: '-100' }
  expect(code(await desk.post(`${mix}/account/set-margin`, less))).toBe('00000')
  expect(Number((await position(desk)).marginSize)).toBeCloseTo(400, 0)
  expect(await desk.unknownWords()).toEqual([])
})

test('error: margin that is not there to be moved', async () => {
  // More calls than one endpoint takes in a second.
  const desk = await openDesk('classic', { rateLimits: false })
  const margin = { ...classic, holdSide: 'long', amount: '10' }
  const move = async (change: Record<string, unknown>): Promise<string> =>
    code(await desk.post(`${mix}/account/set-margin`, { ...margin, ...change }))
  expect(await move({})).toBe('22002')
  await setMode(desk, 'isolated')
  await send(desk)
  expect(await move({ holdSide: 'short' })).toBe('22002')
  expect(await move({ amount: '1000000' })).toBe('40711')
  expect(await move({ amount: '-200' })).toBe('40712')
  expect(await move({ amount: 'much' })).toBe('40020')
  expect(await move({ holdSide: undefined })).toBe('40019')
})

test('error: the margin mode is locked by orders and positions, and orders must say it', async () => {
  const desk = await openDesk('classic')
  expect(await send(desk)).toBe('40020')
  expect(await send(desk, { marginMode: 'crossed' })).toBe('00000')
  expect(await setMode(desk, 'isolated')).toBe('45117')
  await send(desk, { marginMode: 'crossed', side: 'sell', reduceOnly: 'YES' })
  const limit = { marginMode: 'crossed', orderType: 'limit', price: '59000' }
  expect(await send(desk, limit)).toBe('00000')
  expect(await setMode(desk, 'isolated')).toBe('45117')
})

test('behavior: leverage of each side in hedge mode, one for both in one-way mode', async () => {
  const desk = await openDesk('classic')
  const set = async (more: Record<string, unknown>): Promise<[string, string]> => {
    const answer = await desk.post(`${mix}/account/set-leverage`, { ...classic, ...more })
    return [code(answer), answer.at('msg').string()]
  }
  await setMode(desk, 'isolated')
  expect((await set({ leverage: '10' }))[0]).toBe('00000')
  const mode = { productType: 'USDT-FUTURES', posMode: 'hedge_mode' }
  await desk.post(`${mix}/account/set-position-mode`, mode)
  expect(await set({ leverage: '10' })).toEqual([
    '40808',
    'Parameter verification exception hold side is null',
  ])
  const one = await desk.post(`${mix}/account/set-leverage`, {
    ...classic,
    leverage: '5',
    holdSide: 'short',
  })
  expect(data(one)).toMatchObject({
    longLeverage: '10',
    shortLeverage: '5',
    crossMarginLeverage: '20',
    marginMode: 'isolated',
  })
  expect((await set({ longLeverage: '7', shortLeverage: '8' }))[0]).toBe('00000')
  const money = data(await desk.get(`${mix}/account/account`, classic))
  expect(money).toMatchObject({
    crossedMarginLeverage: 20,
    isolatedLongLever: 7,
    isolatedShortLever: 8,
  })
  await setMode(desk, 'crossed')
  expect((await set({ leverage: '15', longLeverage: '12' }))[0]).toBe('00000')
  const crossed = data(await desk.get(`${mix}/account/account`, classic))
  expect(crossed.crossedMarginLeverage).toBe(12)
})

test('behavior: quirk 17, funding is a bill of its own and shows on the position', async () => {
  const desk = await openDesk('classic')
  await send(desk, { marginMode: 'crossed' })
  expect((await position(desk)).totalFee).toBe('')
  await desk.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.0001' })
  expect((await position(desk)).totalFee).toBe('-0.6')
  const bills = async (more: Record<string, string | number>): Promise<Record<string, unknown>[]> =>
    rows(await desk.get(`${mix}/account/bill`, { productType: 'USDT-FUTURES', ...more }), 'bills')
  const [funding, ...trades] = await bills({})
  expect(funding).toMatchObject({
    businessType: 'contract_settle_fee',
    amount: '-0.6',
    fee: '0',
    coin: 'USDT',
    symbol: 'BTCUSDT',
  })
  const account = data(await desk.get(`${mix}/account/account`, classic))
  expect(funding?.balance).toBe(account.available)
  expect(new Set(trades.map((bill) => bill.businessType))).toEqual(new Set(['buy']))
  expect(await bills({ businessType: 'contract_settle_fee' })).toHaveLength(1)
  const older = await bills({ idLessThan: String(funding?.billId) })
  expect(older).toEqual(trades)
  const long = { startTime: 1, endTime: 40 * 86_400_000, productType: 'USDT-FUTURES' }
  expect(code(await desk.get(`${mix}/account/bill`, long))).toBe('40705')
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: an isolated position is liquidated alone', async () => {
  const desk = await openDesk('classic')
  await setMode(desk, 'isolated')
  await send(desk)
  await desk.setPrice('57000')
  expect(rows(await desk.get(`${mix}/position/single-position`, classic))).toEqual([])
  const { accountEquity } = data(await desk.get(`${mix}/account/account`, classic))
  expect(Number(accountEquity)).toBeGreaterThan(99_600)
  const history = { symbol: 'BTCUSDT', productType: 'USDT-FUTURES' }
  const [last] = rows(await desk.get(`${mix}/order/orders-history`, history), 'entrustedList')
  expect(last).toMatchObject({
    orderSource: 'liquidation',
    tradeSide: 'burst_close_long',
    marginMode: 'isolated',
  })
})
