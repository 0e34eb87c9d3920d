import { describe, expect, test } from 'vitest'
import {
  accepted,
  limit,
  makeStage,
  market,
  refusal,
  type Stage,
  stop,
  takeProfit,
} from './engine.fixture.ts'
import type { ConditionalRequest, EngineRules } from './types.ts'

function withLong(rules: Partial<EngineRules> = {}): Stage {
  const stage = makeStage(rules)
  accepted(stage.engine.placeOrder(stage.account, market('BUY', '0.1')))
  return stage
}

function trailing(more: Partial<ConditionalRequest>): ConditionalRequest {
  const { triggerPrice: _, ...request } = stop('SELL', '0.1', '1')
  return { ...request, kind: 'trailing', ...more }
}

describe('triggers', () => {
  test('default: it becomes an order that carries its client order id and what the venue gave', () => {
    const { engine, account } = withLong()
    const request = stop('SELL', '0.1', '58000', { clientOrderId: 'x', venueData: { a: 1 } })
    const { conditionalId } = accepted(engine.placeConditional(account, request))
    engine.setPrice('BTCUSDT', '58000')
    const conditional = engine.conditional(account, conditionalId)
    expect(conditional).toMatchObject({ status: 'TRIGGERED', orderId: 'o2' })
    expect(conditional?.triggeredAt).toBe(engine.now())
    expect(engine.order(account, 'o2')).toMatchObject({
      conditionalId,
      clientOrderId: 'x',
      type: 'MARKET',
      reduceOnly: true,
      status: 'FILLED',
      venueData: { a: 1 },
    })
  })

  test('behavior: where the venue says so the order keeps the id', () => {
    const { engine, account } = withLong({ triggeredKeepsId: true })
    const { conditionalId } = accepted(
      engine.placeConditional(account, stop('SELL', '0.1', '58000')),
    )
    engine.setPrice('BTCUSDT', '57000')
    expect(engine.conditional(account, conditionalId)?.orderId).toBe(conditionalId)
    expect(engine.order(account, conditionalId)?.status).toBe('FILLED')
  })

  test('behavior: neither its client order id nor the cap of open orders stands in its way', () => {
    const { engine, account } = makeStage({
      clientOrderIdUnique: 'forEver',
      clientOrderIdSpace: 'shared',
      maxOpenOrders: 1,
    })
    accepted(engine.placeOrder(account, limit('BUY', '0.1', '50000')))
    const entry = stop('BUY', '0.1', '61000', {
      clientOrderId: 'x',
      reduceOnly: false,
      orderType: 'LIMIT',
      price: '60500',
    })
    accepted(engine.placeConditional(account, entry))
    engine.setPrice('BTCUSDT', '61000')
    expect(engine.openOrders(account)).toMatchObject([{ price: '50000' }, { clientOrderId: 'x' }])
    expect(refusal(engine.placeConditional(account, entry))).toBe('duplicateClientOrderId')
  })

  test('behavior: a client order id that two orders came to hold is free when both have ended', () => {
    const { engine, account } = makeStage()
    const plain = limit('BUY', '0.1', '50000', { clientOrderId: 'x' })
    const first = accepted(engine.placeOrder(account, plain))
    const entry = stop('BUY', '0.1', '61000', {
      clientOrderId: 'x',
      reduceOnly: false,
      orderType: 'LIMIT',
      price: '60500',
    })
    accepted(engine.placeConditional(account, entry))
    engine.setPrice('BTCUSDT', '61000')
    accepted(engine.cancelOrder(account, first.orderId))
    expect(refusal(engine.placeOrder(account, plain))).toBe('duplicateClientOrderId')
    engine.setPrice('BTCUSDT', '60500')
    accepted(engine.placeOrder(account, plain))
  })

  test('behavior: closing the position takes whatever it is by then', () => {
    const { engine, account } = withLong()
    const request = { ...stop('SELL', '0', '58000'), reduceOnly: false, closePosition: true }
    accepted(engine.placeConditional(account, request))
    accepted(engine.placeOrder(account, market('BUY', '0.25')))
    engine.setPrice('BTCUSDT', '58000')
    expect(engine.orders(account).at(-1)).toMatchObject({
      quantity: '0.35',
      closePosition: true,
      status: 'FILLED',
    })
    expect(engine.positions(account)).toEqual([])
  })

  test('error: reduce-only while flat is rejected when it fires, without an order', () => {
    const { engine, account } = makeStage()
    const { conditionalId } = accepted(
      engine.placeConditional(account, stop('SELL', '0.1', '58000')),
    )
    engine.setPrice('BTCUSDT', '57000')
    expect(engine.conditional(account, conditionalId)).toMatchObject({
      status: 'REJECTED',
      endReason: 'reduceOnly',
    })
    expect(engine.orders(account)).toEqual([])
  })

  test('error: margin short when it fires', () => {
    const { engine, account } = makeStage({}, 1, '100')
    const request = stop('BUY', '1', '61000', { reduceOnly: false })
    const { conditionalId } = accepted(engine.placeConditional(account, request))
    engine.setPrice('BTCUSDT', '61000')
    expect(engine.conditional(account, conditionalId)).toMatchObject({
      status: 'REJECTED',
      endReason: 'insufficientMargin',
    })
    expect(engine.fills(account)).toEqual([])
  })

  test('error: a post-only price that would trade when it fires', () => {
    const { engine, account } = withLong()
    const request = stop('SELL', '0.1', '59000', {
      orderType: 'LIMIT',
      price: '58000',
      timeInForce: 'GTX',
    })
    const { conditionalId } = accepted(engine.placeConditional(account, request))
    engine.setPrice('BTCUSDT', '58500')
    expect(engine.conditional(account, conditionalId)).toMatchObject({
      status: 'REJECTED',
      endReason: 'wouldTakeLiquidity',
    })
  })

  test('behavior: the market order is bound where the venue binds it', () => {
    const { engine } = makeStage({ triggeredPriceBound: '0.0001' })
    const rich = engine.createAccount({ USDT: '100000000' })
    accepted(engine.placeOrder(rich, market('BUY', '100')))
    accepted(engine.placeConditional(rich, stop('SELL', '100', '58000')))
    engine.setPrice('BTCUSDT', '58000')
    const order = engine.orders(rich).at(-1)
    expect(order).toMatchObject({ status: 'EXPIRED', worstPrice: '57994.2' })
    expect(Number(engine.fills(rich).at(-1)?.price)).toBeGreaterThanOrEqual(57_994.2)
  })

  test('behavior: of a group the others end when one fires', () => {
    const { engine, account } = withLong()
    const loss = stop('SELL', '0.1', '58000', { group: 'g' })
    const gain = takeProfit('SELL', '0.1', '62000', { group: 'g' })
    accepted(engine.placeConditional(account, loss))
    accepted(engine.placeConditional(account, gain))
    const other = engine.createAccount({ USDT: '1' })
    accepted(engine.placeConditional(other, gain))
    accepted(engine.placeConditional(account, stop('SELL', '0.1', '57000', { group: 'h' })))
    engine.setPrice('BTCUSDT', '62000')
    expect(engine.conditionals(account).map(({ status }) => status)).toEqual([
      'CANCELLED',
      'TRIGGERED',
      'WAITING',
    ])
    expect(engine.conditionals(account)[0]?.endReason).toBe('oco')
    // Flat, and of another account: it fires by itself.
    expect(engine.conditionals(other)[0]?.status).toBe('REJECTED')
  })

  test('behavior: one order’s trades fire another’s stop by the last price', () => {
    const { engine, account } = withLong()
    const rich = engine.createAccount({ USDT: '100000000' })
    accepted(
      engine.placeConditional(account, stop('SELL', '0.1', '59997', { triggerSource: 'last' })),
    )
    accepted(engine.placeConditional(account, stop('SELL', '0.1', '59997')))
    accepted(engine.placeOrder(rich, market('SELL', '60')))
    expect(engine.conditionals(account).map(({ status }) => status)).toEqual([
      'TRIGGERED',
      'WAITING',
    ])
    expect(engine.prices('BTCUSDT').mark).toBe('60000')
  })

  test('behavior: a cascade of stops fires in one move', () => {
    const { engine } = makeStage()
    const accounts = [1, 2, 3].map(() => engine.createAccount({ USDT: '100000000' }))
    for (const [index, account] of accounts.entries()) {
      accepted(engine.placeOrder(account, market('BUY', '30')))
      const trigger = String(59_900 - index)
      const request = stop('SELL', '30', trigger, { triggerSource: 'last' })
      accepted(engine.placeConditional(account, request))
      engine.setPrice('BTCUSDT', '60000')
    }
    engine.setPrice('BTCUSDT', '59900')
    expect(accounts.map((account) => engine.positions(account))).toEqual([[], [], []])
    expect(engine.prices('BTCUSDT').last).toBe('59900')
  })

  describe('trailing', () => {
    test('default: it follows the best price and fires when that is left by its distance', () => {
      const { engine, account } = withLong()
      const { conditionalId } = accepted(
        engine.placeConditional(account, trailing({ trailingRate: '0.01' })),
      )
      expect(engine.conditional(account, conditionalId)?.bestPrice).toBe('60000')
      engine.setPrice('BTCUSDT', '65000')
      engine.setPrice('BTCUSDT', '64400')
      expect(engine.conditional(account, conditionalId)).toMatchObject({
        status: 'WAITING',
        bestPrice: '65000',
      })
      engine.setPrice('BTCUSDT', '60000')
      expect(engine.conditional(account, conditionalId)?.status).toBe('TRIGGERED')
      const price = Number(engine.fills(account).at(-1)?.price)
      expect(Math.abs(price - 64_350)).toBeLessThan(0.2)
    })

    test('behavior: a distance in the quote asset, for a short', () => {
      const { engine, account } = makeStage()
      accepted(engine.placeOrder(account, market('SELL', '0.1')))
      const request = trailing({ side: 'BUY', trailingDistance: '500', triggerSource: 'last' })
      accepted(engine.placeConditional(account, request))
      engine.setPrice('BTCUSDT', '58000')
      engine.setPrice('BTCUSDT', '58499.9')
      expect(engine.openConditionals(account)).toHaveLength(1)
      engine.setPrice('BTCUSDT', '58500')
      expect(engine.positions(account)).toEqual([])
    })

    test('behavior: it sleeps until its activation price is reached', () => {
      const { engine, account } = withLong()
      const request = trailing({ trailingRate: '0.01', triggerPrice: '62000' })
      const { conditionalId } = accepted(engine.placeConditional(account, request))
      engine.setPrice('BTCUSDT', '50000')
      engine.setPrice('BTCUSDT', '61999.9')
      expect(engine.conditional(account, conditionalId)).not.toHaveProperty('bestPrice')
      engine.setPrice('BTCUSDT', '62000')
      expect(engine.conditional(account, conditionalId)?.bestPrice).toBe('62000')
      engine.setPrice('BTCUSDT', '61380')
      expect(engine.conditional(account, conditionalId)?.status).toBe('TRIGGERED')
    })

    test('behavior: it sees the very price at which another order fires', () => {
      const { engine, account } = makeStage()
      const rich = engine.createAccount({ USDT: '100000000' })
      accepted(engine.placeOrder(account, market('BUY', '0.2')))
      const gain = takeProfit('SELL', '0.1', '60003', { triggerSource: 'last' })
      accepted(engine.placeConditional(account, gain))
      const request = trailing({ trailingRate: '0.01', triggerSource: 'last' })
      const { conditionalId } = accepted(engine.placeConditional(account, request))
      accepted(engine.placeOrder(rich, market('BUY', '60')))
      const highest = engine.fills(rich).at(-1)?.price
      expect(engine.prices('BTCUSDT').last).not.toBe(highest)
      expect(engine.conditional(account, conditionalId)?.bestPrice).toBe(highest)
    })

    test('behavior: its activation price can be moved until it is reached', () => {
      const { engine, account } = withLong()
      const request = trailing({ trailingRate: '0.01', triggerPrice: '62000' })
      const { conditionalId } = accepted(engine.placeConditional(account, request))
      accepted(engine.amendConditional(account, conditionalId, { triggerPrice: '61000' }))
      engine.setPrice('BTCUSDT', '61000')
      accepted(engine.amendConditional(account, conditionalId, { triggerPrice: '70000' }))
      expect(engine.conditional(account, conditionalId)).toMatchObject({
        bestPrice: '61000',
        triggerPrice: '61000',
      })
      engine.setPrice('BTCUSDT', '60000')
      expect(engine.conditional(account, conditionalId)?.status).toBe('TRIGGERED')
    })

    test('error: an activation price that is reached already', () => {
      const { engine, account } = withLong()
      const request = trailing({ trailingRate: '0.01', triggerPrice: '60000' })
      expect(refusal(engine.placeConditional(account, request))).toBe('wouldTriggerImmediately')
      const short = trailing({ side: 'BUY', trailingRate: '0.01', triggerPrice: '60000.1' })
      expect(refusal(engine.placeConditional(account, short))).toBe('wouldTriggerImmediately')
    })
  })

  describe('afterFill', () => {
    test('behavior: the venue acts before anything fires at the same price', () => {
      const { engine, account } = makeStage({
        afterFill(within, { accountId }) {
          for (const { conditionalId } of within.openConditionals(accountId)) {
            accepted(within.cancelConditional(accountId, conditionalId))
          }
        },
      })
      accepted(engine.placeOrder(account, limit('BUY', '0.1', '59000')))
      accepted(engine.placeConditional(account, stop('SELL', '0.1', '59000')))
      engine.setPrice('BTCUSDT', '58000')
      expect(engine.conditionals(account)).toMatchObject([{ status: 'CANCELLED' }])
      expect(engine.positions(account)).toHaveLength(1)
    })

    test('default: the venue hears of every pass once, and can act in it', () => {
      const heard: string[] = []
      const { engine, account } = makeStage({
        afterFill(within, order) {
          heard.push(`${order.orderId} ${order.status} ${order.executedQuantity}`)
          if (order.reduceOnly) return
          const guard = stop('SELL', order.executedQuantity, '59500')
          accepted(within.placeConditional(order.accountId, guard))
        },
      })
      accepted(engine.placeOrder(account, market('BUY', '2')))
      expect(engine.fills(account).length).toBeGreaterThan(1)
      accepted(engine.placeOrder(account, limit('BUY', '1', '59600')))
      engine.setPrice('BTCUSDT', '59000')
      // The second guard was placed on the way down and fired on the same way.
      expect(heard).toEqual(['o1 FILLED 2', 'o2 FILLED 1', 'o3 FILLED 2', 'o4 FILLED 1'])
      expect(engine.positions(account)).toEqual([])
    })
  })
})
