import { expect, test } from 'vitest'
import { accepted, limit, market, stop, takeProfit } from './engine.fixture.ts'
import { watchedStage } from './observer.fixture.ts'
import type { EngineObserver } from './types.ts'

/** What an observer was told, as words. */
function listen(): { observer: EngineObserver; heard: string[] } {
  const heard: string[] = []
  const observer: EngineObserver = {
    accepted: (order) =>
      heard.push('triggerSource' in order ? `conditional ${order.kind}` : `order ${order.type}`),
    filled: () => {},
    settled: ({ positions, waiting, openOrders }, at) => {
      const sizes = [...positions.values()].map(({ side, size }) => `${side} ${size}`)
      const time = new Date(at).toISOString().slice(17, 23)
      heard.push(`${time} [${sizes}] ${waiting.size} waiting ${openOrders.size} open`)
    },
  }
  return { observer, heard }
}

test('default: told once for all that follows from a call, then of the order', () => {
  const { observer, heard } = listen()
  const { engine, account } = watchedStage(observer)
  engine.placeOrder(account, market('BUY', '0.5'))
  engine.placeConditional(account, stop('SELL', '0.5', '59000'))
  expect(heard).toEqual([
    '30.000 [LONG 0.5] 0 waiting 0 open',
    'order MARKET',
    '30.000 [LONG 0.5] 1 waiting 0 open',
    'conditional stop',
  ])
})

test('behavior: what a trigger makes of a conditional order is settled, not accepted', () => {
  const { observer, heard } = listen()
  const { engine, account } = watchedStage(observer)
  engine.placeOrder(account, market('BUY', '0.5'))
  engine.placeConditional(account, stop('SELL', '0.5', '59000'))
  heard.length = 0
  engine.setPrice('BTCUSDT', '58900')
  expect(heard).toEqual(['30.000 [] 0 waiting 0 open'])
})

test('behavior: what a venue places after a fill is settled with it, not accepted', () => {
  const { observer, heard } = listen()
  const { engine, account } = watchedStage(observer, {
    afterFill: (own, { accountId }) => {
      accepted(own.placeConditional(accountId, stop('SELL', '0.5', '59000')))
    },
  })
  engine.placeOrder(account, market('BUY', '0.5'))
  expect(heard).toEqual(['30.000 [LONG 0.5] 1 waiting 0 open', 'order MARKET'])
})

test('behavior: refusals, reads and orders that only open say nothing is settled', () => {
  const { observer, heard } = listen()
  const { engine, account } = watchedStage(observer)
  engine.placeOrder(account, market('SELL', '0.5', { reduceOnly: true }))
  engine.positions(account)
  engine.placeOrder(account, limit('BUY', '0.5', '50000'))
  engine.setPrice('BTCUSDT', '60100')
  expect(heard).toEqual(['order LIMIT'])
})

test('behavior: what falls due while nobody calls is dated when it was due', () => {
  const { observer, heard } = listen()
  const { engine, clock, account } = watchedStage(observer)
  engine.placeOrder(account, market('BUY', '0.5'))
  engine.placeConditional(account, takeProfit('SELL', '0.5', '61000'))
  engine.setCancelAllTimer(account, { at: clock.now() + 1_500, includesConditionals: true })
  heard.length = 0
  clock.advance(20_000)
  engine.positions(account)
  expect(heard).toEqual(['31.500 [LONG 0.5] 0 waiting 0 open'])
})

test('behavior: changes and cancels of closing orders are told', () => {
  const { observer, heard } = listen()
  const { engine, account } = watchedStage(observer)
  engine.placeOrder(account, market('BUY', '0.5'))
  const { orderId } = accepted(
    engine.placeOrder(account, limit('SELL', '0.5', '70000', { reduceOnly: true })),
  )
  const { conditionalId } = accepted(engine.placeConditional(account, stop('SELL', '0.5', '59000')))
  heard.length = 0
  engine.amendOrder(account, orderId, { quantity: '0.4' })
  engine.amendConditional(account, conditionalId, { quantity: '0.4' })
  engine.cancelOrder(account, orderId)
  engine.cancelConditional(account, conditionalId)
  expect(heard).toEqual([
    '30.000 [LONG 0.5] 1 waiting 1 open',
    '30.000 [LONG 0.5] 1 waiting 1 open',
    '30.000 [LONG 0.5] 1 waiting 0 open',
    '30.000 [LONG 0.5] 0 waiting 0 open',
  ])
})

test('default: each execution is told with the position before and after, also of a trigger', () => {
  const told: string[] = []
  const { engine, account } = watchedStage({
    accepted: () => {},
    settled: () => {},
    filled: ({ side }, { before, after }, at) => {
      const words = [before, after].map((one) => (one ? `${one.side} ${one.size}` : 'flat'))
      told.push(`${new Date(at).toISOString().slice(17, 23)} ${side}: ${words.join(' to ')}`)
    },
  })
  engine.placeOrder(account, market('BUY', '0.05'))
  engine.placeConditional(account, stop('SELL', '0.02', '59000'))
  engine.setPrice('BTCUSDT', '58900')
  engine.placeOrder(account, market('SELL', '0.04'))
  expect(told).toEqual([
    '30.000 BUY: flat to LONG 0.05',
    '30.000 SELL: LONG 0.05 to LONG 0.03',
    '30.000 SELL: LONG 0.03 to SHORT 0.01',
  ])
})
