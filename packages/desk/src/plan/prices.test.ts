import { describe, expect, test } from 'vitest'
import { DeskError } from '../output/failure.ts'
import { priceOf, readPriceWord, readTargetWord, settleShares } from './prices.ts'

const LONG = { price: '60000', entryPrice: '59000', side: 'LONG', towards: 'LOSS' } as const
const SHORT = { ...LONG, side: 'SHORT' } as const

describe('prices', () => {
  test.each([
    ['58000', LONG, '58000'],
    ['-2%', LONG, '58800'],
    ['+2%', LONG, '61200'],
    ['2%', LONG, '58800'],
    ['2%', SHORT, '61200'],
    ['2%', { ...LONG, towards: 'PROFIT' } as const, '61200'],
    ['2%', { ...SHORT, towards: 'PROFIT' } as const, '58800'],
    ['0.5%', LONG, '59700'],
    ['be', LONG, '59000'],
    ['BE', SHORT, '59000'],
  ])('default: %s', (word, reference, price) => {
    expect(priceOf(readPriceWord(word, '--stop'), reference)).toBe(price)
  })

  test.each(['', 'x', '0', '-5', '0%', '2 %', '%', '1e5', '-2%%'])('error: %j', (word) => {
    expect(() => readPriceWord(word, '--stop')).toThrow(/--stop .* is no price/)
  })

  test('error: be without a position', () => {
    const reference = { ...LONG, entryPrice: undefined }
    expect(() => priceOf({ kind: 'BREAK_EVEN' }, reference)).toThrow(DeskError)
  })
})

describe('shares', () => {
  test.each([
    [
      ['50%@+1%', '50%@+2%'],
      ['0.5', '0.5'],
    ],
    [
      ['0.25@1%', '75%@2%'],
      ['0.25', '0.75'],
    ],
    [
      ['1%', '2%', '3%'],
      ['0.3333', '0.3333', '0.3334'],
    ],
    [
      ['50%@1%', '2%', '3%'],
      ['0.5', '0.25', '0.25'],
    ],
    [['62000'], ['1']],
    [[], []],
  ])('args: shares of %j', (words, shares) => {
    expect(settleShares(words.map((word) => readTargetWord(word, '--tp')))).toEqual(shares)
  })

  test.each([
    [['50%@1%', '40%@2%'], '90%'],
    [['60%@1%', '60%@2%'], '120%'],
    [['100%@1%', '2%'], '100%'],
  ])('error: shares of %j', (words, total) => {
    const targets = words.map((word) => readTargetWord(word, '--tp'))
    expect(() => settleShares(targets)).toThrow(total)
  })

  test.each(['@1%', '0%@1%', '101%@1%', 'half@1%', '-50%@1%'])('error: share %j', (word) => {
    expect(() => readTargetWord(word, '--tp')).toThrow(/no share/)
  })
})
