import { describe, expect, test } from 'vitest'
import { algoOrderQuery } from './algoOrders.ts'
import { toAlgoId } from './algoRow.ts'
import { stopRow, triggeredRow } from './rows.testing.ts'
import { bitcoin, done, script } from './script.testing.ts'

const QUERY = 'GET /v5/algo/order'

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
      marginMode: 'CROSS',
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

  test('behavior: a stop that came with an entry has no client order id', async () => {
    const { algo_client_order_id: _, ...attached } = stopRow
    for (const row of [attached, { ...attached, sl_type: '' }]) {
      expect((await read(row)).order).toMatchObject({
        orderId: 'algo:1512871666507657216',
        clientOrderId: '',
        type: 'STOP_MARKET',
        side: 'SELL',
        quantity: '0.005',
        stopPrice: '58000',
        status: 'PENDING',
        reduceOnly: true,
      })
    }
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
    const trailing = { ...base, type: 'trailing_stop', callback_rate: '0.05', reduce_only: true }
    expect((await read(stopRow)).order.reduceOnly).toBe(true)
    expect((await read(trailing)).order.reduceOnly).toBe(true)
    const trigger = { ...base, type: 'trigger', trigger_price: '70000', reduce_only: true }
    expect((await read(trigger)).order.reduceOnly).toBe(true)
    expect((await read({ ...trigger, reduce_only: false })).order.reduceOnly).toBe(false)
    expect((await read({ ...trailing, reduce_only: undefined })).order.reduceOnly).toBe(false)
  })

  test('behavior: a trailing stop tells its distance and where it becomes active', async () => {
    const row = { ...base, type: 'trailing_stop', active_price: '90000', callback_rate: '0.05' }
    expect((await read(row)).order).toMatchObject({
      callbackRate: '0.05',
      activationPrice: '90000',
    })
    for (const nothing of [undefined, '', '0']) {
      const { order } = await read({ ...row, active_price: nothing })
      expect(order).not.toHaveProperty('activationPrice')
    }
  })

  test('behavior: hedge mode and isolated margin', async () => {
    const { order, marginMode } = await read({
      ...stopRow,
      position_side: 'long',
      margin_mode: 'isolated',
    })
    expect([order.positionSide, order.reduceOnly, marginMode]).toEqual(['LONG', true, 'ISOLATED'])
    const opening = { ...base, type: 'trigger', trigger_price: '70000', side: 'sell' }
    const short = await read({ ...opening, position_side: 'short', reduce_only: true })
    expect(short.order).toMatchObject({ positionSide: 'SHORT', reduceOnly: false })
  })

  test.each([
    ['state', 'done'],
    ['type', 'iceberg'],
    ['side', ''],
    ['position_side', 'net'],
    ['margin_mode', ''],
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
