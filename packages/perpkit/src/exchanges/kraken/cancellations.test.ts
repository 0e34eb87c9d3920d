import { describe, expect, it } from 'vitest'
import { cancelAllOrders, cancelOrder, setCancelAllAfter } from './cancellations.ts'
import { bitcoin, NOW, ORDER_ID, script, success } from './script.testing.ts'

describe('cancelOrder', () => {
  const cancel = (status: string, orderId = ORDER_ID) =>
    cancelOrder(script({ 'POST cancelorder': success({ cancelStatus: { status } }) }).call, {
      instrument: bitcoin,
      orderId,
    })

  it('default: by the id, in its own spelling', async () => {
    const cancelStatus = { status: 'cancelled', order_id: ORDER_ID, receivedTime: NOW }
    const { call, lines, sent } = script({ 'POST cancelorder': success({ cancelStatus }) })
    await cancelOrder(call, { instrument: bitcoin, orderId: ORDER_ID })
    expect(lines).toEqual([`POST cancelorder order_id=${ORDER_ID}`])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent', cost: { derivatives: 10 } }])
  })

  it.each(['filled', 'notFound'])('error: %s under success is ORDER_NOT_FOUND', async (status) => {
    await expect(cancel(status)).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
  })

  it('error: an id no order here can have, before anything is sent', async () => {
    const { call, lines } = script({})
    const request = { instrument: bitcoin, orderId: '12345' }
    await expect(cancelOrder(call, request)).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
    expect(lines).toEqual([])
  })

  it('error: an answer without a status is no success', async () => {
    const { call } = script({ 'POST cancelorder': success() })
    await expect(cancelOrder(call, { instrument: bitcoin, orderId: ORDER_ID })).rejects.toThrow(
      '$.cancelStatus: expected an object',
    )
  })
})

describe('cancelAllOrders', () => {
  it.each(['cancelled', 'noOrdersToCancel'])('default: %s is done', async (status) => {
    const cancelStatus = { status, cancelOnly: 'PF_XBTUSD', cancelledOrders: [], orderEvents: [] }
    const { call, lines, sent } = script({ 'POST cancelallorders': success({ cancelStatus }) })
    await expect(cancelAllOrders(call, { instrument: bitcoin })).resolves.toBeUndefined()
    expect(lines).toEqual(['POST cancelallorders symbol=PF_XBTUSD'])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent', cost: { derivatives: 25 } }])
  })

  it('error: an answer without a status is no success', async () => {
    const { call } = script({ 'POST cancelallorders': success() })
    await expect(cancelAllOrders(call, { instrument: bitcoin })).rejects.toThrow(
      '$.cancelStatus: expected an object',
    )
  })
})

describe('setCancelAllAfter', () => {
  const AFTER = 'POST cancelallordersafter'
  const armed = success({ status: { currentTime: NOW, triggerTime: '2026-11-22T05:01:00.000Z' } })

  it.each([
    [60_000, '60'],
    [1_001, '2'],
    [999, '1'],
  ])('args: %i ms are %s s', async (timeoutMs, timeout) => {
    const { call, lines, sent } = script({ [AFTER]: armed })
    await setCancelAllAfter(call, { timeoutMs })
    expect(lines).toEqual([`${AFTER} timeout=${timeout}`])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent', cost: { derivatives: 25 } }])
  })

  it('default: 0 switches it off', async () => {
    const status = { currentTime: NOW, triggerTime: '0' }
    const { call, lines } = script({ [AFTER]: success({ status }) })
    await setCancelAllAfter(call, { timeoutMs: 0 })
    expect(lines).toEqual([`${AFTER} timeout=0`])
  })

  it('error: an answer that does not say when', async () => {
    const { call } = script({ [AFTER]: success({ status: { currentTime: NOW } }) })
    await expect(setCancelAllAfter(call, { timeoutMs: 5_000 })).rejects.toThrow(
      '$.status.triggerTime: expected a string',
    )
  })
})
