import { describe, expect, it } from 'vitest'
import type {
  Call,
  ConditionalOrderIntent,
  PlainOrderIntent,
  TrailingOrderIntent,
} from '../../client/definition.ts'
import { ExchangeError, OutcomeUnknownError } from '../../model/errors.ts'
import { createOrderMemory } from './memory.ts'
import { createConditionalOrder, createOrder, createTrailingOrder } from './orders.ts'
import { bitcoin, CHILD_ID, NOW, ORDER_ID, script, success } from './script.testing.ts'

const market: PlainOrderIntent = {
  instrument: bitcoin,
  side: 'BUY',
  type: 'MARKET',
  quantity: '0.01',
  reduceOnly: false,
  clientOrderId: 'demo-1',
}
const limit: PlainOrderIntent = { ...market, type: 'LIMIT', price: '60000' }
const stop: ConditionalOrderIntent = {
  instrument: bitcoin,
  side: 'SELL',
  type: 'STOP_MARKET',
  quantity: '0.01',
  stopPrice: '80000',
  triggerSource: 'MARK',
  reduceOnly: true,
  clientOrderId: 'demo-3',
}

const SEND = 'POST sendorder'
const CREATES = { access: 'trade', effect: 'once', cost: { derivatives: 10 } }

function execution(price: number, amount: number, more: Record<string, unknown> = {}): unknown {
  const orderPriorExecution = { orderId: ORDER_ID, type: 'ioc', limitPrice: 67261.0, filled: 0 }
  return { type: 'EXECUTION', price, amount, orderPriorExecution, ...more }
}
const place = (more: Record<string, unknown> = {}): unknown => ({
  type: 'PLACE',
  order: { orderId: ORDER_ID, quantity: 0.01, filled: 0 },
  reducedQuantity: null,
  ...more,
})
const placed = (orderEvents?: unknown[], status = 'placed'): unknown =>
  success({ sendStatus: { order_id: ORDER_ID, status, receivedTime: NOW, orderEvents } })

function create(intent: PlainOrderIntent, answer: unknown) {
  return createOrder(script({ [SEND]: answer }).call, intent, createOrderMemory())
}

describe('createOrder', () => {
  it('default: a market order that was filled by two others', async () => {
    const { call, lines, sent } = script({
      [SEND]: placed([execution(84000, 0.004), execution(84010, 0.006)]),
    })
    const order = await createOrder(call, market, createOrderMemory())
    expect(order).toEqual({
      orderId: ORDER_ID,
      clientOrderId: 'demo-1',
      symbol: 'BTCUSD',
      nativeSymbol: 'PF_XBTUSD',
      side: 'BUY',
      type: 'MARKET',
      quantity: '0.01',
      price: '0',
      status: 'FILLED',
      executedQty: '0.01',
      timeInForce: 'IOC',
      averagePrice: '84006',
      reduceOnly: false,
      createdAt: Date.parse(NOW),
      updatedAt: Date.parse(NOW),
    })
    expect(order.raw).toMatchObject({ order_id: ORDER_ID, status: 'placed' })
    expect(lines).toEqual([
      `${SEND} orderType=mkt&symbol=PF_XBTUSD&side=buy&size=0.01&cliOrdId=demo-1`,
    ])
    expect(sent).toEqual([CREATES])
  })

  it.each([
    ['GTC', 'lmt'],
    ['GTX', 'post'],
    ['IOC', 'ioc'],
    ['FOK', 'fok'],
  ] as const)('args: a limit order %s is %s', async (timeInForce, orderType) => {
    const { call, lines } = script({ [SEND]: placed([place()]) })
    const order = await createOrder(call, { ...limit, timeInForce }, createOrderMemory())
    expect(order).toMatchObject({ type: 'LIMIT', price: '60000', status: 'NEW', timeInForce })
    expect(lines).toEqual([
      `${SEND} orderType=${orderType}&symbol=PF_XBTUSD&side=buy&size=0.01&limitPrice=60000&cliOrdId=demo-1`,
    ])
  })

  it('args: a sell that only reduces', async () => {
    const { call, lines } = script({ [SEND]: placed([place()]) })
    await createOrder(call, { ...limit, side: 'SELL', reduceOnly: true }, createOrderMemory())
    expect(lines).toEqual([
      `${SEND} orderType=lmt&symbol=PF_XBTUSD&side=sell&size=0.01&limitPrice=60000&reduceOnly=true&cliOrdId=demo-1`,
    ])
  })

  it('behavior: what an immediate order does not get is gone', async () => {
    const answer = placed([execution(84000, 0.004)])
    const order = await create(market, answer)
    expect(order).toMatchObject({ status: 'EXPIRED', executedQty: '0.004', averagePrice: '84000' })
    expect(await create({ ...limit, timeInForce: 'IOC' }, answer)).toMatchObject({
      status: 'EXPIRED',
    })
  })

  it('behavior: the rest of a limit order stays', async () => {
    const answer = placed([execution(59990, 0.004), place()])
    expect(await create(limit, answer)).toMatchObject({
      status: 'PARTIALLY_FILLED',
      quantity: '0.01',
      executedQty: '0.004',
      averagePrice: '59990',
    })
  })

  it('behavior: nothing to trade with is an end, not an error', async () => {
    const answer = placed([{ type: 'REJECT', uid: ORDER_ID, reason: 'X' }], 'iocWouldNotExecute')
    const order = await create(market, answer)
    expect(order).toMatchObject({ orderId: ORDER_ID, status: 'EXPIRED', executedQty: '0' })
    expect(order).not.toHaveProperty('averagePrice')
  })

  it('behavior: a reduce-only order larger than the position comes back smaller', async () => {
    const cut = { takerReducedQuantity: 0.004 }
    const closing: PlainOrderIntent = { ...market, side: 'SELL', reduceOnly: true }
    const answer = placed([execution(84000, 0.002, cut), execution(84000, 0.004, cut)])
    expect(await create(closing, answer)).toMatchObject({
      status: 'FILLED',
      quantity: '0.006',
      executedQty: '0.006',
    })
    const resting: PlainOrderIntent = { ...limit, side: 'SELL', reduceOnly: true }
    expect(await create(resting, placed([place({ reducedQuantity: 0.004 })]))).toMatchObject({
      status: 'NEW',
      quantity: '0.006',
    })
  })

  it('behavior: an answer without events is a receipt', async () => {
    expect(await create(market, placed())).toMatchObject({ status: 'NEW', executedQty: '0' })
    expect(await create(market, placed([], 'filled'))).toMatchObject({
      status: 'FILLED',
      executedQty: '0.01',
    })
    expect(await create(limit, placed([place()], 'cancelled'))).toMatchObject({
      status: 'CANCELLED',
    })
  })

  it('error: an answer without an id, a status, or with a broken execution', async () => {
    const sendStatus = { status: 'placed', orderEvents: [place()] }
    await expect(create(limit, success({ sendStatus }))).rejects.toThrow(
      '$.sendStatus.order_id: expected an identifier',
    )
    await expect(create(limit, success())).rejects.toThrow('$.sendStatus: expected an object')
    await expect(create(market, placed([{ type: 'EXECUTION', price: 1 }]))).rejects.toThrow(
      '$.sendStatus.orderEvents[0].amount: expected a decimal',
    )
  })
})

describe('createConditionalOrder', () => {
  const orderTrigger = {
    uid: ORDER_ID,
    clientId: 'demo-3',
    type: 'ioc',
    symbol: 'PF_XBTUSD',
    side: 'sell',
    quantity: 0.01,
    limitPrice: null,
    triggerPrice: 80000,
    triggerSide: 'trigger_below',
    triggerSignal: 'mark_price',
    reduceOnly: true,
  }

  it('default: a stop that protects', async () => {
    const { call, lines, sent } = script({ [SEND]: placed([{ type: 'PLACE', orderTrigger }]) })
    expect(await createConditionalOrder(call, stop, createOrderMemory())).toEqual({
      orderId: ORDER_ID,
      clientOrderId: 'demo-3',
      symbol: 'BTCUSD',
      nativeSymbol: 'PF_XBTUSD',
      side: 'SELL',
      type: 'STOP_MARKET',
      quantity: '0.01',
      price: '0',
      status: 'PENDING',
      executedQty: '0',
      timeInForce: 'IOC',
      stopPrice: '80000',
      reduceOnly: true,
      createdAt: Date.parse(NOW),
      updatedAt: Date.parse(NOW),
    })
    expect(lines).toEqual([
      `${SEND} orderType=stp&symbol=PF_XBTUSD&side=sell&size=0.01&stopPrice=80000&triggerSignal=mark&reduceOnly=true&cliOrdId=demo-3`,
    ])
    expect(sent).toEqual([CREATES])
  })

  it.each([
    ['MARK', 'mark'],
    ['LAST', 'last'],
    ['INDEX', 'index'],
  ] as const)('args: a take-profit that watches %s, %s', async (triggerSource, word) => {
    const { call, lines } = script({ [SEND]: placed([{ type: 'PLACE', orderTrigger }]) })
    const intent = {
      ...stop,
      type: 'TAKE_PROFIT_MARKET',
      triggerSource,
      reduceOnly: false,
    } as const
    expect(await createConditionalOrder(call, intent, createOrderMemory())).toMatchObject({
      type: 'TAKE_PROFIT_MARKET',
      status: 'PENDING',
    })
    expect(lines).toEqual([
      `${SEND} orderType=take_profit&symbol=PF_XBTUSD&side=sell&size=0.01&stopPrice=80000&triggerSignal=${word}&cliOrdId=demo-3`,
    ])
  })

  it('behavior: the id of its event serves where the answer has no other', async () => {
    const sendStatus = { status: 'placed', orderEvents: [{ type: 'PLACE', orderTrigger }] }
    const { call } = script({ [SEND]: success({ sendStatus }) })
    const order = await createConditionalOrder(call, stop, createOrderMemory())
    expect(order.orderId).toBe(ORDER_ID)
  })
})

describe('createTrailingOrder', () => {
  const trailing: TrailingOrderIntent = {
    instrument: bitcoin,
    side: 'SELL',
    quantity: '0.01',
    callbackRate: '0.015',
    triggerSource: 'MARK',
    reduceOnly: true,
    clientOrderId: 'demo-4',
  }
  const orderTrigger = { uid: ORDER_ID, type: 'ioc', triggerPrice: 82740, limitPrice: null }

  it('default: its distance in percent, and back as a fraction', async () => {
    const memory = createOrderMemory()
    const { call, lines, sent } = script({ [SEND]: placed([{ type: 'PLACE', orderTrigger }]) })
    const order = await createTrailingOrder(call, trailing, memory)
    expect(order).toEqual({
      orderId: ORDER_ID,
      clientOrderId: 'demo-4',
      symbol: 'BTCUSD',
      nativeSymbol: 'PF_XBTUSD',
      side: 'SELL',
      type: 'TRAILING_STOP_MARKET',
      quantity: '0.01',
      price: '0',
      status: 'PENDING',
      executedQty: '0',
      timeInForce: 'IOC',
      callbackRate: '0.015',
      stopPrice: '82740',
      reduceOnly: true,
      createdAt: Date.parse(NOW),
      updatedAt: Date.parse(NOW),
    })
    expect(lines).toEqual([
      `${SEND} orderType=trailing_stop&symbol=PF_XBTUSD&side=sell&size=0.01&trailingStopMaxDeviation=1.5&trailingStopDeviationUnit=PERCENT&triggerSignal=mark&reduceOnly=true&cliOrdId=demo-4`,
    ])
    expect(sent).toEqual([CREATES])
    expect(memory.find({ clientOrderId: 'demo-4' })).toMatchObject({ callbackRate: '0.015' })
  })

  it('args: one that opens, at the least distance, watching the index', async () => {
    const { call, lines } = script({ [SEND]: placed([{ type: 'PLACE', orderTrigger }]) })
    const intent = { ...trailing, side: 'BUY', reduceOnly: false } as const
    await createTrailingOrder(
      call,
      { ...intent, callbackRate: '0.001', triggerSource: 'INDEX' },
      createOrderMemory(),
    )
    expect(lines).toEqual([
      `${SEND} orderType=trailing_stop&symbol=PF_XBTUSD&side=buy&size=0.01&trailingStopMaxDeviation=0.1&trailingStopDeviationUnit=PERCENT&triggerSignal=index&cliOrdId=demo-4`,
    ])
  })

  it('error: an activation price, before anything is sent', async () => {
    const { call, lines } = script({})
    const intent = { ...trailing, activationPrice: '90000' }
    await expect(createTrailingOrder(call, intent, createOrderMemory())).rejects.toMatchObject({
      code: 'UNSUPPORTED',
    })
    expect(lines).toEqual([])
  })

  it('error: a distance the exchange does not take', async () => {
    const reject = { type: 'REJECT', uid: ORDER_ID, reason: 'TRAILING_STOP_DEVIATION_TOO_LARGE' }
    const { call } = script({ [SEND]: placed([reject]) })
    await expect(createTrailingOrder(call, trailing, createOrderMemory())).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    })
  })
})

describe('what is remembered', () => {
  const throwing =
    (error: Error): Call =>
    () =>
      Promise.reject(error)
  const refusal = new ExchangeError('no', { code: 'INSUFFICIENT_MARGIN' })
  const lost = new OutcomeUnknownError('lost', {})
  const key = { clientOrderId: 'demo-1' }

  it('default: the order as the exchange took it, by both ids', async () => {
    const memory = createOrderMemory()
    await createOrder(script({ [SEND]: placed([place()]) }).call, limit, memory)
    expect(memory.find(key)).toMatchObject({ orderId: ORDER_ID, type: 'LIMIT' })
    expect(memory.find({ orderId: ORDER_ID })).toBe(memory.find(key))
    expect(memory.find({ orderId: CHILD_ID })).toBeUndefined()
  })

  it('behavior: a lost answer leaves what was asked for', async () => {
    const memory = createOrderMemory()
    await expect(createOrder(throwing(lost), limit, memory)).rejects.toBe(lost)
    expect(memory.find(key)).toMatchObject({ orderId: '', type: 'LIMIT', price: '60000' })
  })

  it('behavior: a refusal leaves nothing, and nothing of an older order is overwritten', async () => {
    const memory = createOrderMemory()
    await expect(createOrder(throwing(refusal), limit, memory)).rejects.toBe(refusal)
    expect(memory.find(key)).toBeUndefined()
    await createOrder(script({ [SEND]: placed([place()]) }).call, limit, memory)
    await expect(createOrder(throwing(refusal), market, memory)).rejects.toBe(refusal)
    expect(memory.find(key)).toMatchObject({ orderId: ORDER_ID, type: 'LIMIT' })
  })

  it('behavior: the oldest of more than a thousand goes', async () => {
    const memory = createOrderMemory()
    const { call } = script({ [SEND]: placed([place()]) })
    for (let n = 0; n <= 1_000; n++) {
      await createOrder(call, { ...limit, clientOrderId: `id-${n}` }, memory)
    }
    expect(memory.find({ clientOrderId: 'id-0' })).toBeUndefined()
    expect(memory.find({ clientOrderId: 'id-1' })).toBeDefined()
    expect(memory.find({ clientOrderId: 'id-1000' })).toBeDefined()
  })
})
