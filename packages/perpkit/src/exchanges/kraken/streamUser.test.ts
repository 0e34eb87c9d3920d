import { describe, expect, it } from 'vitest'
import type { UserContext, UserEvent } from '../../client/definition.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { CHILD_ID, context, ORDER_ID, readCapture } from './script.testing.ts'
import { createUserFeed } from './streamUser.ts'

// Samples of docs/wire/kraken.md 8.4.

const ROW = {
  ...{ instrument: 'PF_XBTUSD', time: 1567702877410, last_update_time: 1567702877500, qty: 0.3 },
  ...{ filled: 0.0, limit_price: 10640.0, stop_price: 0.0, type: 'limit', order_id: ORDER_ID },
  ...{ cli_ord_id: 'demo-1', direction: 1, reduce_only: true },
}
const STOP = {
  ...{ instrument: 'PF_XBTUSD', time: 1790350000000, last_update_time: 1790350000000, qty: 0.01 },
  ...{ filled: 0, limit_price: 0, stop_price: 80000, type: 'stop', order_id: ORDER_ID },
  ...{ cli_ord_id: 'demo-3', direction: 1, reduce_only: true, triggerSignal: 'mark' },
}
const FILL = {
  ...{ instrument: 'PF_XBTUSD', time: 1765185437003, price: 3162.0, seq: 1, buy: true, qty: 0.01 },
  ...{ remaining_order_qty: 0.0, order_id: CHILD_ID, cli_ord_id: 'demo-3', fill_id: 'f-1' },
  ...{ fill_type: 'taker', fee_paid: 0.001581, fee_currency: 'USD' },
  ...{ taker_order_type: 'market', order_type: 'market' },
}
/** A feed, and a memory of the orders it told. */
function open(known: readonly FuturesOrder[] = []) {
  const feed = createUserFeed()
  const orders = new Map(known.map((order) => [order.orderId, order]))
  const all: UserContext = {
    ...context,
    orderById: (orderId) => orders.get(orderId),
    ordersByClientId: (clientOrderId) =>
      [...orders.values()].filter((order) => order.clientOrderId === clientOrderId),
  }
  const hear = (topic: string, frame: object): UserEvent[] => {
    const events = feed.decode(topic, frame, all)
    for (const event of events) {
      if (event.kind === 'order') orders.set(event.order.orderId, event.order)
    }
    return events
  }
  const rests = (order: object, reason = 'new_placed_order_by_user'): UserEvent[] =>
    hear('open_orders_verbose', { feed: 'open_orders_verbose', order, is_cancel: false, reason })
  const ends = (reason: string, words: object = { order_id: ORDER_ID }): UserEvent[] =>
    hear('open_orders_verbose', { ...words, is_cancel: true, reason })
  const fills = (...rows: object[]): UserEvent[] => hear('fills', { feed: 'fills', fills: rows })
  return { feed, hear, rests, ends, fills }
}

/** What an event says of an order, in short. */
function brief(events: readonly UserEvent[]): unknown[] {
  return events.map((event) => {
    if (event.kind === 'order') return [event.order.orderId, event.order.status]
    return event.kind === 'orderChanged' ? ['read', event.orderId] : event.kind
  })
}

describe('orders', () => {
  it('default: one that rests', () => {
    expect(open().rests(ROW)).toEqual([
      {
        kind: 'order',
        timestamp: 1567702877500,
        order: {
          ...{ orderId: ORDER_ID, clientOrderId: 'demo-1', symbol: 'BTCUSD' },
          ...{ nativeSymbol: 'PF_XBTUSD', side: 'SELL', type: 'LIMIT', quantity: '0.3' },
          ...{ price: '10640', status: 'NEW', executedQty: '0', timeInForce: 'GTC' },
          ...{ reduceOnly: true, createdAt: 1567702877410, updatedAt: 1567702877500 },
        },
      },
    ])
  })

  it.each([
    [{ type: 'post' }, { type: 'LIMIT', timeInForce: 'GTX' }],
    [{ type: 'ioc' }, { type: 'LIMIT', timeInForce: 'IOC' }],
    [{ type: 'fillOrKill' }, { type: 'LIMIT', timeInForce: 'FOK' }],
    [{ type: 'market' }, { type: 'MARKET', price: '0', timeInForce: 'IOC' }],
    [
      { filled: 0.1, qty: 0.2 },
      { status: 'PARTIALLY_FILLED', quantity: '0.3' },
    ],
    [{ direction: 0 }, { side: 'BUY' }],
    [STOP, { type: 'STOP_MARKET', stopPrice: '80000', status: 'PENDING', price: '0' }],
    [
      { ...STOP, type: 'stp', limit_price: 79000 },
      { type: 'STOP', price: '79000' },
    ],
    [
      { ...STOP, type: 'take_profit' },
      { type: 'TAKE_PROFIT_MARKET', status: 'PENDING' },
    ],
    [
      {
        ...{ ...STOP, type: 'trailing_stop' },
        trailing_stop_options: { max_deviation: 1.5, unit: 'percent' },
      },
      { type: 'TRAILING_STOP_MARKET', callbackRate: '0.015' },
    ],
    [
      {
        ...{ ...STOP, type: 'trailing_stop' },
        trailing_stop_options: { max_deviation: 100, unit: 'quote_currency' },
      },
      { type: 'TRAILING_STOP_MARKET', stopPrice: '80000' },
    ],
  ])('args: %j', (words, order) => {
    expect(open().rests({ ...ROW, ...words })).toMatchObject([{ order }])
  })

  it.each([
    ['full_fill', 'FILLED'],
    ['cancelled_by_user', 'CANCELLED'],
    ['cancelled_by_admin', 'CANCELLED'],
    ['dead_man_switch', 'CANCELLED'],
    ['CANCELLED_BY_SELF_TRADE', 'CANCELLED'],
    ['would_execute_self', 'CANCELLED'],
    ['liquidation', 'CANCELLED'],
    ['contract_expired', 'EXPIRED'],
    ['ioc_order_failed_because_it_would_not_be_executed', 'EXPIRED'],
    ['not_enough_margin', 'REJECTED'],
    ['market_inactive', 'REJECTED'],
    ['post_order_failed_because_it_would_filled', 'REJECTED'],
    ['post_order_failed_because_it_would_be_filled', 'REJECTED'],
    ['would_not_reduce_position', 'REJECTED'],
  ])('args: %s ends an order that is named by its id alone as %s', (reason, status) => {
    const { rests, ends } = open()
    rests(ROW)
    const [event] = ends(reason)
    expect(event).toMatchObject({
      kind: 'order',
      timestamp: context.receivedAt,
      order: { orderId: ORDER_ID, clientOrderId: 'demo-1', quantity: '0.3', status },
    })
  })

  it('args: what was executed before stays, and is no refusal', () => {
    const { rests, ends } = open()
    rests({ ...ROW, filled: 0.1, qty: 0.2 }, 'partial_fill')
    expect(ends('not_enough_margin')).toMatchObject([
      { order: { status: 'CANCELLED', executedQty: '0.1', quantity: '0.3' } },
    ])
  })

  it('behavior: an end with partial_fill says nothing, and is read', () => {
    const { rests, ends } = open()
    rests(ROW)
    expect(brief(ends('partial_fill'))).toEqual([['read', ORDER_ID]])
  })

  it('behavior: one that never came to rest is told with its end', () => {
    const order = { ...ROW, type: 'limit' }
    const reason = 'post_order_failed_because_it_would_filled'
    expect(open().ends(reason, { order })).toMatchObject([
      { order: { status: 'REJECTED', timeInForce: 'GTX' } },
    ])
  })

  it('behavior: those that stand are no events, but known by their ids', () => {
    const { hear, ends } = open()
    const snapshot = { feed: 'open_orders_verbose_snapshot', account: 'a', orders: [ROW] }
    expect(hear('open_orders_verbose', snapshot)).toEqual([])
    expect(brief(ends('cancelled_by_user'))).toEqual([[ORDER_ID, 'CANCELLED']])
  })

  it('behavior: what an earlier reading told of the kind stays', () => {
    const [told] = open().rests(ROW)
    if (told?.kind !== 'order') throw new Error('no order')
    const { rests } = open([{ ...told.order, timeInForce: 'GTX' }])
    expect(rests({ ...ROW, filled: 0.1 })).toMatchObject([
      { order: { timeInForce: 'GTX', executedQty: '0.1' } },
    ])
  })

  it('behavior: inverse and dated contracts are none of ours, nor are their ends', () => {
    const { hear, rests, ends } = open()
    expect(rests({ ...ROW, instrument: 'FF_XBTUSD_261225' })).toEqual([])
    expect(ends('cancelled_by_user')).toEqual([])
    const orders = [{ ...ROW, instrument: 'PI_XBTUSD', order_id: CHILD_ID }]
    expect(hear('open_orders_verbose', { orders })).toEqual([])
    expect(ends('full_fill', { order_id: CHILD_ID })).toEqual([])
  })

  it('error: the end of an order that was never told', () => {
    expect(() => open().ends('cancelled_by_user')).toThrow(/told before/)
  })

  it.each([
    ['a direction', { order: { ...ROW, direction: 2 }, is_cancel: false }, /0 or 1/],
    ['an order', { order_id: ORDER_ID, is_cancel: false }, /an order that rests/],
    ['a verdict', { order: ROW }, /is_cancel/],
  ])('error: a message without %s', (_, frame, message) => {
    expect(() => open().hear('open_orders_verbose', frame)).toThrow(message)
  })
})

describe('conditional orders', () => {
  it('default: fired, it is read, and once more with its first execution', () => {
    const { rests, ends, fills } = open()
    rests(STOP)
    expect(brief(ends('stop_order_triggered'))).toEqual([
      [ORDER_ID, 'NEW'],
      ['read', ORDER_ID],
    ])
    expect(brief(fills(FILL))).toEqual(['fill', ['read', ORDER_ID]])
    expect(brief(fills({ ...FILL, fill_id: 'f-2' }))).toEqual(['fill'])
  })

  it('default: the limit order it became is told as itself', () => {
    const { rests, ends, fills } = open()
    rests({ ...STOP, limit_price: 79000 })
    ends('stop_order_triggered')
    const child = { ...STOP, order_id: CHILD_ID, type: 'limit', limit_price: 79000, stop_price: 0 }
    expect(rests(child, 'limit_order_from_stop')).toMatchObject([
      { order: { orderId: ORDER_ID, type: 'STOP', status: 'NEW', stopPrice: '80000' } },
    ])
    expect(rests({ ...child, qty: 0.004, filled: 0.006 }, 'partial_fill')).toMatchObject([
      { order: { orderId: ORDER_ID, status: 'PARTIALLY_FILLED', executedQty: '0.006' } },
    ])
    expect(brief(fills(FILL))).toEqual(['fill'])
    expect(ends('cancelled_by_user', { order_id: CHILD_ID })).toMatchObject([
      { order: { orderId: ORDER_ID, status: 'CANCELLED', executedQty: '0.006' } },
    ])
  })

  it.each([['would_not_reduce_position'], ['not_enough_margin']])(
    'behavior: refused with %s when it fired',
    (reason) => {
      const { rests, ends } = open()
      rests(STOP)
      expect(brief(ends(reason))).toEqual([[ORDER_ID, 'REJECTED']])
    },
  )

  it('behavior: an order with the same client order id on another market is not its own', () => {
    const { rests, ends, fills } = open()
    rests(STOP)
    ends('stop_order_triggered')
    expect(brief(fills({ ...FILL, instrument: 'PF_ETHUSD' }))).toEqual(['fill', ['read', CHILD_ID]])
  })
})

describe('fills', () => {
  it('default: with the fee; an order that never rests is read once', () => {
    const { fills } = open()
    const { cli_ord_id, ...row } = FILL
    expect(fills({ ...row, fee_currency: 'XBT' }, { ...row, fill_id: 'f-2' })).toEqual([
      {
        kind: 'fill',
        timestamp: 1765185437003,
        fill: {
          ...{ fillId: 'f-1', orderId: CHILD_ID, symbol: 'BTCUSD', nativeSymbol: 'PF_XBTUSD' },
          ...{ side: 'BUY', quantity: '0.01', price: '3162', fee: '0.001581', feeAsset: 'BTC' },
          ...{ isMaker: false, timestamp: 1765185437003 },
        },
      },
      {
        ...{ kind: 'orderChanged', timestamp: 1765185437003 },
        ...{ nativeSymbol: 'PF_XBTUSD', orderId: CHILD_ID },
        known: {
          ...{ orderId: CHILD_ID, clientOrderId: '', symbol: 'BTCUSD', side: 'BUY' },
          ...{ nativeSymbol: 'PF_XBTUSD', type: 'MARKET', timeInForce: 'IOC', price: '0' },
          ...{ quantity: '0.01', executedQty: '0', status: 'NEW' },
        },
      },
      expect.objectContaining({ kind: 'fill' }),
    ])
  })

  it.each([
    ['market', { type: 'MARKET', timeInForce: 'IOC' }],
    ['ioc', { type: 'LIMIT', timeInForce: 'IOC' }],
    ['fok', { type: 'LIMIT', timeInForce: 'FOK' }],
    ['fillOrKill', { type: 'LIMIT', timeInForce: 'FOK' }],
    ['limit', { type: 'LIMIT', timeInForce: 'GTC' }],
    ['lmt', { type: 'LIMIT', timeInForce: 'GTC' }],
  ])('args: a %s order is asked for as %j', (order_type, known) => {
    const [, changed] = open().fills({ ...FILL, order_type, remaining_order_qty: 0.02 })
    expect(changed).toMatchObject({ known: { ...known, quantity: '0.03' } })
  })

  it.each([
    ['a word that is not known', { order_type: 'assignment' }],
    ['no word of what is left', { remaining_order_qty: undefined }],
  ])('args: with %s nothing is known of it', (_, words) => {
    const [, changed] = open().fills({ ...FILL, ...words })
    expect(changed).toMatchObject({ kind: 'orderChanged', orderId: CHILD_ID })
    expect(changed).not.toHaveProperty('known')
  })

  it('behavior: of what a trigger became, the trigger is what is known', () => {
    const { rests, ends, fills } = open()
    rests(STOP)
    const [, fired] = ends('stop_order_triggered')
    const [, filled] = fills(FILL)
    for (const changed of [fired, filled]) {
      expect(changed).toMatchObject({
        known: { orderId: ORDER_ID, type: 'STOP_MARKET', clientOrderId: 'demo-3' },
      })
    }
  })

  it('behavior: a rebate, of an order that rests', () => {
    const { rests, fills } = open()
    rests(ROW)
    const row = { ...FILL, order_id: ORDER_ID, fee_paid: -0.1, fill_type: 'maker', buy: false }
    expect(fills(row)).toMatchObject([{ fill: { fee: '-0.1', isMaker: true, side: 'SELL' } }])
  })

  it('behavior: those of the past and of other contracts are no news', () => {
    const { hear, fills } = open()
    expect(hear('fills', { feed: 'fills_snapshot', account: 'a', fills: [FILL] })).toEqual([])
    expect(fills({ ...FILL, instrument: 'PI_XBTUSD' })).toEqual([])
  })

  it('error: one without its direction', () => {
    expect(() => open().fills({ ...FILL, buy: undefined })).toThrow(/buy/)
  })
})

const recorded = readCapture('ws_futures_fills_delta.json')
  ? ''
  : ', skipped: the recordings are not here'

describe.skipIf(recorded !== '')(`recorded messages${recorded}`, () => {
  const hear = (topic: string, name: string): UserEvent[] =>
    open().hear(topic, readCapture(name) as object)

  it('default: a fill, and an order that is filled', () => {
    expect(hear('fills', 'ws_futures_fills_delta.json')).toMatchObject([
      { fill: { nativeSymbol: 'PF_ETHUSD', fee: '0.001581', quantity: '0.001' } },
      { kind: 'orderChanged' },
    ])
    const filled = 'ws_futures_open_orders_delta_full_fill.json'
    expect(hear('open_orders_verbose', filled)).toMatchObject([
      { order: { status: 'FILLED', quantity: '0.0001', executedQty: '0.0001', price: '73110' } },
    ])
  })

  it('default: orders of inverse contracts, which are not ours', () => {
    expect(hear('open_orders_verbose', 'ws_futures_open_orders_delta.json')).toEqual([])
    expect(hear('open_orders_verbose', 'ws_futures_open_orders_snapshot.json')).toEqual([])
  })
})
