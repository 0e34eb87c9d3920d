import { describe, expect, test } from 'vitest'
import { sign, signText } from './sign.ts'

// The vectors of docs/wire/htx.md 2.

const credentials = {
  apiKey: 'a1b2c3d4-e5f6a7b8-c9d0e1f2-00001',
  apiSecret: 'f0e1d2c3-b4a59687-78695a4b-3c2d1',
}
const stamp = { timestamp: Date.UTC(2026, 5, 1, 12), windowMs: 2_000 }
const A =
  'AccessKeyId=a1b2c3d4-e5f6a7b8-c9d0e1f2-00001&SignatureMethod=HmacSHA256&SignatureVersion=2&Timestamp=2026-06-01T12%3A00%3A00'

function get(host: string, path: string, query: string) {
  return { method: 'GET', host, path, query, body: '', contentType: '' }
}

function post(host: string, path: string, body: string) {
  return { method: 'POST', host, path, query: '', body, contentType: 'application/json' }
}

const OPENS = '/v5/trade/order/opens'
const OPENS_QUERY = 'contract_code=BTC-USDT&limit=100&margin_mode=cross'

describe('sign', () => {
  test.each([
    ['T1', 'api.hbdm.com', OPENS, OPENS_QUERY, 'wNYKv4vGVfIbanK8yofWDxm5H368iTLF/P5CvAHIp4U='],
    [
      'T3, a list',
      'api.hbdm.com',
      '/v5/trade/order/history',
      'contract_code=BTC-USDT&margin_mode=cross&states=filled%2Ccanceled',
      'YvIEzmyNFi2opjKevecYwrVVHraG/tuzvL7T/b843rU=',
    ],
    [
      'T4, the other host',
      'api.hbdm.vn',
      OPENS,
      OPENS_QUERY,
      'cr1D09N640YiVXNPYYcmrTiNIoKYkyxxRAz3rIkQ9QQ=',
    ],
    [
      'T7, a host with a port',
      '127.0.0.1:7075',
      OPENS,
      OPENS_QUERY,
      'C9gehmMxEqtXQYMOyjPNl/LR31IJdqqYFbVvUWIjbK8=',
    ],
  ])('default: %s', (_id, host, path, query, signature) => {
    expect(sign(get(host, path, query), credentials, stamp)).toEqual({
      query: `${A}&${query}&Signature=${encodeURIComponent(signature)}`,
      body: '',
      headers: {},
    })
  })

  test.each([
    [
      'T2',
      'api.hbdm.com',
      '/v5/trade/order',
      '{"contract_code":"BTC-USDT","margin_mode":"cross","position_side":"both","side":"buy","type":"limit","price":"60000","volume":"5","client_order_id":"1780315200001"}',
      '72RDHyPmuzYlMFp7o9PNwtS4YCVo3JD5ogF3Fo2/4J8=',
    ],
    [
      'T2, another body',
      'api.hbdm.com',
      '/v5/trade/order',
      '{}',
      '72RDHyPmuzYlMFp7o9PNwtS4YCVo3JD5ogF3Fo2/4J8=',
    ],
    [
      'T8',
      '127.0.0.1:7075',
      '/v5/algo/order',
      '{"contract_code":"BTC-USDT"}',
      'mI16+fLNglS11AngvsyrxR49x/AJUEQXEUA/rgBFLO0=',
    ],
  ])('default: %s, whose body is not signed', (_id, host, path, body, signature) => {
    expect(sign(post(host, path, body), credentials, stamp)).toEqual({
      query: `${A}&Signature=${encodeURIComponent(signature)}`,
      body,
      headers: {},
    })
  })

  test('behavior: T1 as it stands on the wire', () => {
    const { query } = sign(get('api.hbdm.com', OPENS, OPENS_QUERY), credentials, stamp)
    expect(query).toMatch(
      /&margin_mode=cross&Signature=wNYKv4vGVfIbanK8yofWDxm5H368iTLF%2FP5CvAHIp4U%3D$/,
    )
  })

  test('args: words in any order are sent sorted by name, and host names in any case', () => {
    const shuffled = 'margin_mode=cross&limit=100&contract_code=BTC-USDT'
    expect(sign(get('API.hbdm.com', OPENS, shuffled), credentials, stamp)).toEqual(
      sign(get('api.hbdm.com', OPENS, OPENS_QUERY), credentials, stamp),
    )
  })

  test('behavior: a shorter name comes before a longer one that begins alike', () => {
    const { query } = sign(get('h', '/p', 'ab1=1&ab=2&a_b=3&a=4'), credentials, stamp)
    expect(query).toContain('&a=4&a_b=3&ab=2&ab1=1&Signature=')
  })

  test('behavior: milliseconds are cut off, never rounded up', () => {
    const late = { ...stamp, timestamp: stamp.timestamp + 999 }
    expect(sign(get('h', '/p', ''), credentials, late)).toEqual(
      sign(get('h', '/p', ''), credentials, stamp),
    )
  })

  test('behavior: the secret is nowhere in the signed request', () => {
    const signed = sign(post('h', '/p', '{}'), credentials, stamp)
    expect(JSON.stringify(signed)).not.toContain(credentials.apiSecret)
  })
})

describe('signText', () => {
  test.each([
    ['T5', '/ws/v5/notification', 'iRr7PhZGAmIlxhGEdM3k9upKKfhh25e6R8nGBavEksA='],
    ['T6', '/linear-swap-trade', 'N1g8PPh098Ch9juXoxCoU1/TStZhPQeStHVT/I4iCAk='],
  ])('default: %s, a socket login', (_id, path, signature) => {
    const text = `GET\napi.hbdm.com\n${path}\n${A}`
    expect(signText(credentials.apiSecret, text)).toBe(signature)
  })
})
