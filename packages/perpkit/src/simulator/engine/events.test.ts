import { expect, test } from 'vitest'
import { accepted, limit, market, stop } from './engine.fixture.ts'
import { watchedStage } from './observer.fixture.ts'
import type { Engine, EngineEvent, EngineObserver } from './types.ts'

const deaf: EngineObserver = { accepted: () => {}, filled: () => {}, settled: () => {} }

/** What a listener hears, as words; `|` where a call is over. */
function listenTo(engine: Engine): string[] {
  const heard: string[] = []
  engine.listen({
    happened: (event) => heard.push(wordsOf(event)),
    finished: () => {
      if (heard.length > 0 && heard.at(-1) !== '|') heard.push('|')
    },
  })
  return heard
}

function wordsOf(event: EngineEvent): string {
  switch (event.kind) {
    case 'order':
      return `order ${event.change} ${event.order.status}`
    case 'conditional':
      return `conditional ${event.change} ${event.conditional.status}`
    case 'fill':
      return `fill ${event.fill.quantity} leaves ${event.position?.size ?? 'nothing'}`
    default:
      return event.kind
  }
}

test('default: an order from its placing to its fill, then the book', () => {
  const { engine, account } = watchedStage(deaf)
  const heard = listenTo(engine)
  engine.placeOrder(account, market('BUY', '0.001'))
  expect(heard).toEqual([
    'order placed NEW',
    'fill 0.001 leaves 0.001',
    'order filled FILLED',
    'trade',
    'book',
    '|',
  ])
})

test('behavior: rows are as they were at that moment', () => {
  const { engine, account } = watchedStage(deaf)
  const rows: EngineEvent[] = []
  engine.listen({ happened: (event) => rows.push(event), finished: () => {} })
  const { orderId } = accepted(engine.placeOrder(account, limit('BUY', '0.5', '59000')))
  engine.cancelOrder(account, orderId)
  const orders = rows.flatMap((event) => (event.kind === 'order' ? [event.order.status] : []))
  expect(orders).toEqual(['NEW', 'CANCELLED'])
})

test('behavior: a conditional order triggers, and what it becomes is told before it is named', () => {
  const { engine, account } = watchedStage(deaf)
  engine.placeOrder(account, market('BUY', '0.5'))
  const heard = listenTo(engine)
  engine.placeConditional(account, stop('SELL', '0.5', '59000'))
  expect(heard).toEqual(['conditional placed WAITING', '|'])
  heard.length = 0
  engine.setPrice('BTCUSDT', '58900')
  const own = heard.filter((words) => words !== 'trade' && words !== 'book' && words !== '|')
  expect(own).toEqual([
    'conditional triggered TRIGGERED',
    'order placed NEW',
    'fill 0.5 leaves nothing',
    'order filled FILLED',
    'conditional became TRIGGERED',
  ])
})

test('behavior: nobody hears of anything after the listener was taken away', () => {
  const { engine, account } = watchedStage(deaf)
  const heard = listenTo(engine)
  engine.listen(undefined)
  engine.placeOrder(account, market('BUY', '0.5'))
  expect(heard).toEqual([])
})

test('behavior: the engine says when something is due, and catches up with it', () => {
  const { engine, account } = watchedStage(deaf)
  expect(engine.nextEventAt()).toBeGreaterThan(engine.now() + 60_000)
  engine.placeOrder(account, market('BUY', '0.5'))
  expect(engine.nextEventAt()).toBe(engine.now() + 250)
})
