import { describe, expect, test } from 'vitest'
import { bitcoin, InTurn, no, ok, perp, script } from '../script.testing.ts'
import { cancelAllOrders, cancelOrder, getOpenOrders, getOrder } from './books.ts'

const ORDER = '/api/v2/mix/order'
const DETAIL = `GET ${ORDER}/detail`
const OPEN = `GET ${ORDER}/orders-pending`
const PENDING = `GET ${ORDER}/orders-plan-pending`
const HISTORY = `GET ${ORDER}/orders-plan-history`
const CANCEL = `POST ${ORDER}/cancel-order`
const CANCEL_PLAN = `POST ${ORDER}/cancel-plan-order`
const CANCEL_ALL = `POST ${ORDER}/batch-cancel-orders`

const OF = 'productType=USDT-FUTURES&symbol=BTCUSDT'

const plain = {
  symbol: 'BTCUSDT',
  size: '0.01',
  orderId: '11',
  clientOid: 'mine',
  baseVolume: '0',
  price: '60000',
  priceAvg: '',
  status: 'live',
  side: 'buy',
  force: 'gtc',
  posSide: 'net',
  reduceOnly: 'NO',
  tradeSide: 'buy_single',
  posMode: 'one_way_mode',
  orderType: 'limit',
  cTime: '1709309998673',
  uTime: '1709309998775',
}
const child = {
  ...plain,
  status: undefined,
  state: 'filled',
  orderId: '12',
  clientOid: '12',
  side: 'sell',
  size: '0.008',
  baseVolume: '0.008',
  priceAvg: '54990.5',
  orderType: 'market',
  orderSource: 'loss_market',
  uTime: '1709309999000',
}
const plan = {
  planType: 'loss_plan',
  symbol: 'BTCUSDT',
  size: '0.01',
  orderId: '7',
  clientOid: 'guard',
  price: '',
  executePrice: '',
  triggerPrice: '55000',
  planStatus: 'live',
  side: 'sell',
  posSide: 'net',
  tradeSide: 'sell_single',
  posMode: 'one_way_mode',
  orderType: 'market',
  cTime: '1709309998673',
  uTime: '1709309998775',
}
const executed = { ...plan, planStatus: 'executed', executeOrderId: '12' }

const none = ok({ entrustedList: null, endId: null })
function listed(...rows: object[]): unknown {
  return ok({ entrustedList: rows, endId: '1' })
}
const unknownOrder = no('40109', 'The data of the order cannot be found')
const allCancelled = ok({ successList: [{ orderId: '7', clientOid: '' }], failureList: [] })
const notThere = ok({
  successList: [],
  failureList: [{ orderId: '7', clientOid: '', errorMsg: 'notExistend' }],
})

describe('getOrder', () => {
  test('default: a conditional order that waits, by its id', async () => {
    const { call, lines } = script({ [PENDING]: listed(plan) })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:7' })
    expect(order).toMatchObject({ orderId: 'algo:7', status: 'PENDING' })
    expect(lines).toEqual([`${PENDING}?${OF}&planType=profit_loss&orderId=7&limit=100`])
  })

  test('behavior: a triggered one is the order it became, under its own id', async () => {
    const { call, lines } = script({
      [PENDING]: none,
      [HISTORY]: listed(executed),
      [`${DETAIL}?${OF}&orderId=12`]: ok(child),
    })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:7' })
    expect(order).toMatchObject({
      orderId: 'algo:7',
      clientOrderId: 'guard',
      type: 'STOP_MARKET',
      stopPrice: '55000',
      quantity: '0.01',
      status: 'FILLED',
      executedQty: '0.008',
      averagePrice: '54990.5',
      updatedAt: 1_709_309_999_000,
    })
    expect(order.raw).toEqual({ conditional: executed, order: child })
    expect(lines[1]).toBe(`${HISTORY}?${OF}&planType=profit_loss&orderId=7&limit=100`)
  })

  test('behavior: asked for by the id of what it became, it is the same', async () => {
    const { call, lines } = script({
      [DETAIL]: ok(child),
      [`${HISTORY}?${OF}&planType=profit_loss&limit=100`]: listed(
        { ...executed, orderId: '6', executeOrderId: '5' },
        executed,
      ),
    })
    const order = await getOrder(call, { instrument: bitcoin, orderId: '12' })
    expect(order).toMatchObject({ orderId: 'algo:7', status: 'FILLED', executedQty: '0.008' })
    expect(lines).toHaveLength(2)
  })

  test('behavior: what a forgotten trigger placed is told under its own id', async () => {
    const { call, lines } = script({ [DETAIL]: ok(child), [HISTORY]: none })
    const order = await getOrder(call, { instrument: bitcoin, orderId: '12' })
    expect(order).toMatchObject({ orderId: '12', status: 'FILLED' })
    expect(lines).toHaveLength(4)
  })

  test('behavior: its own record has to do while its child is not to be seen', async () => {
    const { call } = script({
      [PENDING]: none,
      [HISTORY]: listed(executed),
      [DETAIL]: unknownOrder,
    })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:7' })
    expect(order).toMatchObject({ status: 'NEW', executedQty: '0' })
  })

  test('behavior: by client id: plain first, then every store of conditional orders', async () => {
    const key = { instrument: bitcoin, clientOrderId: 'guard' }
    const { call, lines } = script({
      [DETAIL]: unknownOrder,
      [PENDING]: new InTurn(none, none, listed({ ...plan, planType: 'track_plan' })),
      [HISTORY]: none,
    })
    expect(await getOrder(call, key)).toMatchObject({
      orderId: 'algo:7',
      type: 'TRAILING_STOP_MARKET',
    })
    expect(lines).toEqual([
      `${DETAIL}?${OF}&clientOid=guard`,
      `${PENDING}?${OF}&planType=profit_loss&clientOid=guard&limit=100`,
      `${HISTORY}?${OF}&planType=profit_loss&clientOid=guard&limit=100`,
      `${PENDING}?${OF}&planType=normal_plan&clientOid=guard&limit=100`,
      `${HISTORY}?${OF}&planType=normal_plan&clientOid=guard&limit=100`,
      `${PENDING}?${OF}&planType=track_plan&clientOid=guard&limit=100`,
    ])
  })

  test('behavior: a plain order by client id is one question', async () => {
    const { call, lines } = script({ [DETAIL]: ok({ ...plain, state: 'live' }) })
    expect(await getOrder(call, { instrument: bitcoin, clientOrderId: 'mine' })).toMatchObject({
      orderId: '11',
    })
    expect(lines).toHaveLength(1)
  })

  test('behavior: a filter that the exchange ignored finds nothing', async () => {
    const { call } = script({
      [DETAIL]: unknownOrder,
      [PENDING]: listed(plan),
      [HISTORY]: listed(executed),
    })
    await expect(
      getOrder(call, { instrument: bitcoin, clientOrderId: 'other' }),
    ).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
  })

  test('error: nobody knows it', async () => {
    const { call } = script({ [DETAIL]: unknownOrder, [PENDING]: none, [HISTORY]: none })
    for (const key of [{ orderId: '5' }, { orderId: 'algo:5' }, { clientOrderId: 'x' }]) {
      await expect(getOrder(call, { instrument: bitcoin, ...key })).rejects.toMatchObject({
        code: 'ORDER_NOT_FOUND',
      })
    }
  })

  test.each(['abc', 'algo:x', '', 'algo:', '1 2'])(
    'error: %j is never asked for',
    async (orderId) => {
      const { call, lines } = script({})
      await expect(getOrder(call, { instrument: bitcoin, orderId })).rejects.toMatchObject({
        code: 'ORDER_NOT_FOUND',
        exchange: 'BITGET',
      })
      await expect(cancelOrder(call, { instrument: bitcoin, orderId })).rejects.toMatchObject({
        code: 'ORDER_NOT_FOUND',
      })
      expect(lines).toEqual([])
    },
  )

  test('error: any other refusal goes through', async () => {
    const { call } = script({ [DETAIL]: no('40014', 'no') })
    await expect(getOrder(call, { instrument: bitcoin, clientOrderId: 'x' })).rejects.toMatchObject(
      { code: 'PERMISSION_DENIED' },
    )
  })
})

describe('getOpenOrders', () => {
  test('default: plain and conditional of a symbol', async () => {
    const { call, lines, sent } = script({
      [`${PENDING}?${OF}&planType=profit_loss&limit=100`]: listed(plan),
      [`${PENDING}?${OF}&planType=normal_plan&limit=100`]: none,
      [`${PENDING}?${OF}&planType=track_plan&limit=100`]: none,
      [`${OPEN}?${OF}&limit=100`]: listed(plain),
    })
    const orders = await getOpenOrders(call, { instrument: bitcoin })
    expect(orders.map(({ orderId, status }) => [orderId, status])).toEqual([
      ['algo:7', 'PENDING'],
      ['11', 'NEW'],
    ])
    expect(lines).toHaveLength(4)
    expect(new Set(sent.map(({ access }) => access))).toEqual(new Set(['read']))
  })

  test('args: without a symbol, of both families', async () => {
    const { call, lines } = script({ [PENDING]: none, [OPEN]: none })
    expect(await getOpenOrders(call, {})).toEqual([])
    expect(lines).toHaveLength(8)
    expect(lines).toContain(`${OPEN}?productType=USDC-FUTURES&limit=100`)
    expect(lines).toContain(`${PENDING}?productType=USDC-FUTURES&planType=track_plan&limit=100`)
  })

  test('behavior: all pages', async () => {
    const full = Array.from({ length: 100 }, (_, i) => ({ ...plain, orderId: String(500 - i) }))
    const { call, lines } = script({
      [PENDING]: none,
      [OPEN]: new InTurn(ok({ entrustedList: full, endId: '401' }), listed(plain)),
    })
    expect(await getOpenOrders(call, { instrument: bitcoin })).toHaveLength(101)
    expect(lines.slice(-2)).toEqual([
      `${OPEN}?${OF}&limit=100`,
      `${OPEN}?${OF}&idLessThan=401&limit=100`,
    ])
  })

  test('behavior: a full page that leads nowhere is the last', async () => {
    const full = Array.from({ length: 100 }, (_, i) => ({ ...plain, orderId: String(500 - i) }))
    const { call } = script({ [PENDING]: none, [OPEN]: ok({ entrustedList: full }) })
    expect(await getOpenOrders(call, { instrument: bitcoin })).toHaveLength(100)
  })

  test('behavior: what has ended is left out', async () => {
    const ended = { ...plan, planStatus: 'cancelled' }
    const { call } = script({ [PENDING]: listed(ended), [OPEN]: ok(null) })
    expect(await getOpenOrders(call, { instrument: bitcoin })).toEqual([])
  })

  test('error: a list that is missing is not an empty one', async () => {
    const { call } = script({ [PENDING]: ok({ endId: '' }), [OPEN]: none })
    await expect(getOpenOrders(call, { instrument: bitcoin })).rejects.toMatchObject({
      path: '$.data.entrustedList',
    })
  })
})

describe('cancelOrder', () => {
  test('default: a plain one', async () => {
    const { call, lines, sent } = script({ [CANCEL]: ok({ orderId: '11', clientOid: 'mine' }) })
    await cancelOrder(call, { instrument: perp, orderId: '11' })
    expect(lines).toEqual([
      `${CANCEL} {"productType":"USDC-FUTURES","symbol":"BTCPERP","orderId":"11","marginCoin":"USDC"}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent' }])
  })

  test.each(['22001', '40768'])('error: %s: it is not open', async (code) => {
    const { call } = script({ [CANCEL]: no(code, 'No order to cancel') })
    await expect(cancelOrder(call, { instrument: bitcoin, orderId: '11' })).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    })
  })

  test('default: a conditional one, with its own kind', async () => {
    const profit = { ...plan, planType: 'profit_plan' }
    const { call, lines, sent } = script({ [PENDING]: listed(profit), [CANCEL_PLAN]: allCancelled })
    await cancelOrder(call, { instrument: bitcoin, orderId: 'algo:7' })
    expect(lines[1]).toBe(
      `${CANCEL_PLAN} {"productType":"USDT-FUTURES","symbol":"BTCUSDT","marginCoin":"USDT","planType":"profit_plan","orderIdList":[{"orderId":"7"}]}`,
    )
    expect(sent[1]).toEqual({ access: 'trade', effect: 'idempotent' })
  })

  test('error: a failure inside the success is one', async () => {
    const { call } = script({ [PENDING]: listed(plan), [CANCEL_PLAN]: notThere })
    await expect(
      cancelOrder(call, { instrument: bitcoin, orderId: 'algo:7' }),
    ).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
  })

  test('behavior: once triggered, the order it became', async () => {
    const { call, lines } = script({
      [PENDING]: none,
      [HISTORY]: listed(executed),
      [CANCEL]: ok({ orderId: '12' }),
    })
    await cancelOrder(call, { instrument: bitcoin, orderId: 'algo:7' })
    expect(lines.at(-1)).toContain('"orderId":"12"')
  })

  test('error: one that has ended, and one never seen', async () => {
    const cancelled = { ...plan, planStatus: 'cancelled', executeOrderId: '0' }
    for (const history of [listed(cancelled), none]) {
      const { call, lines } = script({ [PENDING]: none, [HISTORY]: history })
      await expect(
        cancelOrder(call, { instrument: bitcoin, orderId: 'algo:7' }),
      ).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
      expect(lines.some((line) => line.startsWith('POST'))).toBe(false)
    }
  })
})

describe('cancelAllOrders', () => {
  const kind = (planType: string, ids = '') =>
    `${CANCEL_PLAN} {"productType":"USDT-FUTURES","symbol":"BTCUSDT","marginCoin":"USDT","planType":"${planType}"${ids}}`

  test('default: each kind by its name, plain orders last', async () => {
    const { call, lines } = script({
      [PENDING]: listed(
        plan,
        { ...plan, planType: 'pos_profit', orderId: '8' },
        {
          ...plan,
          orderId: '9',
        },
      ),
      [CANCEL_PLAN]: allCancelled,
      [CANCEL_ALL]: allCancelled,
    })
    await cancelAllOrders(call, { instrument: bitcoin })
    expect(lines).toEqual([
      `${PENDING}?${OF}&planType=profit_loss&limit=100`,
      kind('loss_plan', ',"orderIdList":[{"orderId":"7"},{"orderId":"9"}]'),
      kind('pos_profit', ',"orderIdList":[{"orderId":"8"}]'),
      kind('normal_plan'),
      kind('track_plan'),
      `${CANCEL_ALL} {"productType":"USDT-FUTURES","symbol":"BTCUSDT","marginCoin":"USDT"}`,
    ])
  })

  test('behavior: nothing to cancel is success', async () => {
    const { call, lines } = script({
      [PENDING]: none,
      [CANCEL_PLAN]: no('43004', 'There is no order to cancel'),
      [CANCEL_ALL]: no('22001', 'No order to cancel'),
    })
    await cancelAllOrders(call, { instrument: bitcoin })
    expect(lines).toHaveLength(4)
  })

  test('behavior: long lists go in parts', async () => {
    const many = Array.from({ length: 45 }, (_, i) => ({ ...plan, orderId: String(100 + i) }))
    const { call, lines } = script({
      [PENDING]: listed(...many),
      [CANCEL_PLAN]: allCancelled,
      [CANCEL_ALL]: allCancelled,
    })
    await cancelAllOrders(call, { instrument: bitcoin })
    const counts = lines.slice(1, 4).map((line) => line.match(/"orderId"/g)?.length)
    expect(counts).toEqual([20, 20, 5])
  })

  test('error: any other refusal goes through', async () => {
    const { call } = script({ [PENDING]: none, [CANCEL_PLAN]: no('40014', 'no') })
    await expect(cancelAllOrders(call, { instrument: bitcoin })).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
    })
  })
})
