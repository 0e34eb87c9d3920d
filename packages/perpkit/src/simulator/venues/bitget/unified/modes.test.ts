import { expect, test } from 'vitest'
import { code, type Desk, data, openDesk, row, rows, unified } from '../desk.fixture.ts'

// Hedge mode, isolated margin and the countdown on V3: docs/wire/bitget.md 12.2 to 12.5.

const trade = '/api/v3/trade'
const account = '/api/v3/account'
const order = { ...unified, qty: '0.01', orderType: 'market' }
const { category } = unified

async function hold(desk: Desk, holdMode: string): Promise<string> {
  return code(await desk.post(`${account}/set-hold-mode`, { holdMode }))
}

async function openHedged(): Promise<Desk> {
  const desk = await openDesk('unified')
  expect(await hold(desk, 'hedge_mode')).toBe('00000')
  return desk
}

async function send(desk: Desk, change: Record<string, unknown>): Promise<string> {
  return code(await desk.post(`${trade}/place-order`, { ...order, ...change }))
}

async function positions(desk: Desk): Promise<Record<string, unknown>[]> {
  return rows(await desk.get('/api/v3/position/current-position', unified), 'list')
}

const sizes = (list: Record<string, unknown>[]): unknown[] =>
  list.map(({ posSide, total }) => [posSide, total])

const openLong = { side: 'buy', posSide: 'long' }
const openShort = { side: 'sell', posSide: 'short' }

test('default: quirk 1, `side` is the direction, and both sides return to flat', async () => {
  const desk = await openHedged()
  expect(data(await desk.get(`${account}/settings`)).holdMode).toBe('hedge_mode')
  expect(await send(desk, openLong)).toBe('00000')
  expect(await send(desk, { ...openShort, qty: '0.02' })).toBe('00000')
  expect(sizes(await positions(desk))).toEqual([
    ['long', '0.01'],
    ['short', '0.02'],
  ])
  expect(await send(desk, { side: 'sell', posSide: 'long', clientOid: 'c' })).toBe('00000')
  const closed = data(await desk.get(`${trade}/order-info`, { clientOid: 'c' }))
  expect(closed).toMatchObject({
    side: 'sell',
    posSide: 'long',
    holdMode: 'hedge_mode',
    tradeSide: 'close',
    reduceOnly: 'NO',
  })
  const [fill] = rows(await desk.get(`${trade}/fills`, { category }), 'list')
  expect(fill).toMatchObject({ side: 'sell', posSide: 'long', tradeSide: 'close' })
  expect(await send(desk, { side: 'buy', posSide: 'short', qty: '0.02' })).toBe('00000')
  expect(await positions(desk)).toEqual([])
  expect(await desk.unknownWords()).toEqual([])
})

test('error: an order must fit the position mode, on every order kind', async () => {
  const desk = await openHedged()
  expect(await send(desk, { side: 'buy' })).toBe('25236')
  expect(await send(desk, { ...openLong, reduceOnly: 'yes' })).toBe('25238')
  expect(await send(desk, { side: 'sell', posSide: 'long' })).toBe('25227')
  await send(desk, openLong)
  expect(await send(desk, { side: 'sell', posSide: 'long', qty: '0.02' })).toBe('25231')
  expect(await send(desk, { side: 'sell', posSide: 'long', stopLoss: '58000' })).toBe('25612')
  const place = `${trade}/place-strategy-order`
  const stop = { ...unified, side: 'sell', stopLoss: '58000' }
  expect(code(await desk.post(place, stop))).toBe('25236')
  const both = { ...stop, posSide: 'long', reduceOnly: 'yes' }
  expect(code(await desk.post(place, both))).toBe('25238')
  expect(code(await desk.post(place, { ...stop, side: 'buy', posSide: 'short' }))).toBe('25601')
  const trigger = { ...unified, type: 'trigger', qty: '0.01', side: 'buy', triggerPrice: '61000' }
  expect(code(await desk.post(place, trigger))).toBe('25236')
  const batch = rows(await desk.post(`${trade}/place-batch`, [{ ...order, side: 'buy' }]))
  expect(batch).toMatchObject([{ code: '25236' }])
})

test('error: quirk 15, the mode of the account is locked by positions and by orders', async () => {
  const desk = await openDesk('unified')
  await send(desk, { side: 'buy', orderType: 'limit', price: '59000' })
  expect(await hold(desk, 'one_way_mode')).toBe('00000')
  expect(await hold(desk, 'hedge_mode')).toBe('25570')
  await desk.post(`${trade}/cancel-symbol-order`, unified)
  await send(desk, { side: 'buy' })
  expect(await hold(desk, 'hedge_mode')).toBe('25107')
})

test('behavior: protection and trailing belong to a side; their distance can be changed', async () => {
  const desk = await openHedged()
  await send(desk, openLong)
  await send(desk, openShort)
  const place = `${trade}/place-strategy-order`
  const stop = { ...unified, side: 'buy', posSide: 'short', stopLoss: '62000' }
  expect(code(await desk.post(place, stop))).toBe('00000')
  const trailing = { activationType: 'mark', trailType: 'ratio', trailVariance: '5' }
  const trail = {
    ...unified,
    type: 'trailing_stop',
    qty: '0.01',
    side: 'sell',
    posSide: 'long',
    trailingStopParams: [trailing],
  }
  const { orderId } = data(await desk.post(place, trail))
  const change = { orderId, trailingStopParams: [{ ...trailing, trailVariance: '1' }] }
  expect(code(await desk.post(`${trade}/modify-strategy-order`, change))).toBe('00000')
  expect(code(await desk.post(`${trade}/modify-strategy-order`, change))).toBe('25600')
  const list = rows(await desk.get(`${trade}/unfilled-strategy-orders`, { category }))
  expect(list).toMatchObject([
    { orderId, posSide: 'long', reduceOnly: 'no', trailingStopParams: [{ trailVariance: '1' }] },
    { posSide: 'short', stopLoss: '62000' },
  ])
  await desk.setPrice('61000')
  await desk.setPrice('60300')
  expect(sizes(await positions(desk))).toEqual([['short', '0.01']])
  const left = rows(await desk.get(`${trade}/unfilled-strategy-orders`, { category }))
  expect(left).toMatchObject([{ posSide: 'short' }])
})

test('behavior: quirk 14, close-positions takes one side, or both', async () => {
  const desk = await openHedged()
  await send(desk, openLong)
  await send(desk, openShort)
  const close = `${trade}/close-positions`
  expect(rows(await desk.post(close, { ...unified, posSide: 'long' }), 'list')).toHaveLength(1)
  expect(sizes(await positions(desk))).toEqual([['short', '0.01']])
  await send(desk, openLong)
  expect(rows(await desk.post(close, { category }), 'list')).toHaveLength(2)
  expect(await positions(desk)).toEqual([])
  expect(code(await desk.post(close, { category }))).toBe('25227')
})

test('default: margin mode travels on the order, leverage is kept for each mode', async () => {
  const desk = await openDesk('unified')
  const set = async (more: Record<string, unknown>): Promise<string> =>
    code(await desk.post(`${account}/set-leverage`, { ...unified, ...more }))
  expect(await set({ leverage: '15' })).toBe('00000')
  for (const posSide of ['long', 'short']) {
    expect(await set({ leverage: '10', marginMode: 'isolated', posSide })).toBe('00000')
  }
  const { symbolConfigList } = data(await desk.get(`${account}/settings`))
  expect(symbolConfigList).toEqual([
    { ...unified, marginMode: 'crossed', leverage: '15' },
    {
      ...unified,
      marginMode: 'isolated',
      leverage: '10',
      longLeverage: '10',
      shortLeverage: '10',
    },
  ])
  expect(await send(desk, { side: 'buy', marginMode: 'isolated', qty: '0.1' })).toBe('00000')
  const [opened] = await positions(desk)
  expect(opened).toMatchObject({ marginMode: 'isolated', leverage: '10', posSide: 'long' })
  expect(Number(opened?.positionBalance)).toBeCloseTo(600, 0)
  const money = data(await desk.get(`${account}/assets`))
  expect(money.imr).toBe('0')
  expect(Number(money.usdtEquity) - Number(money.effEquity)).toBeCloseTo(600, -1)
  const stop = { ...unified, side: 'sell', reduceOnly: 'yes', stopLoss: '58000' }
  expect(code(await desk.post(`${trade}/place-strategy-order`, stop))).toBe('00000')
  expect(await send(desk, { side: 'sell', reduceOnly: 'yes', qty: '0.1' })).toBe('00000')
  expect(await positions(desk)).toEqual([])
  expect(await desk.unknownWords()).toEqual([])
})

test('error: isolated hedge leverage is a pair, in one call without a side', async () => {
  const desk = await openHedged()
  const pair = { ...unified, marginMode: 'isolated', longLeverage: '8', shortLeverage: '9' }
  const set = async (body: Record<string, unknown>): Promise<string> =>
    code(await desk.post(`${account}/set-leverage`, body))
  expect(await set(pair)).toBe('00000')
  expect(await set({ ...pair, posSide: 'long' })).toBe('40019')
  expect(await set({ ...unified, marginMode: 'isolated', leverage: '8' })).toBe('40019')
  expect(await set({ ...pair, shortLeverage: '126' })).toBe('25223')
  const settings = data(await desk.get(`${account}/settings`))
  expect(settings.symbolConfigList).toMatchObject([{ longLeverage: '8', shortLeverage: '9' }])
})

test('behavior: margin is added to an isolated position and taken back', async () => {
  const desk = await openDesk('unified')
  const move = async (change: Record<string, unknown>): Promise<string> =>
    code(
      await desk.post(`${account}/set-margin`, {
        ...unified,
        posSide: 'long',
        operation: 'add',
        amount: '100',
        ...change,
      }),
    )
  expect(await move({})).toBe('25227')
  await send(desk, { side: 'buy', marginMode: 'isolated', qty: '0.1' })
  expect(await move({})).toBe('00000')
  expect(Number((await positions(desk))[0]?.positionBalance)).toBeCloseTo(400, 0)
  expect(await move({ amount: '1000000' })).toBe('25202')
  expect(await move({ operation: 'reduce', amount: '300' })).toBe('25203')
  expect(await move({ operation: 'reduce', amount: '50' })).toBe('00000')
  expect(await move({ operation: 'double' })).toBe('400172')
})

test('behavior: the countdown cancels plain orders once, unless it is set anew or switched off', async () => {
  // More calls than one endpoint takes in a second.
  const desk = await openDesk('unified', { rateLimits: false })
  const arm = async (countdown: string): Promise<string> =>
    code(await desk.post(`${trade}/countdown-cancel-all`, { countdown }))
  const open = async (): Promise<number> =>
    rows(await desk.get(`${trade}/unfilled-orders`, unified), 'list').length
  await send(desk, { side: 'buy', orderType: 'limit', price: '59000', clientOid: 'a' })
  expect([await arm('4'), await arm('61'), await arm('soon')]).toEqual([
    '400172',
    '400172',
    '400172',
  ])
  expect(await arm('10')).toBe('00000')
  await desk.advance(9_000)
  expect(await arm('10')).toBe('00000')
  await desk.advance(9_000)
  expect(await open()).toBe(1)
  expect(await arm('0')).toBe('00000')
  await desk.advance(20_000)
  expect(await open()).toBe(1)
  await arm('5')
  await desk.advance(5_000)
  expect(await open()).toBe(0)
  const ended = data(await desk.get(`${trade}/order-info`, { clientOid: 'a' }))
  expect(ended).toMatchObject({ orderStatus: 'cancelled', cancelReason: 'normal_cancel' })
})

test('behavior: quirk 17, funding stands in the financial records', async () => {
  const desk = await openDesk('unified')
  await send(desk, { side: 'buy', qty: '0.1' })
  await desk.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.0001' })
  await desk.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '-0.0001' })
  const list = async (more: Record<string, string>): Promise<Record<string, unknown>[]> =>
    rows(await desk.get(`${account}/financial-records`, { category, ...more }), 'list')
  const [got, paid] = await list({})
  expect(got).toMatchObject({ type: 'CONTRACT_MAIN_SETTLE_FEE_USER_IN', amount: '0.6' })
  expect(paid).toMatchObject({ type: 'CONTRACT_MAIN_SETTLE_FEE_USER_OUT', amount: '-0.6' })
  expect(await list({ type: 'CONTRACT_MAIN_SETTLE_FEE_USER_OUT' })).toEqual([paid])
  const older = await list({ cursor: String(paid?.id) })
  expect(new Set(older.map((record) => record.type))).toEqual(new Set(['BUY']))
  expect((await positions(desk))[0]?.totalFunding).toBe('0')
  const page = await desk.get(`${account}/financial-records`, { category, limit: 1 })
  expect(data(page).cursor).toBe(row(page, 'list').id)
})
