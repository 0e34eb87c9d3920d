import { expect, test } from 'vitest'
import { bitcoin, openDesk, order } from './desk.fixture.ts'

// docs/wire/htx.md 4.13: the futures host tells nothing of a key; its first order does.

test.each([
  ['/v5/trade/order', order()],
  ['/v5/trade/batch_orders', [order()]],
  ['/v5/algo/order', { ...bitcoin, type: 'sl', sl_trigger_price: '59000' }],
  ['/v5/position/lever', { ...bitcoin, lever_rate: 10 }],
])('error: %s of a key that may not trade', async (path, body) => {
  const desk = openDesk()
  const { control } = desk.simulator
  const keys = await control.createAccount({ venue: 'htx', permissions: { trade: false } })
  const request = { method: 'POST', path, body: JSON.stringify(body) }
  const answer = await desk.send(desk.signed(request, {}, keys))
  expect(JSON.parse(answer.body)).toMatchObject({
    code: 403,
    msg: 'Permission denied [权限不足]',
    data: null,
  })
  expect((await control.state({ venue: 'htx' })).orders).toEqual([])
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: it reads all the same', async () => {
  const desk = openDesk()
  const permissions = { trade: false, withdraw: true, addresses: ['203.0.113.5'] }
  const keys = await desk.simulator.control.createAccount({ venue: 'htx', permissions })
  const answer = await desk.send(desk.signed({ path: '/v5/account/balance' }, {}, keys))
  expect(JSON.parse(answer.body)).toMatchObject({ code: 200 })
})

test.each(['/v2/user/uid', '/v2/user/api-key'])('error: %s is of another host', async (path) => {
  const desk = openDesk()
  expect((await desk.send(desk.signed({ path }))).status).toBe(404)
  expect(await desk.unknownWords()).toEqual([`path GET ${path}`])
})
