import { describe, expect, test } from 'vitest'
import type { Operation, RejectReason } from '../../server/types.ts'
import { openDesk, order } from './desk.fixture.ts'

const send = { method: 'POST', path: '/derivatives/api/v3/sendorder' }

async function rejected(
  reason: RejectReason,
  request: { method?: string; path: string; body?: string },
): Promise<{ status: number; body: unknown }> {
  const desk = openDesk()
  await desk.simulator.control.inject({ kind: 'rejectWith', reason, times: 1 })
  const answer = await desk.send(request)
  return { status: answer.status, body: JSON.parse(answer.body) }
}

describe('faults', () => {
  const body = new URLSearchParams(
    Object.entries(order()).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()

  test.each<[RejectReason, number, object]>([
    ['insufficientMargin', 200, { sendStatus: { status: 'insufficientAvailableFunds' } }],
    ['wouldTriggerImmediately', 200, { sendStatus: { status: 'postWouldExecute' } }],
    ['reduceOnlyRejected', 200, { sendStatus: { status: 'wouldNotReducePosition' } }],
    ['belowMinimum', 200, { sendStatus: { status: 'invalidSize' } }],
    ['precision', 200, { sendStatus: { status: 'invalidPrice' } }],
    ['priceBand', 200, { sendStatus: { status: 'outsidePriceCollar' } }],
    ['tooManyOrders', 200, { sendStatus: { status: 'tooManyOrders' } }],
    ['duplicateClientOrderId', 200, { sendStatus: { status: 'clientOrderIdAlreadyExist' } }],
    ['marketClosed', 200, { sendStatus: { status: 'marketSuspended' } }],
    ['orderNotFound', 200, { sendStatus: { status: 'notFound' } }],
    ['invalidSymbol', 200, { error: 'contractNotFound' }],
    ['invalidParameter', 200, { error: 'invalidArgument' }],
    ['invalidSignature', 200, { error: 'authenticationError' }],
    ['timestampOutOfWindow', 200, { error: 'nonceBelowThreshold' }],
    ['permissionDenied', 200, { error: 'insufficientPrivileges' }],
    ['leverageNotChanged', 200, { result: 'success' }],
    ['exchangeBusy', 503, { result: 'error', error: 'Unavailable' }],
    ['unknownState', 500, { result: 'error', error: 'Server Error' }],
  ])('error: %s', async (reason, status, expected) => {
    const answer = await rejected(reason, { ...send, body })
    expect(answer).toMatchObject({ status, body: expected })
  })

  test.each([
    ['cancelorder', 'cancelStatus', 'notFound'],
    ['editorder', 'editStatus', 'orderForEditNotFound'],
  ])('error: an unknown order of %s', async (path, key, status) => {
    const request = { method: 'POST', path: `/derivatives/api/v3/${path}` }
    const answer = await rejected('orderNotFound', request)
    expect(answer.body).toMatchObject({ result: 'success', [key]: { status } })
  })

  test('error: a lookup of an unknown order is an empty list', async () => {
    const path = '/derivatives/api/v3/orders/status'
    const answer = await rejected('orderNotFound', { method: 'POST', path })
    expect(answer.body).toMatchObject({ result: 'success', orders: [] })
  })

  test.each<[RejectReason, number]>([
    ['insufficientMargin', 92],
    ['invalidSymbol', 87],
  ])('error: %s on a leverage preference', async (reason, code) => {
    const path = '/derivatives/api/v3/leveragepreferences'
    const answer = await rejected(reason, { method: 'PUT', path })
    expect(answer).toMatchObject({ status: 500, body: { errors: [{ code }] } })
  })

  test('error: maintenance', async () => {
    const desk = openDesk()
    await desk.simulator.control.inject({ kind: 'maintenance', times: 1 })
    const answer = await desk.send({ ...send, body })
    expect(answer.status).toBe(503)
    expect(JSON.parse(answer.body)).toEqual({ result: 'error', error: 'Unavailable' })
  })
})

describe('faults of a batch', () => {
  const trigger = { order: 'send', order_tag: '1', orderType: 'stp' }
  const send = { order: 'send', order_tag: '2', orderType: 'lmt', cliOrdId: 'own' }
  const edit = { order: 'edit', order_id: 'cb4e34f6-4eb3-4d4b-9724-4c3035b99d47' }
  const cancel = { order: 'cancel', cliOrdId: 'own' }

  async function faulted(
    operation: Operation,
    reason: RejectReason,
    batchOrder: unknown,
  ): Promise<unknown> {
    const desk = openDesk()
    await desk.simulator.control.inject({ kind: 'rejectWith', operation, reason })
    const json = JSON.stringify({ batchOrder })
    return (await desk.post('/batchorder', { json })).value
  }

  test.each<[Operation, readonly object[]]>([
    ['createOrder', [cancel, send]],
    ['createOrder', [trigger, send]],
    ['createStop', [trigger, cancel]],
    ['amendOrder', [edit, cancel]],
    ['cancelOrder', [cancel]],
  ])('behavior: %s of %o', async (operation, items) => {
    expect(await faulted(operation, 'permissionDenied', items)).toMatchObject({
      error: 'insufficientPrivileges',
    })
  })

  test('behavior: a refusal is one of each item', async () => {
    expect(await faulted('createOrder', 'insufficientMargin', [send, cancel])).toMatchObject({
      result: 'success',
      batchStatus: [
        { status: 'insufficientAvailableFunds', order_tag: '2', orderEvents: [] },
        { status: 'insufficientAvailableFunds', cliOrdId: 'own' },
      ],
    })
    expect(await faulted('amendOrder', 'orderNotFound', [edit, cancel])).toMatchObject({
      batchStatus: [{ status: 'orderForEditNotFound' }, { status: 'notFound' }],
    })
  })

  test("behavior: the dead man's switch is a cancelAll", async () => {
    const desk = openDesk()
    const fault = { kind: 'rejectWith', operation: 'cancelAll', reason: 'exchangeBusy' } as const
    await desk.simulator.control.inject(fault)
    const answer = await desk.post('/cancelallordersafter', { timeout: 60 })
    expect(answer.at('error').string()).toBe('Unavailable')
  })
})
