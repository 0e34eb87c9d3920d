import { describe, expect, test } from 'vitest'
import { bitcoin, InTurn, no, ok, perp, script } from '../script.testing.ts'
import { cancelAllOrders, cancelOrder, getOpenOrders, getOrder } from './books.ts'

const TRADE = '/api/v3/trade'
const INFO = `GET ${TRADE}/order-info`
const OPEN = `GET ${TRADE}/unfilled-orders`
const UNFILLED = `GET ${TRADE}/unfilled-strategy-orders`
const HISTORY = `GET ${TRADE}/history-strategy-orders`
const CHILDREN = `GET ${TRADE}/strategy-sub-orders`
const CANCEL = `POST ${TRADE}/cancel-order`
const CANCEL_STRATEGY = `POST ${TRADE}/cancel-strategy-order`
const CANCEL_ALL = `POST ${TRADE}/cancel-symbol-order`

const plain = {
  orderId: '11',
  clientOid: 'mine',
  symbol: 'BTCUSDT',
  orderType: 'limit',
  side: 'buy',
  price: '50000',
  qty: '0.001',
  cumExecQty: '0',
  avgPrice: '0',
  timeInForce: 'gtc',
  orderStatus: 'new',
  posSide: 'net',
  reduceOnly: 'NO',
  createdTime: '1750496809871',
  updatedTime: '1750496809886',
}
const child = {
  ...plain,
  orderId: '12',
  clientOid: '12',
  orderType: 'market',
  side: 'sell',
  orderStatus: 'filled',
  cumExecQty: '0.001',
  avgPrice: '111990.5',
  updatedTime: '1753057419999',
}
const strategy = {
  orderId: '7',
  clientOid: 'guard',
  symbol: 'BTCUSDT',
  qty: '0.001',
  posSide: 'long',
  type: 'tpsl',
  status: 'pending',
  takeProfit: '',
  stopLoss: '112000',
  slOrderType: 'market',
  createdTime: '1753057411736',
  updatedTime: '1753057411747',
}
const success = { ...strategy, status: 'success' }
const children = ok({ list: [{ subOrderId: '12', status: 'filled' }], cursor: '' })

const unknownOrder = no('25204', 'Order does not exist')
const unknownStrategy = no('25597', 'Order does not exist')
const none = ok({ list: null, cursor: null })

describe('getOrder', () => {
  test('default: a conditional order that waits, by its id', async () => {
    const { call, lines } = script({ [UNFILLED]: ok([{ ...strategy, orderId: '8' }, strategy]) })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:7' })
    expect(order).toMatchObject({ orderId: 'algo:7', status: 'PENDING' })
    expect(lines).toEqual([`${UNFILLED}?category=USDT-FUTURES`])
  })

  test('behavior: a triggered one is the order it became, under its own id', async () => {
    const { call, lines } = script({
      [UNFILLED]: ok([]),
      [HISTORY]: ok({ list: [success], cursor: '' }),
      [CHILDREN]: children,
      [INFO]: ok(child),
    })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:7' })
    expect(order).toMatchObject({
      orderId: 'algo:7',
      clientOrderId: 'guard',
      type: 'STOP_MARKET',
      stopPrice: '112000',
      status: 'FILLED',
      executedQty: '0.001',
      averagePrice: '111990.5',
      updatedAt: 1_753_057_419_999,
    })
    expect(order.raw).toEqual({ conditional: success, order: child })
    expect(lines).toEqual([
      `${UNFILLED}?category=USDT-FUTURES`,
      `${HISTORY}?category=USDT-FUTURES&limit=100`,
      `${CHILDREN}?orderId=7`,
      `${INFO}?orderId=12`,
    ])
  })

  const made = { ...child, clientOid: '1300000000000000013', createdTime: '1753057411750' }

  test('behavior: asked for by the id of what it became, it is the same', async () => {
    const { call, lines } = script({
      [INFO]: ok(made),
      [UNFILLED]: ok([strategy, { ...success, orderId: '6', symbol: 'ETHUSDT' }]),
      [HISTORY]: ok({
        list: [
          { ...success, orderId: '3', updatedTime: '1753050000000' },
          { ...success, orderId: '4', posSide: 'short' },
          { ...success, orderId: '5', status: 'cancelled' },
          success,
        ],
        cursor: '',
      }),
      [CHILDREN]: children,
    })
    const order = await getOrder(call, { instrument: bitcoin, orderId: '12' })
    expect(order).toMatchObject({ orderId: 'algo:7', status: 'FILLED', executedQty: '0.001' })
    expect(lines).toEqual([
      `${INFO}?orderId=12`,
      `${UNFILLED}?category=USDT-FUTURES`,
      `${HISTORY}?category=USDT-FUTURES&limit=100`,
      `${CHILDREN}?orderId=7`,
    ])
  })

  test('behavior: one the exchange named itself, which no strategy placed', async () => {
    const { call } = script({
      [INFO]: ok(made),
      [UNFILLED]: ok([]),
      [HISTORY]: ok({ list: [success], cursor: '' }),
      [CHILDREN]: ok({ list: [{ subOrderId: '99' }], cursor: '' }),
    })
    const order = await getOrder(call, { instrument: bitcoin, orderId: '12' })
    expect(order).toMatchObject({ orderId: '12', status: 'FILLED' })
  })

  test('behavior: one with a client order id of the caller’s takes no more questions', async () => {
    const { call, lines } = script({ [INFO]: ok(plain) })
    await getOrder(call, { instrument: bitcoin, orderId: '11' })
    expect(lines).toHaveLength(1)
  })

  test.each([
    ['placed nothing yet', ok({ list: [], cursor: '' }), unknownOrder],
    ['is not to be asked for', unknownStrategy, unknownOrder],
    ['placed what is not to be seen', children, unknownOrder],
  ])('behavior: its own record has to do while it %s', async (_what, sub, info) => {
    const { call } = script({
      [UNFILLED]: ok([]),
      [HISTORY]: ok({ list: [success], cursor: '' }),
      [CHILDREN]: sub,
      [INFO]: info,
    })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:7' })
    expect(order).toMatchObject({ status: 'NEW', executedQty: '0' })
  })

  test('behavior: by client id: plain first, then page after page of the history', async () => {
    const full = Array.from({ length: 100 }, (_, i) => ({ ...success, orderId: String(900 - i) }))
    const others = full.map((row) => ({ ...row, clientOid: `o${row.orderId}` }))
    const cancelled = { ...strategy, status: 'cancelled' }
    const { call, lines } = script({
      [INFO]: unknownOrder,
      [UNFILLED]: ok([]),
      [HISTORY]: new InTurn(
        ok({ list: others, cursor: '1330984742276198401' }),
        ok({ list: [cancelled], cursor: '' }),
      ),
    })
    const order = await getOrder(call, { instrument: bitcoin, clientOrderId: 'guard' })
    expect(order).toMatchObject({ orderId: 'algo:7', status: 'CANCELLED' })
    expect(lines).toEqual([
      `${INFO}?clientOid=guard`,
      `${UNFILLED}?category=USDT-FUTURES`,
      `${HISTORY}?category=USDT-FUTURES&limit=100`,
      `${HISTORY}?category=USDT-FUTURES&limit=100&cursor=1330984742276198401`,
    ])
  })

  test('behavior: rows of no interest need not be readable', async () => {
    const odd = { orderId: '9', clientOid: null, type: 'twap' }
    const { call } = script({
      [UNFILLED]: ok([]),
      [HISTORY]: ok({ list: [odd, { ...strategy, status: 'failed' }], cursor: null }),
    })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:7' })
    expect(order.status).toBe('REJECTED')
  })

  test('error: the search ends after ten pages', async () => {
    const full = Array.from({ length: 100 }, (_, i) => ({ ...success, orderId: String(900 - i) }))
    const pages = Array.from({ length: 20 }, (_, i) => ok({ list: full, cursor: String(i) }))
    const { call, lines } = script({ [UNFILLED]: ok([]), [HISTORY]: new InTurn(...pages) })
    await expect(getOrder(call, { instrument: bitcoin, orderId: 'algo:7' })).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    })
    expect(lines).toHaveLength(11)
  })

  test('error: nobody knows it', async () => {
    const { call } = script({ [INFO]: unknownOrder, [UNFILLED]: ok(null), [HISTORY]: none })
    for (const key of [{ orderId: '5' }, { orderId: 'algo:5' }, { clientOrderId: 'x' }]) {
      await expect(getOrder(call, { instrument: bitcoin, ...key })).rejects.toMatchObject({
        code: 'ORDER_NOT_FOUND',
      })
    }
  })

  test.each(['abc', 'algo:x', ''])('error: %j is never asked for', async (orderId) => {
    const { call, lines } = script({})
    await expect(getOrder(call, { instrument: bitcoin, orderId })).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    })
    await expect(cancelOrder(call, { instrument: bitcoin, orderId })).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    })
    expect(lines).toEqual([])
  })
})

describe('getOpenOrders', () => {
  test('default: plain and conditional of a symbol', async () => {
    const other = { ...strategy, symbol: 'ETHUSDT', orderId: '6' }
    const { call, lines } = script({
      [UNFILLED]: ok([strategy, other]),
      [OPEN]: ok({ list: [plain], cursor: '1' }),
    })
    const orders = await getOpenOrders(call, { instrument: bitcoin })
    expect(orders.map(({ orderId, status }) => [orderId, status])).toEqual([
      ['algo:7', 'PENDING'],
      ['11', 'NEW'],
    ])
    expect(lines).toEqual([
      `${UNFILLED}?category=USDT-FUTURES`,
      `${OPEN}?category=USDT-FUTURES&symbol=BTCUSDT&limit=100`,
    ])
  })

  test('args: without a symbol, of both categories', async () => {
    const { call, lines } = script({ [UNFILLED]: ok(null), [OPEN]: none })
    expect(await getOpenOrders(call, {})).toEqual([])
    expect(lines).toHaveLength(4)
    expect(lines).toContain(`${OPEN}?category=USDC-FUTURES&limit=100`)
  })

  test('behavior: all pages', async () => {
    const full = Array.from({ length: 100 }, (_, i) => ({ ...plain, orderId: String(500 - i) }))
    const { call, lines } = script({
      [UNFILLED]: ok([]),
      [OPEN]: new InTurn(ok({ list: full, cursor: '401' }), ok({ list: [plain], cursor: '' })),
    })
    expect(await getOpenOrders(call, { instrument: bitcoin })).toHaveLength(101)
    expect(lines.at(-1)).toBe(`${OPEN}?category=USDT-FUTURES&symbol=BTCUSDT&limit=100&cursor=401`)
  })
})

describe('cancelOrder', () => {
  test('default: a plain one', async () => {
    const { call, lines, sent } = script({ [CANCEL]: ok({ orderId: '11', clientOid: 'mine' }) })
    await cancelOrder(call, { instrument: perp, orderId: '11' })
    expect(lines).toEqual([`${CANCEL} {"category":"USDC-FUTURES","orderId":"11"}`])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent' }])
  })

  test('error: it is not open', async () => {
    const { call } = script({ [CANCEL]: unknownOrder })
    await expect(cancelOrder(call, { instrument: bitcoin, orderId: '11' })).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    })
  })

  test('default: a conditional one', async () => {
    const { call, lines, sent } = script({ [CANCEL_STRATEGY]: ok(null) })
    await cancelOrder(call, { instrument: bitcoin, orderId: 'algo:7' })
    expect(lines).toEqual([`${CANCEL_STRATEGY} {"orderId":"7"}`])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent' }])
  })

  test('behavior: once triggered, the order it became', async () => {
    const { call, lines } = script({
      [CANCEL_STRATEGY]: unknownStrategy,
      [CHILDREN]: children,
      [CANCEL]: ok({ orderId: '12' }),
    })
    await cancelOrder(call, { instrument: bitcoin, orderId: 'algo:7' })
    expect(lines.at(-1)).toContain('"orderId":"12"')
  })

  test.each([
    ['never seen', unknownStrategy],
    ['ended without placing anything', ok({ list: [], cursor: '' })],
  ])('error: one that was %s', async (_what, sub) => {
    const { call } = script({ [CANCEL_STRATEGY]: unknownStrategy, [CHILDREN]: sub })
    await expect(
      cancelOrder(call, { instrument: bitcoin, orderId: 'algo:7' }),
    ).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
  })

  test('error: any other refusal goes through', async () => {
    const { call } = script({ [CANCEL_STRATEGY]: no('40014', 'no') })
    await expect(
      cancelOrder(call, { instrument: bitcoin, orderId: 'algo:7' }),
    ).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  })
})

describe('cancelAllOrders', () => {
  test('default: strategies of the symbol one by one, plain orders last', async () => {
    const { call, lines } = script({
      [UNFILLED]: ok([
        strategy,
        { ...strategy, symbol: 'ETHUSDT', orderId: '6' },
        { orderId: '8', symbol: 'BTCUSDT', type: 'twap' },
      ]),
      [CANCEL_STRATEGY]: ok(null),
      [CANCEL_ALL]: ok({ list: [{ orderId: '11', clientOid: 'mine' }] }),
    })
    await cancelAllOrders(call, { instrument: bitcoin })
    expect(lines).toEqual([
      `${UNFILLED}?category=USDT-FUTURES`,
      `${CANCEL_STRATEGY} {"orderId":"7"}`,
      `${CANCEL_STRATEGY} {"orderId":"8"}`,
      `${CANCEL_ALL} {"category":"USDT-FUTURES","symbol":"BTCUSDT"}`,
    ])
  })

  test('behavior: nothing to cancel, and what is gone meanwhile, is success', async () => {
    const { call } = script({
      [UNFILLED]: ok([strategy]),
      [CANCEL_STRATEGY]: unknownStrategy,
      [CANCEL_ALL]: unknownOrder,
    })
    await expect(cancelAllOrders(call, { instrument: bitcoin })).resolves.toBeUndefined()
  })

  test('error: any other refusal goes through', async () => {
    const { call } = script({ [UNFILLED]: ok([]), [CANCEL_ALL]: no('40014', 'no') })
    await expect(cancelAllOrders(call, { instrument: bitcoin })).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
    })
  })
})
