import { expect, test } from 'vitest'
import { sign, signText } from './sign.ts'

// docs/wire/bybit.md 2, test vectors
const credentials = {
  apiKey: 'AKtest1234567890ab',
  apiSecret: 'SKtest_ABCDEFGHIJKLMNOPQRSTUVWXYZ012345',
}
const stamp = { timestamp: 1_700_000_000_000, windowMs: 5_000 }
const host = 'api.bybit.com'
const order =
  '{"category":"linear","symbol":"BTCUSDT","side":"Buy","orderType":"Limit","qty":"0.001","price":"25000","timeInForce":"PostOnly","positionIdx":0,"orderLinkId":"tx-0001","reduceOnly":false}'

test.each([
  [
    'V1',
    '/v5/order/realtime',
    'category=linear&settleCoin=USDT&limit=50',
    '00e044ecb57d4919f2b507a00e7ebfca498d96723a0e9a43b4d861fb3c0b53bb',
  ],
  [
    'V3',
    '/v5/order/realtime',
    'category=linear&symbol=BTCUSDT&cursor=a%3A1%2Cb',
    'b4ca8821ffa6f795ee8de8e99cefad724d4ef1eb4aa9b68b00d2635e259096fb',
  ],
  [
    'V4',
    '/v5/order/realtime',
    'category=linear&symbol=BTCUSDT&cursor=a%253A1%252Cb',
    '191c9a57241ebefd7cdffc89ae8158f90136be7bc33ee0d4ea9c46ce3a6b6040',
  ],
  [
    'V5',
    '/v5/account/info',
    '',
    '51c76375c30c5f22b4eaa14b1f13f7bfb915cf444b3507e1a1c250804d73c05f',
  ],
])('default: %s signs the query of a GET as it is sent', (_id, path, query, signature) => {
  const request = { method: 'GET', host, path, query, body: '', contentType: '' }
  expect(sign(request, credentials, stamp)).toEqual({
    query,
    body: '',
    headers: {
      'X-BAPI-API-KEY': 'AKtest1234567890ab',
      'X-BAPI-TIMESTAMP': '1700000000000',
      'X-BAPI-RECV-WINDOW': '5000',
      'X-BAPI-SIGN': signature,
    },
  })
})

test('default: V2 signs the body of a POST as it is sent', () => {
  const request = {
    method: 'POST',
    host,
    path: '/v5/order/create',
    query: '',
    body: order,
    contentType: 'application/json',
  }
  const signed = sign(request, credentials, stamp)
  expect(signed.body).toBe(order)
  expect(signed.headers['X-BAPI-SIGN']).toBe(
    'ddfcf09aa30887766636c61f25bb552fa9b077e48852e83a217d306e6eb3e626',
  )
})

test('default: V6 signs a socket login with the same primitive', () => {
  expect(signText(credentials.apiSecret, 'GET/realtime1700000010000')).toBe(
    '3c77a4fc3526df5cee0a1a16be761195ffb25a4e1b84489ea9503142a491ab52',
  )
})

test('args: the window is part of what is signed', () => {
  const request = {
    method: 'GET',
    host,
    path: '/v5/account/info',
    query: '',
    body: '',
    contentType: '',
  }
  const short = sign(request, credentials, { ...stamp, windowMs: 2_000 }).headers
  expect(short['X-BAPI-RECV-WINDOW']).toBe('2000')
  expect(short['X-BAPI-SIGN']).toBe(
    signText(credentials.apiSecret, '1700000000000AKtest1234567890ab2000'),
  )
})
