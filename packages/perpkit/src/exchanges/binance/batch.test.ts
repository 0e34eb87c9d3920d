import { describe, expect, test } from 'vitest'
import type { PlainOrderIntent } from '../../client/definition.ts'
import { createOrders } from './batch.ts'
import { bitcoin, refused, script } from './script.testing.ts'

const limit: PlainOrderIntent = {
  instrument: bitcoin,
  side: 'BUY',
  type: 'LIMIT',
  quantity: '0.01',
  price: '60000.1',
  timeInForce: 'GTC',
  reduceOnly: false,
  clientOrderId: 'b1',
}
const market: PlainOrderIntent = {
  instrument: bitcoin,
  side: 'SELL',
  type: 'MARKET',
  quantity: '0.02',
  reduceOnly: true,
  clientOrderId: 'b2',
}

function placed(clientOrderId: string) {
  return {
    orderId: 22_542_179,
    clientOrderId,
    symbol: 'BTCUSDT',
    status: 'NEW',
    price: '60000.10',
    origQty: '0.010',
    executedQty: '0.000',
    timeInForce: 'GTC',
    type: 'LIMIT',
    origType: 'LIMIT',
    side: 'BUY',
    positionSide: 'BOTH',
    reduceOnly: false,
    updateTime: 1_763_798_400_123,
  }
}

async function answered(...rows: unknown[]) {
  const { call } = script({ 'POST /fapi/v1/batchOrders': rows })
  return createOrders(call, [limit, market])
}

const order = expect.objectContaining({ clientOrderId: 'b1', status: 'NEW' })
const short = { code: -2019, msg: 'Margin is insufficient.' }

describe('createOrders', () => {
  test('default: the words of each order as one JSON text', async () => {
    const { call, lines, sent } = script({
      'POST /fapi/v1/batchOrders': [placed('b1'), placed('b2')],
    })
    const items = await createOrders(call, [limit, market])
    const [, words = ''] = lines[0]?.split('POST /fapi/v1/batchOrders batchOrders=') ?? []
    expect(JSON.parse(words)).toEqual([
      {
        symbol: 'BTCUSDT',
        side: 'BUY',
        type: 'LIMIT',
        timeInForce: 'GTC',
        quantity: '0.01',
        price: '60000.1',
        newClientOrderId: 'b1',
        newOrderRespType: 'RESULT',
      },
      {
        symbol: 'BTCUSDT',
        side: 'SELL',
        type: 'MARKET',
        quantity: '0.02',
        reduceOnly: 'true',
        newClientOrderId: 'b2',
        newOrderRespType: 'RESULT',
      },
    ])
    expect(sent).toEqual([
      { access: 'trade', effect: 'once', cost: { weight: 5, orders10s: 5, orders1m: 1 } },
    ])
    expect(items).toEqual([
      { order },
      { order: expect.objectContaining({ clientOrderId: 'b2', symbol: 'unified BTCUSDT' }) },
    ])
  })

  test('args: in hedge mode with position sides, and no reduceOnly', async () => {
    const { call, lines } = script({ 'POST /fapi/v1/batchOrders': [placed('b2')] })
    await createOrders(call, [{ ...market, positionSide: 'LONG' }])
    expect(lines[0]).toContain('"side":"SELL","positionSide":"LONG","type":"MARKET"')
    expect(lines[0]).not.toContain('reduceOnly')
  })

  test('behavior: a refusal inside the success belongs to its order alone', async () => {
    expect(await answered(placed('b1'), short)).toEqual([
      { order },
      {
        refusal: {
          code: 'INSUFFICIENT_MARGIN',
          nativeCode: '-2019',
          nativeMessage: 'Margin is insufficient.',
        },
      },
    ])
  })

  test.each([-1000, -1001, -1006, -1007, -4083])(
    'behavior: %i leaves the outcome of its order open',
    async (code) => {
      const [, second] = await answered(placed('b1'), { code, msg: 'timeout' })
      expect(second).toEqual({ unknown: { nativeCode: String(code), nativeMessage: 'timeout' } })
    },
  )

  test('behavior: a code nobody has told us of is a refusal', async () => {
    const [, second] = await answered(placed('b1'), { code: -9999, msg: 'New.' })
    expect(second).toMatchObject({ refusal: { code: 'REFUSED', nativeCode: '-9999' } })
  })

  test('behavior: a missing item leaves its order open, whichever is missing', async () => {
    const [first, second] = await answered(placed('b2'))
    expect(first).toMatchObject({ unknown: { nativeMessage: expect.stringMatching(/not name/) } })
    expect(second).toMatchObject({ order: { clientOrderId: 'b2' } })
  })

  test('behavior: a refusal among too few items belongs to none', async () => {
    const items = await answered(short)
    expect(items.every((item) => 'unknown' in item)).toBe(true)
  })

  test('behavior: an item of another order leaves its own open', async () => {
    const items = await answered(placed('b1'), placed('other'))
    expect(items).toEqual([{ order }, { unknown: expect.anything() }])
  })

  test.each([
    ['unreadable', { ...placed('b2'), status: 'SLEEPING' }],
    ['null', null],
    ['a text', 'ok'],
  ])('behavior: an item that is %s does not take the others with it', async (_what, row) => {
    expect(await answered(placed('b1'), row)).toEqual([{ order }, { unknown: expect.anything() }])
  })

  test('error: a refusal of the whole', async () => {
    const { call } = script({ 'POST /fapi/v1/batchOrders': refused(-4082, 'Invalid number.') })
    await expect(createOrders(call, [limit])).rejects.toMatchObject({ code: 'INVALID_REQUEST' })
  })

  test('error: an answer that is no list', async () => {
    const { call } = script({ 'POST /fapi/v1/batchOrders': {} })
    await expect(createOrders(call, [limit])).rejects.toMatchObject({ name: 'ReadError' })
  })
})
