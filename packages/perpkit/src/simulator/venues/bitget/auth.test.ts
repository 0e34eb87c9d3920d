import { expect, test } from 'vitest'
import { hmacSha256 } from '../../../core/bytes.ts'
import type { RawRequest } from '../../server/types.ts'
import { signedTexts } from './auth.ts'
import { classic, code, data, openDesk, startTime } from './desk.fixture.ts'

const blank: RawRequest = {
  method: 'GET',
  path: '/',
  query: '',
  headers: { 'access-timestamp': '1795305600000' },
  body: '',
  remoteAddress: '127.0.0.1',
}

// docs/wire/bitget.md 2, test vectors.
const vectors: [Partial<RawRequest>, string][] = [
  [
    {
      path: '/api/v2/mix/order/detail',
      query: 'clientOid=mock-0001&productType=USDT-FUTURES&symbol=BTCUSDT',
    },
    'Nr+6VHyHH2lLGRlSD54rxUWCoDBK+L5cqgGoOVuAp8w=',
  ],
  [
    {
      method: 'POST',
      path: '/api/v2/mix/order/place-order',
      body: '{"symbol":"BTCUSDT","productType":"USDT-FUTURES","marginMode":"isolated","marginCoin":"USDT","size":"0.01","price":"60000","side":"buy","tradeSide":"open","orderType":"limit","force":"gtc","clientOid":"mock-0001"}',
    },
    'cDxqtO+bVU3BwEw5QFGWbj7R5KbrWm5t4n9vG6KAsi8=',
  ],
  [
    {
      path: '/api/v3/position/current-position',
      query: 'category=USDT-FUTURES&symbol=BTCUSDT',
    },
    'ssuGnQt5H+B5+fab0JO5TcdQ2SYkNFf++iiA81HElOk=',
  ],
  [
    {
      method: 'POST',
      path: '/api/v3/trade/place-order',
      body: '{"category":"USDT-FUTURES","symbol":"BTCUSDT","qty":"0.01","side":"sell","orderType":"market","posSide":"long","clientOid":"mock-0002"}',
    },
    'h41FAPBJDgUWAqFVWHK1jEiTW3beO9cgTxxVI+8uzbA=',
  ],
  [
    {
      method: 'POST',
      path: '/api/v3/trade/cancel-batch',
      body: '[{"orderId":"1","category":"USDT-FUTURES","symbol":"BTCUSDT"}]',
    },
    'IUH4ISC4HOhLQArwOCGHTf96rXv6O75oLwIt7BpgOWk=',
  ],
  [{ path: '/api/v3/account/settings' }, 'wzpxjfcGVfuymfzGpt8YCId2MZcb3NRnk8LtE2OFjm4='],
]

test('default: the signature vectors of the sheet', () => {
  const secret = 'not-a-real-secret-0123456789abcdef'
  for (const [request, expected] of vectors) {
    const [text = ''] = signedTexts({ ...blank, ...request })
    expect(hmacSha256(secret, text, 'base64')).toBe(expected)
  }
})

const path = '/api/v3/account/settings'

test('error: checks at the door, in the order of the sheet', async () => {
  const desk = await openDesk('unified')
  const good = desk.sign(`GET${path}`)
  const cases: [Record<string, string>, string][] = [
    [{ 'access-timestamp': 'soon' }, '40005'],
    [{ 'access-timestamp': String(startTime - 30_001), 'access-key': '' }, '40008'],
    [{ 'access-key': '' }, '40001'],
    [{ 'access-key': 'nobody' }, '40037'],
    [{ 'access-passphrase': '' }, '40011'],
    [{ 'access-passphrase': 'wrong', 'access-sign': '' }, '40012'],
    [{ 'access-sign': '' }, '40002'],
    [{ 'access-sign': 'AAAA' }, '40009'],
  ]
  for (const [change, expected] of cases) {
    const answer = await desk.send({ path, headers: { ...good, ...change } })
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([400, expected])
  }
  expect((await desk.send({ path, headers: good })).status).toBe(200)
})

test('error: quirk 2, each kind of account is told where it belongs', async () => {
  const old = await openDesk('classic')
  const refused = await old.get(path)
  expect(code(refused)).toBe('40084')
  expect(refused.at('msg').string()).toContain('Classic Account mode')
  const modern = await openDesk('unified')
  const other = await modern.get('/api/v2/mix/account/account', classic)
  expect(code(other)).toBe('40085')
  expect(other.at('msg').string()).toContain('Unified Account mode')
  expect(data(await modern.get(path)).accountMode).toBe('unified')
})

test('error: an unknown path is 404', async () => {
  const desk = await openDesk('classic')
  const answer = await desk.send({ path: '/api/v2/mix/nowhere' })
  expect([answer.status, JSON.parse(answer.body).code]).toEqual([404, '40404'])
})

test('behavior: the venue refuses for a reason once, in its own words', async () => {
  const desk = await openDesk('unified')
  const fault = { venue: 'bitget', kind: 'rejectWith', times: 1 } as const
  await desk.simulator.control.inject({ ...fault, reason: 'permissionDenied' })
  expect(code(await desk.get(path))).toBe('40014')
  expect(code(await desk.get(path))).toBe('00000')
  await desk.simulator.control.inject({ venue: 'bitget', kind: 'maintenance', times: 1 })
  expect(code(await desk.get(path))).toBe('40200')
})

test('error: a venue without kinds of accounts refuses one, and this one knows but two', async () => {
  const { control } = (await openDesk('classic')).simulator
  const wrong = JSON.parse('{"venue":"bitget","kind":"margin"}')
  await expect(control.createAccount(wrong)).rejects.toThrow('classic, unified')
})
