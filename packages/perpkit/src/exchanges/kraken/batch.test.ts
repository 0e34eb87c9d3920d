import { describe, expect, it } from 'vitest'
import type { BatchItem, Call, PlainOrderIntent } from '../../client/definition.ts'
import { ExchangeError, OutcomeUnknownError } from '../../model/errors.ts'
import { createOrders } from './batch.ts'
import { createOrderMemory } from './memory.ts'
import { askedOrder } from './placement.ts'
import { bitcoin, CHILD_ID, NOW, ORDER_ID, script, success } from './script.testing.ts'

const BATCH = 'POST batchorder'
const market: PlainOrderIntent = {
  instrument: bitcoin,
  side: 'BUY',
  type: 'MARKET',
  quantity: '0.01',
  reduceOnly: false,
  clientOrderId: 'demo-1',
}
const limit: PlainOrderIntent = {
  ...market,
  side: 'SELL',
  type: 'LIMIT',
  price: '90000',
  timeInForce: 'GTX',
  reduceOnly: true,
  clientOrderId: 'demo-2',
}
const both = [market, limit]

const execution = { type: 'EXECUTION', price: 84000, amount: 0.01 }
const filled = {
  status: 'placed',
  order_tag: '0',
  order_id: ORDER_ID,
  cliOrdId: 'demo-1',
  dateTimeReceived: NOW,
  orderEvents: [execution],
}
const rests = {
  status: 'placed',
  order_tag: '1',
  order_id: CHILD_ID,
  cliOrdId: 'demo-2',
  orderEvents: [{ type: 'PLACE', order: { orderId: CHILD_ID } }],
}

async function send(rows: unknown[], memory = createOrderMemory()): Promise<readonly BatchItem[]> {
  return createOrders(script({ [BATCH]: success({ batchStatus: rows }) }).call, both, memory)
}

describe('createOrders', () => {
  it('default: one call, one item for each order', async () => {
    const { call, lines, sent } = script({ [BATCH]: success({ batchStatus: [filled, rests] }) })
    expect(await createOrders(call, both, createOrderMemory())).toEqual([
      {
        order: {
          ...askedOrder(market),
          orderId: ORDER_ID,
          status: 'FILLED',
          executedQty: '0.01',
          averagePrice: '84000',
          createdAt: Date.parse(NOW),
          updatedAt: Date.parse(NOW),
        },
      },
      { order: { ...askedOrder(limit), orderId: CHILD_ID } },
    ])
    expect(lines).toEqual([
      `${BATCH} json={"batchOrder":[${[
        '{"order":"send","order_tag":"0","orderType":"mkt","symbol":"PF_XBTUSD","side":"buy","size":"0.01","cliOrdId":"demo-1"}',
        '{"order":"send","order_tag":"1","orderType":"post","symbol":"PF_XBTUSD","side":"sell","size":"0.01","limitPrice":"90000","reduceOnly":true,"cliOrdId":"demo-2"}',
      ].join(',')}]}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'once', cost: { derivatives: 11 } }])
  })

  it('behavior: rows in another order, or without their tag, are matched', async () => {
    const untagged = { ...filled, order_tag: undefined }
    for (const rows of [
      [rests, filled],
      [rests, untagged],
    ]) {
      expect(await send(rows)).toMatchObject([
        { order: { orderId: ORDER_ID, clientOrderId: 'demo-1' } },
        { order: { orderId: CHILD_ID, clientOrderId: 'demo-2' } },
      ])
    }
  })

  it.each([
    ['insufficientAvailableFunds', 'INSUFFICIENT_MARGIN'],
    ['postWouldExecute', 'WOULD_NOT_REST'],
    ['clientOrderIdAlreadyExist', 'DUPLICATE_CLIENT_ORDER_ID'],
    ['wouldNotReducePosition', 'REDUCE_ONLY_REJECTED'],
    ['requiredArgumentMissing', 'INVALID_REQUEST'],
    ['wouldProcessAfterSpecifiedTime', 'TIMESTAMP_OUT_OF_WINDOW'],
    ['aWordOfTomorrow', 'REFUSED'],
  ])('error: %s of one is its own refusal', async (status, code) => {
    const refused = { status, order_tag: '1', orderEvents: [] }
    expect(await send([filled, refused])).toEqual([
      { order: expect.objectContaining({ status: 'FILLED' }) },
      { refusal: { code, nativeCode: status, nativeMessage: '' } },
    ])
  })

  it('error: a refusal by an event, under placed', async () => {
    const reject = { type: 'REJECT', uid: CHILD_ID, reason: 'POST_WOULD_EXECUTE' }
    const [, item] = await send([filled, { ...rests, orderEvents: [reject] }])
    expect(item).toEqual({
      refusal: {
        code: 'WOULD_NOT_REST',
        nativeCode: 'placed',
        nativeMessage: 'POST_WOULD_EXECUTE',
      },
    })
  })

  it.each([
    [{ status: 'unknown', order_tag: '1', orderEvents: [] }, 'unknown'],
    [{ ...rests, status: 'insufficientAvailableFunds' }, 'insufficientAvailableFunds'],
    [{ ...rests, order_id: undefined }, ''],
    [{ ...rests, order_tag: '7' }, ''],
    [{ order_tag: '1' }, 'undefined'],
  ])('error: what became of %j is not known, the other one stands', async (row, nativeCode) => {
    const [first, second] = await send([filled, row])
    expect(first).toMatchObject({ order: { status: 'FILLED' } })
    if (nativeCode === 'undefined') expect(second).toHaveProperty('refusal')
    else expect(second).toMatchObject({ unknown: { nativeCode } })
  })

  it('error: the whole request is refused, or its answer has no rows', async () => {
    const refused = script({ [BATCH]: { result: 'error', error: 'apiLimitExceeded' } })
    await expect(createOrders(refused.call, both, createOrderMemory())).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    })
    const empty = script({ [BATCH]: success() })
    await expect(createOrders(empty.call, both, createOrderMemory())).rejects.toThrow(
      '$.batchStatus: expected an array',
    )
  })

  it('behavior: what was taken, and what perhaps was, is remembered', async () => {
    const memory = createOrderMemory()
    await send([filled, { status: 'insufficientAvailableFunds', order_tag: '1' }], memory)
    expect(memory.find({ clientOrderId: 'demo-1' })).toMatchObject({ orderId: ORDER_ID })
    expect(memory.find({ clientOrderId: 'demo-2' })).toBeUndefined()
    await send([filled, { status: 'unknown', order_tag: '1' }], memory)
    expect(memory.find({ clientOrderId: 'demo-2' })).toBeDefined()
  })

  it('behavior: a lost answer is remembered, a refused request forgotten', async () => {
    const memory = createOrderMemory()
    const lost: Call = () => Promise.reject(new OutcomeUnknownError('lost', {}))
    await expect(createOrders(lost, both, memory)).rejects.toThrow('lost')
    expect(memory.find({ clientOrderId: 'demo-2' })).toBeDefined()
    const other = createOrderMemory()
    const no: Call = () => Promise.reject(new ExchangeError('no', { code: 'RATE_LIMITED' }))
    await expect(createOrders(no, both, other)).rejects.toThrow('no')
    expect(other.find({ clientOrderId: 'demo-2' })).toBeUndefined()
  })

  it('behavior: a second use of an id does not make the first order forgotten', async () => {
    const memory = createOrderMemory()
    memory.expect({ ...askedOrder(limit), orderId: CHILD_ID })
    await send([filled, { status: 'clientOrderIdAlreadyExist', order_tag: '1' }], memory)
    expect(memory.find({ clientOrderId: 'demo-2' })).toMatchObject({ orderId: CHILD_ID })
  })
})
