import { describe, expect, test } from 'vitest'
import type { PlainOrderIntent } from '../../client/definition.ts'
import { createOrder, orderQuery } from './orders.ts'
import { filledRow, plainRow } from './rows.testing.ts'
import { bitcoin, doge, done, refused, script } from './script.testing.ts'

const CREATE = 'POST /v5/trade/order'
const QUERY = 'GET /v5/trade/order'

const limit: PlainOrderIntent = {
  instrument: bitcoin,
  side: 'BUY',
  type: 'LIMIT',
  quantity: '0.005',
  price: '60000',
  timeInForce: 'GTC',
  reduceOnly: false,
  clientOrderId: '1780315200001',
}
const market: PlainOrderIntent = {
  instrument: bitcoin,
  side: 'SELL',
  type: 'MARKET',
  quantity: '0.005',
  reduceOnly: true,
  clientOrderId: '1780315200003',
}
const receipt = done({ order_id: '1512501029504577536', client_order_id: '1780315200001' })

describe('createOrder', () => {
  test('default: a limit order in whole contracts', async () => {
    const { call, lines, sent } = script({ [CREATE]: receipt })
    const order = await createOrder(call, limit)
    expect(lines).toEqual([
      `${CREATE} {"contract_code":"BTC-USDT","margin_mode":"cross","position_side":"both","side":"buy","type":"limit","price":"60000","time_in_force":"gtc","volume":"5","client_order_id":"1780315200001"}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'once', cost: { trade: 1 } }])
    expect(order).toEqual({
      orderId: '1512501029504577536',
      clientOrderId: '1780315200001',
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      side: 'BUY',
      type: 'LIMIT',
      quantity: '0.005',
      price: '60000',
      status: 'NEW',
      executedQty: '0',
      timeInForce: 'GTC',
      reduceOnly: false,
    })
    expect(order.raw).toEqual({
      order_id: '1512501029504577536',
      client_order_id: '1780315200001',
    })
  })

  test('default: a market order has neither price nor time in force', async () => {
    const { call, lines } = script({ [CREATE]: receipt })
    expect(await createOrder(call, market)).toMatchObject({
      type: 'MARKET',
      price: '0',
      timeInForce: 'IOC',
      reduceOnly: true,
    })
    expect(lines).toEqual([
      `${CREATE} {"contract_code":"BTC-USDT","margin_mode":"cross","position_side":"both","side":"sell","type":"market","volume":"5","reduce_only":1,"client_order_id":"1780315200003"}`,
    ])
  })

  test.each([
    ['IOC', '"type":"limit","price":"60000","time_in_force":"ioc"'],
    ['FOK', '"type":"limit","price":"60000","time_in_force":"fok"'],
    ['GTX', '"type":"post_only","price":"60000","volume"'],
  ] as const)('args: %s', async (timeInForce, words) => {
    const { call, lines } = script({ [CREATE]: receipt })
    expect(await createOrder(call, { ...limit, timeInForce })).toMatchObject({ timeInForce })
    expect(lines[0]).toContain(words)
  })

  test.each([
    ['BUY', 'LONG', false, '"position_side":"long","side":"buy"'],
    ['SELL', 'LONG', true, '"position_side":"long","side":"sell"'],
    ['SELL', 'SHORT', false, '"position_side":"short","side":"sell"'],
    ['BUY', 'SHORT', true, '"position_side":"short","side":"buy"'],
  ] as const)('args: hedge mode, %s of %s', async (side, positionSide, reduceOnly, words) => {
    for (const intent of [limit, market]) {
      const { call, lines } = script({ [CREATE]: receipt })
      const order = await createOrder(call, { ...intent, side, positionSide, reduceOnly })
      expect(order).toMatchObject({ side, positionSide, reduceOnly })
      expect(lines[0]).toContain(words)
      expect(lines[0]).not.toContain('reduce_only')
    }
  })

  test('args: isolated margin', async () => {
    const { call, lines } = script({ [CREATE]: receipt })
    await createOrder(call, { ...limit, marginMode: 'ISOLATED' })
    await createOrder(call, { ...market, marginMode: 'CROSS' })
    expect(lines[0]).toContain('"margin_mode":"isolated","position_side":"both"')
    expect(lines[1]).toContain('"margin_mode":"cross","position_side":"both"')
  })

  test('args: a limit order rests unless it is told otherwise', async () => {
    const { timeInForce: _, ...untold } = limit
    const { call, lines } = script({ [CREATE]: receipt })
    expect(await createOrder(call, untold)).toMatchObject({ timeInForce: 'GTC' })
    expect(lines[0]).toContain('"type":"limit","price":"60000","time_in_force":"gtc"')
  })

  describe('with a stop of its own', () => {
    const stopLoss = { stopPrice: '58000', triggerSource: 'MARK' } as const

    test.each([
      ['a market order', { ...market, side: 'BUY', reduceOnly: false, stopLoss }],
      ['a limit order', { ...limit, stopLoss }],
    ] as const)(
      'default: %s names its trigger, its kind and its price source',
      async (_, intent) => {
        const { call, lines } = script({ [CREATE]: receipt })
        const { stopLoss: _stop, ...plain } = intent
        const bare = script({ [CREATE]: receipt })
        const order = await createOrder(call, intent)
        expect(order).toEqual(await createOrder(bare.call, plain))
        const words =
          ',"sl_trigger_price":"58000","sl_type":"market","sl_trigger_price_type":"mark"}'
        expect(lines).toEqual([bare.lines[0]?.replace(/\}$/, words)])
      },
    )

    test('args: it can watch the last price, and no index price', async () => {
      const { call, lines } = script({ [CREATE]: receipt })
      await createOrder(call, { ...limit, stopLoss: { ...stopLoss, triggerSource: 'LAST' } })
      expect(lines[0]).toContain('"sl_trigger_price_type":"last"')
      const index = { ...limit, stopLoss: { ...stopLoss, triggerSource: 'INDEX' } } as const
      await expect(async () => createOrder(call, index)).rejects.toMatchObject({
        code: 'UNSUPPORTED',
      })
      expect(lines).toHaveLength(1)
    })

    test('args: hedge mode, a short', async () => {
      const { call, lines } = script({ [CREATE]: receipt })
      await createOrder(call, { ...limit, side: 'SELL', positionSide: 'SHORT', stopLoss })
      expect(lines[0]).toContain('"position_side":"short","side":"sell"')
      expect(lines[0]).toContain('"sl_trigger_price":"58000"')
    })

    test.each([
      [1404, 'INVALID_REQUEST'],
      [1407, 'WOULD_TRIGGER_IMMEDIATELY'],
      [1412, 'OFF_STEP'],
      [1403, 'TOO_MANY_ORDERS'],
    ])('error: %i is %s, and there is no entry', async (code, ours) => {
      const { call } = script({ [CREATE]: refused(code) })
      await expect(createOrder(call, { ...limit, stopLoss })).rejects.toMatchObject({ code: ours })
    })
  })

  test('behavior: contracts of many units are counted too', async () => {
    const { call, lines } = script({ [CREATE]: receipt })
    await createOrder(call, { ...market, instrument: doge, quantity: '1200' })
    expect(lines[0]).toContain('"contract_code":"DOGE-USDT"')
    expect(lines[0]).toContain('"volume":"12"')
  })

  test('behavior: the echo tells under which id the order can be found', async () => {
    const own = done({ order_id: '1512501029504577536', client_order_id: '1512501029504577536' })
    const { call } = script({ [CREATE]: own })
    expect((await createOrder(call, limit)).clientOrderId).toBe('1512501029504577536')
    const silent = script({ [CREATE]: done({ order_id: '1', client_order_id: null }) })
    expect((await createOrder(silent.call, limit)).clientOrderId).toBe('1780315200001')
  })

  test('behavior: an id beyond 2^53 that arrives as a bare number stays exact', async () => {
    const text = '{"code":200,"data":{"order_id":1513557136321597440,"client_order_id":null}}'
    const { call } = script({ [CREATE]: text })
    expect((await createOrder(call, limit)).orderId).toBe('1513557136321597440')
  })

  test('error: part of a contract is not sent', async () => {
    const { call, lines } = script({ [CREATE]: receipt })
    await expect(createOrder(call, { ...limit, quantity: '0.0055' })).rejects.toMatchObject({
      code: 'OFF_STEP',
    })
    expect(lines).toEqual([])
  })

  test.each([
    [1047, 'INSUFFICIENT_MARGIN'],
    [1492, 'REDUCE_ONLY_REJECTED'],
    [1499, 'POSITION_MODE_MISMATCH'],
    [1500, 'POSITION_MODE_MISMATCH'],
    [1004, 'OUTCOME_UNKNOWN'],
  ])('error: %i in an answer of status 200 is %s', async (code, ours) => {
    const { call } = script({ [CREATE]: refused(code) })
    await expect(createOrder(call, limit)).rejects.toMatchObject({ code: ours })
  })

  test.each([[{}], [null], [{ order_id: '' }]])(
    'error: success without an order id is none: %j',
    async (data) => {
      const { call } = script({ [CREATE]: done(data) })
      await expect(createOrder(call, limit)).rejects.toMatchObject({ name: 'ReadError' })
    },
  )
})

describe('orderQuery', () => {
  const key = {
    instrument: bitcoin,
    marginMode: 'CROSS',
    orderId: '1512509978516443136',
  } as const

  async function read(row: unknown) {
    const { call } = script({ [QUERY]: done(row) })
    return (await call(orderQuery, key)).order
  }

  test('default: an open order', async () => {
    const { call, lines, sent } = script({ [QUERY]: done(plainRow) })
    const { order } = await call(orderQuery, key)
    expect(lines).toEqual([
      `${QUERY}?contract_code=BTC-USDT&margin_mode=cross&order_id=1512509978516443136`,
    ])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { read: 1 } }])
    expect(order).toEqual({
      orderId: '1512509978516443136',
      clientOrderId: '1780315200001',
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      side: 'BUY',
      type: 'LIMIT',
      quantity: '0.005',
      price: '60000',
      status: 'NEW',
      executedQty: '0',
      timeInForce: 'GTC',
      reduceOnly: false,
      createdAt: 1780652079954,
      updatedAt: 1780652079954,
    })
    expect(order.raw).toEqual(plainRow)
  })

  test('default: a filled market order', async () => {
    expect(await read(filledRow)).toMatchObject({
      type: 'MARKET',
      price: '0',
      status: 'FILLED',
      executedQty: '0.005',
      averagePrice: '63105.3',
      timeInForce: 'IOC',
    })
  })

  test.each([
    ['gtc', 'GTC'],
    ['ioc', 'IOC'],
    ['fok', 'FOK'],
  ])('args: time in force %s', async (token, timeInForce) => {
    expect(await read({ ...plainRow, time_in_force: token })).toMatchObject({ timeInForce })
  })

  test('behavior: in hedge mode the sides tell what closes', async () => {
    const closing = { ...plainRow, position_side: 'short', reduce_only: false }
    expect(await read(closing)).toMatchObject({ positionSide: 'SHORT', reduceOnly: true })
    const opening = { ...plainRow, position_side: 'long', reduce_only: true }
    expect(await read(opening)).toMatchObject({ positionSide: 'LONG', reduceOnly: false })
  })

  test('behavior: the price a market order shows is none', async () => {
    expect((await read({ ...filledRow, price: '63500' })).price).toBe('0')
  })

  test('args: the order id counts when both are there', async () => {
    const { call, lines } = script({ [QUERY]: done(plainRow) })
    await call(orderQuery, { ...key, clientOrderId: '7' })
    await call(orderQuery, { instrument: bitcoin, marginMode: 'ISOLATED', clientOrderId: '7' })
    expect(lines).toEqual([
      `${QUERY}?contract_code=BTC-USDT&margin_mode=cross&order_id=1512509978516443136`,
      `${QUERY}?contract_code=BTC-USDT&margin_mode=isolated&client_order_id=7`,
    ])
  })

  test('behavior: times and flags as numbers, nulls and missing keys', async () => {
    const row = {
      ...plainRow,
      created_time: 1780652079954,
      updated_time: undefined,
      reduce_only: 1,
      client_order_id: null,
      time_in_force: null,
      price: '',
      cancel_reason: undefined,
    }
    const order = await read(row)
    expect(order).toMatchObject({
      createdAt: 1780652079954,
      reduceOnly: true,
      clientOrderId: '',
      timeInForce: 'GTC',
      price: '0',
    })
    expect(order).not.toHaveProperty('updatedAt')
    expect(order).not.toHaveProperty('averagePrice')
  })

  const gone = { ...plainRow, state: 'canceled' }
  const system = 'Order cancelation by system'
  const client = 'Limit order cancelation by the client'

  test.each([
    ['new', { ...plainRow }, 'NEW'],
    ['new with fills', { ...plainRow, trade_volume: '1' }, 'PARTIALLY_FILLED'],
    ['partially filled', { ...plainRow, state: 'partially_filled' }, 'PARTIALLY_FILLED'],
    ['filled', filledRow, 'FILLED'],
    ['rejected', { ...plainRow, state: 'rejected' }, 'REJECTED'],
    ['cancelled', gone, 'CANCELLED'],
    ['cancelled in part', { ...gone, state: 'partially_canceled' }, 'CANCELLED'],
    ['cancelled by the system', { ...gone, cancel_reason: system }, 'CANCELLED'],
    ['an ioc without a reason', { ...gone, time_in_force: 'ioc' }, 'EXPIRED'],
    ['a fok by the system', { ...gone, time_in_force: 'fok', cancel_reason: system }, 'EXPIRED'],
    ['a post-only by the system', { ...gone, type: 'post_only', cancel_reason: system }, 'EXPIRED'],
    [
      'a post-only by its owner',
      { ...gone, type: 'post_only', cancel_reason: client },
      'CANCELLED',
    ],
    [
      'a market order cut by price protection',
      { ...filledRow, state: 'partially_canceled', trade_volume: '2' },
      'EXPIRED',
    ],
  ])('behavior: %s', async (_what, row, status) => {
    expect((await read(row)).status).toBe(status)
  })

  test('behavior: post-only is a time in force with us', async () => {
    expect(await read({ ...plainRow, type: 'post_only' })).toMatchObject({
      type: 'LIMIT',
      timeInForce: 'GTX',
    })
  })

  test.each([
    ['state', 'waiting'],
    ['state', 3],
    ['type', 'lightning'],
    ['side', 'both'],
    ['volume', ''],
    ['trade_volume', null],
    ['order_id', undefined],
    ['time_in_force', 'gtd'],
  ])('error: %s is %j', async (name, value) => {
    await expect(read({ ...plainRow, [name]: value })).rejects.toMatchObject({
      name: 'ReadError',
      path: `$.data.${name}`,
    })
  })

  test.each([1017, 1061])('error: %i is an order never seen', async (code) => {
    const { call } = script({ [QUERY]: refused(code) })
    await expect(call(orderQuery, key)).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
  })
})
