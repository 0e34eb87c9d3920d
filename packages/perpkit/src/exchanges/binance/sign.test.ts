import { describe, expect, test } from 'vitest'
import { sign, signature } from './sign.ts'

// The vectors of docs/wire/binance.md 2.1.

const credentials = { apiKey: 'fictional-api-key-0001', apiSecret: 'fictional-secret-0001' }
const stamp = { timestamp: 1_763_798_400_000, windowMs: 5_000 }
const FORM = 'application/x-www-form-urlencoded'

function get(query: string) {
  return {
    method: 'GET',
    host: 'fapi.binance.com',
    path: '/fapi/v1/userTrades',
    query,
    body: '',
    contentType: '',
  }
}

function post(body: string, query = '') {
  const host = 'fapi.binance.com'
  return { method: 'POST', host, path: '/fapi/v1/order', query, body, contentType: FORM }
}

describe('sign', () => {
  test('default: V1, a query', () => {
    const signed = sign(get('symbol=BTCUSDT&limit=50'), credentials, stamp)
    expect(signed).toEqual({
      query:
        'timestamp=1763798400000&symbol=BTCUSDT&limit=50&recvWindow=5000' +
        '&signature=ca5b1c7d931e41b9dbc64d526d0df713185848b06180c6cc035230ca928ef5c4',
      body: '',
      headers: { 'X-MBX-APIKEY': 'fictional-api-key-0001' },
    })
  })

  test.each([
    [
      'V2, a body',
      'symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.010&price=60000.10&newClientOrderId=t1-0001&newOrderRespType=RESULT',
      '363e029439b199b055ff57ce059d4003d1d6aaefe9a0f196e7462c2286e41810',
    ],
    [
      'V3, an encoded client id',
      'algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=55000.00&closePosition=true&workingType=MARK_PRICE&clientAlgoId=g1%3Asl%2F1',
      '9d81e519375f1a4c25333e5315f060910e2c9fb8df0e3dbab25f7996090c1ae8',
    ],
    [
      'V4, encoded JSON',
      'batchOrders=%5B%7B%22symbol%22%3A%22BTCUSDT%22%2C%22side%22%3A%22BUY%22%2C%22type%22%3A%22LIMIT%22%2C%22timeInForce%22%3A%22GTC%22%2C%22quantity%22%3A%220.010%22%2C%22price%22%3A%2260000.1%22%2C%22newClientOrderId%22%3A%22b1%22%7D%5D',
      '6f0098b30a07277472a01125fd2e02bc5cc0b9cc4a7b7cac6e2a6efef11943f9',
    ],
  ])('default: %s', (_name, body, expected) => {
    const signed = sign(post(body), credentials, stamp)
    expect(signed.query).toBe('')
    expect(signed.body).toBe(
      `timestamp=1763798400000&${body}&recvWindow=5000&signature=${expected}`,
    )
  })

  test('behavior: with query and body, the stamp goes into the body and both are signed', () => {
    const signed = sign(post('type=MARKET', 'symbol=BTCUSDT'), credentials, stamp)
    const dated = 'timestamp=1763798400000&type=MARKET&recvWindow=5000'
    expect(signed.query).toBe('symbol=BTCUSDT')
    expect(signed.body).toBe(
      `${dated}&signature=${signature(credentials.apiSecret, 'symbol=BTCUSDT', dated)}`,
    )
  })

  test('behavior: a request without words is dated in its query', () => {
    expect(sign(get(''), credentials, stamp).query).toMatch(
      /^timestamp=1763798400000&recvWindow=5000&signature=[0-9a-f]{64}$/,
    )
  })

  test('args: a window over the maximum is cut to it', () => {
    const signed = sign(get(''), credentials, { ...stamp, windowMs: 90_000 })
    expect(signed.query).toContain('&recvWindow=60000&')
  })

  test('behavior: the secret is nowhere in the signed request', () => {
    const signed = sign(post('type=MARKET'), credentials, stamp)
    expect(JSON.stringify(signed)).not.toContain(credentials.apiSecret)
  })
})

describe('signature', () => {
  test('default: V5, query and body with nothing between them', () => {
    const query = 'symbol=BTCUSDT&side=SELL'
    const body = 'type=MARKET&quantity=0.010&timestamp=1763798400000'
    expect(signature(credentials.apiSecret, query, body)).toBe(
      '877baa4563bfd0c367cbf601ec189d37c0f3f07aca0edf3f2eb6bce16bc106ed',
    )
  })

  test('default: V6, the names of a socket request in order', () => {
    const words =
      'apiKey=fictional-api-key-0001&price=60000.10&quantity=0.010&recvWindow=5000&side=BUY&symbol=BTCUSDT&timeInForce=GTC&timestamp=1763798400000&type=LIMIT'
    expect(signature(credentials.apiSecret, words, '')).toBe(
      'b315f03d81b3a678c37e24b54c4cee9e3af4965a51acb645e1cefb1f9301fab9',
    )
  })

  test("default: V7, the exchange's documented example", () => {
    const secret = '2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9'
    const query =
      'symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943'
    expect(signature(secret, query, '')).toBe(
      '3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9',
    )
  })
})
