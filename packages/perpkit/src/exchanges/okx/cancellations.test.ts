import { describe, expect, test } from 'vitest'
import { fired, many, ofAlgo, ofBook, ofKind, plain, stop, unknown } from './rows.testing.ts'
import { bitcoin, ok, refusedRow, script } from './script.testing.ts'
import { cancelAllOrders, cancelOrder } from './stores.ts'

const uncancelled = refusedRow('51400', 'Cancellation failed as the order is not open')
const [STOPS = '', TRIGGERS = '', TRAILING = ''] = [
  'conditional,oco',
  'trigger',
  'move_order_stop',
].map((kind) => ofKind(kind))

const empty = {
  'GET trade/orders-algo-pending': ok(),
  'GET trade/orders-pending': ok(),
}

function ofCancel(ordId: string): string {
  return `POST trade/cancel-order {"instId":"BTC-USDT-SWAP","ordId":"${ordId}"}`
}
function ofAlgoCancel(...algoIds: string[]): string {
  return `POST trade/cancel-algos [${algoIds.map((id) => `{"instId":"BTC-USDT-SWAP","algoId":"${id}"}`).join(',')}]`
}
function ofBatch(...ordIds: string[]): string {
  return `POST trade/cancel-batch-orders [${ordIds.map((id) => `{"instId":"BTC-USDT-SWAP","ordId":"${id}"}`).join(',')}]`
}
const cancelled = { ordId: '12', clOrdId: '', ts: '1', sCode: '0', sMsg: '' }
const algoCancelled = { algoId: '361', sCode: '0', sMsg: '' }

describe('cancelOrder', () => {
  test('default: a plain order', async () => {
    const { call, lines, sent } = script({ [ofCancel('12')]: ok(cancelled) })
    await expect(cancelOrder(call, { instrument: bitcoin, orderId: '12' })).resolves.toBeUndefined()
    expect(lines).toEqual([ofCancel('12')])
    expect(sent).toEqual([
      {
        access: 'trade',
        effect: 'idempotent',
        cost: { 'POST trade/cancel-order@BTC-USDT-SWAP': 1 },
      },
    ])
  })

  test('default: a conditional order, in a list of one', async () => {
    const { call, lines, sent } = script({ [ofAlgoCancel('361')]: ok(algoCancelled) })
    await cancelOrder(call, { instrument: bitcoin, orderId: 'algo:361' })
    expect(lines).toEqual([ofAlgoCancel('361')])
    expect(sent).toEqual([
      { access: 'trade', effect: 'idempotent', cost: { 'POST trade/cancel-algos': 1 } },
    ])
  })

  test('behavior: once it has fired, the order it became is cancelled', async () => {
    const { call, lines } = script({
      [ofAlgoCancel('361')]: uncancelled,
      [ofAlgo('361')]: ok(fired),
      [ofCancel('88')]: ok({ ...cancelled, ordId: '88' }),
    })
    await cancelOrder(call, { instrument: bitcoin, orderId: 'algo:361' })
    expect(lines).toEqual([ofAlgoCancel('361'), ofAlgo('361'), ofCancel('88')])
  })

  test.each([
    ['plain', '12', { [ofCancel('12')]: uncancelled }],
    ['conditional', 'algo:361', { [ofAlgoCancel('361')]: uncancelled, [ofAlgo('361')]: ok(stop) }],
    ['unknown', 'algo:361', { [ofAlgoCancel('361')]: uncancelled, [ofAlgo('361')]: unknown }],
    [
      'fired and ended',
      'algo:361',
      {
        [ofAlgoCancel('361')]: uncancelled,
        [ofAlgo('361')]: ok(fired),
        [ofCancel('88')]: uncancelled,
      },
    ],
    ['impossible', 'x', {}],
  ])('error: a %s order that is not open', async (_what, orderId, answers) => {
    const { call, lines } = script(answers)
    await expect(cancelOrder(call, { instrument: bitcoin, orderId })).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    })
    expect(lines).toEqual(Object.keys(answers))
  })

  test('error: a cancellation of unknown outcome is not taken for not found', async () => {
    const { call, lines } = script({ [ofAlgoCancel('361')]: refusedRow('51412') })
    await expect(
      cancelOrder(call, { instrument: bitcoin, orderId: 'algo:361' }),
    ).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(lines).toHaveLength(1)
  })
})

describe('cancelAllOrders', () => {
  test('default: conditional orders, then the book', async () => {
    const { call, lines, sent } = script({
      ...empty,
      [STOPS]: ok(stop),
      [TRAILING]: ok({ ...stop, algoId: '362', ordType: 'move_order_stop' }),
      [ofAlgoCancel('361', '362')]: ok(algoCancelled, { ...algoCancelled, algoId: '362' }),
      [ofBook()]: ok(plain),
      [ofBatch('2497956918703120384')]: ok(cancelled),
    })
    await expect(cancelAllOrders(call, { instrument: bitcoin })).resolves.toBeUndefined()
    expect(lines).toEqual([
      STOPS,
      TRIGGERS,
      TRAILING,
      ofAlgoCancel('361', '362'),
      ofBook(),
      ofBatch('2497956918703120384'),
    ])
    expect(sent[3]).toEqual({
      access: 'trade',
      effect: 'idempotent',
      cost: { 'POST trade/cancel-algos': 2 },
    })
    expect(sent[5]).toEqual({
      access: 'trade',
      effect: 'idempotent',
      cost: { 'POST trade/cancel-order@BTC-USDT-SWAP': 1 },
    })
  })

  test('behavior: nothing open, nothing cancelled', async () => {
    const { call, lines } = script(empty)
    await cancelAllOrders(call, { instrument: bitcoin })
    expect(lines).toEqual([STOPS, TRIGGERS, TRAILING, ofBook()])
  })

  test('behavior: in tens and in twenties, each order counted', async () => {
    const { call, lines, sent } = script({
      ...empty,
      [TRIGGERS]: ok(...many({ ...stop, ordType: 'trigger' }, 'algoId', 25, 1_000)),
      [ofBook()]: ok(...many(plain, 'ordId', 41, 2_000)),
      'POST trade/cancel-algos': ok(algoCancelled),
      'POST trade/cancel-batch-orders': ok(cancelled),
    })
    await cancelAllOrders(call, { instrument: bitcoin })
    const costs = sent.filter(({ access }) => access === 'trade').map(({ cost }) => cost)
    expect(costs).toEqual([
      { 'POST trade/cancel-algos': 10 },
      { 'POST trade/cancel-algos': 10 },
      { 'POST trade/cancel-algos': 5 },
      { 'POST trade/cancel-batch-orders@BTC-USDT-SWAP': 20 },
      { 'POST trade/cancel-batch-orders@BTC-USDT-SWAP': 20 },
      { 'POST trade/cancel-order@BTC-USDT-SWAP': 1 },
    ])
    const ids = lines.flatMap((line) => line.match(/"(?:algoId|ordId)":"\d+"/g) ?? [])
    expect(new Set(ids).size).toBe(66)
  })

  test('behavior: what is gone meanwhile stops nothing', async () => {
    const partly = {
      code: '2',
      msg: '',
      data: [cancelled, { ordId: '', sCode: '51400', sMsg: '' }],
    }
    const { call, lines } = script({
      ...empty,
      [STOPS]: ok(stop),
      'POST trade/cancel-algos': uncancelled,
      [ofBook()]: ok(plain, { ...plain, ordId: '13' }),
      'POST trade/cancel-batch-orders': partly,
    })
    await cancelAllOrders(call, { instrument: bitcoin })
    expect(lines).toHaveLength(6)
  })

  test('error: an order that could not be cancelled is not hidden by one that is gone', async () => {
    const rows = [
      { algoId: '', sCode: '51400', sMsg: '' },
      { algoId: '', sCode: '50011', sMsg: 'Too Many Requests' },
    ]
    const { call } = script({
      ...empty,
      [STOPS]: ok(stop, { ...stop, algoId: '362' }),
      'POST trade/cancel-algos': { code: '1', msg: '', data: rows },
    })
    await expect(cancelAllOrders(call, { instrument: bitcoin })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    })
  })
})
