import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { floorToStep, isMultipleOf } from '../../core/decimal.ts'
import { Reader } from '../../core/reader.ts'
import { bitcoin, context, ok, pepe, script } from './script.testing.ts'
import {
  findInstrument,
  fromContracts,
  getInstruments,
  normalizeSymbol,
  requireInstrument,
  toContracts,
} from './symbols.ts'

describe('normalizeSymbol', () => {
  test.each([
    ['BTC-USDT-SWAP', 'BTC-USDT-SWAP'],
    ['BTCUSDT', 'BTC-USDT-SWAP'],
    ['BTC/USDT', 'BTC-USDT-SWAP'],
    ['BTC/USDT:USDT', 'BTC-USDT-SWAP'],
    ['BTC/USDC', 'BTC-USDC-SWAP'],
    ['BTCUSDC', 'BTC-USDC-SWAP'],
    ['1INCHUSDT', '1INCH-USDT-SWAP'],
    ['USDCUSDT', 'USDC-USDT-SWAP'],
    ['USDTUSDT', 'USDT-USDT-SWAP'],
    // Another contract than PEPE-USDT-SWAP, and none that is listed.
    ['1000PEPEUSDT', '1000PEPE-USDT-SWAP'],
    ['币安人生/USDT', '币安人生-USDT-SWAP'],
  ])('args: %s is %s', (written, native) => {
    expect(normalizeSymbol(written)).toBe(native)
  })

  test.each([
    '',
    'BTC',
    'USDT',
    '/USDT',
    '-USDT-SWAP',
    'BTC/USD',
    'BTCUSD',
    'BTC-USD-SWAP',
    'BTC-USD_UM-SWAP',
    'BTC-USDT',
    'BTC-USDT-250808',
    'BTC/USDT:BTC',
    'BTC/USDT:USDC',
    'BTC/USDT:',
    'BTC/USDT/USDT',
    'BTC USDT',
    'btcusdt',
    'BTCUSDT&A=1',
    'BTC-USDT-SWAP\n',
  ])('error: %j cannot be a symbol', (written) => {
    expect(normalizeSymbol(written)).toBeUndefined()
  })

  test('behavior: every way to write a contract has one native form, which is its own', () => {
    const base = fc.stringMatching(/^[A-Z0-9]{1,12}$/)
    const quote = fc.constantFrom('USDT', 'USDC')
    fc.assert(
      fc.property(base, quote, (asset, currency) => {
        const native = normalizeSymbol(`${asset}/${currency}`)
        expect(native).toBe(`${asset}-${currency}-SWAP`)
        expect(normalizeSymbol(`${asset}${currency}`)).toBe(native)
        expect(normalizeSymbol(`${asset}/${currency}:${currency}`)).toBe(native)
        expect(normalizeSymbol(native ?? '')).toBe(native)
      }),
    )
  })
})

// docs/wire/okx.md 1.3
describe('contracts', () => {
  const dogecoin = { ...bitcoin, contractMultiplier: '1000', stepSize: '10' }

  test.each([
    ['0.01239', bitcoin, '0.0123', '1.23'],
    ['12345', dogecoin, '12340', '12.34'],
    ['25000000', pepe, '25000000', '2.5'],
  ])('default: %s is counted on the step as %s contracts', (quantity, instrument, base, sz) => {
    const floored = floorToStep(quantity, instrument.stepSize)
    expect(floored).toBe(base)
    expect(toContracts(floored, instrument)).toBe(sz)
    expect(fromContracts(sz, instrument)).toBe(base)
  })

  test('behavior: what is on the step comes back exactly, in whole lots', () => {
    const multiplier = fc.constantFrom('0.0001', '0.01', '0.1', '1', '100', '1000', '10000000')
    const lots = fc.integer({ min: 1, max: 1_000_000_000 })
    fc.assert(
      fc.property(multiplier, lots, (contractMultiplier, count) => {
        const instrument = { ...bitcoin, contractMultiplier }
        const contracts = floorToStep(String(count / 100), '0.01')
        const quantity = fromContracts(contracts, instrument)
        expect(toContracts(quantity, instrument)).toBe(contracts)
        expect(isMultipleOf(toContracts(quantity, instrument), '0.01')).toBe(true)
      }),
    )
  })
})

describe('rows of contracts', () => {
  const rowOf = (instId: unknown): Reader => new Reader({ instId })

  test('default: a listed one is looked up, one that is not ours is left out', () => {
    expect(findInstrument(rowOf('PEPE-USDT-SWAP'), context.instruments)).toBe(pepe)
    expect(findInstrument(rowOf('BTC-USD-SWAP'), context.instruments)).toBeUndefined()
    expect(findInstrument(rowOf('BTC-USD_UM-SWAP'), context.instruments)).toBeUndefined()
  })

  test('error: one of our kind that is not listed is not hidden', () => {
    expect(() => findInstrument(rowOf('NEW-USDT-SWAP'), context.instruments)).toThrow(
      '$.instId: expected a listed contract, received "NEW-USDT-SWAP"',
    )
  })

  test('error: one that is not ours where it was asked for', () => {
    expect(() => requireInstrument(rowOf('BTC-USD-SWAP'), context.instruments)).toThrow(
      '$.instId: expected a linear perpetual contract',
    )
    expect(() => requireInstrument(rowOf(undefined), context.instruments)).toThrow(
      '$.instId: expected a string, received nothing',
    )
  })
})

// docs/wire/okx.md 3.1
const row = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  uly: 'BTC-USDT',
  instFamily: 'BTC-USDT',
  settleCcy: 'USDT',
  ctVal: '0.01',
  ctMult: '1',
  ctValCcy: 'BTC',
  ctType: 'linear',
  baseCcy: '',
  quoteCcy: '',
  tickSz: '0.1',
  lotSz: '0.01',
  minSz: '0.01',
  maxLmtSz: '100000000',
  maxMktSz: '12000',
  maxStopSz: '12000',
  lever: '100',
  state: 'live',
  instIdCode: 10459,
}

const LIST = 'GET public/instruments?instType=SWAP'

describe('getInstruments', () => {
  test('default: sizes are told in the base asset', async () => {
    const { call, lines, sent } = script({ [LIST]: ok(row) })
    const [instrument] = await getInstruments(call)
    expect(instrument).toEqual({ ...bitcoin, maxLeverage: 100 })
    expect(instrument?.raw).toBe(row)
    expect(lines).toEqual([LIST])
    expect(sent).toEqual([
      { access: 'public', effect: 'read', cost: { 'GET public/instruments': 1 } },
    ])
  })

  test('behavior: inverse contracts and those in USD are left out', async () => {
    const inverse = { ...row, instId: 'BTC-USD-SWAP', ctType: 'inverse', settleCcy: 'BTC' }
    const inDollars = { ...row, instId: 'BTC-USD_UM-SWAP', settleCcy: 'USDⓈ' }
    const inUsdc = { ...row, instId: 'BTC-USDC-SWAP', uly: 'BTC-USDC', settleCcy: 'USDC' }
    const { call } = script({ [LIST]: ok(inverse, inDollars, inUsdc) })
    expect(await getInstruments(call)).toMatchObject([
      { symbol: 'BTCUSDC', nativeSymbol: 'BTC-USDC-SWAP', settleAsset: 'USDC' },
    ])
  })

  test('behavior: the second multiplier counts', async () => {
    const { call } = script({ [LIST]: ok({ ...row, ctMult: '10' }, { ...row, ctMult: '' }) })
    expect(await getInstruments(call)).toMatchObject([
      {
        contractMultiplier: '0.1',
        stepSize: '0.001',
        minQuantity: '0.001',
        maxQuantity: '10000000',
      },
      { contractMultiplier: '0.01' },
    ])
  })

  test('behavior: a market order may be no larger than a conditional one', async () => {
    const rows = [
      { ...row, maxStopSz: '500' },
      { ...row, maxStopSz: '' },
    ]
    const { call } = script({ [LIST]: ok(...rows) })
    expect(await getInstruments(call)).toMatchObject([
      { maxMarketQuantity: '5' },
      { maxMarketQuantity: '120' },
    ])
  })

  test.each(['suspend', 'preopen', 'post_only', 'rebase', 'settling', 'test', 'tomorrow'])(
    'behavior: %s does not trade',
    async (state) => {
      const { call } = script({ [LIST]: ok({ ...row, state }) })
      expect(await getInstruments(call)).toMatchObject([{ isTrading: false }])
    },
  )

  test('behavior: what is little more than a name is skipped', async () => {
    const named = { instType: 'SWAP', instId: 'NEW-USDT-SWAP', listTime: '1', state: 'preopen' }
    const blank = { ...row, state: 'live', tickSz: '', ctVal: '' }
    const { call } = script({ [LIST]: ok(named, blank, row) })
    expect(await getInstruments(call)).toHaveLength(1)
  })

  test('behavior: an unknown leverage is left out', async () => {
    const { call } = script({ [LIST]: ok({ ...row, lever: '' }) })
    expect(await getInstruments(call)).toEqual([bitcoin])
  })

  test.each([
    'instId',
    'uly',
    'settleCcy',
    'ctType',
    'ctVal',
    'state',
    'tickSz',
    'lotSz',
    'minSz',
    'maxLmtSz',
    'maxMktSz',
  ])('error: a row without %s', async (name) => {
    const { call } = script({ [LIST]: ok({ ...row, [name]: undefined }) })
    await expect(getInstruments(call)).rejects.toThrow(`$.data[0].${name}: expected`)
  })

  test.each(['BTCUSDT', 'BTC-', 'A-B-C'])('error: %s is no pair', async (uly) => {
    const { call } = script({ [LIST]: ok({ ...row, uly }) })
    await expect(getInstruments(call)).rejects.toThrow(
      '$.data[0].uly: expected a pair like BTC-USDT',
    )
  })

  test('error: an answer without a list', async () => {
    const { call } = script({ [LIST]: { code: '0', msg: '' } })
    await expect(getInstruments(call)).rejects.toThrow('$.data: expected an array')
  })
})
