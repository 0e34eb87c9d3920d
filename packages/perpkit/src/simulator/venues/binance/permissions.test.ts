import { expect, test } from 'vitest'
import { limitBuy, marketBuy, openStand, type Stand, stopSell } from './wire.fixture.ts'

// docs/wire/binance.md 4.8: the futures host tells nothing of a key; its first order does.

async function openStandOf(permissions: object): Promise<Stand> {
  const stand = openStand()
  stand.credentials = await stand.simulator.control.createAccount({
    venue: 'binance',
    permissions,
  })
  return stand
}

test.each([
  ['/fapi/v1/order', limitBuy],
  ['/fapi/v1/order', marketBuy],
  ['/fapi/v1/algoOrder', stopSell],
  ['/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 5 }],
])('error: %s of a key that may not trade', async (path, words) => {
  const stand = await openStandOf({ trade: false })
  expect(await stand.post(path, words)).toMatchObject({
    status: 401,
    body: { code: -2015, msg: 'Invalid API-key, IP, or permissions for action.' },
  })
  expect(await stand.remove(path, { symbol: 'BTCUSDT', orderId: 1 })).toMatchObject({
    status: path === '/fapi/v1/leverage' ? 404 : 401,
  })
  expect((await stand.simulator.control.state({ venue: 'binance' })).orders).toEqual([])
})

test('behavior: it reads, and listens to its account', async () => {
  const stand = await openStandOf({ trade: false, withdraw: true, addresses: ['203.0.113.5'] })
  const { apiKey } = stand.credentials
  expect((await stand.get('/fapi/v3/account')).status).toBe(200)
  const listening = { method: 'POST', path: '/fapi/v1/listenKey', key: apiKey }
  expect((await stand.raw(listening)).status).toBe(200)
  expect(await stand.ledger()).toEqual([])
})

test('behavior: the flags of the account are not those of its key', async () => {
  const flags = { canTrade: true, canDeposit: true, canWithdraw: true }
  const stand = await openStandOf({ trade: false })
  expect((await stand.get('/fapi/v1/accountConfig')).body).toMatchObject(flags)
  expect((await stand.get('/fapi/v2/account')).body).toMatchObject(flags)
})

test('error: what a key may do is asked of another host', async () => {
  const stand = openStand()
  expect(await stand.get('/sapi/v1/account/apiRestrictions')).toMatchObject({
    status: 404,
    body: { code: -5000 },
  })
})
