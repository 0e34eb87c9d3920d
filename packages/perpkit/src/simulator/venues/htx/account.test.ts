import { expect, test } from 'vitest'
import { algo, bitcoin, openDesk, order, place, row, rows, said } from './desk.fixture.ts'

test('default: a fresh account reads as it was recorded', async () => {
  const desk = openDesk()
  const time = 1_770_293_268_881
  expect((await desk.get('/v5/account/balance')).value).toEqual({
    code: 200,
    message: 'Success',
    data: {
      state: 'normal',
      equity: '100000',
      initial_margin: '0',
      maintenance_margin: '0',
      maintenance_margin_rate: '0',
      profit_unreal: '0',
      available_margin: '100000',
      voucher_value: '0',
      created_time: time,
      updated_time: time,
      details: [
        {
          currency: 'USDT',
          equity: '100000',
          available: '100000',
          available_margin: '100000',
          withdraw_available: '100000',
          profit_unreal: '0',
          initial_margin: '0',
          maintenance_margin: '0',
          maintenance_margin_rate: '0',
          initial_margin_rate: '0',
          isolated_equity: '0',
          isolated_profit_unreal: '0',
          cross_order_frozen: '0',
          isolated_order_frozen: '0',
          voucher: '0',
          voucher_value: '0',
          created_time: time,
          updated_time: time,
        },
      ],
    },
    ts: expect.any(Number),
  })
  expect(row(await desk.get('/v5/account/asset_mode'))).toEqual({ asset_mode: 2 })
})

test('behavior: the identities of the balance hold with a position and a resting order', async () => {
  const desk = openDesk()
  await place(desk, { volume: '1000' })
  await place(desk, { type: 'limit', price: '50000', volume: '100' })
  await desk.setPrice('60500')
  const data = (await desk.get('/v5/account/balance')).at('data')
  const [usdt] = data.at('details').items()
  const figure = (name: string): number => Number(usdt?.at(name).string())
  expect(figure('equity')).toBeCloseTo(figure('available') + figure('profit_unreal'), 9)
  expect(figure('initial_margin')).toBeCloseTo(60_500 / 5, 9)
  expect(figure('cross_order_frozen')).toBeCloseTo(5000 / 5, 9)
  expect(figure('available_margin')).toBeCloseTo(
    figure('equity') - figure('initial_margin') - figure('cross_order_frozen'),
    9,
  )
  expect(figure('withdraw_available')).toBe(figure('available_margin'))
  expect(figure('maintenance_margin_rate')).toBeCloseTo((60_500 * 0.0034) / figure('equity'), 9)
  expect(data.at('available_margin').string()).toBe(usdt?.at('available_margin').string())
})

test('default: a position reads as it was recorded, by the formulas of the record', async () => {
  const desk = openDesk()
  await desk.post('/v5/position/lever', { ...bitcoin, lever_rate: '20' })
  await place(desk, { volume: '1000' })
  await desk.setPrice('59000')
  const position = row(await desk.get('/v5/trade/position/opens', { contract_code: 'btc-usdt' }))
  const entry = Number(position.open_avg_price)
  const wallet = 100_000 - entry * 0.0006
  expect(position).toEqual({
    contract_code: 'BTC-USDT',
    position_side: 'both',
    direction: 'buy',
    margin_mode: 'cross',
    open_avg_price: expect.any(String),
    volume: '1000',
    available: '1000',
    lever_rate: 20,
    adl_risk_percent: 3,
    liquidation_price: expect.any(String),
    margin: '2950',
    initial_margin: '2950',
    maintenance_margin: '200.6',
    profit_unreal: expect.any(String),
    profit_rate: '-0.339',
    margin_rate: '0.002',
    mark_price: '59000',
    last_price: expect.any(String),
    margin_currency: 'USDT',
    contract_type: 'swap',
    created_time: expect.stringMatching(/^\d{13}$/),
    updated_time: expect.stringMatching(/^\d{13}$/),
  })
  expect(Number(position.profit_unreal)).toBeCloseTo(59_000 - entry, 6)
  expect(Number(position.liquidation_price)).toBeCloseTo((entry - wallet) / 0.9966, 3)
  expect(rows(await desk.get('/v5/trade/position/opens', { contract_code: 'ETH-USDT' }))).toEqual(
    [],
  )
})

test('behavior: leverage is one for each contract and margin mode, five at first', async () => {
  const desk = openDesk()
  const [first] = rows(await desk.get('/v5/position/lever', { contract_code: 'BTC-USDT' }))
  expect(first).toMatchObject({
    contract_code: 'BTC-USDT',
    contract_type: 'swap',
    margin_mode: 'cross',
    position_side: 'both',
    lever_rate: 5,
  })
  const set = await desk.post('/v5/position/lever', { ...bitcoin, lever_rate: 10 })
  expect(row(set)).toEqual({ contract_code: 'BTC-USDT', margin_mode: 'cross', lever_rate: 10 })
  expect(row(await desk.get('/v5/position/lever', bitcoin))).toMatchObject({
    lever_rate: 10,
    available_lever: expect.arrayContaining([1, 200]),
  })
  expect(rows(await desk.get('/v5/position/lever')).length).toBeGreaterThan(10)
})

test('behavior: leverage is blocked by plain orders of the contract, an equal value is not', async () => {
  const desk = openDesk()
  const set = async (leverage: number, code = 'BTC-USDT'): Promise<string> => {
    const body = { contract_code: code, margin_mode: 'cross', lever_rate: leverage }
    return said(await desk.post('/v5/position/lever', body))
  }
  await place(desk)
  expect(await set(7)).toBe('200')
  await place(desk, { type: 'limit', price: '50000' })
  expect(await set(8)).toBe('1045 Unable to switch leverage due to open orders.')
  expect(await set(7)).toBe('200')
  expect(await set(8, 'ETH-USDT')).toBe('200')
})

test.each([0, 201, 1.5, 'ten'])('error: a leverage of %s', async (leverage) => {
  const desk = openDesk()
  const answer = await desk.post('/v5/position/lever', { ...bitcoin, lever_rate: leverage })
  expect(said(answer)).toBe('1037 The leverage is invalid. Please contact the customer service.')
})

test('behavior: the position mode is the whole account’s, and an equal one is fine at any time', async () => {
  const desk = openDesk()
  const set = async (mode: string): Promise<string> =>
    said(await desk.post('/v5/position/mode', { position_mode: mode }))
  const mode = async (): Promise<unknown> => row(await desk.get('/v5/position/mode'))
  expect(await mode()).toEqual({ position_mode: 'single_side' })
  expect(await set('dual_side')).toBe('200')
  expect(await mode()).toEqual({ position_mode: 'dual_side' })
  await place(desk, { position_side: 'long', contract_code: 'ETH-USDT' })
  expect(await set('dual_side')).toBe('200')
  expect(await set('single_side')).toMatch(/^1494 /)
  await place(desk, { position_side: 'long', type: 'limit', price: '50000' })
  expect(await set('single_side')).toMatch(/^1493 /)
  expect(await set('hedge')).toMatch(/^1067 The position_mode /)
  expect(await mode()).toEqual({ position_mode: 'dual_side' })
})

test('error: a conditional order blocks the position mode as well', async () => {
  const desk = openDesk()
  const trigger = { type: 'trigger', trigger_price: '61000', price: '61000' }
  await desk.post('/v5/algo/order', algo(trigger))
  const hedge = await desk.post('/v5/position/mode', { position_mode: 'dual_side' })
  expect(said(hedge)).toMatch(/^1493 /)
})

test('error: collateral of several assets, with the reason that would block it', async () => {
  // The venue takes this call once in ten seconds, and the clock stands.
  const desk = openDesk({ rateLimits: false })
  const set = async (body: Record<string, unknown>): Promise<string> =>
    said(await desk.post('/v5/account/asset_mode', body))
  expect(await set({ asset_mode: 1 })).toMatch(/^1496 /)
  expect(await set({ assets_mode: 2 })).toBe('200')
  expect(await set({ asset_mode: 0 })).toMatch(/^1067 /)
  await place(desk)
  expect(await set({ asset_mode: 1 })).toMatch(/^1494 /)
})

test('behavior: closing a position answers with a bare number beyond 2^53', async () => {
  const desk = openDesk()
  const close = { ...bitcoin, client_order_id: '77' }
  expect(said(await desk.post('/v5/trade/position', close))).toBe(
    '1048 Insufficient close amount available.',
  )
  await place(desk)
  const request = { method: 'POST', path: '/v5/trade/position', body: JSON.stringify(close) }
  const { body } = await desk.send(desk.signed(request))
  expect(body).toMatch(/"data":\{"order_id":15125\d{14},"client_order_id":"77"\}/)
  expect(rows(await desk.get('/v5/trade/position/opens'))).toEqual([])
})

test('behavior: closing all answers a list, of nothing when flat', async () => {
  const desk = openDesk()
  expect(rows(await desk.post('/v5/trade/position_all'))).toEqual([])
  await place(desk)
  await desk.post('/v5/trade/order', order({ contract_code: 'ETH-USDT', side: 'sell' }))
  const { body } = await desk.send(
    desk.signed({ method: 'POST', path: '/v5/trade/position_all', body: '' }),
  )
  expect(body.match(/"code":200,"message":"Success","order_id":\d{19},/g)).toHaveLength(2)
  expect(rows(await desk.get('/v5/trade/position/opens'))).toEqual([])
})

test('behavior: bills tell fees and profits, the oldest first', async () => {
  const desk = openDesk()
  await place(desk, { volume: '10' })
  await place(desk, { side: 'sell', volume: '15' })
  const bills = rows(await desk.get('/v5/account/bills', bitcoin))
  expect(bills.map(({ type }) => type)).toEqual(['5', '3', '7', '5'])
  expect(bills[0]).toEqual({
    id: expect.stringMatching(/^\d+$/),
    type: '5',
    currency: 'USDT',
    amount: expect.stringMatching(/^-0\.36/),
    contract_code: 'BTC-USDT',
    margin_mode: 'cross',
    created_time: expect.stringMatching(/^\d{13}$/),
  })
  expect(rows(await desk.get('/v5/account/bills', { type: '30,31' }))).toEqual([])
})
