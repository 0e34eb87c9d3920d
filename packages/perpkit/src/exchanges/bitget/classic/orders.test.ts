import { describe, expect, test } from 'vitest'
import type { PlainOrderIntent } from '../../../client/definition.ts'
import { bitcoin, no, ok, perp, script } from '../script.testing.ts'
import { getOrder } from './books.ts'
import { createOrder } from './orders.ts'

const PLACE = 'POST /api/v2/mix/order/place-order'
const DETAIL = 'GET /api/v2/mix/order/detail'

const market: PlainOrderIntent = {
  instrument: bitcoin,
  side: 'BUY',
  type: 'MARKET',
  quantity: '0.01',
  reduceOnly: false,
  clientOrderId: 'mock-0001',
}
const limit: PlainOrderIntent = {
  ...market,
  instrument: perp,
  side: 'SELL',
  type: 'LIMIT',
  price: '60000',
  timeInForce: 'GTC',
}
const receipt = { clientOid: 'mock-0001', orderId: '1300000000000000001' }

describe('createOrder', () => {
  test('default: a market order', async () => {
    const { call, lines, sent } = script({ [PLACE]: ok(receipt) })
    const order = await createOrder(call, market)
    expect(lines).toEqual([
      `${PLACE} {"symbol":"BTCUSDT","productType":"USDT-FUTURES","marginMode":"crossed","marginCoin":"USDT","size":"0.01","side":"buy","orderType":"market","clientOid":"mock-0001"}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'once' }])
    expect(order).toEqual({
      orderId: '1300000000000000001',
      clientOrderId: 'mock-0001',
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      side: 'BUY',
      type: 'MARKET',
      quantity: '0.01',
      price: '0',
      status: 'NEW',
      executedQty: '0',
      timeInForce: 'IOC',
      reduceOnly: false,
    })
    expect(order.raw).toBe(receipt)
  })

  // docs/wire/bitget.md 4.4: there is no word for the price it watches.
  test.each(['MARK', 'LAST'] as const)(
    'args: an entry with its stop, %s',
    async (triggerSource) => {
      const stopLoss = { stopPrice: '59000', triggerSource }
      const { call, lines } = script({ [PLACE]: ok(receipt) })
      const order = await createOrder(call, { ...market, stopLoss })
      expect(lines).toEqual([
        `${PLACE} {"symbol":"BTCUSDT","productType":"USDT-FUTURES","marginMode":"crossed","marginCoin":"USDT","size":"0.01","side":"buy","orderType":"market","clientOid":"mock-0001","presetStopLossPrice":"59000"}`,
      ])
      expect(order.stopPrice).toBeUndefined()
    },
  )

  test('args: a limit entry of hedge mode with its stop', async () => {
    const stopLoss = { stopPrice: '61000', triggerSource: 'LAST' } as const
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    await createOrder(call, { ...limit, positionSide: 'SHORT', stopLoss })
    expect(lines[0]).toContain('"side":"sell","tradeSide":"open","orderType":"limit"')
    expect(lines[0]).toContain('"presetStopLossPrice":"61000"')
  })

  test('args: a limit order that only reduces', async () => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    const order = await createOrder(call, { ...limit, reduceOnly: true })
    expect(lines).toEqual([
      `${PLACE} {"symbol":"BTCPERP","productType":"USDC-FUTURES","marginMode":"crossed","marginCoin":"USDC","size":"0.01","price":"60000","side":"sell","orderType":"limit","force":"gtc","reduceOnly":"YES","clientOid":"mock-0001"}`,
    ])
    expect(order).toMatchObject({ price: '60000', timeInForce: 'GTC', reduceOnly: true })
  })

  test.each([
    ['GTC', 'gtc'],
    ['IOC', 'ioc'],
    ['FOK', 'fok'],
    ['GTX', 'post_only'],
  ] as const)('args: %s goes out as %s', async (timeInForce, force) => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    expect(await createOrder(call, { ...limit, timeInForce })).toMatchObject({ timeInForce })
    expect(lines[0]).toContain(`"force":"${force}"`)
  })

  // docs/wire/bitget.md 4.4: in hedge mode the side is that of the position.
  test.each([
    ['BUY', 'LONG', false, '"side":"buy","tradeSide":"open"'],
    ['SELL', 'LONG', true, '"side":"buy","tradeSide":"close"'],
    ['SELL', 'SHORT', false, '"side":"sell","tradeSide":"open"'],
    ['BUY', 'SHORT', true, '"side":"sell","tradeSide":"close"'],
  ] as const)(
    'args: in hedge mode %s of the %s, closing %s',
    async (side, positionSide, reduceOnly, words) => {
      const { call, lines } = script({ [PLACE]: ok(receipt) })
      const order = await createOrder(call, { ...market, side, positionSide, reduceOnly })
      expect(lines[0]).toContain(`"size":"0.01",${words},"orderType":"market","clientOid"`)
      expect(order).toMatchObject({ side, positionSide, reduceOnly })
    },
  )

  test('args: in isolated margin', async () => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    await createOrder(call, { ...limit, marginMode: 'ISOLATED' })
    expect(lines[0]).toContain('"marginMode":"isolated"')
  })

  test.each([null, '', undefined])('error: an order id of %j does not pass', async (orderId) => {
    const { call } = script({ [PLACE]: ok({ ...receipt, orderId }) })
    await expect(createOrder(call, market)).rejects.toMatchObject({
      name: 'ReadError',
      path: '$.data.orderId',
    })
  })

  test('error: a refusal', async () => {
    const { call } = script({ [PLACE]: no('40762', 'The order amount exceeds the balance') })
    await expect(createOrder(call, market)).rejects.toMatchObject({ code: 'INSUFFICIENT_MARGIN' })
  })
})

describe('a plain order', () => {
  // docs/wire/bitget.md 4.5
  const row = {
    symbol: 'BTCUSDT',
    size: '0.010',
    orderId: '1300000000000000001',
    clientOid: 'mock-0001',
    baseVolume: '0',
    fee: '0',
    price: '60000.0',
    priceAvg: '',
    state: 'live',
    side: 'buy',
    force: 'gtc',
    posSide: 'net',
    reduceOnly: 'NO',
    tradeSide: 'buy_single',
    posMode: 'one_way_mode',
    orderType: 'limit',
    orderSource: 'normal',
    cancelReason: '',
    cTime: '1709309998673',
    uTime: '1709309998775',
  }

  function order(changes: object) {
    const { call } = script({ [DETAIL]: ok({ ...row, ...changes }) })
    return getOrder(call, { instrument: bitcoin, orderId: row.orderId })
  }

  test('default: one that rests', async () => {
    const { call, lines, sent } = script({ [DETAIL]: ok(row) })
    const read = await getOrder(call, { instrument: bitcoin, orderId: row.orderId })
    expect(lines).toEqual([
      `${DETAIL}?productType=USDT-FUTURES&symbol=BTCUSDT&orderId=1300000000000000001`,
    ])
    expect(sent).toEqual([{ access: 'read', effect: 'read' }])
    expect(read).toEqual({
      orderId: '1300000000000000001',
      clientOrderId: 'mock-0001',
      symbol: 'unified BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      side: 'BUY',
      type: 'LIMIT',
      quantity: '0.01',
      price: '60000',
      status: 'NEW',
      executedQty: '0',
      timeInForce: 'GTC',
      reduceOnly: false,
      createdAt: 1_709_309_998_673,
      updatedAt: 1_709_309_998_775,
    })
    expect(read.raw).toBe(row)
  })

  test('args: a market order that was filled', async () => {
    const changes = {
      orderType: 'market',
      price: '',
      state: 'filled',
      baseVolume: '0.01',
      priceAvg: '60001.50',
      reduceOnly: 'YES',
      side: 'sell',
    }
    expect(await order(changes)).toMatchObject({
      type: 'MARKET',
      side: 'SELL',
      price: '0',
      status: 'FILLED',
      executedQty: '0.01',
      averagePrice: '60001.5',
      timeInForce: 'IOC',
      reduceOnly: true,
    })
  })

  test.each([
    ['live', {}, 'NEW'],
    ['new', {}, 'NEW'],
    ['init', {}, 'NEW'],
    ['live', { baseVolume: '0.004' }, 'PARTIALLY_FILLED'],
    ['partially_filled', { baseVolume: '0.004' }, 'PARTIALLY_FILLED'],
    ['filled', {}, 'FILLED'],
    ['full_fill', {}, 'FILLED'],
    ['canceled', {}, 'CANCELLED'],
    ['cancelled', { cancelReason: 'normal_cancel' }, 'CANCELLED'],
    ['canceled', { cancelReason: 'stp_cancel', force: 'ioc' }, 'CANCELLED'],
    ['canceled', { force: 'ioc' }, 'EXPIRED'],
    ['canceled', { force: 'ioc', cancelReason: 'ioc_not_full_cancel' }, 'EXPIRED'],
    ['canceled', { force: 'fok', cancelReason: 'fok_not_full_cancel' }, 'EXPIRED'],
    ['canceled', { orderType: 'market' }, 'EXPIRED'],
    ['canceled', { force: 'post_only', cancelReason: 'post_only_fill_cancel' }, 'REJECTED'],
    ['canceled', { force: 'post_only', cancelSource: 'post_only_fill_cancel' }, 'REJECTED'],
    ['canceled', { force: 'post_only', cancelReason: 'normal_cancel' }, 'CANCELLED'],
    ['something_new', {}, 'NEW'],
  ])('args: state %s with %j is %s', async (state, changes, status) => {
    expect((await order({ state, ...changes })).status).toBe(status)
  })

  test.each([
    ['gtc', 'GTC'],
    ['GTC', 'GTC'],
    ['ioc', 'IOC'],
    ['fok', 'FOK'],
    ['post_only', 'GTX'],
    ['', 'GTC'],
  ])('args: force %j is %s', async (force, timeInForce) => {
    expect((await order({ force })).timeInForce).toBe(timeInForce)
  })

  test('behavior: a close in hedge mode trades against the side of its position', async () => {
    const hedge = { posMode: 'hedge_mode', posSide: 'long' }
    expect(await order({ ...hedge, tradeSide: 'open' })).toMatchObject({
      side: 'BUY',
      positionSide: 'LONG',
      reduceOnly: false,
    })
    expect(await order({ ...hedge, tradeSide: 'close' })).toMatchObject({
      side: 'SELL',
      positionSide: 'LONG',
      reduceOnly: true,
    })
    expect(await order({ posSide: 'long' })).not.toHaveProperty('positionSide')
  })

  test.each(['side', 'size', 'price', 'orderId', 'symbol', 'state'])(
    'error: %s is needed',
    async (name) => {
      await expect(order({ [name]: undefined })).rejects.toMatchObject({ name: 'ReadError' })
    },
  )

  test('error: a side of another name', async () => {
    await expect(order({ side: 'long' })).rejects.toThrow('$.data.side: expected buy or sell')
  })
})
