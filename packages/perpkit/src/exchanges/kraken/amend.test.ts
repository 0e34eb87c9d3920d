import { describe, expect, it } from 'vitest'
import type { AmendIntent, Call } from '../../client/definition.ts'
import { OutcomeUnknownError } from '../../model/errors.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { amendOrder } from './amend.ts'
import { createOrderMemory } from './memory.ts'
import { askedOrder } from './placement.ts'
import { bitcoin, NOW, ORDER_ID, script, success } from './script.testing.ts'

const EDIT = 'POST editorder'
const order: FuturesOrder = {
  ...askedOrder({
    instrument: bitcoin,
    side: 'BUY',
    type: 'LIMIT',
    quantity: '0.01',
    price: '60000',
    reduceOnly: false,
    clientOrderId: 'demo-1',
  }),
  orderId: ORDER_ID,
}
const stop: FuturesOrder = {
  ...askedOrder({
    instrument: bitcoin,
    side: 'SELL',
    type: 'STOP_MARKET',
    quantity: '0.01',
    stopPrice: '80000',
    triggerSource: 'MARK',
    reduceOnly: true,
    clientOrderId: 'demo-3',
  }),
  orderId: ORDER_ID,
}

const intent = (
  figures: Pick<AmendIntent, 'quantity' | 'price' | 'stopPrice'>,
  of: FuturesOrder = order,
): AmendIntent => ({ instrument: bitcoin, order: of, newClientOrderId: 'demo-9', ...figures })

const edited = (orderEvents: unknown[], status = 'edited'): unknown =>
  success({ editStatus: { status, orderId: ORDER_ID, receivedTime: NOW, orderEvents } })
const change = (figures: Record<string, unknown>): unknown => ({
  type: 'EDIT',
  old: { orderId: ORDER_ID, quantity: 0.01, filled: 0, limitPrice: 60000 },
  new: { orderId: ORDER_ID, quantity: 0.01, filled: 0, limitPrice: 60000, ...figures },
  reducedQuantity: null,
})

function amend(request: AmendIntent, answer: unknown, memory = createOrderMemory()) {
  return amendOrder(script({ [EDIT]: answer }).call, request, memory)
}

describe('amendOrder', () => {
  it('default: quantity and price, as a total, under the same id', async () => {
    const { call, lines, sent } = script({
      [EDIT]: edited([change({ quantity: 0.02, limitPrice: 60100 })]),
    })
    const figures = { quantity: '0.02', price: '60100' }
    expect(await amendOrder(call, intent(figures), createOrderMemory())).toEqual({
      ...order,
      ...figures,
      updatedAt: Date.parse(NOW),
    })
    expect(lines).toEqual([
      `${EDIT} orderId=${ORDER_ID}&size=0.02&limitPrice=60100&qtyMode=ABSOLUTE`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent', cost: { derivatives: 10 } }])
  })

  it.each([
    [order, { price: '60100' }, 'limitPrice=60100'],
    [order, { quantity: '0.02' }, 'size=0.02&qtyMode=ABSOLUTE'],
    [stop, { stopPrice: '81000' }, 'stopPrice=81000'],
    [stop, { quantity: '0.02' }, 'size=0.02&stopPrice=80000&qtyMode=ABSOLUTE'],
    [
      { ...stop, type: 'STOP', price: '79000' } as const,
      { stopPrice: '81000' },
      'limitPrice=79000&stopPrice=81000',
    ],
    [
      { ...stop, type: 'TRAILING_STOP_MARKET' } as const,
      { quantity: '0.02' },
      'size=0.02&qtyMode=ABSOLUTE',
    ],
  ])('args: of %j to %j', async (of, figures, words) => {
    const { call, lines } = script({ [EDIT]: edited([]) })
    const amended = await amendOrder(call, intent(figures, of), createOrderMemory())
    expect(amended).toMatchObject({ orderId: ORDER_ID, type: of.type, ...figures })
    expect(lines).toEqual([`${EDIT} orderId=${ORDER_ID}&${words}`])
  })

  it('behavior: a trigger answers with its trigger price', async () => {
    const event = change({ quantity: 0.02, limitPrice: null, triggerPrice: 81000 })
    expect(
      await amend(intent({ quantity: '0.02', stopPrice: '81000' }, stop), edited([event])),
    ).toMatchObject({ quantity: '0.02', price: '0', stopPrice: '81000', status: 'PENDING' })
  })

  it('behavior: what was executed before is part of the total', async () => {
    const partly = { ...order, status: 'PARTIALLY_FILLED', executedQty: '0.004' } as const
    const request = intent({ quantity: '0.02' }, { ...partly, averagePrice: '60000' })
    const event = change({ quantity: 0.016, filled: 0.004 })
    expect(await amend(request, edited([event]))).toMatchObject({
      quantity: '0.02',
      executedQty: '0.004',
      averagePrice: '60000',
      status: 'PARTIALLY_FILLED',
    })
  })

  it('behavior: into the book it trades at once', async () => {
    const execution = { type: 'EXECUTION', price: 84000, amount: 0.004 }
    const request = intent({ price: '85000' })
    expect(await amend(request, edited([change({ limitPrice: 85000 }), execution]))).toMatchObject({
      status: 'PARTIALLY_FILLED',
      executedQty: '0.004',
      averagePrice: '84000',
    })
    const whole = { ...execution, amount: 0.01 }
    expect(await amend(request, edited([change({ limitPrice: 85000 }), whole]))).toMatchObject({
      status: 'FILLED',
      executedQty: '0.01',
    })
    const partly = { ...order, executedQty: '0.002', averagePrice: '60000' }
    const both = await amend(
      intent({ price: '85000' }, partly),
      edited([change({ quantity: 0.008, filled: 0.002, limitPrice: 85000 }), execution]),
    )
    expect(both).toMatchObject({ executedQty: '0.006', status: 'PARTIALLY_FILLED' })
    expect(both).not.toHaveProperty('averagePrice')
  })

  it.each([
    ['filled', { status: 'FILLED', executedQty: '0.01' }],
    ['cancelled', { status: 'CANCELLED', executedQty: '0' }],
  ])('behavior: %s without an event is the end of it', async (status, end) => {
    expect(await amend(intent({ price: '60100' }), edited([], status))).toMatchObject(end)
  })

  it('behavior: no change is done', async () => {
    const reject = { type: 'REJECT', uid: ORDER_ID, reason: 'EDIT_HAS_NO_EFFECT' }
    expect(await amend(intent({ price: '60000' }), edited([reject]))).toEqual(order)
    expect(await amend(intent({ price: '60000' }), edited([]))).toMatchObject(order)
  })

  it.each([
    ['orderForEditNotFound', 'ORDER_NOT_FOUND'],
    ['invalidSize', 'OFF_STEP'],
    ['invalidPrice', 'OFF_STEP'],
    ['orderForEditNotAStop', 'INVALID_REQUEST'],
    ['cannotEditTriggerPriceOfTrailingStop', 'INVALID_REQUEST'],
    ['insufficientAvailableFunds', 'INSUFFICIENT_MARGIN'],
    ['postWouldExecute', 'WOULD_NOT_REST'],
  ])('error: %s under success is %s', async (status, code) => {
    await expect(amend(intent({ price: '60100' }), edited([], status))).rejects.toMatchObject({
      code,
    })
  })

  it('error: the trigger of a trailing stop, before anything is sent', async () => {
    const trailing = { ...stop, type: 'TRAILING_STOP_MARKET' } as const
    const { call, lines } = script({})
    await expect(
      amendOrder(call, intent({ stopPrice: '81000' }, trailing), createOrderMemory()),
    ).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    expect(lines).toEqual([])
  })

  it('error: an answer without a status is no success', async () => {
    await expect(amend(intent({ price: '1' }), success())).rejects.toThrow(
      '$.editStatus: expected an object',
    )
  })

  it('behavior: what is remembered follows, and is forgotten with a lost answer', async () => {
    const memory = createOrderMemory()
    memory.expect(order)
    await amend(intent({ quantity: '0.02' }), edited([change({ quantity: 0.02 })]), memory)
    expect(memory.find({ clientOrderId: 'demo-1' })).toMatchObject({ quantity: '0.02' })
    await expect(
      amend(intent({ quantity: '0.03' }), edited([], 'orderForEditNotFound'), memory),
    ).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
    expect(memory.find({ clientOrderId: 'demo-1' })).toMatchObject({ quantity: '0.02' })
    const lost: Call = () => Promise.reject(new OutcomeUnknownError('lost', {}))
    await expect(amendOrder(lost, intent({ quantity: '0.03' }), memory)).rejects.toThrow('lost')
    expect(memory.find({ clientOrderId: 'demo-1' })).toBeUndefined()
  })
})
