import { describe, expect, test } from 'vitest'
import { cancelAllOrders, cancelOrder, getOpenOrders, getOrder } from './books.ts'
import { childRow, filledRow, plainRow, stopRow, triggeredRow } from './rows.testing.ts'
import { bitcoin, doge, done, refused, script } from './script.testing.ts'

const ORDER = 'GET /v5/trade/order'
const OPENS = 'GET /v5/trade/order/opens'
const HISTORY = 'GET /v5/trade/order/history'
const ALGO = 'GET /v5/algo/order'
const ALGO_OPENS = 'GET /v5/algo/order/opens'
const CANCEL = 'POST /v5/trade/cancel_order'
const CANCEL_ALL = 'POST /v5/trade/cancel_all_orders'
const ALGO_CANCEL = 'POST /v5/algo/cancel_orders'

const of = 'contract_code=BTC-USDT'
const BY_ALGO_ID = `&${of}&algo_id=1512871666507657216`
const unknown = refused(1017, 'Order doesnt exist.')
const nothing = done([])

function cancelled(...ids: string[]) {
  return done(ids.map((algo_id) => ({ algo_id, algo_client_order_id: null, code: 200 })))
}

function uncancelled(code = 1061) {
  return done([{ algo_id: '1', code, message: 'This order doesnt exist.' }])
}

describe('getOrder', () => {
  test('default: a plain order by its id', async () => {
    const { call, lines } = script({ [ORDER]: done(plainRow) })
    const order = await getOrder(call, { instrument: bitcoin, orderId: '1512509978516443136' })
    expect(order).toMatchObject({ orderId: '1512509978516443136', status: 'NEW' })
    expect(lines).toEqual([`${ORDER}?${of}&margin_mode=cross&order_id=1512509978516443136`])
  })

  test('default: a conditional order, kind by kind until one knows it', async () => {
    const target = { ...stopRow, type: 'tp', tp_trigger_price: '66000', tp_type: 'market' }
    const { call, lines } = script({
      [`${ALGO}?type=tp${BY_ALGO_ID}`]: done([target]),
      [ALGO]: nothing,
    })
    const orderId = 'algo:1512871666507657216'
    const order = await getOrder(call, { instrument: bitcoin, orderId })
    expect(order).toMatchObject({ orderId, type: 'TAKE_PROFIT_MARKET', status: 'PENDING' })
    expect(lines).toEqual([`${ALGO}?type=sl${BY_ALGO_ID}`, `${ALGO}?type=tp${BY_ALGO_ID}`])
  })

  test('behavior: a triggered one is told as the order it became, under its own id', async () => {
    const { call, lines } = script({ [ALGO]: done([triggeredRow]), [ORDER]: done(childRow) })
    const orderId = 'algo:1512871666507657216'
    const order = await getOrder(call, { instrument: bitcoin, orderId })
    expect(order).toMatchObject({
      orderId,
      clientOrderId: '1780315200002',
      type: 'STOP_MARKET',
      stopPrice: '58000',
      status: 'FILLED',
      executedQty: '0.005',
      averagePrice: '57998.2',
      createdAt: 1780738313091,
      updatedAt: 1780652080001,
    })
    expect(order.raw).toEqual({ algoOrder: triggeredRow, order: childRow })
    expect(lines[1]).toBe(`${ORDER}?${of}&margin_mode=cross&order_id=1512880000000000001`)
  })

  test('behavior: while its order is not visible yet, a triggered one is at work', async () => {
    const { call } = script({ [ALGO]: done([triggeredRow]), [ORDER]: unknown })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:1512871666507657216' })
    expect(order).toMatchObject({ status: 'NEW', executedQty: '0' })
  })

  test('behavior: asked for by its own id, a child is told under its parent', async () => {
    const { call, lines } = script({ [ORDER]: done(childRow), [ALGO]: done([triggeredRow]) })
    const order = await getOrder(call, { instrument: bitcoin, orderId: '1512880000000000001' })
    expect(order).toMatchObject({ orderId: 'algo:1512871666507657216', status: 'FILLED' })
    expect(lines[1]).toBe(`${ALGO}?type=sl${BY_ALGO_ID}`)
  })

  test.each([
    ['nobody knows', nothing],
    ['became another order', done([{ ...triggeredRow, relation_order_id: '1' }])],
  ])('behavior: a child whose parent %s stands for itself', async (_what, answer) => {
    const { call } = script({ [ORDER]: done(childRow), [ALGO]: answer })
    const order = await getOrder(call, { instrument: bitcoin, orderId: '1512880000000000001' })
    expect(order).toMatchObject({ orderId: '1512880000000000001', type: 'MARKET' })
  })

  test('behavior: an order of isolated margin is not known to cross margin', async () => {
    const { call, lines } = script({
      [`${ORDER}?${of}&margin_mode=cross&order_id=7`]: unknown,
      [`${ORDER}?${of}&margin_mode=isolated&order_id=7`]: done({ ...plainRow, order_id: '7' }),
    })
    expect(await getOrder(call, { instrument: bitcoin, orderId: '7' })).toMatchObject({
      orderId: '7',
    })
    expect(lines).toHaveLength(2)
  })

  test('behavior: the child of an isolated conditional order is asked for in its mode', async () => {
    const { call, lines } = script({
      [ALGO]: done([{ ...triggeredRow, margin_mode: 'isolated' }]),
      [ORDER]: done({ ...childRow, margin_mode: 'isolated' }),
    })
    await getOrder(call, { instrument: bitcoin, orderId: 'algo:1512871666507657216' })
    expect(lines[1]).toBe(`${ORDER}?${of}&margin_mode=isolated&order_id=1512880000000000001`)
  })

  test('behavior: the history of isolated margin is looked through too', async () => {
    const { call } = script({
      [ORDER]: unknown,
      [ALGO]: nothing,
      [`${HISTORY}?${of}&margin_mode=cross&limit=100`]: nothing,
      [`${HISTORY}?${of}&margin_mode=isolated&limit=100`]: done([filledRow]),
    })
    const key = { instrument: bitcoin, clientOrderId: '1780315200001' }
    expect(await getOrder(call, key)).toMatchObject({ status: 'FILLED' })
  })

  test('args: by client order id, while it is open', async () => {
    const { call, lines } = script({ [ORDER]: done(plainRow) })
    await getOrder(call, { instrument: bitcoin, clientOrderId: '1780315200001' })
    expect(lines).toEqual([`${ORDER}?${of}&margin_mode=cross&client_order_id=1780315200001`])
  })

  test('args: by client order id, a conditional order', async () => {
    const { call, lines } = script({
      [ORDER]: unknown,
      [`${ALGO}?type=sl&${of}&algo_client_order_id=1780315200002`]: done([stopRow]),
    })
    const order = await getOrder(call, { instrument: bitcoin, clientOrderId: '1780315200002' })
    expect(order.orderId).toBe('algo:1512871666507657216')
    expect(lines.map((line) => line.split('?')[0])).toEqual([ORDER, ORDER, ALGO])
  })

  test('behavior: a plain order that has ended is known by client id to the history alone', async () => {
    const others = Array.from({ length: 100 }, (_, index) => ({
      ...filledRow,
      id: String(9_000 - index),
      client_order_id: String(index),
    }))
    const { call, lines } = script({
      [ORDER]: unknown,
      [ALGO]: nothing,
      [`${HISTORY}?${of}&margin_mode=cross&limit=100`]: done(others),
      [`${HISTORY}?${of}&margin_mode=cross&from=8901&direct=next&limit=100`]: done([filledRow]),
    })
    const order = await getOrder(call, { instrument: bitcoin, clientOrderId: '1780315200001' })
    expect(order).toMatchObject({ orderId: '1512509978516443136', status: 'FILLED' })
    expect(lines.slice(2, 7).map((line) => line.split(/[?&]/)[1])).toEqual([
      'type=sl',
      'type=tp',
      'type=tpsl',
      'type=trigger',
      'type=trailing_stop',
    ])
    expect(lines).toHaveLength(9)
  })

  test.each([
    ['a plain id', { orderId: '123' }, 2],
    ['a conditional id', { orderId: 'algo:123' }, 5],
    ['a client id', { clientOrderId: '123' }, 9],
    ['an id that cannot be one', { orderId: 'abc' }, 0],
    ['a client id that is no number', { clientOrderId: 'mine-1' }, 0],
    ['no id at all', {}, 0],
  ])('error: %s nobody knows', async (_what, key, requests) => {
    const { call, lines } = script({ [ORDER]: unknown, [ALGO]: nothing, [HISTORY]: nothing })
    await expect(getOrder(call, { instrument: bitcoin, ...key })).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    })
    expect(lines).toHaveLength(requests)
  })

  test('error: a failing look-up is no absence', async () => {
    const { call } = script({ [ORDER]: unknown, [ALGO]: refused(1032) })
    await expect(
      getOrder(call, { instrument: bitcoin, clientOrderId: '123' }),
    ).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  })
})

describe('getOpenOrders', () => {
  const empty = { [ALGO_OPENS]: nothing, [OPENS]: nothing }

  test('default: every kind of conditional order, then the plain ones', async () => {
    const { call, lines, sent } = script({
      ...empty,
      [`${ALGO_OPENS}?type=sl&${of}&limit=100`]: done([stopRow]),
      [OPENS]: done([plainRow]),
    })
    const orders = await getOpenOrders(call, { instrument: bitcoin })
    expect(orders.map(({ orderId, status }) => [orderId, status])).toEqual([
      ['algo:1512871666507657216', 'PENDING'],
      ['1512509978516443136', 'NEW'],
    ])
    expect(lines).toEqual([
      `${ALGO_OPENS}?type=sl&${of}&limit=100`,
      `${ALGO_OPENS}?type=tp&${of}&limit=100`,
      `${ALGO_OPENS}?type=tpsl&${of}&limit=100`,
      `${ALGO_OPENS}?type=trigger&${of}&limit=100`,
      `${ALGO_OPENS}?type=trailing_stop&${of}&limit=100`,
      `${OPENS}?${of}&limit=100`,
    ])
    expect(new Set(sent.map(({ effect }) => effect))).toEqual(new Set(['read']))
  })

  test('args: without a symbol, none is named', async () => {
    const { call, lines } = script(empty)
    expect(await getOpenOrders(call, {})).toEqual([])
    expect(lines[0]).toBe(`${ALGO_OPENS}?type=sl&limit=100`)
    expect(lines.at(-1)).toBe(`${OPENS}?limit=100`)
  })

  test('behavior: all pages, each after the paging id of the last row', async () => {
    const first = Array.from({ length: 100 }, (_, index) => ({
      ...plainRow,
      id: String(5_000 + index),
      order_id: String(index + 1),
    }))
    const { call, lines } = script({
      ...empty,
      [`${OPENS}?${of}&limit=100`]: done(first),
      [`${OPENS}?${of}&from=5099&direct=next&limit=100`]: done([plainRow]),
    })
    expect(await getOpenOrders(call, { instrument: bitcoin })).toHaveLength(101)
    expect(lines).toHaveLength(7)
  })

  test('behavior: a list that repeats itself ends', async () => {
    const page = Array.from({ length: 100 }, (_, index) => ({
      ...plainRow,
      id: String(index + 1),
      order_id: String(index + 1),
    }))
    const { call, lines } = script({ ...empty, [OPENS]: done(page) })
    expect(await getOpenOrders(call, {})).toHaveLength(100)
    expect(lines).toHaveLength(7)
  })

  test('behavior: one that triggers in between is told once, at work', async () => {
    const child = { ...childRow, type: 'limit', price: '57900', state: 'new', trade_volume: '0' }
    const { call } = script({
      ...empty,
      [`${ALGO_OPENS}?type=sl&${of}&limit=100`]: done([stopRow]),
      [OPENS]: done([child]),
      [ALGO]: done([triggeredRow]),
    })
    const orders = await getOpenOrders(call, { instrument: bitcoin })
    expect(orders).toHaveLength(1)
    expect(orders[0]).toMatchObject({ orderId: 'algo:1512871666507657216', status: 'NEW' })
  })

  test('behavior: a cancelled one that lingers in the list is not open', async () => {
    const lingering = { ...stopRow, state: 'canceled' }
    const { call } = script({ ...empty, [`${ALGO_OPENS}?type=sl&limit=100`]: done([lingering]) })
    expect(await getOpenOrders(call, {})).toEqual([])
  })

  test('behavior: contracts with a delivery date are left out', async () => {
    const other = { contract_code: 'BTC-USDT-260327' }
    const { call } = script({
      ...empty,
      [OPENS]: done([{ ...plainRow, ...other }]),
      [ALGO_OPENS]: done([{ ...stopRow, ...other }]),
    })
    expect(await getOpenOrders(call, {})).toEqual([])
  })

  test('behavior: rows of another symbol than the asked one are left out', async () => {
    const { call } = script({ ...empty, [OPENS]: done([plainRow]), [ALGO_OPENS]: done([stopRow]) })
    expect(await getOpenOrders(call, { instrument: doge })).toEqual([])
  })

  test.each([ALGO_OPENS, OPENS])('error: %s that fails fails all', async (line) => {
    const { call } = script({ ...empty, [line]: done({ orders: [] }) })
    await expect(getOpenOrders(call, {})).rejects.toMatchObject({ name: 'ReadError' })
  })
})

describe('cancelOrder', () => {
  test('default: a plain order', async () => {
    const { call, lines, sent } = script({ [CANCEL]: done({ order_id: '7' }) })
    await cancelOrder(call, { instrument: bitcoin, orderId: '7' })
    expect(lines).toEqual([`${CANCEL} {"contract_code":"BTC-USDT","order_id":"7"}`])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent', cost: { trade: 1 } }])
  })

  test('default: a conditional order, in a list', async () => {
    const { call, lines, sent } = script({ [ALGO_CANCEL]: cancelled('7') })
    await cancelOrder(call, { instrument: bitcoin, orderId: 'algo:7' })
    expect(lines).toEqual([`${ALGO_CANCEL} [{"contract_code":"BTC-USDT","algo_id":"7"}]`])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent', cost: { trade: 1 } }])
  })

  test('behavior: one that is being cancelled already is cancelled', async () => {
    const plain = script({ [CANCEL]: refused(1062) })
    await cancelOrder(plain.call, { instrument: bitcoin, orderId: '7' })
    const conditional = script({ [ALGO_CANCEL]: uncancelled(1062) })
    await cancelOrder(conditional.call, { instrument: bitcoin, orderId: 'algo:7' })
    expect([plain.lines.length, conditional.lines.length]).toEqual([1, 1])
  })

  test('behavior: once triggered, the order it became is cancelled', async () => {
    const { call, lines } = script({
      [ALGO_CANCEL]: uncancelled(),
      [ALGO]: done([triggeredRow]),
      [CANCEL]: done({ order_id: '1512880000000000001' }),
    })
    await cancelOrder(call, { instrument: bitcoin, orderId: 'algo:1512871666507657216' })
    expect(lines.at(-1)).toBe(
      `${CANCEL} {"contract_code":"BTC-USDT","order_id":"1512880000000000001"}`,
    )
  })

  test.each([
    ['a plain order nobody knows', '7', { [CANCEL]: refused(1061) }],
    ['a plain order that has filled', '7', { [CANCEL]: refused(1063) }],
    ['a plain order that was cancelled', '7', { [CANCEL]: refused(1071) }],
    ['a conditional order nobody knows', 'algo:7', { [ALGO]: nothing }],
    ['one that was cancelled', 'algo:1512871666507657216', { [ALGO]: done([stopRow]) }],
    [
      'one whose order has ended',
      'algo:1512871666507657216',
      { [ALGO]: done([triggeredRow]), [CANCEL]: refused(1063) },
    ],
    ['an id that cannot be one', 'abc', {}],
  ])('error: %s', async (_what, orderId, answers) => {
    const { call } = script({ [ALGO_CANCEL]: uncancelled(), ...answers })
    await expect(cancelOrder(call, { instrument: bitcoin, orderId })).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    })
  })

  test('error: another refusal beside the item is not taken for success', async () => {
    const { call, lines } = script({ [ALGO_CANCEL]: uncancelled(1046) })
    await expect(
      cancelOrder(call, { instrument: bitcoin, orderId: 'algo:7' }),
    ).rejects.toMatchObject({ code: 'EXCHANGE_UNAVAILABLE' })
    expect(lines).toHaveLength(1)
  })
})

describe('cancelAllOrders', () => {
  const empty = { [ALGO_OPENS]: nothing, [CANCEL_ALL]: done([]) }

  test('default: conditional orders first, in batches of ten, then the book they trigger into', async () => {
    const rows = Array.from({ length: 11 }, (_, index) => ({
      ...stopRow,
      algo_id: String(index + 1),
    }))
    const { call, lines } = script({
      ...empty,
      [`${ALGO_OPENS}?type=sl&${of}&limit=100`]: done(rows),
      [ALGO_CANCEL]: cancelled('1'),
    })
    await cancelAllOrders(call, { instrument: bitcoin })
    expect(lines.slice(5)).toEqual([
      `${ALGO_CANCEL} [${rows
        .slice(0, 10)
        .map(({ algo_id }) => `{"contract_code":"BTC-USDT","algo_id":"${algo_id}"}`)
        .join(',')}]`,
      `${ALGO_CANCEL} [{"contract_code":"BTC-USDT","algo_id":"11"}]`,
      `${CANCEL_ALL} {"contract_code":"BTC-USDT"}`,
    ])
  })

  test.each([
    ['nothing to cancel', refused(1051)],
    ['nothing left', done([{ order_id: '1', code: 1071 }])],
    [
      'some gone already',
      done([
        { order_id: '1', code: 1063 },
        { order_id: '2', code: 200 },
      ]),
    ],
  ])('behavior: %s is done', async (_what, answer) => {
    const { call } = script({ ...empty, [CANCEL_ALL]: answer })
    await expect(cancelAllOrders(call, { instrument: bitcoin })).resolves.toBeUndefined()
  })

  test('behavior: conditional orders that have gone meanwhile are no failure', async () => {
    const { call, lines } = script({
      ...empty,
      [`${ALGO_OPENS}?type=sl&${of}&limit=100`]: done([stopRow]),
      [ALGO_CANCEL]: uncancelled(),
    })
    await cancelAllOrders(call, { instrument: bitcoin })
    expect(lines.at(-1)).toBe(`${CANCEL_ALL} {"contract_code":"BTC-USDT"}`)
  })

  test.each([
    ['the envelope', refused(1056), 'MARKET_CLOSED'],
    ['an item', done([{ code: 200 }, { code: 1056, message: 'settling' }]), 'MARKET_CLOSED'],
  ])('error: a refusal in %s is told', async (_where, answer, code) => {
    const { call } = script({ ...empty, [CANCEL_ALL]: answer })
    await expect(cancelAllOrders(call, { instrument: bitcoin })).rejects.toMatchObject({ code })
  })
})
