import type { FuturesOrder } from 'perpkit'
import { describe, expect, test } from 'vitest'
import { OrderList } from './orderList.ts'

function order(orderId: string, more: Partial<FuturesOrder> = {}): FuturesOrder {
  return {
    orderId,
    clientOrderId: `c${orderId}`,
    symbol: 'BTCUSDT',
    nativeSymbol: 'BTCUSDT',
    side: 'BUY',
    type: 'LIMIT',
    quantity: '1',
    price: '50000',
    status: 'NEW',
    executedQty: '0',
    timeInForce: 'GTC',
    ...more,
  }
}

const idsOf = (orders: readonly FuturesOrder[]): string[] => orders.map(({ orderId }) => orderId)

describe('OrderList', () => {
  test('default: what was read is open, and told as new once', () => {
    const list = new OrderList()
    list.beginReading()
    expect(idsOf(list.endReading([order('1'), order('2')]))).toEqual(['1', '2'])
    list.beginReading()
    const changed = [order('1'), order('2', { executedQty: '0.5' })]
    expect(idsOf(list.endReading(changed))).toEqual(['2'])
    expect(idsOf(list.open())).toEqual(['1', '2'])
  })

  test('behavior: what is told while it is read is newer', () => {
    const list = new OrderList()
    list.beginReading()
    list.tell(order('1', { status: 'FILLED', executedQty: '1' }))
    list.tell(order('2'))
    expect(list.endReading([order('1')])).toEqual([])
    expect(idsOf(list.open())).toEqual(['2'])
    expect(idsOf(list.ended)).toEqual(['1'])
  })

  test('behavior: what is gone when it is read again is not open any more', () => {
    const list = new OrderList()
    list.tell(order('1'))
    list.beginReading()
    expect(list.endReading([])).toEqual([])
    expect(list.open()).toEqual([])
  })

  test('behavior: the five that ended last are kept', () => {
    const list = new OrderList()
    for (const id of ['1', '2', '3', '4', '5', '6']) list.tell(order(id, { status: 'CANCELLED' }))
    expect(idsOf(list.ended)).toEqual(['6', '5', '4', '3', '2'])
  })
})
