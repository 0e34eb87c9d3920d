import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Reader } from '../../core/reader.ts'
import { bitcoin, context } from './script.testing.ts'
import { assetOf, isAskedFor, isPerpetual, normalizeSymbol, readSymbols } from './symbols.ts'

test.each([
  ['PF_XBTUSD', 'PF_XBTUSD'],
  ['BTC/USD', 'PF_XBTUSD'],
  ['BTC/USD:USD', 'PF_XBTUSD'],
  ['BTCUSD', 'PF_XBTUSD'],
  ['BTC/USDT', 'PF_XBTUSD'],
  ['BTC/USDT:USDT', 'PF_XBTUSD'],
  ['BTCUSDT', 'PF_XBTUSD'],
  ['XBTUSD', 'PF_XBTUSD'],
  ['XBT/USD', 'PF_XBTUSD'],
  ['PF_BTCUSD', 'PF_XBTUSD'],
  ['ETH/USDT', 'PF_ETHUSD'],
  ['DOGEUSDT', 'PF_DOGEUSD'],
  ['1000PEPEUSDT', 'PF_1000PEPEUSD'],
  ['1INCH/USD', 'PF_1INCHUSD'],
  ['USDTUSD', 'PF_USDTUSD'],
  ['AAPLX/USD', 'PF_AAPLXUSD'],
])('args: %s is %s', (written, native) => {
  expect(normalizeSymbol(written)).toBe(native)
})

test.each([
  '',
  'BTC',
  'USD',
  'USDT',
  '/USD',
  'BTC/EUR',
  'BTCUSDC',
  'BTC/USDC',
  'BTC-USDT',
  'BTC/USD:BTC',
  'BTC/USD:USDT',
  'BTC/USDT:',
  'PF_XBTEUR',
  'PI_XBTUSD',
  'FI_XBTUSD_261225',
  'FF_XBTUSD_261225',
  'PF_XBTUSD_261225',
  'btcusd',
  'BTCUSD&A=1',
])('error: %j cannot be a symbol', (written) => {
  expect(normalizeSymbol(written)).toBeUndefined()
})

test('behavior: every way to write a contract has one native form, which is its own', () => {
  const base = fc.stringMatching(/^[A-Z0-9]{1,10}$/).filter((name) => !/USDT?$/.test(name))
  fc.assert(
    fc.property(base, fc.constantFrom('USD', 'USDT'), (asset, currency) => {
      const native = normalizeSymbol(`${asset}/${currency}`)
      expect(native).toBe(`PF_${asset === 'BTC' ? 'XBT' : asset}USD`)
      expect(normalizeSymbol(`${asset}${currency}`)).toBe(native)
      expect(normalizeSymbol(`${asset}/${currency}:${currency}`)).toBe(native)
      expect(normalizeSymbol(native ?? '')).toBe(native)
    }),
  )
})

test.each([
  ['XBT', 'BTC'],
  ['xbt', 'BTC'],
  ['BTC', 'BTC'],
  ['AAPLx', 'AAPLx'],
  ['USD', 'USD'],
])('args: the asset %s is %s', (name, asset) => {
  expect(assetOf(name)).toBe(asset)
})

test('behavior: only linear perpetuals are ours', () => {
  const names = ['PF_XBTUSD', 'pf_ftmusd', 'FF_XBTUSD_261225', 'PI_XBTUSD', 'in_xbtusd']
  expect(names.filter(isPerpetual)).toEqual(['PF_XBTUSD', 'pf_ftmusd'])
})

test('behavior: names come from the listing, also when a row writes them in lower case', () => {
  const read = (name: string) => readSymbols(new Reader(name), context.instruments)
  expect(read('PF_XBTUSD')).toEqual({ symbol: 'BTCUSD', nativeSymbol: 'PF_XBTUSD' })
  expect(read('pf_xbtusd')).toEqual({ symbol: 'BTCUSD', nativeSymbol: 'PF_XBTUSD' })
  expect(read('PF_GONEUSD')).toEqual({
    symbol: 'unified PF_GONEUSD',
    nativeSymbol: 'PF_GONEUSD',
  })
})

test('behavior: a row is asked for by contract, or as any linear perpetual', () => {
  const row = (name: string) => new Reader(name)
  expect(isAskedFor(row('pf_xbtusd'), bitcoin)).toBe(true)
  expect(isAskedFor(row('PF_ETHUSD'), bitcoin)).toBe(false)
  expect(isAskedFor(row('PF_ETHUSD'), undefined)).toBe(true)
  expect(isAskedFor(row('PI_XBTUSD'), undefined)).toBe(false)
})
