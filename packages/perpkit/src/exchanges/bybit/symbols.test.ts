import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { listScopes, normalizeSymbol } from './symbols.ts'

test.each([
  ['BTCUSDT', 'BTCUSDT'],
  ['BTC/USDT', 'BTCUSDT'],
  ['BTC/USDT:USDT', 'BTCUSDT'],
  ['1000PEPE/USDT', '1000PEPEUSDT'],
  ['1INCHUSDT', '1INCHUSDT'],
  ['BTC/USDC', 'BTCPERP'],
  ['BTC/USDC:USDC', 'BTCPERP'],
  ['BTCUSDC', 'BTCPERP'],
  ['BTCPERP', 'BTCPERP'],
  ['PERPUSDT', 'PERPUSDT'],
  ['USDC/USDT', 'USDCUSDT'],
])('args: %s is %s', (written, native) => {
  expect(normalizeSymbol(written)).toBe(native)
})

test.each([
  '',
  'BTC',
  'USDT',
  '/USDT',
  'BTC/USD',
  'BTCUSD',
  'BTC-USDT',
  'BTC/USDT:BTC',
  'BTC/USDT:',
  'BTC/USDT/USDT',
  'BTC/PERP',
  'BTCUSDT-21FEB25',
  'BTC USDT',
  'btcusdt',
  'BTCUSDT&A=1',
])('error: %j cannot be a symbol', (written) => {
  expect(normalizeSymbol(written)).toBeUndefined()
})

test('behavior: every way to write a contract has one native form, which is its own', () => {
  const base = fc.stringMatching(/^[A-Z0-9]{1,12}$/)
  const quote = fc.constantFrom('USDT', 'USDC')
  fc.assert(
    fc.property(base, quote, (asset, currency) => {
      const native = normalizeSymbol(`${asset}/${currency}`)
      expect(native).toBe(asset + (currency === 'USDT' ? 'USDT' : 'PERP'))
      expect(normalizeSymbol(`${asset}${currency}`)).toBe(native)
      expect(normalizeSymbol(`${asset}/${currency}:${currency}`)).toBe(native)
      expect(normalizeSymbol(native ?? '')).toBe(native)
    }),
  )
})

test('default: a list without a symbol asks for both settle assets', () => {
  expect(listScopes(undefined)).toEqual([{ settleCoin: 'USDT' }, { settleCoin: 'USDC' }])
})
