import { describe, expect, test } from 'vitest'
import { accepted, limit, makeStage, market, refusal, type Stage } from './engine.fixture.ts'

const reducing = { reduceOnly: true }

/** A stage with a long position of 1 BTC. */
function withLong(counting = false): Stage {
  const stage = makeStage({ reduceOnlyCountsResting: counting })
  accepted(stage.engine.placeOrder(stage.account, market('BUY', '1')))
  return stage
}

describe('reduce-only', () => {
  test('error: flat, or on the position’s own side', () => {
    const { engine, account } = makeStage()
    expect(refusal(engine.placeOrder(account, market('SELL', '1', reducing)))).toBe(
      'reduceOnlyRejected',
    )
    accepted(engine.placeOrder(account, market('BUY', '1')))
    expect(refusal(engine.placeOrder(account, market('BUY', '1', reducing)))).toBe(
      'reduceOnlyRejected',
    )
    expect(refusal(engine.placeOrder(account, limit('BUY', '1', '59000', reducing)))).toBe(
      'reduceOnlyRejected',
    )
  })

  test('default: what is larger than the position is cut to it', () => {
    const { engine, account } = withLong()
    const order = accepted(engine.placeOrder(account, market('SELL', '3', reducing)))
    expect(order).toMatchObject({ status: 'FILLED', quantity: '1', executedQuantity: '1' })
    expect(engine.positions(account)).toEqual([])
  })

  test('behavior: it asks for no margin', () => {
    const { engine, account } = makeStage({}, 1, '6100')
    accepted(engine.placeOrder(account, market('BUY', '1')))
    const order = accepted(engine.placeOrder(account, limit('SELL', '1', '61000', reducing)))
    expect(order.status).toBe('NEW')
    expect(engine.margin(account, 'USDT').orderInitialMargin).toBe('0')
    accepted(engine.cancelOrder(account, order.orderId))
    expect(engine.margin(account, 'USDT').orderInitialMargin).toBe('0')
  })

  test('behavior: several that together exceed the position never fill beyond it', () => {
    const { engine, account } = withLong()
    const near = accepted(engine.placeOrder(account, limit('SELL', '0.7', '61000', reducing)))
    const far = accepted(engine.placeOrder(account, limit('SELL', '0.7', '62000', reducing)))
    const last = accepted(engine.placeOrder(account, limit('SELL', '0.7', '63000', reducing)))
    engine.setPrice('BTCUSDT', '64000')
    expect(engine.order(account, near.orderId)?.status).toBe('FILLED')
    expect(engine.order(account, far.orderId)).toMatchObject({
      status: 'EXPIRED',
      executedQuantity: '0.3',
      endReason: 'reduceOnly',
    })
    expect(engine.order(account, last.orderId)).toMatchObject({
      status: 'EXPIRED',
      executedQuantity: '0',
    })
    expect(engine.positions(account)).toEqual([])
    expect(engine.openOrders(account)).toEqual([])
  })

  test('behavior: they end when the position is closed otherwise, or turned over', () => {
    for (const quantity of ['1', '2']) {
      const { engine, account } = withLong()
      const resting = accepted(engine.placeOrder(account, limit('SELL', '1', '61000', reducing)))
      accepted(engine.placeOrder(account, market('SELL', quantity)))
      expect(engine.order(account, resting.orderId)).toMatchObject({
        status: 'EXPIRED',
        endReason: 'reduceOnly',
      })
    }
  })

  test('behavior: plain orders of the same side stay when the position is gone', () => {
    const { engine, account } = withLong()
    const plain = accepted(engine.placeOrder(account, limit('SELL', '0.1', '61000')))
    accepted(engine.placeOrder(account, market('SELL', '1', reducing)))
    expect(engine.openOrders(account).map(({ orderId }) => orderId)).toEqual([plain.orderId])
  })

  describe('where resting ones use up the position', () => {
    test('error: better-ranked ones cover it already', () => {
      const { engine, account } = withLong(true)
      accepted(engine.placeOrder(account, limit('SELL', '1', '61000', reducing)))
      const behind = limit('SELL', '0.5', '62000', reducing)
      expect(refusal(engine.placeOrder(account, behind))).toBe('reduceOnlyRejected')
      const later = limit('SELL', '0.5', '61000', reducing)
      expect(refusal(engine.placeOrder(account, later))).toBe('reduceOnlyRejected')
    })

    test('behavior: what better-ranked ones leave is all it gets', () => {
      const { engine, account } = withLong(true)
      accepted(engine.placeOrder(account, limit('SELL', '0.6', '61000', reducing)))
      const order = accepted(engine.placeOrder(account, limit('SELL', '0.9', '62000', reducing)))
      expect(order.quantity).toBe('0.4')
    })

    test('behavior: worse-ranked ones that no longer fit end', () => {
      const { engine, account } = withLong(true)
      const kept = accepted(engine.placeOrder(account, limit('SELL', '0.3', '62000', reducing)))
      const gone = accepted(engine.placeOrder(account, limit('SELL', '0.6', '63000', reducing)))
      accepted(engine.placeOrder(account, limit('SELL', '0.5', '61000', reducing)))
      expect(engine.order(account, kept.orderId)?.status).toBe('NEW')
      expect(engine.order(account, gone.orderId)).toMatchObject({
        status: 'EXPIRED',
        endReason: 'reduceOnly',
      })
    })

    test('behavior: behind a new one they keep what room there is, best first', () => {
      const { engine, account } = withLong(true)
      const kept = accepted(engine.placeOrder(account, limit('SELL', '0.3', '62000', reducing)))
      const gone = accepted(engine.placeOrder(account, limit('SELL', '0.3', '63000', reducing)))
      accepted(engine.placeOrder(account, limit('SELL', '0.5', '61000', reducing)))
      expect(engine.order(account, kept.orderId)?.status).toBe('NEW')
      expect(engine.order(account, gone.orderId)?.status).toBe('EXPIRED')
    })

    test('behavior: an amended one does not stand in its own way', () => {
      const { engine, account } = withLong(true)
      const { orderId } = accepted(
        engine.placeOrder(account, limit('SELL', '1', '61000', reducing)),
      )
      const amended = accepted(engine.amendOrder(account, orderId, { price: '62000' }))
      expect(amended).toMatchObject({ price: '62000', quantity: '1', status: 'NEW' })
    })

    test('behavior: a market order ranks first of all', () => {
      const { engine, account } = withLong(true)
      const resting = accepted(engine.placeOrder(account, limit('SELL', '1', '61000', reducing)))
      const order = accepted(engine.placeOrder(account, market('SELL', '1', reducing)))
      expect(order).toMatchObject({ status: 'FILLED', quantity: '1' })
      expect(engine.order(account, resting.orderId)?.status).toBe('EXPIRED')
    })

    test('behavior: the other side and other symbols do not count', () => {
      const { engine, account } = withLong(true)
      const ether = { ...reducing, symbol: 'ETHUSDT' }
      accepted(engine.placeOrder(account, market('BUY', '1', { symbol: 'ETHUSDT' })))
      accepted(engine.placeOrder(account, limit('SELL', '1', '3100', ether)))
      accepted(engine.placeOrder(account, limit('SELL', '1', '61000', reducing)))
      expect(engine.openOrders(account)).toHaveLength(2)
    })
  })
})
