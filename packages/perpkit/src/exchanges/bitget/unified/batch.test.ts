import { describe, expect, test } from 'vitest'
import type { PlainOrderIntent } from '../../../client/definition.ts'
import { bitcoin, no, ok, script } from '../script.testing.ts'
import { createOrders } from './batch.ts'

const BATCH = 'POST /api/v3/trade/place-batch'
const PLACE = 'POST /api/v3/trade/place-order'

const market: PlainOrderIntent = {
  instrument: bitcoin,
  side: 'BUY',
  type: 'MARKET',
  quantity: '0.01',
  reduceOnly: false,
  clientOrderId: 'a1',
  marginMode: 'CROSS',
}
const second = { ...market, clientOrderId: 'a2', marginMode: 'ISOLATED' } as const
const closing = { ...market, clientOrderId: 'a3', side: 'SELL', reduceOnly: true } as const

describe('createOrders', () => {
  // docs/wire/bitget.md 12.4
  test('default: one item for each order, a refused one among them', async () => {
    const { call, lines, sent } = script({
      [BATCH]: ok([
        { clientOid: 'a1', orderId: '1320244799629316097' },
        {
          clientOid: 'a2',
          orderId: '',
          code: '40762',
          msg: 'The order amount exceeds the balance',
        },
      ]),
    })
    const items = await createOrders(call, [market, second])
    expect(lines).toEqual([
      `${BATCH} [{"category":"USDT-FUTURES","symbol":"BTCUSDT","qty":"0.01","side":"buy","orderType":"market","marginMode":"crossed","clientOid":"a1"},{"category":"USDT-FUTURES","symbol":"BTCUSDT","qty":"0.01","side":"buy","orderType":"market","marginMode":"isolated","clientOid":"a2"}]`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'once' }])
    expect(items).toMatchObject([
      { order: { orderId: '1320244799629316097', clientOrderId: 'a1' } },
      {
        refusal: {
          code: 'INSUFFICIENT_MARGIN',
          nativeCode: '40762',
          nativeMessage: 'The order amount exceeds the balance',
        },
      },
    ])
  })

  test('behavior: reduce-only orders of one-way mode go by themselves, afterwards', async () => {
    const { call, lines } = script({
      [BATCH]: ok([{ clientOid: 'a1', orderId: '1' }]),
      [PLACE]: ok({ clientOid: 'a3', orderId: '3' }),
    })
    const items = await createOrders(call, [closing, market])
    expect(lines.map((line) => line.split(' ')[1])).toEqual([
      '/api/v3/trade/place-batch',
      '/api/v3/trade/place-order',
    ])
    expect(lines[0]).not.toContain('reduceOnly')
    expect(items).toMatchObject([{ order: { orderId: '3' } }, { order: { orderId: '1' } }])
  })

  test('behavior: one that brings a stop goes by itself: a batch would leave it out', async () => {
    const { call, lines } = script({
      [BATCH]: ok([{ clientOid: 'a1', orderId: '1' }]),
      [PLACE]: ok({ clientOid: 'a4', orderId: '4' }),
    })
    const stopLoss = { stopPrice: '59000', triggerSource: 'MARK' } as const
    const items = await createOrders(call, [{ ...market, clientOrderId: 'a4', stopLoss }, market])
    expect(lines[0]).not.toContain('stopLoss')
    expect(lines[1]).toContain('"stopLoss":"59000"')
    expect(items).toMatchObject([{ order: { orderId: '4' } }, { order: { orderId: '1' } }])
  })

  test('args: in hedge mode they go together', async () => {
    const { call, lines } = script({ [BATCH]: ok([{ clientOid: 'a3', orderId: '3' }]) })
    await createOrders(call, [{ ...closing, positionSide: 'LONG' }])
    expect(lines[0]).toContain('"side":"sell","orderType":"market","posSide":"long"')
    expect(lines[0]).not.toContain('reduceOnly')
  })

  test('error: an item of unknown fate, one without an id, one forgotten', async () => {
    const { call } = script({
      [BATCH]: ok([
        { clientOid: 'a1', orderId: '', code: '25001', msg: 'timed out' },
        { clientOid: 'a2', orderId: null },
      ]),
    })
    const forgotten = { ...market, clientOrderId: 'a4' }
    expect(await createOrders(call, [market, second, forgotten])).toMatchObject([
      { unknown: { nativeCode: '25001' } },
      { unknown: { nativeCode: '' } },
      { unknown: { nativeCode: '' } },
    ])
  })

  test('error: refused as a whole: the others are not sent either', async () => {
    const { call, lines } = script({ [BATCH]: no('400172', 'no') })
    await expect(createOrders(call, [closing, market])).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    })
    expect(lines).toHaveLength(1)
  })

  test('error: one sent by itself is refused by itself', async () => {
    const { call } = script({ [PLACE]: no('25227', 'no position') })
    expect(await createOrders(call, [closing])).toEqual([
      {
        refusal: {
          code: 'REDUCE_ONLY_REJECTED',
          nativeCode: '25227',
          nativeMessage: 'no position',
        },
      },
    ])
  })
})
