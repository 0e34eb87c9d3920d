import { describe, expect, test } from 'vitest'
import type { ConditionalOrderIntent, TrailingOrderIntent } from '../../client/definition.ts'
import { bitcoin, done, refused, script } from './script.testing.ts'
import { createConditionalOrder, createTrailingOrder } from './triggers.ts'

const CREATE = 'POST /v5/algo/order'

const stop: ConditionalOrderIntent = {
  instrument: bitcoin,
  side: 'SELL',
  type: 'STOP_MARKET',
  quantity: '0.005',
  stopPrice: '58000',
  triggerSource: 'LAST',
  reduceOnly: true,
  clientOrderId: '1780315200002',
}
const receipt = done([{ algo_id: '1512871666507657216', algo_client_order_id: '1780315200002' }])

describe('createConditionalOrder', () => {
  test('default: a stop', async () => {
    const { call, lines, sent } = script({ [CREATE]: receipt })
    const order = await createConditionalOrder(call, stop)
    expect(lines).toEqual([
      `${CREATE} {"contract_code":"BTC-USDT","margin_mode":"cross","position_side":"both","side":"sell","volume":"5","type":"sl","sl_trigger_price":"58000","sl_type":"market","sl_trigger_price_type":"last","algo_client_order_id":"1780315200002"}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'once', cost: { trade: 1 } }])
    expect(order).toEqual({
      orderId: 'algo:1512871666507657216',
      clientOrderId: '1780315200002',
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      side: 'SELL',
      type: 'STOP_MARKET',
      quantity: '0.005',
      price: '0',
      status: 'PENDING',
      executedQty: '0',
      timeInForce: 'IOC',
      stopPrice: '58000',
      reduceOnly: true,
    })
    expect(order.raw).toMatchObject({ algo_id: '1512871666507657216' })
  })

  test('default: a take-profit on the mark price', async () => {
    const { call, lines } = script({ [CREATE]: receipt })
    const order = await createConditionalOrder(call, {
      ...stop,
      type: 'TAKE_PROFIT_MARKET',
      stopPrice: '66000',
      triggerSource: 'MARK',
    })
    expect(lines).toEqual([
      `${CREATE} {"contract_code":"BTC-USDT","margin_mode":"cross","position_side":"both","side":"sell","volume":"5","type":"tp","tp_trigger_price":"66000","tp_type":"market","tp_trigger_price_type":"mark","algo_client_order_id":"1780315200002"}`,
    ])
    expect(order).toMatchObject({ type: 'TAKE_PROFIT_MARKET', stopPrice: '66000' })
  })

  test.each([
    ['SELL', 'LONG', '"position_side":"long","side":"sell"'],
    ['BUY', 'SHORT', '"position_side":"short","side":"buy"'],
  ] as const)('args: hedge mode, a %s that protects a %s', async (side, positionSide, words) => {
    const { call, lines } = script({ [CREATE]: receipt })
    const order = await createConditionalOrder(call, { ...stop, side, positionSide })
    expect(order).toMatchObject({ side, positionSide, reduceOnly: true })
    expect(lines[0]).toContain(words)
  })

  test('args: isolated margin', async () => {
    const { call, lines } = script({ [CREATE]: receipt })
    await createConditionalOrder(call, { ...stop, marginMode: 'ISOLATED' })
    expect(lines[0]).toContain('"margin_mode":"isolated","position_side":"both"')
  })

  test('behavior: without an echo the client order id is the one that was sent', async () => {
    const { call } = script({ [CREATE]: done([{ algo_id: 7, algo_client_order_id: null }]) })
    expect(await createConditionalOrder(call, stop)).toMatchObject({
      orderId: 'algo:7',
      clientOrderId: '1780315200002',
    })
  })

  test('behavior: the echo tells under which id the order can be found', async () => {
    const { call } = script({ [CREATE]: done([{ algo_id: '7', algo_client_order_id: '70' }]) })
    expect((await createConditionalOrder(call, stop)).clientOrderId).toBe('70')
  })

  test('error: one that may open is refused before anything is sent', async () => {
    const { call, lines } = script({ [CREATE]: receipt })
    await expect(
      createConditionalOrder(call, { ...stop, reduceOnly: false }),
    ).rejects.toMatchObject({ name: 'RequestError', code: 'UNSUPPORTED' })
    expect(lines).toEqual([])
  })

  test('error: the index price cannot be watched', async () => {
    const { call, lines } = script({ [CREATE]: receipt })
    await expect(
      createConditionalOrder(call, { ...stop, triggerSource: 'INDEX' }),
    ).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    expect(lines).toEqual([])
  })

  test.each([
    [refused(1407), 'WOULD_TRIGGER_IMMEDIATELY'],
    [refused(1048), 'REDUCE_ONLY_REJECTED'],
    [done([{ code: 1412, message: 'price precision' }]), 'OFF_STEP'],
    [refused(1067, 'The position_side field is invalid.'), 'POSITION_MODE_MISMATCH'],
    [refused(1067, 'The side field is invalid.'), 'INVALID_REQUEST'],
  ])('error: %j is %s', async (answer, code) => {
    const { call } = script({ [CREATE]: answer })
    await expect(createConditionalOrder(call, stop)).rejects.toMatchObject({ code })
  })

  test.each([[[]], [null], [[{ algo_id: null }]]])(
    'error: success without an id is none: %j',
    async (data) => {
      const { call } = script({ [CREATE]: done(data) })
      await expect(createConditionalOrder(call, stop)).rejects.toMatchObject({ name: 'ReadError' })
    },
  )
})

const trailing: TrailingOrderIntent = {
  instrument: bitcoin,
  side: 'SELL',
  quantity: '0.005',
  callbackRate: '0.015',
  triggerSource: 'LAST',
  reduceOnly: true,
  clientOrderId: '1780315200004',
}

describe('createTrailingOrder', () => {
  test('default: active at once', async () => {
    const { call, lines, sent } = script({ [CREATE]: receipt })
    const order = await createTrailingOrder(call, trailing)
    expect(lines).toEqual([
      `${CREATE} {"contract_code":"BTC-USDT","margin_mode":"cross","position_side":"both","side":"sell","volume":"5","type":"trailing_stop","callback_rate":"0.015","order_price_type":"optimal_20","reduce_only":true,"algo_client_order_id":"1780315200004"}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'once', cost: { trade: 1 } }])
    expect(order).toEqual({
      orderId: 'algo:1512871666507657216',
      clientOrderId: '1780315200002',
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      side: 'SELL',
      type: 'TRAILING_STOP_MARKET',
      quantity: '0.005',
      price: '0',
      status: 'PENDING',
      executedQty: '0',
      timeInForce: 'GTC',
      callbackRate: '0.015',
      reduceOnly: true,
    })
  })

  test('args: from a price on, in isolated margin', async () => {
    const { call, lines } = script({ [CREATE]: receipt })
    const intent = { ...trailing, activationPrice: '70000', marginMode: 'ISOLATED' } as const
    expect(await createTrailingOrder(call, intent)).toMatchObject({ activationPrice: '70000' })
    expect(lines[0]).toContain('"margin_mode":"isolated"')
    expect(lines[0]).toContain('"active_price":"70000"')
  })

  test('args: one that may open says so', async () => {
    const { call, lines } = script({ [CREATE]: receipt })
    const order = await createTrailingOrder(call, { ...trailing, reduceOnly: false })
    expect(order.reduceOnly).toBe(false)
    expect(lines[0]).toContain('"reduce_only":false')
  })

  test('args: hedge mode says it by the sides alone', async () => {
    const { call, lines } = script({ [CREATE]: receipt })
    const order = await createTrailingOrder(call, { ...trailing, positionSide: 'LONG' })
    expect(order).toMatchObject({ positionSide: 'LONG', reduceOnly: true })
    expect(lines[0]).toContain('"position_side":"long","side":"sell"')
    expect(lines[0]).not.toContain('reduce_only')
  })

  test.each([
    [1425, 'INVALID_REQUEST'],
    [1426, 'INVALID_REQUEST'],
    [1403, 'TOO_MANY_ORDERS'],
  ])('error: %i is %s', async (code, ours) => {
    const { call } = script({ [CREATE]: refused(code) })
    await expect(createTrailingOrder(call, trailing)).rejects.toMatchObject({ code: ours })
  })
})
