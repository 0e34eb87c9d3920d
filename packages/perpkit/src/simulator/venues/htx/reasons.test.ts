import { expect, test } from 'vitest'
import type { RejectReason } from '../../server/types.ts'
import { algo, bitcoin, openDesk, order, rows, said, startTime } from './desk.fixture.ts'

test.each<[RejectReason, number]>([
  ['insufficientMargin', 1047],
  ['wouldTriggerImmediately', 1407],
  ['reduceOnlyRejected', 1492],
  ['belowMinimum', 1040],
  ['precision', 1038],
  ['priceBand', 1039],
  ['tooManyOrders', 1234],
  ['duplicateClientOrderId', 1050],
  ['orderNotFound', 1061],
  ['invalidSymbol', 1013],
  ['invalidParameter', 1030],
  ['invalidSignature', 403],
  ['timestampOutOfWindow', 403],
  ['permissionDenied', 403],
  ['marketClosed', 1058],
  ['exchangeBusy', 1001],
  ['unknownState', 1004],
])('default: %s is code %d, and nothing is placed', async (reason, code) => {
  const desk = openDesk()
  await desk.simulator.control.inject({ kind: 'rejectWith', reason, times: 1 })
  const answer = await desk.post('/v5/trade/order', order())
  expect(answer.at('code').number()).toBe(code)
  expect(answer.at('data').value).toBeNull()
  expect((await desk.simulator.control.state({ venue: 'htx' })).orders).toEqual([])
})

test('behavior: conditional orders and queries have words of their own', async () => {
  const desk = openDesk()
  const inject = (reason: RejectReason): Promise<unknown> =>
    desk.simulator.control.inject({ kind: 'rejectWith', reason, times: 1 })
  await inject('wouldTriggerImmediately')
  const profit = algo({ type: 'tp', tp_trigger_price: '61000' })
  expect(said(await desk.post('/v5/algo/order', profit))).toMatch(/^1405 /)
  await inject('precision')
  expect(said(await desk.post('/v5/algo/order', profit))).toMatch(/^1412 /)
  await inject('tooManyOrders')
  expect(said(await desk.post('/v5/algo/order', profit))).toMatch(/^1403 /)
  await inject('orderNotFound')
  expect(rows(await desk.get('/v5/algo/order', { type: 'tp', algo_id: '1' }))).toEqual([])
  await inject('orderNotFound')
  expect(said(await desk.get('/v5/trade/order', { ...bitcoin, order_id: '1' }))).toMatch(/^1017 /)
  await inject('leverageNotChanged')
  const lever = await desk.post('/v5/position/lever', { ...bitcoin, lever_rate: 9 })
  expect(lever.at('data').value).toEqual({ ...bitcoin, lever_rate: 9 })
})

test('behavior: maintenance, in the words of the path', async () => {
  const desk = openDesk()
  await desk.simulator.control.inject({ kind: 'maintenance', times: 2 })
  expect((await desk.post('/v5/trade/order', order())).value).toMatchObject({
    code: 1431,
    data: null,
    ts: startTime,
  })
  const query = { contract_code: 'BTC-USDT' }
  const market = await desk.get('/linear-swap-ex/market/detail/merged', query)
  expect(market.value).toEqual({ status: 'maintain' })
})
