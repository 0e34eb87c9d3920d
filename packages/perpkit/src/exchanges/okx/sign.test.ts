import { describe, expect, test } from 'vitest'
import { sign, signText } from './sign.ts'

// docs/wire/okx.md 2.1
const credentials = {
  apiKey: '0f1e2d3c-aaaa-bbbb-cccc-1234567890ab',
  apiSecret: 'LABSECRET0OKX0V5SHEET0FICTIONAL1',
  passphrase: 'Lab-Pass-1',
}
const stamp = { timestamp: Date.UTC(2026, 10, 22, 8, 0, 0, 123), windowMs: 2_000 }

const none = { host: 'www.okx.com', query: '', body: '', contentType: '' }
const order =
  '{"instId":"BTC-USDT-SWAP","tdMode":"cross","clOrdId":"lab0000000000001","side":"buy","ordType":"limit","px":"85000.5","sz":"0.12"}'
const algos = '[{"instId":"BTC-USDT-SWAP","algoId":"590919993110396111"}]'

const headers = {
  'OK-ACCESS-KEY': '0f1e2d3c-aaaa-bbbb-cccc-1234567890ab',
  'OK-ACCESS-TIMESTAMP': '2026-11-22T08:00:00.123Z',
  'OK-ACCESS-PASSPHRASE': 'Lab-Pass-1',
}

describe('the vectors of the sheet', () => {
  test.each([
    [
      1,
      '/api/v5/account/positions',
      'instType=SWAP&instId=BTC-USDT-SWAP',
      'd1RvMmMPDbdjBhc/S8f5PTwys3groxPbe56ZJC6H/UY=',
    ],
    [
      4,
      '/api/v5/trade/orders-algo-pending',
      'ordType=conditional%2Coco&instType=SWAP',
      '2tqIWWstnFIrWP+cau6Xk4OODxlBAJvxwSSAg+P1INA=',
    ],
    [
      '4 raw',
      '/api/v5/trade/orders-algo-pending',
      'ordType=conditional,oco&instType=SWAP',
      'VCN2Av268WXo66X0Y4jgKCgx3MxGkgBvvqp3tgBmSzg=',
    ],
  ])('default: %s signs the query of a GET as it is sent', (_id, path, query, signature) => {
    expect(sign({ ...none, method: 'GET', path, query }, credentials, stamp)).toEqual({
      query,
      body: '',
      headers: { ...headers, 'OK-ACCESS-SIGN': signature },
    })
  })

  test('default: 2 signs the body of a POST as it is sent', () => {
    const request = { ...none, method: 'POST', path: '/api/v5/trade/order', body: order }
    expect(sign(request, credentials, stamp)).toEqual({
      query: '',
      body: order,
      headers: {
        ...headers,
        'OK-ACCESS-SIGN': 'vf9RLtBRAZEdbXkZQ+q6T+8bUvVdN160GIwx/dfOJbk=',
        expTime: '1795334402123',
      },
    })
  })

  test('default: 3 signs a body that is a list', () => {
    const request = { ...none, method: 'POST', path: '/api/v5/trade/cancel-algos', body: algos }
    expect(sign(request, credentials, stamp)).toEqual({
      query: '',
      body: algos,
      headers: { ...headers, 'OK-ACCESS-SIGN': 'KHtRtD6B0NTvDpzUYn4m/cpxOTV4VIz14S5PDWo4xNo=' },
    })
  })

  test('default: 5 signs a socket login with the same primitive', () => {
    expect(signText(credentials.apiSecret, '1795334400GET/users/self/verify')).toBe(
      'IrsvGIMTnH8h1kPfvrogAi1vsC/vs5di0dNHI0KrECI=',
    )
  })
})

test('behavior: a path without a query is signed without a question mark', () => {
  const request = { ...none, method: 'GET', path: '/api/v5/account/balance' }
  expect(sign(request, credentials, stamp).headers['OK-ACCESS-SIGN']).toBe(
    signText(credentials.apiSecret, '2026-11-22T08:00:00.123ZGET/api/v5/account/balance'),
  )
})

test.each(['trade/order', 'trade/batch-orders', 'trade/amend-order'])(
  'behavior: %s carries the latest time',
  (path) => {
    const request = { ...none, method: 'POST', path: `/api/v5/${path}` }
    expect(sign(request, credentials, stamp).headers.expTime).toBe('1795334402123')
  },
)

test.each([
  ['GET', '/api/v5/trade/order'],
  ['POST', '/api/v5/trade/amend-algos'],
  ['POST', '/api/v5/trade/order-algo'],
  ['POST', '/api/v5/trade/cancel-order'],
  ['POST', '/api/v5/account/set-leverage'],
])('behavior: %s %s carries no latest time', (method, path) => {
  expect(sign({ ...none, method, path }, credentials, stamp).headers).not.toHaveProperty('expTime')
})
