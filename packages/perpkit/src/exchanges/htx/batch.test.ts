import { describe, expect, test } from 'vitest'
import type { PlainOrderIntent } from '../../client/definition.ts'
import { createOrders } from './batch.ts'
import { bitcoin, doge, done, refused, script } from './script.testing.ts'

const BATCH = 'POST /v5/trade/batch_orders'

const limit: PlainOrderIntent = {
  instrument: bitcoin,
  side: 'BUY',
  type: 'LIMIT',
  quantity: '0.005',
  price: '60000',
  timeInForce: 'GTX',
  reduceOnly: false,
  clientOrderId: '101',
}
const market: PlainOrderIntent = {
  instrument: doge,
  side: 'SELL',
  type: 'MARKET',
  quantity: '1200',
  reduceOnly: true,
  clientOrderId: '102',
  marginMode: 'ISOLATED',
}
const third: PlainOrderIntent = { ...limit, clientOrderId: '103' }

function placed(order_id: string | number, client_order_id: string | null) {
  return { code: 200, message: 'Success', order_id, client_order_id }
}
const poor = {
  code: 1047,
  message: 'Insufficient margin available.',
  order_id: null,
  client_order_id: null,
}
const refusal = {
  refusal: {
    code: 'INSUFFICIENT_MARGIN',
    nativeCode: '1047',
    nativeMessage: 'Insufficient margin available.',
  },
}
const missing = {
  unknown: { nativeCode: '', nativeMessage: 'the answer has no item for this order' },
}

describe('createOrders', () => {
  test('default: a list of orders, each in the words of a single one', async () => {
    const { call, lines, sent } = script({
      [BATCH]: done([placed('1', '101'), placed('2', '102')]),
    })
    const items = await createOrders(call, [limit, market])
    expect(lines).toEqual([
      `${BATCH} [{"contract_code":"BTC-USDT","margin_mode":"cross","position_side":"both","side":"buy","type":"post_only","price":"60000","volume":"5","client_order_id":"101"},{"contract_code":"DOGE-USDT","margin_mode":"isolated","position_side":"both","side":"sell","type":"market","volume":"12","reduce_only":1,"client_order_id":"102"}]`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'once', cost: { trade: 1 } }])
    expect(items).toMatchObject([
      { order: { orderId: '1', clientOrderId: '101', status: 'NEW', timeInForce: 'GTX' } },
      { order: { orderId: '2', clientOrderId: '102', symbol: 'DOGEUSDT', quantity: '1200' } },
    ])
  })

  test('args: each entry brings its own stop', async () => {
    const stopLoss = { stopPrice: '58000', triggerSource: 'LAST' } as const
    const { call, lines } = script({ [BATCH]: done([placed('1', '101'), placed('2', '103')]) })
    await createOrders(call, [{ ...limit, stopLoss }, third])
    expect(lines[0]?.match(/"sl_[a-z_]+":"[^"]+"/g)).toEqual([
      '"sl_trigger_price":"58000"',
      '"sl_type":"market"',
      '"sl_trigger_price_type":"last"',
    ])
  })

  test('args: hedge mode', async () => {
    const { call, lines } = script({ [BATCH]: done([placed('1', '101')]) })
    const [item] = await createOrders(call, [{ ...limit, positionSide: 'LONG' }])
    expect(item).toMatchObject({ order: { positionSide: 'LONG' } })
    expect(lines[0]).toContain('"position_side":"long","side":"buy"')
  })

  test('behavior: each has its own outcome', async () => {
    const busy = { ...poor, code: 1004, message: 'System busy.' }
    const { call } = script({ [BATCH]: done([placed('1', '101'), poor, busy]) })
    expect(await createOrders(call, [limit, market, third])).toMatchObject([
      { order: { orderId: '1' } },
      refusal,
      { unknown: { nativeCode: '1004', nativeMessage: 'System busy.' } },
    ])
  })

  test('behavior: all refused is still an answer', async () => {
    const { call } = script({ [BATCH]: done([poor, poor]) })
    expect(await createOrders(call, [limit, market])).toEqual([refusal, refusal])
  })

  test('behavior: ids decide, not places', async () => {
    const { call } = script({ [BATCH]: done([placed('2', '102'), placed('1', '101')]) })
    expect(await createOrders(call, [limit, market])).toMatchObject([
      { order: { orderId: '1', clientOrderId: '101' } },
      { order: { orderId: '2', clientOrderId: '102' } },
    ])
  })

  test('behavior: where an item is missing, only ids tell whose the others are', async () => {
    const { call } = script({ [BATCH]: done([poor, placed('3', '103')]) })
    expect(await createOrders(call, [limit, market, third])).toMatchObject([
      missing,
      missing,
      { order: { orderId: '3', clientOrderId: '103' } },
    ])
  })

  test('behavior: the item of another order is nobody else’s', async () => {
    const { call } = script({ [BATCH]: done([placed('2', '102'), placed('2', '102')]) })
    expect(await createOrders(call, [limit, market])).toMatchObject([
      missing,
      { order: { orderId: '2' } },
    ])
  })

  test('behavior: an id that was not taken is echoed as the order’s own', async () => {
    const text =
      '{"code":200,"data":[{"code":200,"order_id":1513557136321597440,"client_order_id":1513557136321597440}]}'
    const { call } = script({ [BATCH]: text })
    expect(await createOrders(call, [limit])).toMatchObject([
      { order: { orderId: '1513557136321597440', clientOrderId: '1513557136321597440' } },
    ])
  })

  test.each([
    ['null', null, ''],
    ['a success without an id', { code: 200, order_id: null, client_order_id: null }, '200'],
    ['one that is being cancelled', { ...poor, code: 1062 }, '1062'],
  ])('behavior: %s tells nothing', async (_what, item, nativeCode) => {
    const { call } = script({ [BATCH]: done([item]) })
    expect(await createOrders(call, [limit])).toMatchObject([{ unknown: { nativeCode } }])
  })

  test.each([
    [refused(1052), 'INVALID_REQUEST'],
    [refused(1056), 'MARKET_CLOSED'],
    [refused(1004), 'OUTCOME_UNKNOWN'],
  ])('error: %j is of all of them', async (answer, code) => {
    const { call } = script({ [BATCH]: answer })
    await expect(createOrders(call, [limit])).rejects.toMatchObject({ code })
  })

  test('error: part of a contract is not sent, nor the others', async () => {
    const { call, lines } = script({ [BATCH]: done([]) })
    const broken = { ...market, quantity: '1250' }
    await expect(createOrders(call, [limit, broken])).rejects.toMatchObject({ code: 'OFF_STEP' })
    expect(lines).toEqual([])
  })

  test('error: a success that is no list', async () => {
    const { call } = script({ [BATCH]: done({ success: [] }) })
    await expect(createOrders(call, [limit])).rejects.toMatchObject({ path: '$.data' })
  })
})
