import { describe, expect, test } from 'vitest'
import type { AmendIntent } from '../../../client/definition.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { bitcoin, no, ok, script } from '../script.testing.ts'
import { amendOrder } from './amend.ts'

const MODIFY = 'POST /api/v3/trade/modify-order'
const MODIFY_STRATEGY = 'POST /api/v3/trade/modify-strategy-order'
const UNFILLED = 'GET /api/v3/trade/unfilled-strategy-orders'

const order: FuturesOrder = {
  orderId: '11',
  clientOrderId: 'mine',
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  quantity: '0.01',
  price: '60000',
  status: 'PARTIALLY_FILLED',
  executedQty: '0.001',
  timeInForce: 'GTC',
  reduceOnly: false,
}
const intent: AmendIntent = { instrument: bitcoin, order, newClientOrderId: 'unused' }

describe('a plain order', () => {
  test('default: keeps its id, and what is not said', async () => {
    const { call, lines, sent } = script({ [MODIFY]: ok({ orderId: '11', clientOid: 'mine' }) })
    const read = await amendOrder(call, { ...intent, price: '59000' })
    expect(lines).toEqual([
      `${MODIFY} {"orderId":"11","category":"USDT-FUTURES","symbol":"BTCUSDT","price":"59000","autoCancel":"no"}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent' }])
    expect(read).toEqual({ ...order, price: '59000' })
  })

  test('args: both', async () => {
    const { call, lines } = script({ [MODIFY]: ok({ orderId: '11' }) })
    const read = await amendOrder(call, { ...intent, price: '59000', quantity: '0.02' })
    expect(lines[0]).toContain('"qty":"0.02","price":"59000"')
    expect(read).toMatchObject({ quantity: '0.02', price: '59000' })
  })

  test('behavior: nothing changed is done', async () => {
    const { call } = script({ [MODIFY]: no('25571') })
    expect(await amendOrder(call, { ...intent, price: '60000' })).toBe(order)
  })

  test('error: a reduce-only one of one-way mode is refused before anything is sent', async () => {
    const { call, lines } = script({})
    const closing = { ...order, reduceOnly: true }
    await expect(
      amendOrder(call, { ...intent, order: closing, price: '59000' }),
    ).rejects.toMatchObject({ name: 'RequestError', code: 'UNSUPPORTED' })
    expect(lines).toEqual([])
  })

  test('args: one that closes in hedge mode may be changed', async () => {
    const { call, lines } = script({ [MODIFY]: ok({ orderId: '11' }) })
    const closing = { ...order, reduceOnly: true, positionSide: 'LONG' } as const
    await amendOrder(call, { ...intent, order: closing, price: '59000' })
    expect(lines).toHaveLength(1)
  })

  test.each([
    ['25204', 'ORDER_NOT_FOUND'],
    ['25568', 'ORDER_NOT_FOUND'],
    ['25572', 'EXCHANGE_UNAVAILABLE'],
  ])('error: %s', async (code, expected) => {
    const { call } = script({ [MODIFY]: no(code) })
    await expect(amendOrder(call, { ...intent, price: '1' })).rejects.toMatchObject({
      code: expected,
    })
  })
})

describe('a conditional order', () => {
  const row = {
    orderId: '7',
    clientOid: 'guard',
    symbol: 'BTCUSDT',
    qty: '0.01',
    posSide: 'long',
    type: 'tpsl',
    status: 'pending',
    slTriggerBy: 'mark',
    takeProfit: '',
    stopLoss: '112000',
    slOrderType: 'market',
    slLimitPrice: '',
  }
  const stop: FuturesOrder = { ...order, orderId: 'algo:7', type: 'STOP_MARKET', status: 'PENDING' }

  function amend(row: object, change: object, answer: unknown = ok({ orderId: '7' })) {
    const { call, lines, sent } = script({ [UNFILLED]: ok([row]), [MODIFY_STRATEGY]: answer })
    return { read: amendOrder(call, { ...intent, order: stop, ...change }), lines, sent }
  }

  test('default: a smaller stop keeps its id and its price', async () => {
    const { read, lines, sent } = amend(row, { quantity: '0.004' })
    expect(await read).toMatchObject({ orderId: 'algo:7', quantity: '0.004', stopPrice: '112000' })
    expect(lines).toEqual([
      `${UNFILLED}?category=USDT-FUTURES`,
      `${MODIFY_STRATEGY} {"orderId":"7","qty":"0.004","stopLoss":"112000","slTriggerBy":"mark","slOrderType":"market"}`,
    ])
    expect(sent[1]).toEqual({ access: 'trade', effect: 'idempotent' })
  })

  test.each([
    ['a stop', {}, '"qty":"0.01","stopLoss":"113000","slTriggerBy":"mark","slOrderType":"market"'],
    [
      'one with a limit',
      { slOrderType: 'limit', slLimitPrice: '111900' },
      '"stopLoss":"113000","slTriggerBy":"mark","slOrderType":"limit","slLimitPrice":"111900"',
    ],
    [
      'a take-profit',
      { stopLoss: '', takeProfit: '130000', tpTriggerBy: 'market', tpOrderType: 'market' },
      '"takeProfit":"113000","tpTriggerBy":"market","tpOrderType":"market"',
    ],
    [
      'a trigger',
      { type: 'trigger', side: 'buy', stopLoss: '', triggerPrice: '9', triggerBy: 'mark' },
      '"triggerPrice":"113000","triggerBy":"mark"',
    ],
    ['one for the whole position', { qty: '' }, '{"orderId":"7","stopLoss":"113000"'],
  ])('args: the price of %s', async (_what, changes, words) => {
    const { read, lines } = amend({ ...row, ...changes }, { stopPrice: '113000' })
    expect(await read).toMatchObject({ stopPrice: '113000' })
    expect(lines[1]).toContain(words)
  })

  test('args: the quantity of a trailing one', async () => {
    const trailing = { ...row, type: 'trailing_stop', side: 'sell', stopLoss: '' }
    const { read, lines } = amend(trailing, { quantity: '0.004' })
    await read
    expect(lines[1]).toBe(`${MODIFY_STRATEGY} {"orderId":"7","qty":"0.004"}`)
  })

  test('behavior: nothing changed is done', async () => {
    const { read } = amend(row, { quantity: '0.01' }, no('25600'))
    expect(await read).toMatchObject({ orderId: 'algo:7', quantity: '0.01' })
  })

  test.each([
    ['never seen', { ...row, orderId: '8' }],
    ['triggering', { ...row, status: 'submitting' }],
  ])('error: one that is %s', async (_what, other) => {
    const { read, lines } = amend(other, { quantity: '0.004' })
    await expect(read).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
    expect(lines).toHaveLength(1)
  })

  test('error: more than the position in all', async () => {
    const { read } = amend(row, { quantity: '1' }, no('25595'))
    await expect(read).rejects.toMatchObject({ code: 'REDUCE_ONLY_REJECTED' })
  })
})
