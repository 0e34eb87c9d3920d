import { describe, expect, test } from 'vitest'
import type { PlainOrderIntent, RawAnswer } from '../../client/definition.ts'
import { createOrders } from './batch.ts'
import { classifyBatch } from './errors.ts'
import { bitcoin, ok, pepe, refused, script } from './script.testing.ts'

const first: PlainOrderIntent = {
  instrument: bitcoin,
  side: 'BUY',
  type: 'LIMIT',
  quantity: '0.0012',
  price: '85000.5',
  reduceOnly: false,
  clientOrderId: 'lab1',
}
const second: PlainOrderIntent = {
  instrument: pepe,
  side: 'SELL',
  type: 'MARKET',
  quantity: '25000000',
  reduceOnly: true,
  clientOrderId: 'lab2',
  positionSide: 'LONG',
  marginMode: 'ISOLATED',
}
const BATCH = 'POST trade/batch-orders'
const FIRST =
  '{"instId":"BTC-USDT-SWAP","tdMode":"cross","clOrdId":"lab1","side":"buy","ordType":"limit","px":"85000.5","sz":"0.12"}'
const SECOND =
  '{"instId":"PEPE-USDT-SWAP","tdMode":"isolated","clOrdId":"lab2","side":"sell","posSide":"long","ordType":"market","sz":"2.5"}'

function placed(ordId: string, clOrdId: string): object {
  return { ordId, clOrdId, tag: '', ts: '1795334400123', sCode: '0', sMsg: '', subCode: '' }
}
function failed(sCode: string, clOrdId: string, sMsg = 'why'): object {
  return { ordId: '', clOrdId, tag: '', ts: '1795334400123', sCode, sMsg, subCode: '' }
}
function envelope(code: string, ...data: unknown[]): unknown {
  return { code, msg: '', data }
}

describe('createOrders', () => {
  test('default: one receipt for each, contracts mixed', async () => {
    const { call, lines, sent } = script({ [BATCH]: ok(placed('1', 'lab1'), placed('2', 'lab2')) })
    expect(await createOrders(call, [first, second])).toEqual([
      {
        order: {
          orderId: '1',
          clientOrderId: 'lab1',
          symbol: 'BTCUSDT',
          nativeSymbol: 'BTC-USDT-SWAP',
          side: 'BUY',
          reduceOnly: false,
          type: 'LIMIT',
          quantity: '0.0012',
          price: '85000.5',
          status: 'NEW',
          executedQty: '0',
          timeInForce: 'GTC',
        },
      },
      {
        order: expect.objectContaining({
          orderId: '2',
          symbol: 'PEPEUSDT',
          side: 'SELL',
          positionSide: 'LONG',
          quantity: '25000000',
        }),
      },
    ])
    expect(lines).toEqual([`${BATCH} [${FIRST},${SECOND}]`])
    expect(sent).toEqual([
      {
        access: 'trade',
        effect: 'once',
        cost: {
          'new orders': 2,
          [`${BATCH}@BTC-USDT-SWAP`]: 1,
          [`${BATCH}@PEPE-USDT-SWAP`]: 1,
        },
      },
    ])
  })

  test('behavior: a batch of one is counted as a single order', async () => {
    const { call, sent } = script({ [BATCH]: ok(placed('1', 'lab1')) })
    await createOrders(call, [first])
    expect(sent[0]?.cost).toEqual({ 'new orders': 1, 'POST trade/order@BTC-USDT-SWAP': 1 })
  })

  test.each(['0', '1', '2'])(
    'behavior: under the code %s each row speaks for itself',
    async (code) => {
      const rows = [failed('51008', 'lab1'), placed('2', 'lab2')]
      const { call } = script({ [BATCH]: envelope(code, ...rows) })
      expect(await createOrders(call, [first, second])).toEqual([
        { refusal: { code: 'INSUFFICIENT_MARGIN', nativeCode: '51008', nativeMessage: 'why' } },
        { order: expect.objectContaining({ orderId: '2' }) },
      ])
    },
  )

  test('behavior: all failed', async () => {
    const rows = [failed('51121', 'lab1'), failed('99999', 'lab2')]
    const { call } = script({ [BATCH]: envelope('1', ...rows) })
    expect(await createOrders(call, [first, second])).toMatchObject([
      { refusal: { code: 'OFF_STEP' } },
      { refusal: { code: 'REFUSED', nativeCode: '99999' } },
    ])
  })

  test('behavior: a side the account does not have is told of its own order', async () => {
    const rows = [placed('1', 'lab1'), failed('51000', 'lab2', 'Parameter posSide  error')]
    const { call } = script({ [BATCH]: envelope('2', ...rows) })
    expect(await createOrders(call, [first, second])).toMatchObject([
      { order: { orderId: '1' } },
      { refusal: { code: 'POSITION_MODE_MISMATCH', nativeCode: '51000' } },
    ])
  })

  test('behavior: an ambiguous code leaves its own order in doubt', async () => {
    const rows = [failed('51149', 'lab1'), placed('2', 'lab2')]
    const { call } = script({ [BATCH]: envelope('2', ...rows) })
    expect(await createOrders(call, [first, second])).toMatchObject([
      { unknown: { nativeCode: '51149', nativeMessage: 'why' } },
      { order: { orderId: '2' } },
    ])
  })

  test('behavior: rows are told apart by their ids', async () => {
    const { call } = script({ [BATCH]: ok(placed('2', 'lab2'), placed('1', 'lab1')) })
    expect(await createOrders(call, [first, second])).toMatchObject([
      { order: { orderId: '1', clientOrderId: 'lab1' } },
      { order: { orderId: '2', clientOrderId: 'lab2' } },
    ])
  })

  test('behavior: by their place where they have none', async () => {
    const rows = [failed('51000', '', 'Parameter clOrdId  error'), placed('2', '')]
    const { call } = script({ [BATCH]: envelope('2', ...rows) })
    expect(await createOrders(call, [first, second])).toMatchObject([
      { refusal: { code: 'INVALID_REQUEST' } },
      { order: { orderId: '2', clientOrderId: 'lab2' } },
    ])
  })

  test.each([
    ['a missing row', [placed('2', 'lab2')]],
    ['a row of another order', [placed('9', 'other'), placed('2', 'lab2')]],
    ['a row without a word', [{ clOrdId: 'lab1' }, placed('2', 'lab2')]],
    ['a row without an id', [placed('', 'lab1'), placed('2', 'lab2')]],
    ['an end of an order that was not there', [failed('51410', 'lab1'), placed('2', 'lab2')]],
  ])('error: %s is no answer', async (_what, rows) => {
    const { call } = script({ [BATCH]: ok(...rows) })
    expect(await createOrders(call, [first, second])).toMatchObject([
      { unknown: { nativeCode: expect.any(String) } },
      { order: { orderId: '2' } },
    ])
  })

  test.each([
    ['50011', 'RATE_LIMITED'],
    ['50113', 'INVALID_CREDENTIALS'],
    ['51111', 'INVALID_REQUEST'],
  ])('error: %s refuses all of them', async (native, code) => {
    const { call } = script({ [BATCH]: refused(native) })
    await expect(createOrders(call, [first, second])).rejects.toMatchObject({ code })
  })
})

describe('classifyBatch', () => {
  function answer(json: unknown, status = 200): RawAnswer {
    return { status, headers: {}, text: JSON.stringify(json), json }
  }

  test('error: rows under a gateway status are not believed', () => {
    const json = envelope('2', failed('51008', 'lab1'), placed('2', 'lab2'))
    expect(classifyBatch(answer(json, 502)).kind).toBe('unknown')
  })

  test('error: a request-level code outweighs rows', () => {
    const json = envelope('50004', failed('51008', 'lab1'))
    expect(classifyBatch(answer(json))).toMatchObject({ kind: 'unknown', nativeCode: '50004' })
  })

  test.each([
    ['1', 'refusal'],
    ['2', 'unknown'],
    ['0', 'answer'],
  ])('error: %s without rows is %s', (code, kind) => {
    expect(classifyBatch(answer(envelope(code))).kind).toBe(kind)
  })
})
