import { describe, expect, it } from 'vitest'
import type { Endpoint, WireRequest } from './definition.ts'
import { serialise } from './serialise.ts'

const ORIGIN = 'https://api.example.com'

function endpoint(words: WireRequest): Endpoint<void, void> {
  return {
    method: 'POST',
    path: '/v1/order',
    access: 'trade',
    effect: 'once',
    cost: {},
    encode: () => words,
    decode() {},
  }
}

describe('serialise', () => {
  it('default: JSON as it stands, a query beside it', () => {
    const words = { query: { b: 2, a: 'x y' }, json: { list: [1, 'two'] } }
    expect(serialise(endpoint(words), undefined, ORIGIN)).toEqual({
      method: 'POST',
      host: 'api.example.com',
      path: '/v1/order',
      query: 'b=2&a=x%20y',
      body: '{"list":[1,"two"]}',
      contentType: 'application/json',
    })
  })

  it('default: a form in the given order, without what is undefined', () => {
    const words = { form: { symbol: 'A/B', price: undefined, reduce: false } }
    expect(serialise(endpoint(words), undefined, ORIGIN)).toMatchObject({
      query: '',
      body: 'symbol=A%2FB&reduce=false',
      contentType: 'application/x-www-form-urlencoded',
    })
  })

  it('behavior: without words there is no body', () => {
    expect(serialise(endpoint({}), undefined, ORIGIN)).toMatchObject({ body: '', contentType: '' })
  })

  it.each([
    ['https://api.example.com:443', 'api.example.com'],
    ['http://127.0.0.1:7075', '127.0.0.1:7075'],
    ['https://proxy.example.com:8443/exchange', 'proxy.example.com:8443'],
  ])('args: the host of %s is %s, as its header will say', (origin, host) => {
    expect(serialise(endpoint({}), undefined, origin).host).toBe(host)
  })
})
