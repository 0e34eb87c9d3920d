import { describe, expect, test } from 'vitest'
import { compare } from '../../core/decimal.ts'
import { nextInteger, seeded } from '../../core/random.ts'
import { Book } from './book.ts'

describe('a book', () => {
  test('default: best first on both sides', () => {
    const book = new Book()
    book.replace(
      [
        ['99.5', '1'],
        ['100', '2'],
      ],
      [
        ['1000', '3'],
        ['101.25', '4'],
      ],
    )
    expect(book.bids(5)).toEqual([
      ['100', '2'],
      ['99.5', '1'],
    ])
    expect(book.asks(1)).toEqual([['101.25', '4']])
    expect([book.size, book.isCrossed]).toEqual([4, false])
  })

  test('args: one price in several writings is one level', () => {
    const book = new Book()
    book.replace([['60000.10', '1.0']], [['60001', '1']])
    book.apply([['60000.1', '2.500']], [[60001, 0.5]])
    expect([book.bids(5), book.asks(5)]).toEqual([[['60000.1', '2.5']], [['60001', '0.5']]])
    book.apply([['60000.100', '0.000']], [['6.0001e4', 0]])
    expect(book.size).toBe(0)
  })

  test('args: prices far apart and close together sort by size', () => {
    const prices = ['0.0000001', '0.00000012', '9', '10', '10.01', '10.1', '123456789.5', '20000']
    const book = new Book()
    book.replace(
      prices.map((price) => [price, '1']),
      [],
    )
    expect(book.bids(9).map(([price]) => price)).toEqual([...prices].sort(compare).reverse())
  })

  test('behavior: removing what is not there changes nothing', () => {
    const book = new Book()
    book.replace([['1', '1']], [['2', '1']])
    book.apply([['0.5', '0']], [['3', '0']])
    expect([book.bids(5), book.asks(5)]).toEqual([[['1', '1']], [['2', '1']]])
  })

  test('behavior: bids at or over asks are crossed', () => {
    const book = new Book()
    book.replace([['1', '1']], [['2', '1']])
    expect(book.isCrossed).toBe(false)
    book.apply([['2.0', '1']], [])
    expect(book.isCrossed).toBe(true)
    book.apply([['2', '0']], [])
    expect(book.isCrossed).toBe(false)
    book.clear()
    expect(book.isCrossed).toBe(false)
  })

  test('behavior: what lies behind the depth is forgotten', () => {
    const book = new Book()
    const levels = ['1', '2', '3'].map((price) => [price, '1'] as const)
    book.replace(levels, levels)
    book.trim(2)
    expect(book.bids(5).map(([price]) => price)).toEqual(['3', '2'])
    expect(book.asks(5).map(([price]) => price)).toEqual(['1', '2'])
    book.apply([['1', '5']], [])
    expect(book.bids(5).at(-1)).toEqual(['1', '5'])
  })

  test('behavior: checksums see what the wire wrote', () => {
    const book = new Book()
    book.replace([['1.50', '2.0']], [])
    book.apply([['1.50', '3.00']], [])
    expect(book.raw(1)).toEqual({ bids: [['1.50', '3.00']], asks: [] })
  })

  test.each([
    ['x', '1'],
    ['1', ''],
    ['-1', '1'],
  ])('error: the level %s × %s', (price, quantity) => {
    expect(() => new Book().apply([[price, quantity]], [])).toThrow(/a decimal of at least zero/)
  })

  test('behavior: as a plain map does, over 20 000 changes', () => {
    const random = seeded(7)
    const book = new Book()
    const plain = new Map<string, string>()
    for (let change = 0; change < 20_000; change++) {
      const price = `${nextInteger(random, 300)}.${nextInteger(random, 9) + 1}`
      const quantity = String(nextInteger(random, 3))
      book.apply([], [[price, quantity]])
      if (quantity === '0') plain.delete(price)
      else plain.set(price, quantity)
    }
    const expected = [...plain].sort(([a], [b]) => compare(a, b))
    expect(book.asks(Number.POSITIVE_INFINITY)).toEqual(expected)
  })
})
