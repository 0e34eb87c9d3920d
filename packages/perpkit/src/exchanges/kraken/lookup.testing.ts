import type { OrderKey } from '../../client/definition.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { createHistoryReader } from './history.ts'
import { getOrder } from './lookup.ts'
import { createOrderMemory, type OrderMemory } from './memory.ts'
import { bitcoin, context, NOW, ORDER_ID, script, success } from './script.testing.ts'

// For the tests of look-ups: what each store of the exchange may answer about one order.

export const STATUS = 'POST orders/status'
export const OPEN = 'GET openorders'
export const FILLS = 'GET fills'
export const ORDERS = 'GET /api/history/v3/orders'
export const TRIGGERS = 'GET /api/history/v3/triggers'

export const NOTHING = {
  [STATUS]: success({ orders: [] }),
  [OPEN]: success({ openOrders: [] }),
  [FILLS]: success({ fills: [] }),
  [ORDERS]: { elements: [], len: 0 },
  [TRIGGERS]: { elements: [], len: 0 },
}

export const byId = { instrument: bitcoin, orderId: ORDER_ID }
export const byClientId = { instrument: bitcoin, clientOrderId: 'demo-1' }

export const asked = {
  instrument: bitcoin,
  side: 'SELL',
  type: 'MARKET',
  quantity: '0.01',
  reduceOnly: true,
  clientOrderId: 'demo-1',
} as const
export const stop = {
  ...asked,
  type: 'STOP_MARKET',
  stopPrice: '80000',
  triggerSource: 'MARK',
} as const

export function remembering(order: FuturesOrder): OrderMemory {
  const memory = createOrderMemory()
  memory.expect(order)
  return memory
}

export async function look(
  answers: Record<string, unknown>,
  key: OrderKey,
  memory = createOrderMemory(),
) {
  const { call, lines } = script({ ...NOTHING, ...answers })
  const order = await getOrder(call, key, memory, createHistoryReader())
  return { order, lines: lines.map((line) => line.replace(/\?.*/, '')) }
}

export function statusRow(status: string, more: Record<string, unknown> = {}): unknown {
  const order = {
    type: 'ORDER',
    orderId: ORDER_ID,
    cliOrdId: 'demo-1',
    symbol: 'PF_XBTUSD',
    side: 'sell',
    quantity: 0.01,
    filled: 0,
    limitPrice: 79000,
    reduceOnly: true,
    timestamp: NOW,
    lastUpdateTimestamp: NOW,
    ...more,
  }
  return { order, status, updateReason: null, error: null }
}

export const trigger = {
  limitPrice: null,
  priceTriggerOptions: { triggerPrice: 80000, triggerSide: 'TRIGGER_BELOW' },
}

export const openRow = {
  order_id: ORDER_ID,
  cliOrdId: 'demo-1',
  symbol: 'PF_XBTUSD',
  side: 'sell',
  orderType: 'lmt',
  limitPrice: 90000,
  unfilledSize: 0.01,
  filledSize: 0,
  reduceOnly: false,
}

export function fill(size: number, price: number, more: Record<string, unknown> = {}): unknown {
  return {
    fill_id: `fill ${size} ${price}`,
    order_id: ORDER_ID,
    cliOrdId: 'demo-1',
    symbol: 'PF_XBTUSD',
    side: 'sell',
    size,
    price,
    fillTime: NOW,
    fillType: 'taker',
    ...more,
  }
}

export function historyOrder(more: Record<string, unknown> = {}): unknown {
  return {
    uid: ORDER_ID,
    accountUid: 'x',
    tradeable: 'PF_XBTUSD',
    direction: 'Sell',
    quantity: '0',
    filled: '0.01',
    timestamp: 1_795_323_000_000,
    limitPrice: '79000',
    orderType: 'Market',
    clientId: 'demo-1',
    reduceOnly: true,
    lastUpdateTimestamp: 1_795_323_000_500,
    ...more,
  }
}

export function events(...list: [name: string, content: Record<string, unknown>, age?: number][]) {
  return {
    elements: list.map(([name, content, age = 60_000]) => ({
      uid: 'y',
      timestamp: context.receivedAt - age,
      event: { [name]: content },
    })),
    len: list.length,
  }
}

export const triggerOptions = {
  triggerPrice: '80000',
  triggerSide: 'Below',
  triggerSignal: 'MarkPrice',
}
