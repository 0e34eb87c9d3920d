import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bitcoin, perp } from './script.testing.ts'
import { normalizeSymbol, productOf, scopesOf } from './symbols.ts'

describe('normalizeSymbol', () => {
  test.each([
    ['BTCUSDT', 'BTCUSDT'],
    ['BTC/USDT', 'BTCUSDT'],
    ['BTC/USDT:USDT', 'BTCUSDT'],
    ['BTCPERP', 'BTCPERP'],
    ['BTCUSDC', 'BTCPERP'],
    ['BTC/USDC', 'BTCPERP'],
    ['BTC/USDC:USDC', 'BTCPERP'],
    ['1000BONK/USDT', '1000BONKUSDT'],
    ['PEPEUSDT', 'PEPEUSDT'],
    ['币安人生/USDT', '币安人生USDT'],
  ])('args: %s is %s', (symbol, native) => {
    expect(normalizeSymbol(symbol)).toBe(native)
  })

  test.each([
    '',
    'BTC',
    'USDT',
    'BTC-USDT',
    'BTC/USD',
    'BTCUSD',
    'BTC/USDT:BTC',
    'BTC/USDC:USDT',
    'BTCUSDT_UMCBL',
    'BTCUSDU26',
    'BTC/USDT/USDT',
    ' BTCUSDT',
  ])('error: %j cannot be one', (symbol) => {
    expect(normalizeSymbol(symbol)).toBeUndefined()
  })

  test('behavior: what it returns, it takes as it is', () => {
    const base = fc.stringMatching(/^[A-Z0-9]{1,10}$/)
    fc.assert(
      fc.property(base, fc.constantFrom('USDT', 'USDC'), (asset, quote) => {
        const native = normalizeSymbol(`${asset}/${quote}`)
        expect(native).toBeDefined()
        expect(normalizeSymbol(native ?? '')).toBe(native)
        expect(normalizeSymbol(`${asset}${quote}`)).toBe(native)
        expect(normalizeSymbol(`${asset}/${quote}:${quote}`)).toBe(native)
      }),
    )
  })
})

describe('product families', () => {
  test('default: told by what an instrument settles in', () => {
    expect(productOf(bitcoin)).toEqual({ name: 'USDT-FUTURES', coin: 'USDT' })
    expect(productOf(perp)).toEqual({ name: 'USDC-FUTURES', coin: 'USDC' })
  })

  test('error: an inverse contract is refused before anything is sent', () => {
    expect(() => productOf({ ...bitcoin, settleAsset: 'BTC' })).toThrow(/settles in BTC/)
  })

  test('behavior: without an instrument a list is looked for in both', () => {
    expect(scopesOf(undefined).map(({ product }) => product.name)).toEqual([
      'USDT-FUTURES',
      'USDC-FUTURES',
    ])
    expect(scopesOf(perp)).toEqual([{ product: productOf(perp), symbol: 'BTCPERP' }])
  })
})
