import { describe, expect, test } from 'vitest'
import { add, isGreater, isLess, sum } from '../../core/decimal.ts'
import { accepted, limit, makeStage, market, roomyPrice } from './engine.fixture.ts'

describe('book', () => {
  test('default: makers quote around the start price, one or two ticks apart', () => {
    const { engine } = makeStage()
    const { bid, ask, mark, last, index } = engine.prices('BTCUSDT')
    expect([mark, last, index]).toEqual(['60000', '60000', '60000'])
    expect(Number(ask) - Number(bid)).toBeGreaterThan(0.09)
    expect(Number(ask) - Number(bid)).toBeLessThan(0.21)
  })

  test('default: a thousand levels are there, best first, and nothing absurd in them', () => {
    const { engine } = makeStage()
    const { bids, asks } = engine.depth('BTCUSDT', 1000)
    expect(bids.length).toBeGreaterThan(900)
    expect(asks.length).toBeGreaterThan(900)
    for (const [index, [price]] of bids.entries()) {
      const next = bids[index + 1]
      if (next) expect(isLess(next[0], price)).toBe(true)
    }
    const total = Number(sum(asks.map(([, quantity]) => quantity)))
    expect(total).toBeGreaterThan(120)
    expect(total).toBeLessThan(200)
  })

  test('args: no more levels than asked for', () => {
    const { engine } = makeStage()
    const { bids, asks } = engine.depth('BTCUSDT', 5)
    expect([bids.length, asks.length]).toEqual([5, 5])
    expect(engine.depth('BTCUSDT', 0)).toMatchObject({ bids: [], asks: [] })
  })

  test('behavior: a hundredth of the largest market order slips less than a hundredth of a percent', () => {
    const { engine, account } = makeStage()
    const order = accepted(engine.placeOrder(account, market('BUY', '1.2')))
    const average = Number(order.executedNotional) / Number(order.executedQuantity)
    expect(order.status).toBe('FILLED')
    expect(average).toBeLessThan(60_006)
  })

  test('behavior: the largest market order walks many levels, and a second one finds too little', () => {
    const { engine } = makeStage()
    const rich = engine.createAccount({ USDT: '100000000' })
    const first = accepted(engine.placeOrder(rich, market('BUY', '120')))
    const fills = engine.fills(rich)
    expect(first.status).toBe('FILLED')
    expect(fills.length).toBeGreaterThan(100)
    const second = accepted(engine.placeOrder(rich, market('BUY', '120')))
    expect(second).toMatchObject({ status: 'EXPIRED', endReason: 'noLiquidity' })
    expect(isGreater(second.executedQuantity, '0')).toBe(true)
    expect(isLess(second.executedQuantity, '120')).toBe(true)
  })

  test('behavior: eaten levels are back after a quarter of a second', () => {
    const { engine, clock, account } = makeStage()
    const before = engine.depth('BTCUSDT', 20)
    accepted(engine.placeOrder(account, market('BUY', '2')))
    const eaten = engine.depth('BTCUSDT', 20)
    clock.advance(249)
    expect(engine.depth('BTCUSDT', 20)).toEqual(eaten)
    clock.advance(1)
    const after = engine.depth('BTCUSDT', 20)
    expect(eaten.asks).not.toEqual(before.asks)
    expect(after.asks).toEqual(before.asks)
    expect(after.sequence).toBeGreaterThan(eaten.sequence)
  })

  test('behavior: the quarter of a second counts from the first bite', () => {
    const { engine, clock, account } = makeStage()
    const before = engine.depth('BTCUSDT', 20)
    accepted(engine.placeOrder(account, market('BUY', '2')))
    clock.advance(200)
    accepted(engine.placeOrder(account, market('BUY', '2')))
    clock.advance(50)
    expect(engine.depth('BTCUSDT', 20).asks).toEqual(before.asks)
  })

  test('behavior: eaten levels are back when the price is set', () => {
    const { engine, account } = makeStage()
    const before = engine.depth('BTCUSDT', 20)
    accepted(engine.placeOrder(account, market('SELL', '2')))
    engine.setPrice('BTCUSDT', '60000')
    expect(engine.depth('BTCUSDT', 20).bids).toEqual(before.bids)
  })

  test('behavior: makers that come back fill whoever moved into their place', () => {
    const { engine, clock, account } = makeStage()
    const other = engine.createAccount({ USDT: '1000000' })
    accepted(engine.placeOrder(other, market('BUY', '100')))
    const resting = accepted(engine.placeOrder(account, limit('BUY', '0.5', '60005')))
    expect(resting.status).toBe('NEW')
    const refilledAt = clock.now() + 250
    clock.advance(1_000)
    expect(engine.order(account, resting.orderId)?.status).toBe('FILLED')
    expect(engine.fills(account)).toMatchObject([
      { price: '60005', isMaker: true, timestamp: refilledAt },
    ])
  })

  test('behavior: users stand in the same book: better price first, then age', () => {
    const { engine, account } = makeStage()
    const early = engine.createAccount({ USDT: '100000' })
    const late = engine.createAccount({ USDT: '100000' })
    // Far out, where nothing of the makers stands.
    engine.setPrice('BTCUSDT', '60000')
    accepted(engine.placeOrder(late, limit('BUY', '0.3', '59000')))
    const first = accepted(engine.placeOrder(early, limit('BUY', '0.3', '59000.1')))
    const { bids } = engine.depth('BTCUSDT', 5_000)
    expect(bids.slice(-2)).toEqual([
      ['59000.1', '0.3'],
      ['59000', '0.3'],
    ])
    engine.setPrice('BTCUSDT', '59000.1')
    expect(engine.order(early, first.orderId)?.status).toBe('FILLED')
    expect(engine.fills(late)).toEqual([])
    expect(engine.fills(account)).toEqual([])
  })

  test.each([
    ['after the makers, who quoted before it came', false],
    ['before the makers, when they have quoted anew', true],
  ])('behavior: at one price an order is served %s', (_, isRequoted) => {
    const { engine, account } = makeStage({}, 1, '10000000')
    const other = engine.createAccount({ USDT: '10000000' })
    const [price] = engine.depth('BTCUSDT', 6).bids[5] ?? ['']
    accepted(engine.placeOrder(account, limit('BUY', '0.01', price)))
    if (isRequoted) engine.setPrice('BTCUSDT', '60000')
    const ahead = sum(engine.depth('BTCUSDT', 5).bids.map(([, quantity]) => quantity))
    accepted(engine.placeOrder(other, limit('SELL', add(ahead, '0.01'), price)))
    expect(engine.fills(account)).toHaveLength(isRequoted ? 1 : 0)
    expect(engine.fills(other).at(-1)).toMatchObject({ price, quantity: '0.01' })
  })

  test('behavior: two accounts trade with each other inside the spread', () => {
    const { engine, account } = makeStage()
    const other = engine.createAccount({ USDT: '100000' })
    // A price with a spread of two ticks leaves room between the makers.
    const price = roomyPrice(engine)
    const sale = accepted(engine.placeOrder(account, limit('SELL', '0.2', price)))
    expect(engine.prices('BTCUSDT')).toMatchObject({ ask: price, askQuantity: '0.2' })
    const purchase = accepted(engine.placeOrder(other, limit('BUY', '0.5', price)))
    expect(purchase).toMatchObject({ status: 'PARTIALLY_FILLED', executedQuantity: '0.2' })
    expect(engine.order(account, sale.orderId)?.status).toBe('FILLED')
    expect(engine.fills(account)).toMatchObject([{ price, quantity: '0.2', isMaker: true }])
    expect(engine.fills(other)).toMatchObject([{ price, quantity: '0.2', isMaker: false }])
    expect(engine.prices('BTCUSDT')).toMatchObject({ bid: price, bidQuantity: '0.3', last: price })
  })
})
