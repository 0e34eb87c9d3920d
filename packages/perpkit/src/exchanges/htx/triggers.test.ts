import { describe, expect, test } from 'vitest'
import type { ConditionalOrderIntent } from '../../client/definition.ts'
import { stopRow, triggeredRow } from './rows.testing.ts'
import { bitcoin, done, refused, script } from './script.testing.ts'
import { algoOrderQuery, createConditionalOrder, toAlgoId } from './triggers.ts'

const CREATE = 'POST /v5/algo/order'
const QUERY = 'GET /v5/algo/order'

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

describe('algoOrderQuery', () => {
  const key = { instrument: bitcoin, type: 'sl', algoId: '1512871666507657216' } as const

  async function read(row: Record<string, unknown>) {
    const { call } = script({ [QUERY]: done([row]) })
    const found = await call(algoOrderQuery, key)
    return found ?? expect.unreachable('not found')
  }

  test('default: a stop that waits', async () => {
    const { call, lines } = script({ [QUERY]: done([stopRow]) })
    const found = await call(algoOrderQuery, key)
    expect(lines).toEqual([`${QUERY}?type=sl&contract_code=BTC-USDT&algo_id=1512871666507657216`])
    expect(found).toEqual({
      childId: undefined,
      order: {
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
        createdAt: 1780738313091,
        updatedAt: 1780738313187,
      },
    })
  })

  test('args: by client order id', async () => {
    const { call, lines } = script({ [QUERY]: done([stopRow]) })
    const byClient = { instrument: bitcoin, type: 'sl', clientOrderId: '1780315200002' } as const
    expect(await call(algoOrderQuery, byClient)).toBeDefined()
    expect(lines).toEqual([
      `${QUERY}?type=sl&contract_code=BTC-USDT&algo_client_order_id=1780315200002`,
    ])
  })

  test('behavior: an empty list, and a row of another order, are no answer', async () => {
    for (const data of [[], [{ ...stopRow, algo_id: '9' }]]) {
      const { call } = script({ [QUERY]: done(data) })
      expect(await call(algoOrderQuery, key)).toBeUndefined()
    }
    const { call } = script({ [QUERY]: done([{ ...stopRow, algo_client_order_id: null }]) })
    const byClient = { instrument: bitcoin, type: 'sl', clientOrderId: '1780315200002' } as const
    expect(await call(algoOrderQuery, byClient)).toBeUndefined()
  })

  test.each([
    ['active', 'PENDING'],
    ['effective', 'NEW'],
    ['canceled', 'CANCELLED'],
    ['failed', 'REJECTED'],
  ])('behavior: %s is %s', async (state, status) => {
    expect((await read({ ...stopRow, state })).order.status).toBe(status)
  })

  test('behavior: a triggered one names the order it became', async () => {
    expect((await read(triggeredRow)).childId).toBe('1512880000000000001')
    for (const nothing of ['', '0', null]) {
      expect((await read({ ...stopRow, relation_order_id: nothing })).childId).toBeUndefined()
    }
  })

  const base = { ...stopRow, sl_trigger_price: undefined, sl_type: undefined }

  test.each([
    [
      'a stop with a limit',
      { ...stopRow, sl_type: 'limit', sl_order_price: '57900' },
      'STOP',
      '57900',
      '58000',
    ],
    ['a stop of default type', { ...stopRow, sl_type: null }, 'STOP_MARKET', '0', '58000'],
    [
      'a take-profit',
      { ...base, type: 'tp', tp_trigger_price: '66000', tp_type: 'market' },
      'TAKE_PROFIT_MARKET',
      '0',
      '66000',
    ],
    [
      'a take-profit at the best five',
      { ...base, type: 'tp', tp_trigger_price: '66000', tp_type: 'optimal_5' },
      'TAKE_PROFIT',
      '0',
      '66000',
    ],
    [
      'both in one',
      { ...stopRow, type: 'tpsl', tp_trigger_price: '66000' },
      'STOP_MARKET',
      '0',
      '58000',
    ],
    [
      'a trigger order',
      { ...base, type: 'trigger', trigger_price: '70000', price: '70010' },
      'STOP',
      '70010',
      '70000',
    ],
    [
      'a trailing stop',
      { ...base, type: 'trailing_stop', active_price: '90000', callback_rate: '0.05' },
      'TRAILING_STOP_MARKET',
      '0',
      undefined,
    ],
  ])('behavior: %s', async (_what, row, type, price, stopPrice) => {
    const { order } = await read(row)
    expect([order.type, order.price, order.stopPrice]).toEqual([type, price, stopPrice])
  })

  test.each([
    ['market', 'STOP_MARKET', 'IOC'],
    ['0', 'STOP_MARKET', 'IOC'],
    ['', 'STOP_MARKET', 'IOC'],
    ['limit', 'STOP', 'GTC'],
    ['optimal_20', 'STOP', 'GTC'],
  ])('behavior: a leg of type %j is %s and %s', async (token, type, timeInForce) => {
    expect((await read({ ...stopRow, sl_type: token })).order).toMatchObject({ type, timeInForce })
    const target = { ...base, type: 'tp', tp_trigger_price: '66000', tp_type: token }
    expect((await read(target)).order.timeInForce).toBe(timeInForce)
  })

  test('behavior: stops and take-profits only close; the others say it themselves', async () => {
    const trailing = { ...base, type: 'trailing_stop', reduce_only: true }
    expect((await read(stopRow)).order.reduceOnly).toBe(true)
    expect((await read(trailing)).order.reduceOnly).toBe(true)
    const trigger = { ...base, type: 'trigger', trigger_price: '70000', reduce_only: true }
    expect((await read(trigger)).order.reduceOnly).toBe(true)
    expect((await read({ ...trigger, reduce_only: false })).order.reduceOnly).toBe(false)
    expect((await read({ ...trailing, reduce_only: undefined })).order.reduceOnly).toBe(false)
  })

  test.each([
    ['state', 'done'],
    ['type', 'iceberg'],
    ['side', ''],
    ['volume', undefined],
    ['sl_trigger_price', ''],
  ])('error: %s is %j', async (name, value) => {
    await expect(read({ ...stopRow, [name]: value })).rejects.toMatchObject({
      name: 'ReadError',
      path: `$.data[0].${name}`,
    })
  })
})

describe('toAlgoId', () => {
  test('default: only ids with the prefix are of the store', () => {
    expect(toAlgoId('algo:7')).toBe('7')
    expect(toAlgoId('7')).toBeUndefined()
  })
})
