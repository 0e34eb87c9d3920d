import { describe, expect, test } from 'vitest'
import type { FuturesOrder } from '../../model/order.ts'
import { amendOrder } from './amend.ts'
import { fired } from './rows.testing.ts'
import { bitcoin, ok, refused, refusedRow, script } from './script.testing.ts'

const plain: FuturesOrder = {
  orderId: '2497956918703120384',
  clientOrderId: 'lab1',
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTC-USDT-SWAP',
  side: 'BUY',
  type: 'LIMIT',
  quantity: '0.0012',
  price: '85000.5',
  status: 'PARTIALLY_FILLED',
  executedQty: '0.0005',
  timeInForce: 'GTC',
}
const stop: FuturesOrder = {
  ...plain,
  orderId: 'algo:361',
  side: 'SELL',
  type: 'STOP_MARKET',
  price: '0',
  status: 'PENDING',
  stopPrice: '83000',
}
const common = { instrument: bitcoin, newClientOrderId: 'unused' }
const AMEND = 'POST trade/amend-order'
const AMEND_ALGO = 'POST trade/amend-algos'
const TERMS = 'GET trade/order-algo?algoId=361'

describe('amendOrder, of the book', () => {
  const receipt = { ordId: '2497956918703120384', clOrdId: 'lab1', reqId: '', sCode: '0', sMsg: '' }

  test.each([
    ['both', { quantity: '0.002', price: '86000' }, '"newSz":"0.2","newPx":"86000"'],
    ['the quantity', { quantity: '0.002' }, '"newSz":"0.2"'],
    ['the price', { price: '86000' }, '"newPx":"86000"'],
  ])('default: %s, what is left out stays', async (_what, change, words) => {
    const { call, lines, sent } = script({ [AMEND]: ok(receipt) })
    const order = await amendOrder(call, { ...common, order: plain, ...change })
    expect(order).toEqual({ ...plain, ...change })
    expect(order.raw).toBe(receipt)
    expect(lines).toEqual([
      `${AMEND} {"instId":"BTC-USDT-SWAP","ordId":"2497956918703120384",${words}}`,
    ])
    expect(sent).toEqual([
      {
        access: 'trade',
        effect: 'idempotent',
        cost: { 'new orders': 1, [`${AMEND}@BTC-USDT-SWAP`]: 1 },
      },
    ])
  })

  test.each([
    ['51503', 'ORDER_NOT_FOUND'],
    ['51513', 'REFUSED'],
    ['51171', 'REDUCE_ONLY_REJECTED'],
    ['51502', 'INSUFFICIENT_MARGIN'],
  ])('error: %s', async (sCode, code) => {
    const { call } = script({ [AMEND]: refusedRow(sCode) })
    const amended = amendOrder(call, { ...common, order: plain, price: '1' })
    await expect(amended).rejects.toMatchObject({ code, nativeCode: sCode })
  })

  test('error: an answer that names no order is no success', async () => {
    const { call } = script({ [AMEND]: ok({ sCode: '0' }) })
    await expect(amendOrder(call, { ...common, order: plain, price: '1' })).rejects.toThrow(
      '$.data[0].ordId: expected an identifier',
    )
  })
})

// docs/wire/okx.md 4.4
const row = {
  instId: 'BTC-USDT-SWAP',
  algoId: '361',
  ordType: 'conditional',
  slTriggerPx: '83000',
  slTriggerPxType: 'mark',
  slOrdPx: '-1',
  tpTriggerPx: '',
  tpTriggerPxType: '',
  tpOrdPx: '',
  triggerPx: '',
  triggerPxType: '',
  ordPx: '',
  actualSide: '',
}
const receipt = { algoId: '361', algoClOrdId: 'sl1', sCode: '0', sMsg: '' }
const takeProfit = {
  slTriggerPx: '',
  slTriggerPxType: '',
  slOrdPx: '',
  tpTriggerPx: '90000',
  tpTriggerPxType: 'last',
  tpOrdPx: '-1',
}

describe('amendOrder, conditional', () => {
  test('default: the quantity alone', async () => {
    const { call, lines, sent } = script({ [AMEND_ALGO]: ok(receipt) })
    const order = await amendOrder(call, { ...common, order: stop, quantity: '0.001' })
    expect(order).toEqual({ ...stop, quantity: '0.001' })
    expect(lines).toEqual([`${AMEND_ALGO} {"instId":"BTC-USDT-SWAP","algoId":"361","newSz":"0.1"}`])
    expect(sent).toEqual([
      {
        access: 'trade',
        effect: 'idempotent',
        cost: { 'POST trade/amend-algos@BTC-USDT-SWAP': 1 },
      },
    ])
  })

  test.each([
    ['a stop', {}, '"newSlTriggerPx":"84000","newSlTriggerPxType":"mark","newSlOrdPx":"-1"'],
    [
      'a take-profit',
      takeProfit,
      '"newTpTriggerPx":"84000","newTpTriggerPxType":"last","newTpOrdPx":"-1"',
    ],
    [
      'the stop of a pair',
      {
        ...takeProfit,
        ordType: 'oco',
        slTriggerPx: '83000',
        slTriggerPxType: 'index',
        slOrdPx: '82900',
      },
      '"newSlTriggerPx":"84000","newSlTriggerPxType":"index","newSlOrdPx":"82900"',
    ],
    [
      'a generic trigger',
      {
        ordType: 'trigger',
        triggerPx: '83000',
        triggerPxType: 'last',
        ordPx: '82000',
        slTriggerPx: '',
      },
      '"newTriggerPx":"84000","newTriggerPxType":"last","newOrdPx":"82000"',
    ],
  ])('default: the trigger price of %s, with what it watches', async (_what, told, words) => {
    const { call, lines } = script({ [TERMS]: ok({ ...row, ...told }), [AMEND_ALGO]: ok(receipt) })
    const order = await amendOrder(call, { ...common, order: stop, stopPrice: '84000' })
    expect(order).toEqual({ ...stop, stopPrice: '84000' })
    expect(lines).toEqual([
      TERMS,
      `${AMEND_ALGO} {"instId":"BTC-USDT-SWAP","algoId":"361",${words}}`,
    ])
  })

  test('args: both', async () => {
    const { call, lines } = script({ [TERMS]: ok(row), [AMEND_ALGO]: ok(receipt) })
    await amendOrder(call, { ...common, order: stop, quantity: '0.001', stopPrice: '84000' })
    expect(lines[1]).toBe(
      `${AMEND_ALGO} {"instId":"BTC-USDT-SWAP","algoId":"361","newSz":"0.1","newSlTriggerPx":"84000","newSlTriggerPxType":"mark","newSlOrdPx":"-1"}`,
    )
  })

  test('behavior: of one that has fired it is the order it became', async () => {
    const child = { ordId: '88', clOrdId: '', reqId: '', sCode: '0', sMsg: '' }
    const { call, lines } = script({
      [TERMS]: ok({ ...fired, slOrdPx: '82900' }),
      [AMEND]: ok(child),
    })
    const order: FuturesOrder = { ...stop, type: 'STOP', price: '82900', status: 'NEW' }
    const amended = await amendOrder(call, { ...common, order, price: '82800' })
    expect(amended).toEqual({ ...order, price: '82800' })
    expect(lines).toEqual([
      TERMS,
      `${AMEND} {"instId":"BTC-USDT-SWAP","ordId":"88","newPx":"82800"}`,
    ])
  })

  test('error: of one that has fired into nothing', async () => {
    const gone = { ...fired, ordId: '', ordIdList: [] }
    const { call } = script({ [TERMS]: ok(gone), [AMEND_ALGO]: refusedRow('51527') })
    const order: FuturesOrder = { ...stop, status: 'NEW' }
    const amended = amendOrder(call, { ...common, order, quantity: '0.001' })
    await expect(amended).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
  })

  test('error: a trailing stop is refused before anything is sent', async () => {
    const { call, lines } = script({})
    const order: FuturesOrder = { ...stop, type: 'TRAILING_STOP_MARKET' }
    const amended = amendOrder(call, { ...common, order, quantity: '0.001' })
    await expect(amended).rejects.toMatchObject({ name: 'RequestError', code: 'UNSUPPORTED' })
    expect(lines).toEqual([])
  })

  test('error: a trigger price for a kind without one', async () => {
    const { call } = script({ [TERMS]: ok({ ...row, ordType: 'move_order_stop' }) })
    const amended = amendOrder(call, { ...common, order: stop, stopPrice: '84000' })
    await expect(amended).rejects.toThrow('$.data[0].ordType: expected an order with a trigger')
  })

  test.each([
    ['51527', 'ORDER_NOT_FOUND'],
    ['51280', 'WOULD_TRIGGER_IMMEDIATELY'],
    ['51523', 'REFUSED'],
  ])('error: %s', async (sCode, code) => {
    const { call } = script({ [TERMS]: ok(row), [AMEND_ALGO]: refusedRow(sCode) })
    const amended = amendOrder(call, { ...common, order: stop, stopPrice: '84000' })
    await expect(amended).rejects.toMatchObject({ code })
  })

  test('error: an order that is not there', async () => {
    const { call, lines } = script({ [TERMS]: refused('51603') })
    const amended = amendOrder(call, { ...common, order: stop, stopPrice: '84000' })
    await expect(amended).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
    expect(lines).toEqual([TERMS])
  })
})
