import { expect, test } from 'vitest'
import { joinDesk, openDesk, order, row, rows, said } from './desk.fixture.ts'

// docs/wire/okx.md 4.7

test('default: a key reads and trades, from anywhere', async () => {
  const desk = openDesk()
  expect(row(await desk.get('account/config'))).toMatchObject({ perm: 'read_only,trade', ip: '' })
})

test('args: withdrawal without trade, bound to addresses', async () => {
  const desk = openDesk()
  const addresses = ['203.0.113.5', '203.0.113.6']
  const other = await joinDesk(desk, { trade: false, withdraw: true, addresses })
  expect(row(await other.get('account/config'))).toMatchObject({
    perm: 'read_only,withdraw',
    ip: '203.0.113.5,203.0.113.6',
  })
  expect(row(await desk.get('account/config'))).toMatchObject({ perm: 'read_only,trade', ip: '' })
  expect(await desk.unknownWords()).toEqual([])
})

test('args: nothing but reading', async () => {
  const desk = await joinDesk(openDesk(), { trade: false })
  expect(row(await desk.get('account/config'))).toMatchObject({ perm: 'read_only' })
})

test.each([
  ['trade/order', order()],
  ['trade/batch-orders', [order()]],
  ['trade/order-algo', { instId: 'BTC-USDT-SWAP' }],
  ['trade/cancel-order', { instId: 'BTC-USDT-SWAP', ordId: '1' }],
  ['account/set-leverage', { instId: 'BTC-USDT-SWAP', lever: '5', mgnMode: 'cross' }],
])('error: %s of a key that may not trade', async (path, body) => {
  const desk = await joinDesk(openDesk(), { trade: false })
  const answer = await desk.post(path, body)
  expect(answer.value).toEqual({
    code: '50120',
    msg: "This API key doesn't have permission to use this function",
  })
  expect(rows(await desk.get('trade/orders-pending'))).toEqual([])
  expect(said(await desk.get('account/balance'))).toBe('0')
  expect(await desk.unknownWords()).toEqual([])
})
