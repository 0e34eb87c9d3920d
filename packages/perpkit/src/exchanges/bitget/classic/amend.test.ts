import { describe, expect, test } from 'vitest'
import type { AmendIntent } from '../../../client/definition.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { bitcoin, InTurn, no, ok, script } from '../script.testing.ts'
import { amendOrder } from './amend.ts'

const MODIFY = 'POST /api/v2/mix/order/modify-order'
const MODIFY_TPSL = 'POST /api/v2/mix/order/modify-tpsl-order'
const MODIFY_PLAN = 'POST /api/v2/mix/order/modify-plan-order'
const DETAIL = 'GET /api/v2/mix/order/detail'
const PENDING = 'GET /api/v2/mix/order/orders-plan-pending'
const HISTORY = 'GET /api/v2/mix/order/orders-plan-history'

const order: FuturesOrder = {
  orderId: '11',
  clientOrderId: 'old',
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  quantity: '0.01',
  price: '60000',
  status: 'NEW',
  executedQty: '0',
  timeInForce: 'GTC',
}
const intent: AmendIntent = {
  instrument: bitcoin,
  order,
  price: '59000',
  newClientOrderId: 'new',
}
const replaced = {
  symbol: 'BTCUSDT',
  size: '0.01',
  orderId: '12',
  clientOid: 'new',
  baseVolume: '0',
  price: '59000',
  priceAvg: '',
  state: 'live',
  side: 'buy',
  force: 'gtc',
  posMode: 'one_way_mode',
  orderType: 'limit',
}
const answered = ok({ orderId: '11', clientOid: 'old' })
const missing = no('40109')

describe('a plain order', () => {
  test('default: is replaced; size and price go together', async () => {
    const { call, lines, sent } = script({ [MODIFY]: answered, [DETAIL]: ok(replaced) })
    const read = await amendOrder(call, intent)
    expect(lines).toEqual([
      `${MODIFY} {"orderId":"11","symbol":"BTCUSDT","productType":"USDT-FUTURES","newClientOid":"new","newSize":"0.01","newPrice":"59000"}`,
      `${DETAIL}?productType=USDT-FUTURES&symbol=BTCUSDT&clientOid=new`,
    ])
    expect(sent[0]).toEqual({ access: 'trade', effect: 'once' })
    expect(read).toMatchObject({ orderId: '12', clientOrderId: 'new', price: '59000' })
  })

  test('args: the quantity alone', async () => {
    const { call, lines } = script({ [MODIFY]: answered, [DETAIL]: ok(replaced) })
    const { price: _same, ...rest } = intent
    await amendOrder(call, { ...rest, quantity: '0.02' })
    expect(lines[0]).toContain('"newSize":"0.02","newPrice":"60000"')
  })

  test('behavior: the new order comes to be a moment later', async () => {
    const { call, lines } = script({
      [MODIFY]: answered,
      [DETAIL]: new InTurn(missing, missing, ok(replaced)),
    })
    expect(await amendOrder(call, intent)).toMatchObject({ orderId: '12' })
    expect(lines).toHaveLength(4)
  })

  test('error: it is not to be seen: nobody knows', async () => {
    const { call, lines } = script({ [MODIFY]: answered, [DETAIL]: missing })
    await expect(amendOrder(call, intent)).rejects.toMatchObject({
      name: 'OutcomeUnknownError',
      clientOrderId: 'new',
    })
    expect(lines).toHaveLength(6)
  })

  test('behavior: nothing changed is done', async () => {
    const { call, lines } = script({ [MODIFY]: no('40923') })
    expect(await amendOrder(call, intent)).toBe(order)
    expect(lines).toHaveLength(1)
  })

  test('error: one that was filled in part is refused before anything is sent', async () => {
    const { call, lines } = script({})
    const partly = { ...order, status: 'PARTIALLY_FILLED' } as const
    await expect(amendOrder(call, { ...intent, order: partly })).rejects.toMatchObject({
      name: 'RequestError',
      code: 'UNSUPPORTED',
    })
    expect(lines).toEqual([])
  })

  test.each([
    ['40922', 'ORDER_NOT_FOUND'],
    ['40768', 'ORDER_NOT_FOUND'],
    ['45115', 'OFF_STEP'],
    ['22003', 'INVALID_REQUEST'],
    ['40925', 'INVALID_REQUEST'],
  ])('error: %s', async (code, expected) => {
    const { call } = script({ [MODIFY]: no(code) })
    await expect(amendOrder(call, intent)).rejects.toMatchObject({ code: expected })
  })
})

describe('a conditional order', () => {
  const plan = {
    planType: 'loss_plan',
    symbol: 'BTCUSDT',
    size: '0.01',
    orderId: '7',
    clientOid: 'guard',
    price: '',
    executePrice: '',
    triggerPrice: '55000',
    triggerType: 'mark_price',
    planStatus: 'live',
    side: 'sell',
    posSide: 'net',
    posMode: 'one_way_mode',
    orderType: 'market',
  }
  const stop: FuturesOrder = {
    ...order,
    orderId: 'algo:7',
    clientOrderId: 'guard',
    type: 'STOP_MARKET',
    status: 'PENDING',
    stopPrice: '55000',
  }
  const { price: _price, ...base } = intent
  const done = ok({ orderId: '7', clientOid: 'guard' })

  function listed(changes: object) {
    const rows = [{ ...plan, ...changes }]
    // Each store is asked for what it holds.
    const stores = ['profit_loss', 'normal_plan', 'track_plan'].map((planType) => [
      `${PENDING}?productType=USDT-FUTURES&symbol=BTCUSDT&planType=${planType}&orderId=7&limit=100`,
      ok({ entrustedList: planType === storeOf(rows[0]?.planType) ? rows : null }),
    ])
    return { ...Object.fromEntries(stores), [HISTORY]: ok({ entrustedList: null }) }
  }

  function storeOf(planType = ''): string {
    return planType.startsWith('normal') || planType.startsWith('track') ? planType : 'profit_loss'
  }

  test('default: a smaller stop keeps its id and its price', async () => {
    const { call, lines, sent } = script({ ...listed({}), [MODIFY_TPSL]: done })
    const read = await amendOrder(call, { ...base, order: stop, quantity: '0.004' })
    expect(lines[1]).toBe(
      `${MODIFY_TPSL} {"orderId":"7","marginCoin":"USDT","productType":"USDT-FUTURES","symbol":"BTCUSDT","triggerPrice":"55000","triggerType":"mark_price","size":"0.004"}`,
    )
    expect(sent[1]).toEqual({ access: 'trade', effect: 'idempotent' })
    expect(read).toMatchObject({ orderId: 'algo:7', quantity: '0.004', stopPrice: '55000' })
  })

  test('args: the price of one for the whole position', async () => {
    const whole = listed({ planType: 'pos_loss', size: '0' })
    const { call, lines } = script({ ...whole, [MODIFY_TPSL]: done })
    await amendOrder(call, { ...base, order: stop, stopPrice: '56000' })
    expect(lines[1]).toContain('"triggerPrice":"56000","triggerType":"mark_price","size":""')
  })

  test('args: what one that came with its entry watches', async () => {
    const whole = listed({ planType: 'pos_loss', size: '0', triggerType: 'fill_price' })
    const { call, lines } = script({ ...whole, [MODIFY_TPSL]: done })
    await amendOrder(call, { ...base, order: stop, stopPrice: '55000', triggerSource: 'MARK' })
    expect(lines[1]).toContain('"triggerPrice":"55000","triggerType":"mark_price","size":""')
  })

  test('args: a stop that stands alone', async () => {
    const { call, lines } = script({ ...listed({ planType: 'normal_plan' }), [MODIFY_PLAN]: done })
    await amendOrder(call, { ...base, order: stop, stopPrice: '56000' })
    expect(lines.at(-1)).toBe(
      `${MODIFY_PLAN} {"orderId":"7","productType":"USDT-FUTURES","planType":"normal_plan","symbol":"BTCUSDT","newSize":"0.01","newTriggerPrice":"56000","newTriggerType":"mark_price"}`,
    )
  })

  test('args: the quantity of a trailing one keeps its rate', async () => {
    const trailing = listed({ planType: 'track_plan', callbackRatio: '1.5' })
    const { call, lines } = script({ ...trailing, [MODIFY_PLAN]: done })
    await amendOrder(call, { ...base, order: stop, quantity: '0.004' })
    expect(lines.at(-1)).toContain('"newSize":"0.004","newCallbackRatio":"1.5"')
  })

  test.each([
    [{ closePosition: true }, { quantity: '0.004' }],
    [{ type: 'TRAILING_STOP_MARKET' as const }, { stopPrice: '56000' }],
  ])('error: of %j, %j cannot be changed', async (changes, change) => {
    const { call, lines } = script({})
    await expect(
      amendOrder(call, { ...base, ...change, order: { ...stop, ...changes } }),
    ).rejects.toMatchObject({ name: 'RequestError', code: 'UNSUPPORTED' })
    expect(lines).toEqual([])
  })

  test.each([
    ['triggered', { planStatus: 'executed', executeOrderId: '12' }],
    ['cancelled', { planStatus: 'cancelled' }],
  ])('error: one that was %s', async (_what, changes) => {
    const { call, lines } = script(listed(changes))
    await expect(
      amendOrder(call, { ...base, order: stop, quantity: '0.004' }),
    ).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
    expect(lines.some((line) => line.startsWith('POST'))).toBe(false)
  })

  test('error: more than the position', async () => {
    const { call } = script({ ...listed({}), [MODIFY_TPSL]: no('40891') })
    await expect(amendOrder(call, { ...base, order: stop, quantity: '1' })).rejects.toMatchObject({
      code: 'REDUCE_ONLY_REJECTED',
    })
  })
})
