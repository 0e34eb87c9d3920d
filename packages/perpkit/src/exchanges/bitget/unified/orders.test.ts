import { describe, expect, test } from 'vitest'
import type { PlainOrderIntent } from '../../../client/definition.ts'
import { bitcoin, no, ok, perp, script } from '../script.testing.ts'
import { getOrder } from './books.ts'
import { createOrder } from './orders.ts'

const PLACE = 'POST /api/v3/trade/place-order'
const INFO = 'GET /api/v3/trade/order-info'

const market: PlainOrderIntent = {
  instrument: bitcoin,
  side: 'SELL',
  type: 'MARKET',
  quantity: '0.01',
  reduceOnly: true,
  clientOrderId: 'mock-0002',
}
const receipt = { clientOid: 'mock-0002', orderId: '1320244799629316096' }

describe('createOrder', () => {
  test('default: a market order that only reduces', async () => {
    const { call, lines, sent } = script({ [PLACE]: ok(receipt) })
    const order = await createOrder(call, market)
    expect(lines).toEqual([
      `${PLACE} {"category":"USDT-FUTURES","symbol":"BTCUSDT","qty":"0.01","side":"sell","orderType":"market","reduceOnly":"yes","marginMode":"crossed","clientOid":"mock-0002"}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'once' }])
    expect(order).toMatchObject({
      orderId: '1320244799629316096',
      clientOrderId: 'mock-0002',
      status: 'NEW',
      timeInForce: 'IOC',
      reduceOnly: true,
    })
  })

  // docs/wire/bitget.md 12.4
  test.each([
    ['MARK', 'mark'],
    ['LAST', 'market'],
  ] as const)('args: an entry with its stop, %s as %s', async (triggerSource, token) => {
    const stopLoss = { stopPrice: '61000', triggerSource }
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    const entry = { ...market, reduceOnly: false, positionSide: 'SHORT' } as const
    const order = await createOrder(call, { ...entry, stopLoss })
    expect(lines).toEqual([
      `${PLACE} {"category":"USDT-FUTURES","symbol":"BTCUSDT","qty":"0.01","side":"sell","orderType":"market","posSide":"short","marginMode":"crossed","clientOid":"mock-0002","stopLoss":"61000","slTriggerBy":"${token}","slOrderType":"market"}`,
    ])
    expect(order.stopPrice).toBeUndefined()
  })

  test('error: a stop that would watch the index is refused before anything is sent', async () => {
    const stopLoss = { stopPrice: '61000', triggerSource: 'INDEX' } as const
    const { call, lines } = script({})
    const entry = { ...market, reduceOnly: false, stopLoss }
    await expect(createOrder(call, entry)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    expect(lines).toEqual([])
  })

  test.each([
    ['GTC', 'gtc'],
    ['IOC', 'ioc'],
    ['FOK', 'fok'],
    ['GTX', 'post_only'],
  ] as const)('args: a limit order, %s as %s', async (timeInForce, token) => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    const limit = { instrument: perp, side: 'BUY', type: 'LIMIT', price: '60000' } as const
    await createOrder(call, { ...market, ...limit, timeInForce, reduceOnly: false })
    expect(lines).toEqual([
      `${PLACE} {"category":"USDC-FUTURES","symbol":"BTCPERP","qty":"0.01","price":"60000","side":"buy","orderType":"limit","timeInForce":"${token}","marginMode":"crossed","clientOid":"mock-0002"}`,
    ])
  })

  test.each([
    ['BUY', 'LONG', false, '"side":"buy","orderType":"market","posSide":"long"'],
    ['SELL', 'LONG', true, '"side":"sell","orderType":"market","posSide":"long"'],
    ['SELL', 'SHORT', false, '"side":"sell","orderType":"market","posSide":"short"'],
    ['BUY', 'SHORT', true, '"side":"buy","orderType":"market","posSide":"short"'],
  ] as const)(
    'args: in hedge mode %s of the %s, closing %s',
    async (side, positionSide, reduceOnly, words) => {
      const { call, lines } = script({ [PLACE]: ok(receipt) })
      const order = await createOrder(call, { ...market, side, positionSide, reduceOnly })
      expect(lines[0]).toContain(`${words},"marginMode":"crossed","clientOid"`)
      expect(order).toMatchObject({ side, positionSide, reduceOnly })
    },
  )

  test('args: in isolated margin', async () => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    await createOrder(call, { ...market, marginMode: 'ISOLATED' })
    expect(lines[0]).toContain('"reduceOnly":"yes","marginMode":"isolated"')
  })

  test('error: one that displaced older ones comes without its id', async () => {
    const { call } = script({ [PLACE]: ok({ ...receipt, orderId: null }) })
    await expect(createOrder(call, market)).rejects.toMatchObject({
      name: 'ReadError',
      path: '$.data.orderId',
    })
  })

  test.each([
    ['40762', 'INSUFFICIENT_MARGIN'],
    ['25227', 'REDUCE_ONLY_REJECTED'],
    ['25212', 'DUPLICATE_CLIENT_ORDER_ID'],
    ['25236', 'POSITION_MODE_MISMATCH'],
  ])('error: %s', async (code, expected) => {
    const { call } = script({ [PLACE]: no(code) })
    await expect(createOrder(call, market)).rejects.toMatchObject({ code: expected })
  })
})

describe('a normal order', () => {
  // docs/wire/bitget.md 12.4
  const row = {
    orderId: '1320244799629316096',
    clientOid: 'mock-0002',
    category: 'USDT-FUTURES',
    symbol: 'BTCUSDT',
    orderType: 'limit',
    side: 'buy',
    price: '50000',
    qty: '0.0010',
    amount: '0',
    cumExecQty: '0',
    cumExecValue: '0',
    avgPrice: '0',
    timeInForce: 'gtc',
    orderStatus: 'new',
    posSide: 'net',
    holdMode: 'one_way_mode',
    tradeSide: '',
    reduceOnly: 'NO',
    marginMode: 'crossed',
    feeDetail: [{ feeCoin: '', fee: null }],
    createdTime: '1750496809871',
    updatedTime: '1750496809886',
    cancelReason: '',
    takeProfit: null,
  }

  function order(changes: object) {
    const { call } = script({ [INFO]: ok({ ...row, ...changes }) })
    return getOrder(call, { instrument: bitcoin, orderId: row.orderId })
  }

  test('default: one that rests', async () => {
    const { call, lines, sent } = script({ [INFO]: ok(row) })
    const read = await getOrder(call, { instrument: bitcoin, orderId: row.orderId })
    expect(lines).toEqual([`${INFO}?orderId=1320244799629316096`])
    expect(sent).toEqual([{ access: 'read', effect: 'read' }])
    expect(read).toEqual({
      orderId: '1320244799629316096',
      clientOrderId: 'mock-0002',
      symbol: 'unified BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      side: 'BUY',
      type: 'LIMIT',
      quantity: '0.001',
      price: '50000',
      status: 'NEW',
      executedQty: '0',
      timeInForce: 'GTC',
      reduceOnly: false,
      createdAt: 1_750_496_809_871,
      updatedAt: 1_750_496_809_886,
    })
    expect(read.raw).toBe(row)
  })

  test('args: a market order that was filled', async () => {
    const changes = {
      orderType: 'market',
      price: '0',
      orderStatus: 'filled',
      cumExecQty: '0.001',
      avgPrice: '50001.50',
      reduceOnly: 'YES',
    }
    expect(await order(changes)).toMatchObject({
      type: 'MARKET',
      price: '0',
      status: 'FILLED',
      averagePrice: '50001.5',
      timeInForce: 'IOC',
      reduceOnly: true,
    })
  })

  test.each([
    ['live', {}, 'NEW'],
    ['new', {}, 'NEW'],
    ['partially_filled', { cumExecQty: '0.0004' }, 'PARTIALLY_FILLED'],
    ['filled', {}, 'FILLED'],
    ['cancelled', {}, 'CANCELLED'],
    ['cancelled', { timeInForce: 'ioc', cancelReason: 'ioc_not_full_cancel' }, 'EXPIRED'],
    ['cancelled', { timeInForce: 'fok', cancelReason: 'fok_not_full_cancel' }, 'EXPIRED'],
    ['cancelled', { orderType: 'market', cancelReason: 'slippage_cancel' }, 'EXPIRED'],
    ['cancelled', { orderType: 'market', cancelReason: 'self_trade_cancel' }, 'CANCELLED'],
    ['cancelled', { timeInForce: 'post_only', cancelReason: 'post_only_fill_cancel' }, 'REJECTED'],
  ])('args: status %s with %j is %s', async (orderStatus, changes, status) => {
    expect((await order({ orderStatus, ...changes })).status).toBe(status)
  })

  test.each([
    ['buy', 'long', false],
    ['sell', 'long', true],
    ['sell', 'short', false],
    ['buy', 'short', true],
    ['sell', '', false],
  ])('args: %s of %j reduces only: %s', async (side, posSide, reduceOnly) => {
    const read = await order({ side, posSide })
    expect(read).toMatchObject({ side: side.toUpperCase(), reduceOnly })
  })

  test('args: the position is told in hedge mode alone', async () => {
    const hedge = { holdMode: 'hedge_mode', posSide: 'short', side: 'buy' }
    expect(await order(hedge)).toMatchObject({ positionSide: 'SHORT', reduceOnly: true })
    expect(await order({ ...hedge, holdMode: 'hedge-mode' })).toMatchObject({
      positionSide: 'SHORT',
    })
    expect(await order({ posSide: 'short' })).not.toHaveProperty('positionSide')
  })

  test('args: a price-improvement order rests or is refused', async () => {
    expect((await order({ timeInForce: 'rpi' })).timeInForce).toBe('GTX')
  })

  test.each(['side', 'qty', 'price', 'orderId', 'symbol', 'orderStatus'])(
    'error: %s is needed',
    async (name) => {
      await expect(order({ [name]: undefined })).rejects.toMatchObject({ name: 'ReadError' })
    },
  )
})
