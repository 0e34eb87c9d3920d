import { describe, expect, it } from 'vitest'
import { parseJson } from './json.ts'
import { ReadError, Reader } from './reader.ts'

describe('reader', () => {
  const answer = new Reader({
    id: 12,
    text: 'a',
    price: '60000.10',
    count: 3,
    empty: '',
    nothing: null,
    flag: true,
    list: [{ a: '1' }, { a: 2 }],
  })

  it('default: reads each type by its accessor', () => {
    expect(answer.at('id').id()).toBe('12')
    expect(answer.at('price').decimal()).toBe('60000.1')
    expect(answer.at('count').decimal()).toBe('3')
    expect(answer.at('count').integer()).toBe(3)
    expect(answer.at('flag').boolean()).toBe(true)
    expect(
      answer
        .at('list')
        .items()
        .map((row) => row.at('a').decimal()),
    ).toEqual(['1', '2'])
  })

  it('behavior: optional accessors take absent, null and empty for nothing', () => {
    expect(answer.at('missing').optionalString()).toBeUndefined()
    expect(answer.at('empty').optionalDecimal()).toBeUndefined()
    expect(answer.at('nothing').optionalInteger()).toBeUndefined()
    expect(answer.at('nothing').at).toBeTypeOf('function')
  })

  it('behavior: unread lists what nobody asked for, in depth', () => {
    const reader = new Reader({ a: 1, b: { c: 1, d: 2 }, e: [{ f: 1 }] })
    reader.at('a').number()
    reader.at('b').at('c').number()
    expect(reader.unread()).toEqual(['$.b.d', '$.e'])
  })

  it('error: names the path, what was expected and what stood there', () => {
    const read = (): string => answer.at('list').at(1).at('a').string()
    expect(read).toThrow(ReadError)
    expect(read).toThrow('$.list[1].a: expected a string, received 2')
    expect(() => answer.at('missing').decimal()).toThrow(
      '$.missing: expected a decimal, received nothing',
    )
    expect(() => answer.at('text').at('x')).toThrow('$.text: expected an object, received "a"')
    expect(() => answer.at('text').integer()).toThrow('expected a decimal')
    expect(() => answer.at('flag').items()).toThrow('expected an array')
    expect(() => answer.at('empty').id()).toThrow('expected an identifier')
  })

  it('error: a long value is shortened', () => {
    const reader = new Reader({ text: 'x'.repeat(500) })
    expect(() => reader.at('text').number()).toThrow(/received "x{76}…$/)
  })
})

describe('parseJson', () => {
  it('default: whole numbers beyond 2^53 stay exact, as text', () => {
    expect(parseJson('{"orderId":8389765739703625592,"n":-1234567890123456789}')).toEqual({
      orderId: '8389765739703625592',
      n: '-1234567890123456789',
    })
  })

  it('behavior: digits inside texts, decimals and exponents are left alone', () => {
    const text =
      '{"a":"x: 1234567890123456789, \\"9999999999999999\\"","b":1.2345678901234567,"c":1e20}'
    expect(parseJson(text)).toEqual(JSON.parse(text))
  })

  it('error: what is no JSON throws', () => {
    expect(() => parseJson('<html>1234567890123456789')).toThrow(SyntaxError)
  })
})
