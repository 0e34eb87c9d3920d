import { expect, test } from 'vitest'
import { base, type Desk, joinDesk, openDesk, order } from './desk.fixture.ts'

// docs/wire/kraken.md 4.10

const path = '/api/auth/v1/api-keys/v3/check'

async function keyOf(desk: Desk): Promise<unknown> {
  const answer = await desk.send({ path })
  expect(answer.status).toBe(200)
  return JSON.parse(answer.body)
}

test('default: a key reads and trades, from anywhere', async () => {
  const desk = openDesk()
  expect(await keyOf(desk)).toEqual({
    apiKey: desk.simulator.credentials('kraken').apiKey,
    accountUid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    iiban: null,
    createdAt: '2026-01-05T00:00:30.000Z',
    permissions: { general: 'FULL_ACCESS', transfer: 'NO_ACCESS' },
    allowedCidrBlock: null,
    allowedCidrBlocks: [],
  })
  expect(await desk.unknownWords()).toEqual([])
})

test('args: withdrawal without trade, bound to addresses', async () => {
  const addresses = ['203.0.113.5', '2001:db8::1']
  const desk = await joinDesk(openDesk(), { trade: false, withdraw: true, addresses })
  expect(await keyOf(desk)).toMatchObject({
    permissions: { general: 'READ_ONLY', transfer: 'FULL_ACCESS' },
    allowedCidrBlock: '203.0.113.5/32',
    allowedCidrBlocks: ['203.0.113.5/32', '2001:db8::1/128'],
  })
})

test.each([
  ['/sendorder', order()],
  ['/sendorder', order({ orderType: 'stp', stopPrice: 59_000 })],
  ['/cancelallorders', {}],
  // Full access is documented for it, though it only reads: 2.5.
  ['/orders/status', { orderIds: '3c90c3cc-0d44-4b50-8888-8dd25736052a' }],
])('error: %s of a key that may not trade', async (name, body) => {
  const desk = await joinDesk(openDesk(), { trade: false })
  const answer = await desk.post(name, body)
  expect(answer.at('error').string()).toBe('insufficientPrivileges')
  expect((await desk.get('/openorders')).at('openOrders').value).toEqual([])
  expect(await desk.unknownWords()).toEqual([])
})

test('error: an unknown key and a wrong signature are told apart', async () => {
  const desk = openDesk()
  const { apiKey } = desk.simulator.credentials('kraken')
  const errorOf = async (apikey: string, where: string): Promise<unknown> =>
    JSON.parse((await desk.send({ path: where, headers: { apikey, authent: 'AAAA' } })).body).error
  expect(await errorOf('nobody', path)).toBe('api_key_not_found')
  expect(await errorOf(apiKey, path)).toBe('request_signature_invalid')
  expect(await errorOf('nobody', `${base}/accounts`)).toBe('authenticationError')
})
