import { describe, expect, test } from 'vitest'
import type { RawRequest } from '../../server/types.ts'
import { readParams, signatureOf } from './auth.ts'
import { base, openDesk } from './desk.fixture.ts'

const blank = { method: 'GET', query: '', body: '', headers: {}, remoteAddress: '' }

// docs/wire/kraken.md 2.6: a published documentation example, no account behind it.
const secret =
  '7zxMEF5p/Z8l2p2U7Ghv6x14Af+Fx+92tPgUdVQ748FOIrEoT9bgT+bTRfXc5pz8na+hL/QdrCVG7bh9KpT0eMTm'

const order = 'orderType=lmt&symbol=PF_XBTUSD&side=buy&size=0.01&limitPrice=60000&cliOrdId=demo-1'
const batch =
  'json=%7B%22batchOrder%22%3A%5B%7B%22order%22%3A%22cancel%22%2C%22order_id%22%3A%22' +
  'e35d61dd-8a30-4d5f-a574-b5593ef0c050%22%7D%5D%7D'
const lastFill = 'lastFillTime=2024-01-01T00%3A00%3A00.000Z'
const nonce = { nonce: '1700000000000' }

const vectors: [name: string, request: Partial<RawRequest>, authent: string][] = [
  [
    '1',
    { path: `${base}/fills`, query: lastFill },
    'OZDPp2tLhXI9iWv7EiFtIwk5mhvjkdH2IypKmOwk30w28CNET5fFWQV5NhyQa018fe5a5t+swcxUmVA6tV8u4Q==',
  ],
  [
    '1n',
    { path: `${base}/fills`, query: lastFill, headers: nonce },
    'fuQIqWToECvYva2beK0EPSeQp0YHv8b2iUw8bMBQfIdET9Q42cmQgpuPfKgfkhvXtaNmsLKLs6tkgaTHn3mBBA==',
  ],
  [
    '2 in the body',
    { path: `${base}/sendorder`, body: order },
    'taVaGWYDt3EAEr4YVHsW63ecB5k/FPoZwGxYb7sQJdFgHEMX7KGhqnI3RdYZdgjzaw/Zi6DzlA5IFWbA38c2gA==',
  ],
  [
    '2 in the query',
    { path: `${base}/sendorder`, query: order },
    'taVaGWYDt3EAEr4YVHsW63ecB5k/FPoZwGxYb7sQJdFgHEMX7KGhqnI3RdYZdgjzaw/Zi6DzlA5IFWbA38c2gA==',
  ],
  [
    '2n',
    { path: `${base}/sendorder`, body: order, headers: nonce },
    '29OLj77CgJ3+KLbGO8VcnGTyMhWlf7RfKORNZ08kc47dl/gmYDNsEnFYHfh1UnjJeu1aPlVMFKIbYPAY+dZX+Q==',
  ],
  [
    '3',
    { path: `${base}/leveragepreferences`, body: 'symbol=PF_XBTUSD&maxLeverage=5' },
    'E3yWw6/GNH+qnrCkrCgIj9sSNiT1M2ufBnAsS2kObHNc2ko3tErKC5VnscBlD4pfs0yPS6svDSLscnCAftVWrQ==',
  ],
  [
    '4',
    { path: `${base}/batchorder`, body: batch },
    'dZYI44XD1wqiMikf4seZQhsN/vQp3BtdSKPja7+z2G+M+ekDljlN6EYWJ8gEbYdCMRGNXhc2kLYmFQYU7/+p5g==',
  ],
  [
    '5',
    { path: '/api/history/v3/executions', query: 'count=10&sort=asc' },
    'VTOqKyQzpxqRHy9X8U5+KL1VK9r/6g64CULfNWL219MqyC+2cmwyYyEsK+4e7hP5sAATVyfinpFP3rhd5dWC6Q==',
  ],
  [
    '6',
    { path: `${base}/accounts` },
    'gF9iu/gh5ia5pNW4Ljh2bVCMh+kDiJcge73pOkpBG+c5eJUmWgHY0zMkMXkvOHb9RnCWKKfzg6lCzyYYI95+Jg==',
  ],
]

test.each(vectors)('default: vector %s of the sheet', (_name, request, authent) => {
  expect(signatureOf(secret, { path: '/', ...blank, ...request })).toBe(authent)
})

describe('parameters', () => {
  test('default: query and body are one set, a repeated key a list', () => {
    const request = { ...blank, path: '/', query: 'a=1&b=2&a=3', body: 'c=%7B%7D' }
    expect(readParams(request)).toEqual({ a: ['1', '3'], b: '2', c: '{}' })
  })

  test('behavior: the JSON of a batch may come unencoded', () => {
    const body = 'json={"batchOrder":[{"cliOrdId":"a+b&c"}]}'
    const request = { ...blank, path: '/', body }
    expect(readParams(request)).toEqual({ json: body.slice(5) })
  })
})

describe('the door', () => {
  const wrong = { apikey: 'nobody', authent: 'AAAA' }

  test.each([
    [`${base}/accounts`, 200, { result: 'error', error: 'authenticationError' }],
    ['/api/history/v3/orders', 401, { status: 'unauthorized' }],
    ['/api/auth/v1/api-keys/v3/check', 401, { error: 'api_key_not_found' }],
  ])('error: an unknown key on %s', async (path, status, body) => {
    const answer = await openDesk().send({ path, headers: wrong })
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toMatchObject(body)
  })

  test('error: a signature over something else', async () => {
    const desk = openDesk()
    const { apiKey, apiSecret } = desk.simulator.credentials('kraken')
    const request = { ...blank, path: `${base}/fills`, query: 'lastFillTime=1' }
    const authent = signatureOf(apiSecret, request)
    const answer = await desk.send({ ...request, query: '', headers: { apikey: apiKey, authent } })
    expect(JSON.parse(answer.body)).toMatchObject({ error: 'authenticationError' })
  })

  test('behavior: a nonce must grow, and is optional', async () => {
    const desk = openDesk()
    const { apiKey, apiSecret } = desk.simulator.credentials('kraken')
    const ask = async (value: string): Promise<unknown> => {
      const request = { ...blank, path: `${base}/accounts`, headers: { nonce: value } }
      const authent = signatureOf(apiSecret, request)
      const headers = { apikey: apiKey, authent, nonce: value }
      const { error = 'fine' } = JSON.parse((await desk.send({ ...request, headers })).body)
      return error
    }
    expect(await ask('10')).toBe('fine')
    expect(await ask('10')).toBe('nonceDuplicate')
    expect(await ask('9')).toBe('nonceBelowThreshold')
    expect(await ask('11')).toBe('fine')
    expect((await desk.get('/accounts')).at('result').string()).toBe('success')
    expect(await desk.unknownWords()).toEqual([])
  })
})
