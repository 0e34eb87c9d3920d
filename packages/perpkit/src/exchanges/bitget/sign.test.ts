import { describe, expect, test } from 'vitest'
import type { UnsignedRequest } from '../../client/definition.ts'
import { sign, signText } from './sign.ts'

// docs/wire/bitget.md 2: all of its vectors.
const credentials = {
  apiKey: 'bg_demo_key_000',
  apiSecret: 'not-a-real-secret-0123456789abcdef',
  passphrase: 'NotReal2026',
}
const stamp = { timestamp: 1_795_305_600_000, windowMs: 5_000 }

function request(method: string, path: string, query: string, body: string): UnsignedRequest {
  const contentType = body === '' ? '' : 'application/json'
  return { method, host: 'api.bitget.com', path, query, body, contentType }
}

describe('requests', () => {
  test.each([
    [
      'a question',
      request(
        'GET',
        '/api/v2/mix/order/detail',
        'clientOid=mock-0001&productType=USDT-FUTURES&symbol=BTCUSDT',
        '',
      ),
      'Nr+6VHyHH2lLGRlSD54rxUWCoDBK+L5cqgGoOVuAp8w=',
    ],
    [
      'an order',
      request(
        'POST',
        '/api/v2/mix/order/place-order',
        '',
        '{"symbol":"BTCUSDT","productType":"USDT-FUTURES","marginMode":"isolated","marginCoin":"USDT","size":"0.01","price":"60000","side":"buy","tradeSide":"open","orderType":"limit","force":"gtc","clientOid":"mock-0001"}',
      ),
      'cDxqtO+bVU3BwEw5QFGWbj7R5KbrWm5t4n9vG6KAsi8=',
    ],
    [
      'a V3 question',
      request(
        'GET',
        '/api/v3/position/current-position',
        'category=USDT-FUTURES&symbol=BTCUSDT',
        '',
      ),
      'ssuGnQt5H+B5+fab0JO5TcdQ2SYkNFf++iiA81HElOk=',
    ],
    [
      'a V3 order',
      request(
        'POST',
        '/api/v3/trade/place-order',
        '',
        '{"category":"USDT-FUTURES","symbol":"BTCUSDT","qty":"0.01","side":"sell","orderType":"market","posSide":"long","clientOid":"mock-0002"}',
      ),
      'h41FAPBJDgUWAqFVWHK1jEiTW3beO9cgTxxVI+8uzbA=',
    ],
    [
      'a bare array',
      request(
        'POST',
        '/api/v3/trade/cancel-batch',
        '',
        '[{"orderId":"1","category":"USDT-FUTURES","symbol":"BTCUSDT"}]',
      ),
      'IUH4ISC4HOhLQArwOCGHTf96rXv6O75oLwIt7BpgOWk=',
    ],
    [
      'neither query nor body',
      request('GET', '/api/v3/account/settings', '', ''),
      'wzpxjfcGVfuymfzGpt8YCId2MZcb3NRnk8LtE2OFjm4=',
    ],
  ])('default: %s', (_what, unsigned, signature) => {
    expect(sign(unsigned, credentials, stamp)).toEqual({
      query: unsigned.query,
      body: unsigned.body,
      headers: {
        'ACCESS-KEY': 'bg_demo_key_000',
        'ACCESS-SIGN': signature,
        'ACCESS-TIMESTAMP': '1795305600000',
        'ACCESS-PASSPHRASE': 'NotReal2026',
      },
    })
  })

  test('behavior: the window is not sent: there is none', () => {
    const unsigned = request('GET', '/api/v3/account/settings', '', '')
    const signed = sign(unsigned, credentials, { ...stamp, windowMs: 1 })
    expect(signed).toEqual(sign(unsigned, credentials, stamp))
  })
})

describe('socket logins', () => {
  test.each([
    ['1795305600', 'MqhbOFjg76QVFBaMcMKKS4z/JffA7EaEy4kvEM2v9Z4='],
    ['1795305600000', 'vDTRrtMRwmGmO8TBqlwdV6jqgfiNZ3D+tMT4lo321tM='],
  ])('args: at %s', (timestamp, signature) => {
    expect(signText(credentials.apiSecret, `${timestamp}GET/user/verify`)).toBe(signature)
  })
})
