import { expect, test } from 'vitest'
import type { Reader } from '../../../core/reader.ts'
import { bitcoin, type Desk, joinDesk, openDesk, order, said, usdt } from './desk.fixture.ts'

// docs/wire/bybit.md 4.8

async function keyOf(desk: Desk): Promise<Reader> {
  return (await desk.get('/v5/user/query-api')).at('result')
}

test('default: a key reads and trades, and lives for ninety days', async () => {
  const desk = openDesk()
  await desk.advance(86_400_000 - 30_000)
  expect((await keyOf(desk)).value).toMatchObject({
    apiKey: desk.simulator.credentials('bybit').apiKey,
    readOnly: 0,
    permissions: { ContractTrade: ['Order', 'Position'], Wallet: [] },
    ips: ['*'],
    createdAt: '2026-01-05T00:00:30Z',
    deadlineDay: 90,
    expiredAt: '2026-04-05T00:00:30Z',
  })
  await desk.advance(30_000)
  expect((await keyOf(desk)).at('deadlineDay').number()).toBe(89)
  expect(await desk.unknownWords()).toEqual([])
})

test('args: a key bound to addresses does not expire', async () => {
  const addresses = ['203.0.113.5', '::1']
  const desk = await joinDesk(openDesk(), { addresses })
  expect((await keyOf(desk)).value).toMatchObject({
    readOnly: 0,
    ips: addresses,
    deadlineDay: 0,
    expiredAt: '',
  })
})

test.each([
  ['withdrawal beside trade', { withdraw: true }, 0, ['Order', 'Position'], ['Withdraw']],
  ['withdrawal without trade', { trade: false, withdraw: true }, 0, [], ['Withdraw']],
  ['nothing but reading', { trade: false }, 1, ['Order', 'Position'], []],
])('args: %s', async (_, permissions, readOnly, contracts, wallet) => {
  const key = await keyOf(await joinDesk(openDesk(), permissions))
  expect(key.at('readOnly').number()).toBe(readOnly)
  expect(key.at('permissions').at('ContractTrade').value).toEqual(contracts)
  expect(key.at('permissions').at('Wallet').value).toEqual(wallet)
})

test.each([
  ['/v5/order/create', order()],
  ['/v5/order/create-batch', { category: 'linear', request: [order()] }],
  ['/v5/position/trading-stop', { ...bitcoin, stopLoss: '59000', positionIdx: 0 }],
  ['/v5/order/cancel-all', usdt],
  ['/v5/position/set-leverage', { ...bitcoin, buyLeverage: '5', sellLeverage: '5' }],
])('error: %s of a key that may not trade', async (path, body) => {
  const desk = await joinDesk(openDesk(), { trade: false })
  expect(said(await desk.post(path, body))).toBe(
    '10005 Permission denied, please check your API key permissions.',
  )
  expect(said(await desk.get('/v5/position/list', usdt))).toBe('0 OK')
  expect((await desk.simulator.control.state({ venue: 'bybit' })).orders).toEqual([])
  expect(await desk.unknownWords()).toEqual([])
})
