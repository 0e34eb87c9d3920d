import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../core/clock.ts'
import type { Fill, FuturesOrder } from '../../model/order.ts'
import { Audit } from './audit.ts'
import { Timers } from './timers.ts'

function setUp() {
  const clock = new ManualClock()
  const timers = new Timers(clock)
  const asked: string[] = []
  const audit = new Audit(timers, {
    fillsMissing: (symbol) => asked.push(`fills of ${symbol}`),
    orderMissing: (symbol, orderId) => asked.push(`order ${orderId} of ${symbol}`),
  })
  const order = (executedQty: string): FuturesOrder => ({
    ...{ orderId: 'o', clientOrderId: 'c', symbol: 'S', nativeSymbol: 'S', side: 'BUY' },
    ...{ type: 'LIMIT', quantity: '3', price: '1', status: 'NEW', timeInForce: 'GTC' },
    executedQty,
  })
  const fill = (quantity: string): Fill => ({
    ...{ fillId: 'f', orderId: 'o', symbol: 'S', nativeSymbol: 'S', side: 'BUY' },
    ...{ price: '1', timestamp: 1 },
    quantity,
  })
  return { clock, timers, asked, audit, order, fill }
}

describe('the audit', () => {
  test('default: an order and its fills agree, whichever comes first', () => {
    const { clock, asked, audit, order, fill } = setUp()
    audit.noteOrder(order('0'))
    audit.noteFill(fill('0.1'))
    audit.noteFill(fill('0.2'))
    clock.advance(1_900)
    audit.noteOrder(order('0.3'))
    clock.advance(10_000)
    expect(asked).toEqual([])
  })

  test('behavior: what an order has executed and no fill tells is asked for', () => {
    const { clock, asked, audit, order, fill } = setUp()
    audit.noteFill(fill('1'))
    audit.noteOrder(order('3'))
    clock.advance(2_000)
    expect(asked).toEqual(['fills of S'])
    clock.advance(60_000)
    expect(asked).toHaveLength(1)
  })

  test('behavior: an order that knows nothing of its fills is asked for', () => {
    const { clock, asked, audit, fill } = setUp()
    audit.noteFill(fill('1'))
    clock.advance(2_000)
    expect(asked).toEqual(['order o of S'])
  })

  test('behavior: what was executed before is not missing', () => {
    const { clock, asked, audit, order, fill } = setUp()
    audit.excuse(order('2'))
    audit.noteFill(fill('1'))
    audit.noteOrder(order('3'))
    clock.advance(2_000)
    expect(asked).toEqual([])
  })

  test('behavior: called off, it asks nothing', () => {
    const { clock, timers, asked, audit, order } = setUp()
    audit.noteOrder(order('1'))
    timers.cancelAll()
    clock.advance(10_000)
    expect(asked).toEqual([])
  })
})
