import { describe, expect, test } from 'vitest'
import { fieldsOf, openDesk, order, placed, rows } from './desk.fixture.ts'

describe('money', () => {
  test('default: an account with 100 000 dollars', async () => {
    const desk = openDesk()
    const accounts = fieldsOf((await desk.get('/accounts')).at('accounts'))
    expect(accounts.flex).toEqual({
      type: 'multiCollateralMarginAccount',
      currencies: {
        USD: { quantity: 100000, value: 100000, collateral: 100000, available: 100000 },
      },
      balanceValue: 100000,
      portfolioValue: 100000,
      collateralValue: 100000,
      initialMargin: 0,
      initialMarginWithOrders: 0,
      maintenanceMargin: 0,
      pnl: 0,
      unrealizedFunding: 0,
      totalUnrealized: 0,
      totalUnrealizedAsMargin: 0,
      marginEquity: 100000,
      availableMargin: 100000,
    })
    expect(Object.keys(accounts)).toEqual(['cash', 'flex', 'fi_xbtusd'])
  })

  test('behavior: margin of positions and orders, profit at the mark', async () => {
    const desk = openDesk()
    await placed(desk, { size: 1 })
    await placed(desk, { orderType: 'lmt', size: 1, limitPrice: 59000 })
    await desk.setPrice('61000')
    const flex = (await desk.get('/accounts')).at('accounts').at('flex')
    const number = (name: string): number => flex.at(name).number()
    expect(number('initialMargin')).toBeCloseTo(610, 6)
    expect(number('initialMarginWithOrders')).toBeCloseTo(1200, 6)
    expect(number('maintenanceMargin')).toBeCloseTo(305, 6)
    expect(number('marginEquity')).toBeCloseTo(number('balanceValue') + number('pnl'), 6)
    expect(number('availableMargin')).toBeCloseTo(number('marginEquity') - 1200, 6)
  })
})

describe('positions', () => {
  test('default: a long one', async () => {
    const desk = openDesk()
    await placed(desk, { side: 'buy' })
    await desk.setPrice('61000')
    const [position] = rows((await desk.get('/openpositions')).at('openPositions'))
    expect(position).toMatchObject({
      side: 'long',
      symbol: 'PF_XBTUSD',
      size: 0.01,
      unrealizedFunding: 0,
      pnlCurrency: 'USD',
    })
    expect(Number(position?.unrealizedPnl)).toBeCloseTo((61000 - Number(position?.price)) / 100, 6)
    expect(position).not.toHaveProperty('maxFixedLeverage')
  })

  test('behavior: netting, a sale beyond it turns it over', async () => {
    const desk = openDesk()
    await placed(desk)
    await placed(desk, { side: 'sell', size: 0.03 })
    expect(rows((await desk.get('/openpositions')).at('openPositions'))).toMatchObject([
      { side: 'short', size: 0.02 },
    ])
  })
})

describe('leverage preferences', () => {
  test('default: a value is isolated, none is cross', async () => {
    const desk = openDesk()
    await placed(desk)
    const list = async (): Promise<unknown> =>
      (await desk.get('/leveragepreferences')).at('leveragePreferences').value
    expect(await list()).toEqual([])
    const set = await desk.put('/leveragepreferences', { symbol: 'PF_XBTUSD', maxLeverage: 5 })
    expect(fieldsOf(set)).toEqual({ result: 'success', serverTime: '2026-01-05T00:00:30.000Z' })
    expect(await list()).toEqual([{ symbol: 'PF_XBTUSD', maxLeverage: 5 }])
    const [position] = rows((await desk.get('/openpositions')).at('openPositions'))
    expect(position).toMatchObject({ maxFixedLeverage: 5 })
    await desk.put('/leveragepreferences', { symbol: 'PF_XBTUSD', maxLeverage: 100 })
    expect(await list()).toEqual([{ symbol: 'PF_XBTUSD', maxLeverage: 100 }])
    await desk.put('/leveragepreferences', { symbol: 'PF_XBTUSD' })
    expect(await list()).toEqual([])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: it sets the margin of new orders', async () => {
    const desk = openDesk()
    await desk.put('/leveragepreferences', { symbol: 'PF_XBTUSD', maxLeverage: 1 })
    const answer = await desk.post('/sendorder', order({ size: 2 }))
    expect(answer.at('sendStatus').at('status').string()).toBe('insufficientAvailableFunds')
  })

  test.each([
    [{ symbol: 'PF_NONEUSD', maxLeverage: '5' }, 500, 87],
    [{ symbol: 'pf_xbtusd', maxLeverage: '5' }, 500, 87],
    [{ symbol: 'PI_XBTUSD', maxLeverage: '5' }, 500, 88],
    [{ symbol: 'PF_XBTUSD', maxLeverage: '101' }, 400, 11],
    [{ symbol: 'PF_XBTUSD', maxLeverage: '0.5' }, 400, 11],
    [{ symbol: 'PF_XBTUSD', maxLeverage: 'high' }, 400, 11],
    [{ symbol: 'PF_XBTUSD', maxLeverage: '1' }, 500, 92],
  ])('error: %o', async (body, status, code) => {
    const desk = openDesk()
    await placed(desk, { size: 3 })
    const path = '/derivatives/api/v3/leveragepreferences'
    const text = new URLSearchParams(body).toString()
    const answer = await desk.send({ method: 'PUT', path, body: text })
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toMatchObject({ result: 'error', errors: [{ code }] })
    const read = await desk.get('/leveragepreferences')
    expect(read.at('leveragePreferences').value).toEqual([])
  })
})

test('default: other settings there are', async () => {
  const desk = openDesk()
  expect((await desk.get('/pnlpreferences')).at('preferences').value).toEqual([])
  expect((await desk.get('/self-trade-strategy')).at('strategy').string()).toBe('REJECT_TAKER')
  const strategy = { strategy: 'CANCEL_MAKER_ANY' }
  const refused = await desk.put('/self-trade-strategy', strategy)
  expect(refused.at('error').string()).toBe('insufficientPrivileges')
  expect((await desk.get('/api/auth/v1/api-keys/v3/check')).has('accountUid')).toBe(true)
  expect(await desk.unknownWords()).toEqual([])
})
