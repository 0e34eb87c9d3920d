import { describe, expect, test } from 'vitest'
import { accepted, limit, makeStage, market, stop } from './engine.fixture.ts'

describe('liquidation', () => {
  test('default: a position is closed where its margin is used up, on the way of the price', () => {
    const { engine, account } = makeStage({}, 1, '6100')
    accepted(engine.placeOrder(account, market('BUY', '1')))
    const [position] = engine.positions(account)
    const expected = Number(position?.liquidationPrice)
    expect(expected).toBeGreaterThan(54_000)
    expect(expected).toBeLessThan(54_500)
    engine.setPrice('BTCUSDT', '40000')
    expect(engine.positions(account)).toEqual([])
    const order = engine.orders(account).at(-1)
    expect(order).toMatchObject({
      clientOrderId: '',
      side: 'SELL',
      status: 'FILLED',
      venueData: { liquidation: true },
    })
    expect(Math.abs(Number(engine.fills(account).at(-1)?.price) - expected)).toBeLessThan(0.5)
    expect(Number(engine.margin(account, 'USDT').walletBalance)).toBeGreaterThan(0)
  })

  test('behavior: one tick before it nothing happens', () => {
    const { engine, account } = makeStage({}, 1, '6100')
    accepted(engine.placeOrder(account, market('BUY', '1')))
    const price = Number(engine.positions(account)[0]?.liquidationPrice)
    const tick = Math.floor(price * 10) / 10
    engine.setPrice('BTCUSDT', String(Math.round(tick * 10 + 1) / 10))
    expect(engine.positions(account)).toHaveLength(1)
    engine.setPrice('BTCUSDT', String(tick))
    expect(engine.positions(account)).toEqual([])
  })

  test('behavior: a short is closed above', () => {
    const { engine, account } = makeStage({}, 1, '6100')
    accepted(engine.placeOrder(account, market('SELL', '1')))
    const price = Number(engine.positions(account)[0]?.liquidationPrice)
    expect(price).toBeGreaterThan(65_500)
    engine.setPrice('BTCUSDT', String(Math.floor(price)))
    expect(engine.positions(account)).toHaveLength(1)
    engine.setPrice('BTCUSDT', '70000')
    expect(engine.positions(account)).toEqual([])
  })

  test('behavior: its orders and conditional orders on the symbol end with it', () => {
    const { engine, account } = makeStage({}, 1, '6200')
    accepted(engine.placeOrder(account, market('BUY', '1')))
    const rest = accepted(engine.placeOrder(account, limit('SELL', '1', '70000')))
    const guard = accepted(engine.placeConditional(account, stop('SELL', '1', '50000')))
    const elsewhere = { symbol: 'ETHUSDT', triggerPrice: '2000' }
    const other = accepted(
      engine.placeConditional(account, { ...stop('SELL', '1', '1'), ...elsewhere }),
    )
    engine.setPrice('BTCUSDT', '52000')
    expect(engine.order(account, rest.orderId)).toMatchObject({
      status: 'CANCELLED',
      endReason: 'liquidation',
    })
    expect(engine.conditional(account, guard.conditionalId)).toMatchObject({
      status: 'CANCELLED',
      endReason: 'liquidation',
    })
    expect(engine.conditional(account, other.conditionalId)?.status).toBe('WAITING')
  })

  test('behavior: a stop before it saves the account', () => {
    const { engine, account } = makeStage({}, 1, '6100')
    accepted(engine.placeOrder(account, market('BUY', '1')))
    accepted(engine.placeConditional(account, stop('SELL', '1', '55000')))
    engine.setPrice('BTCUSDT', '40000')
    expect(engine.orders(account).at(-1)?.venueData).toEqual({})
    expect(Number(engine.fills(account).at(-1)?.price)).toBeGreaterThanOrEqual(54_999.8)
  })

  test('behavior: a stop at the very price of it goes first', () => {
    const { engine, account } = makeStage({}, 1, '6100')
    accepted(engine.placeOrder(account, market('BUY', '1')))
    const price = Number(engine.positions(account)[0]?.liquidationPrice)
    const trigger = (Math.floor(price * 10) / 10).toFixed(1)
    accepted(engine.placeConditional(account, stop('SELL', '1', trigger)))
    engine.setPrice('BTCUSDT', '40000')
    expect(engine.conditionals(account)).toMatchObject([{ status: 'TRIGGERED' }])
    expect(engine.orders(account).at(-1)?.venueData).toEqual({})
  })

  test('behavior: cross margin: all positions of the wallet go, and it never ends below zero', () => {
    const { engine, account } = makeStage({}, 1, '13000')
    const ether = { symbol: 'ETHUSDT' }
    accepted(engine.placeOrder(account, market('BUY', '1')))
    accepted(engine.placeOrder(account, market('BUY', '20', ether)))
    expect(engine.positions(account)).toHaveLength(2)
    // The loss on one market eats what stands behind the other.
    engine.setPrice('ETHUSDT', '2500')
    expect(engine.positions(account)).toHaveLength(2)
    engine.setPrice('BTCUSDT', '50000')
    expect(engine.positions(account)).toEqual([])
    const { walletBalance } = engine.margin(account, 'USDT')
    expect(Number(walletBalance)).toBeGreaterThanOrEqual(0)
    expect(Number(walletBalance)).toBeLessThan(1_000)
  })

  test('behavior: what the book cannot take is closed at the mark, and the rest of the loss is the venue’s', () => {
    const { engine } = makeStage()
    const account = engine.createAccount({ USDT: '100000000' })
    engine.setLeverage(account, 'BTCUSDT', 100)
    for (let round = 0; round < 40; round++) {
      accepted(engine.placeOrder(account, market('BUY', '100')))
      engine.setPrice('BTCUSDT', '60000')
    }
    engine.setPrice('BTCUSDT', '20000')
    expect(engine.positions(account)).toEqual([])
    const order = engine.orders(account).at(-1)
    expect(order).toMatchObject({ quantity: '4000', status: 'FILLED' })
    expect(Number(engine.margin(account, 'USDT').walletBalance)).toBeGreaterThanOrEqual(0)
  })

  test('behavior: a fill that an account can no longer carry is liquidated at once', () => {
    const { engine, account } = makeStage({}, 1, '6300')
    const rich = engine.createAccount({ USDT: '100000000' })
    const resting = accepted(engine.placeOrder(account, limit('BUY', '1', '59990')))
    engine.setLeverage(account, 'ETHUSDT', 100)
    accepted(engine.placeOrder(account, market('BUY', '8', { symbol: 'ETHUSDT' })))
    engine.setPrice('ETHUSDT', '2250')
    expect(engine.positions(account)).toHaveLength(1)
    accepted(engine.placeOrder(rich, limit('SELL', '100', '59990')))
    expect(engine.order(account, resting.orderId)?.status).toBe('FILLED')
    expect(engine.positions(account)).toEqual([])
  })

  test('behavior: a loss beyond the wallet, after a closed market, empties it and no more', () => {
    const { engine, account } = makeStage({}, 1, '6100')
    accepted(engine.placeOrder(account, market('BUY', '1')))
    engine.setTrading('BTCUSDT', false)
    engine.setPrice('BTCUSDT', '30000')
    expect(engine.positions(account)).toHaveLength(1)
    engine.setTrading('BTCUSDT', true)
    expect(engine.positions(account)).toEqual([])
    expect(engine.margin(account, 'USDT').walletBalance).toBe('0')
  })

  test('behavior: a rich account has no liquidation price', () => {
    const { engine, account } = makeStage()
    accepted(engine.placeOrder(account, market('BUY', '1')))
    expect(engine.positions(account)[0]).not.toHaveProperty('liquidationPrice')
    engine.setPrice('BTCUSDT', '100')
    expect(engine.positions(account)).toHaveLength(1)
  })
})
