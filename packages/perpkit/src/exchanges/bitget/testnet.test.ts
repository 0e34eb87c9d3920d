import { expect, test } from 'vitest'
import { FuturesClient } from '../../client/FuturesClient.ts'
import type { FuturesExchangeOptions } from '../../client/options.ts'
import type { HttpRequest, Transport } from '../../transport/types.ts'
import { bitget } from './index.ts'

// Where play money and real money share an origin, this header is all that keeps them apart.

const key = { apiKey: 'key', apiSecret: 'secret', passphrase: 'phrase' }

/** Requests of one signed call and of the public one before it. */
async function requestsOf(options: FuturesExchangeOptions): Promise<HttpRequest[]> {
  const requests: HttpRequest[] = []
  const transport: Transport = {
    send(request) {
      requests.push(request)
      const text = request.url.includes('/public/time')
        ? '{"code":"00000","data":{"serverTime":"1795305600000"}}'
        : '{"code":"40037","msg":"Apikey does not exist","data":null}'
      return Promise.resolve({ status: 200, headers: {}, text })
    },
    close: () => Promise.resolve(),
  }
  const exchange = new FuturesClient(bitget, { ...key, ...options, transport })
  await expect(exchange.getAccountInfo()).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' })
  return requests
}

test.each([{}, { testnet: true }])(
  'default: %j is play money, in every request',
  async (options) => {
    const requests = await requestsOf(options)
    expect(requests).toHaveLength(2)
    for (const { url, headers } of requests) {
      expect(url).toMatch(/^https:\/\/api\.bitget\.com\//)
      expect(headers.paptrading).toBe('1')
    }
  },
)

test.each([{ testnet: false }, { baseUrl: 'http://127.0.0.1:7074' }])(
  'args: %j goes without',
  async (options) => {
    const requests = await requestsOf(options)
    expect(requests).toHaveLength(2)
    for (const { headers } of requests) expect(headers).not.toHaveProperty('paptrading')
  },
)

test('behavior: signed requests carry the signature as well', async () => {
  const [, signed] = await requestsOf({})
  expect(signed?.headers).toMatchObject({
    paptrading: '1',
    'ACCESS-KEY': 'key',
    'ACCESS-PASSPHRASE': 'phrase',
  })
})
