import { describe, expect, test } from 'vitest'
import type { PlainOrderIntent } from '../../../client/definition.ts'
import { bitcoin, no, ok, script } from '../script.testing.ts'
import { createOrders } from './batch.ts'

const BATCH = 'POST /api/v2/mix/order/batch-place-order'
const PLACE = 'POST /api/v2/mix/order/place-order'

const market: PlainOrderIntent = {
  instrument: bitcoin,
  side: 'BUY',
  type: 'MARKET',
  quantity: '0.01',
  reduceOnly: false,
  clientOrderId: 'a1',
  marginMode: 'ISOLATED',
}
const limit: PlainOrderIntent = {
  ...market,
  side: 'SELL',
  type: 'LIMIT',
  price: '60000',
  timeInForce: 'GTX',
  reduceOnly: true,
  clientOrderId: 'a2',
}
const third = { ...market, clientOrderId: 'a3' }

describe('createOrders', () => {
  test('default: one item for each order, in their order', async () => {
    const { call, lines, sent } = script({
      [BATCH]: ok({
        successList: [
          { orderId: '2', clientOid: 'a2' },
          { orderId: '1', clientOid: 'a1' },
        ],
        failureList: [],
      }),
    })
    const items = await createOrders(call, [market, limit])
    expect(lines).toEqual([
      `${BATCH} {"symbol":"BTCUSDT","productType":"USDT-FUTURES","marginMode":"isolated","marginCoin":"USDT","orderList":[{"size":"0.01","side":"buy","orderType":"market","clientOid":"a1"},{"size":"0.01","price":"60000","side":"sell","orderType":"limit","force":"post_only","reduceOnly":"YES","clientOid":"a2"}]}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'once' }])
    expect(items).toMatchObject([
      { order: { orderId: '1', clientOrderId: 'a1', type: 'MARKET', status: 'NEW' } },
      { order: { orderId: '2', clientOrderId: 'a2', price: '60000', reduceOnly: true } },
    ])
  })

  test('args: in hedge mode', async () => {
    const { call, lines } = script({ [BATCH]: ok({ successList: null, failureList: null }) })
    await createOrders(call, [{ ...limit, positionSide: 'LONG' }])
    expect(lines[0]).toContain('"side":"buy","tradeSide":"close"')
    expect(lines[0]).not.toContain('reduceOnly')
  })

  test('error: refused, unknown and forgotten items among the others', async () => {
    const { call } = script({
      [BATCH]: ok({
        successList: [{ orderId: null, clientOid: 'a4' }],
        failureList: [
          { orderId: '', clientOid: 'a1', errorCode: '43012', errorMsg: 'Insufficient balance' },
          { orderId: '', clientOid: 'a2', errorCode: '40010', errorMsg: 'timed out' },
        ],
      }),
    })
    const items = await createOrders(call, [
      market,
      limit,
      third,
      { ...market, clientOrderId: 'a4' },
    ])
    expect(items).toEqual([
      {
        refusal: {
          code: 'INSUFFICIENT_MARGIN',
          nativeCode: '43012',
          nativeMessage: 'Insufficient balance',
        },
      },
      { unknown: { nativeCode: '40010', nativeMessage: 'timed out' } },
      { unknown: { nativeCode: '', nativeMessage: 'the answer does not tell' } },
      { unknown: { nativeCode: '', nativeMessage: 'the answer does not tell' } },
    ])
  })

  test('error: nothing but failures is an answer all the same', async () => {
    const failure = { orderId: '', clientOid: 'a1', errorCode: '40774', errorMsg: 'mode' }
    const { call } = script({ [BATCH]: ok({ successList: [], failureList: [failure] }) })
    expect(await createOrders(call, [market])).toMatchObject([
      { refusal: { code: 'POSITION_MODE_MISMATCH' } },
    ])
  })

  test('error: refused as a whole', async () => {
    const { call } = script({ [BATCH]: no('40306', 'too many') })
    await expect(createOrders(call, [market])).rejects.toMatchObject({ code: 'TOO_MANY_ORDERS' })
  })

  test('behavior: one of another margin mode goes by itself, with an end of its own', async () => {
    const { call, lines } = script({
      [BATCH]: ok({ successList: [{ orderId: '1', clientOid: 'a1' }], failureList: [] }),
      [PLACE]: no('400172', 'marginMode'),
    })
    const items = await createOrders(call, [
      { ...third, marginMode: 'ISOLATED', clientOrderId: 'a1' },
      { ...limit, marginMode: 'CROSS' },
    ])
    expect(lines).toHaveLength(2)
    expect(items).toMatchObject([
      { order: { orderId: '1' } },
      { refusal: { code: 'INVALID_REQUEST', nativeCode: '400172', nativeMessage: 'marginMode' } },
    ])
  })

  test('behavior: nothing to send is nothing sent', async () => {
    const { call, lines } = script({})
    expect(await createOrders(call, [])).toEqual([])
    expect(lines).toEqual([])
  })
})
