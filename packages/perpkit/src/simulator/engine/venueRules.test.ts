import { expect, test } from 'vitest'
import { accepted, limit, makeStage, market, refusal, stop } from './engine.fixture.ts'

// What some venues do otherwise, as rules and requests say it.

const reducing = { reduceOnly: true }

test('behavior: reduceOnlyExcess refuses what no longer fits behind resting orders', () => {
  const { engine, account } = makeStage({
    reduceOnlyCountsResting: true,
    reduceOnlyExcess: 'refuse',
  })
  accepted(engine.placeOrder(account, market('BUY', '1')))
  accepted(engine.placeOrder(account, limit('SELL', '0.6', '62000', reducing)))
  // A better price does not push the resting order out.
  const better = engine.placeOrder(account, limit('SELL', '0.5', '61000', reducing))
  expect(refusal(better)).toBe('reduceOnlyRejected')
  expect(refusal(engine.placeOrder(account, market('SELL', '0.5', reducing)))).toBe(
    'reduceOnlyRejected',
  )
  expect(accepted(engine.placeOrder(account, market('SELL', '0.4', reducing)))).toMatchObject({
    status: 'FILLED',
    quantity: '0.4',
  })
})

test('behavior: reduceOnlyExcess lets a stop that is too large fail', () => {
  const { engine, account } = makeStage({ reduceOnlyExcess: 'refuse' })
  accepted(engine.placeOrder(account, market('BUY', '1')))
  const { conditionalId } = accepted(engine.placeConditional(account, stop('SELL', '2', '59000')))
  engine.setPrice('BTCUSDT', '58900')
  expect(engine.conditional(account, conditionalId)).toMatchObject({
    status: 'REJECTED',
    endReason: 'reduceOnly',
  })
  expect(engine.positions(account)).toMatchObject([{ size: '1' }])
})

test('behavior: priceWhenTriggered prices the order when its conditional fires', () => {
  const { engine, account } = makeStage({
    priceWhenTriggered: ({ prices }, { symbol, price = '0' }) =>
      price === '59100' ? prices(symbol).mark : price,
  })
  const resting = { orderType: 'LIMIT', reduceOnly: false } as const
  const asked = accepted(
    engine.placeConditional(account, stop('SELL', '1', '59000', { ...resting, price: '59100' })),
  )
  const own = accepted(
    engine.placeConditional(account, stop('SELL', '1', '59000', { ...resting, price: '59500' })),
  )
  engine.setPrice('BTCUSDT', '58900')
  const priceOf = (conditionalId: string): string | undefined => {
    const orderId = engine.conditional(account, conditionalId)?.orderId ?? ''
    return engine.order(account, orderId)?.price
  }
  expect(priceOf(asked.conditionalId)).not.toBe('59100')
  expect(Number(priceOf(asked.conditionalId))).toBeLessThanOrEqual(59_000)
  expect(priceOf(own.conditionalId)).toBe('59500')
})

test('behavior: firesAtOnce takes a trigger that holds already', () => {
  const { engine, account } = makeStage()
  const passed = stop('SELL', '1', '60500', { reduceOnly: false })
  expect(refusal(engine.placeConditional(account, passed))).toBe('wouldTriggerImmediately')
  const fired = accepted(engine.placeConditional(account, { ...passed, firesAtOnce: true }))
  expect(fired).toMatchObject({ status: 'TRIGGERED' })
  expect(fired).not.toHaveProperty('firesAtOnce')
  expect(engine.positions(account)).toMatchObject([{ side: 'SHORT', size: '1' }])
})
