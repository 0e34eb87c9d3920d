import { describe, expect, it } from 'vitest'
import { sign, signText } from './sign.ts'

const credentials = {
  apiKey: 'demoKey',
  apiSecret:
    '7zxMEF5p/Z8l2p2U7Ghv6x14Af+Fx+92tPgUdVQ748FOIrEoT9bgT+bTRfXc5pz8na+hL/QdrCVG7bh9KpT0eMTm',
}
const stamp = { timestamp: Date.parse('2026-11-22T05:00:00.123Z'), windowMs: 2_000 }
const FORM = 'application/x-www-form-urlencoded'

function request(method: string, path: string, query: string, body = '') {
  const contentType = body === '' ? '' : FORM
  return { method, host: 'futures.kraken.com', path, query, body, contentType }
}

// docs/wire/kraken.md 2.6
const ROWS = [
  [
    '1',
    'lastFillTime=2024-01-01T00%3A00%3A00.000Z/api/v3/fills',
    'OZDPp2tLhXI9iWv7EiFtIwk5mhvjkdH2IypKmOwk30w28CNET5fFWQV5NhyQa018fe5a5t+swcxUmVA6tV8u4Q==',
  ],
  [
    '1n',
    'lastFillTime=2024-01-01T00%3A00%3A00.000Z1700000000000/api/v3/fills',
    'fuQIqWToECvYva2beK0EPSeQp0YHv8b2iUw8bMBQfIdET9Q42cmQgpuPfKgfkhvXtaNmsLKLs6tkgaTHn3mBBA==',
  ],
  [
    '2',
    'orderType=lmt&symbol=PF_XBTUSD&side=buy&size=0.01&limitPrice=60000&cliOrdId=demo-1/api/v3/sendorder',
    'taVaGWYDt3EAEr4YVHsW63ecB5k/FPoZwGxYb7sQJdFgHEMX7KGhqnI3RdYZdgjzaw/Zi6DzlA5IFWbA38c2gA==',
  ],
  [
    '2n',
    'orderType=lmt&symbol=PF_XBTUSD&side=buy&size=0.01&limitPrice=60000&cliOrdId=demo-11700000000000/api/v3/sendorder',
    '29OLj77CgJ3+KLbGO8VcnGTyMhWlf7RfKORNZ08kc47dl/gmYDNsEnFYHfh1UnjJeu1aPlVMFKIbYPAY+dZX+Q==',
  ],
  [
    '3',
    'symbol=PF_XBTUSD&maxLeverage=5/api/v3/leveragepreferences',
    'E3yWw6/GNH+qnrCkrCgIj9sSNiT1M2ufBnAsS2kObHNc2ko3tErKC5VnscBlD4pfs0yPS6svDSLscnCAftVWrQ==',
  ],
  [
    '4',
    'json=%7B%22batchOrder%22%3A%5B%7B%22order%22%3A%22cancel%22%2C%22order_id%22%3A%22e35d61dd-8a30-4d5f-a574-b5593ef0c050%22%7D%5D%7D/api/v3/batchorder',
    'dZYI44XD1wqiMikf4seZQhsN/vQp3BtdSKPja7+z2G+M+ekDljlN6EYWJ8gEbYdCMRGNXhc2kLYmFQYU7/+p5g==',
  ],
  [
    '5',
    'count=10&sort=asc/api/history/v3/executions',
    'VTOqKyQzpxqRHy9X8U5+KL1VK9r/6g64CULfNWL219MqyC+2cmwyYyEsK+4e7hP5sAATVyfinpFP3rhd5dWC6Q==',
  ],
  [
    '6',
    '/api/v3/accounts',
    'gF9iu/gh5ia5pNW4Ljh2bVCMh+kDiJcge73pOkpBG+c5eJUmWgHY0zMkMXkvOHb9RnCWKKfzg6lCzyYYI95+Jg==',
  ],
  [
    '7',
    'c100b894-1729-464d-ace1-52dbce11db42',
    '4JEpF3ix66GA2B+ooK128Ift4XQVtc137N9yeg4Kqsn9PI0Kpzbysl9M1IeCEdjg0zl00wkVqcsnG4bmnlMb3A==',
  ],
] as const

const signatureOf = (row: string): string | undefined => ROWS.find(([id]) => id === row)?.[2]

describe('signText', () => {
  it.each(ROWS)('default: row %s', (_row, text, signature) => {
    expect(signText(credentials.apiSecret, text)).toBe(signature)
  })
})

describe('sign', () => {
  it.each([
    ['1', 'GET', '/derivatives/api/v3/fills', 'lastFillTime=2024-01-01T00%3A00%3A00.000Z', ''],
    ['3', 'PUT', '/derivatives/api/v3/leveragepreferences', '', 'symbol=PF_XBTUSD&maxLeverage=5'],
    ['5', 'GET', '/api/history/v3/executions', 'count=10&sort=asc', ''],
    ['6', 'GET', '/derivatives/api/v3/accounts', '', ''],
  ])('default: row %s as a whole request', (row, method, path, query, body) => {
    expect(sign(request(method, path, query, body), credentials, stamp)).toEqual({
      query,
      body,
      headers: { APIKey: 'demoKey', Authent: signatureOf(row) },
    })
  })

  it('behavior: an order is dated, and its date is signed as it is sent', () => {
    const body = 'orderType=mkt&symbol=PF_XBTUSD&side=buy&size=0.01&cliOrdId=demo-1'
    const path = '/derivatives/api/v3/sendorder'
    const dated = `${body}&processBefore=2026-11-22T05%3A00%3A02.123Z`
    expect(sign(request('POST', path, '', body), credentials, stamp)).toEqual({
      query: '',
      body: dated,
      headers: {
        APIKey: 'demoKey',
        Authent: signText(credentials.apiSecret, `${dated}/api/v3/sendorder`),
      },
    })
  })

  it.each([
    ['editorder', 'orderId=x&size=1&qtyMode=ABSOLUTE'],
    ['batchorder', 'json=%7B%22batchOrder%22%3A%5B%5D%7D'],
  ])('behavior: %s is dated too', (name, body) => {
    const path = `/derivatives/api/v3/${name}`
    expect(sign(request('POST', path, '', body), credentials, stamp).body).toBe(
      `${body}&processBefore=2026-11-22T05%3A00%3A02.123Z`,
    )
  })

  it('behavior: what cancels is not dated', () => {
    const cancel = request('POST', '/derivatives/api/v3/cancelorder', '', 'order_id=x')
    expect(sign(cancel, credentials, stamp).body).toBe('order_id=x')
  })

  it('args: another secret gives another signature', () => {
    const other = { ...credentials, apiSecret: credentials.apiSecret.replace('7', '8') }
    const accounts = request('GET', '/derivatives/api/v3/accounts', '')
    expect(sign(accounts, other, stamp).headers.Authent).not.toBe(signatureOf('6'))
  })
})
