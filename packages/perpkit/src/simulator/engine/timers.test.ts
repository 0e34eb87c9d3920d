import { describe, expect, test } from 'vitest'
import { accepted, limit, makeStage, type Stage, stop } from './engine.fixture.ts'

const elsewhere = { symbol: 'ETHUSDT' }

interface Armed extends Stage {
  /** What is still open, by name. */
  open(): string[]
}

/** An order and a waiting stop on each of two symbols. */
function withOrders(): Armed {
  const stage = makeStage()
  const { engine, account } = stage
  const names = ['btc', 'eth', 'btc stop', 'eth stop']
  const ids = [
    accepted(engine.placeOrder(account, limit('BUY', '0.1', '50000'))).orderId,
    accepted(engine.placeOrder(account, limit('BUY', '1', '2000', elsewhere))).orderId,
    accepted(engine.placeConditional(account, stop('SELL', '1', '50000'))).conditionalId,
    accepted(engine.placeConditional(account, stop('SELL', '1', '2000', elsewhere))).conditionalId,
  ]
  const open = (): string[] => {
    const left = new Set([
      ...engine.openOrders(account).map(({ orderId }) => orderId),
      ...engine.openConditionals(account).map(({ conditionalId }) => conditionalId),
    ])
    return names.filter((_, i) => left.has(ids[i] ?? ''))
  }
  return { ...stage, open }
}

describe('cancel-all timer', () => {
  test('default: at its time all orders end, waiting ones too where it says so', () => {
    const { engine, clock, account, open } = withOrders()
    const at = clock.now() + 10_000
    engine.setCancelAllTimer(account, { at, includesConditionals: true })
    clock.advance(9_999)
    expect(open()).toHaveLength(4)
    clock.advance(5_000)
    expect(open()).toEqual([])
    expect(engine.orders(account)[0]).toMatchObject({
      status: 'CANCELLED',
      endReason: 'timer',
      updatedAt: at,
    })
    expect(engine.conditionals(account)[0]).toMatchObject({
      status: 'CANCELLED',
      endReason: 'timer',
    })
    expect(engine.margin(account, 'USDT').orderInitialMargin).toBe('0')
  })

  test('args: one symbol, without conditional orders', () => {
    const { engine, clock, account, open } = withOrders()
    const at = clock.now() + 1_000
    engine.setCancelAllTimer(account, { at, symbol: 'BTCUSDT', includesConditionals: false })
    clock.advance(1_000)
    expect(open()).toEqual(['eth', 'btc stop', 'eth stop'])
  })

  test('behavior: said anew it runs from there, said without a time it stops', () => {
    const { engine, clock, account, open } = withOrders()
    const btc = { symbol: 'BTCUSDT', includesConditionals: false }
    for (let round = 0; round < 5; round++) {
      engine.setCancelAllTimer(account, { ...btc, at: clock.now() + 1_000 })
      clock.advance(900)
    }
    expect(open()).toHaveLength(4)
    engine.setCancelAllTimer(account, btc)
    clock.advance(60_000)
    expect(open()).toHaveLength(4)
  })

  test('behavior: a symbol and the account have timers of their own, and so have accounts', () => {
    const { engine, clock, account, open } = withOrders()
    const other = engine.createAccount({ USDT: '100000' })
    accepted(engine.placeOrder(other, limit('BUY', '0.1', '50000')))
    const now = clock.now()
    const plain = { includesConditionals: false }
    engine.setCancelAllTimer(account, { at: now + 2_000, ...plain })
    engine.setCancelAllTimer(account, { at: now + 1_000, symbol: 'ETHUSDT', ...plain })
    clock.advance(1_500)
    expect(open()).toEqual(['btc', 'btc stop', 'eth stop'])
    clock.advance(1_500)
    expect(open()).toEqual(['btc stop', 'eth stop'])
    expect(engine.openOrders(other)).toHaveLength(1)
  })

  test('behavior: it runs out once', () => {
    const { engine, clock, account } = withOrders()
    engine.setCancelAllTimer(account, { at: clock.now() + 1_000, includesConditionals: true })
    clock.advance(1_000)
    accepted(engine.placeOrder(account, limit('BUY', '0.1', '50000')))
    clock.advance(10_000)
    expect(engine.openOrders(account)).toHaveLength(1)
  })

  test('behavior: what it has cancelled is not filled by a later price', () => {
    const { engine, clock, account } = withOrders()
    engine.setCancelAllTimer(account, { at: clock.now() + 1_000, includesConditionals: true })
    clock.advance(5_000)
    engine.setPrice('BTCUSDT', '45000')
    expect(engine.fills(account)).toEqual([])
  })

  test('behavior: only among what the venue keeps certain words with', () => {
    const { engine, clock, account } = withOrders()
    const placed = (venueData: Record<string, string>): string =>
      accepted(engine.placeOrder(account, limit('BUY', '0.1', '50000', { venueData }))).orderId
    const [meant, other] = [placed({ tag: 'a' }), placed({ tag: 'b' })]
    const at = clock.now() + 1_000
    engine.setCancelAllTimer(account, { at, among: { tag: 'a' }, includesConditionals: true })
    engine.setCancelAllTimer(account, { among: { tag: 'b' }, includesConditionals: true })
    clock.advance(1_000)
    const open = engine.openOrders(account).map(({ orderId }) => orderId)
    expect(open).toHaveLength(3)
    expect([open.includes(meant), open.includes(other)]).toEqual([false, true])
  })

  test('behavior: a snapshot holds it', () => {
    const { engine, clock, account, open } = withOrders()
    engine.setCancelAllTimer(account, { at: clock.now() + 1_000, includesConditionals: true })
    const snapshot = engine.exportState()
    engine.setCancelAllTimer(account, { includesConditionals: true })
    clock.advance(1_000)
    expect(open()).toHaveLength(4)
    engine.importState(snapshot)
    expect(open()).toEqual([])
  })

  test('error: an unknown account, an unknown symbol', () => {
    const { engine, account } = withOrders()
    const timer = { at: 1, includesConditionals: true }
    expect(() => engine.setCancelAllTimer('nobody', timer)).toThrow(RangeError)
    expect(() => engine.setCancelAllTimer(account, { ...timer, symbol: 'XUSDT' })).toThrow(
      RangeError,
    )
  })
})
