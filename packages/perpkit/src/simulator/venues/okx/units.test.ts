import { describe, expect, test } from 'vitest'
import { Params } from '../../server/params.ts'
import { contractsOf, plain, quantityOf } from './decimals.ts'
import { readFields } from './fields.ts'
import { algoIdOf, attachedIdOf, billIdOf, fillTradeIdOf, orderIdOf, positionIdOf } from './ids.ts'
import { findListing, type Listing } from './instruments.ts'

function listing(instId: string): Listing {
  const found = findListing(instId)
  if (!found) throw new Error(`${instId} is not listed`)
  return found
}

// Section 9: contracts vs coins everywhere.
describe('contracts and the base asset', () => {
  test.each([
    ['BTC-USDT-SWAP', '1.23', '0.0123'],
    ['ETH-USDT-SWAP', '0.01', '0.001'],
    ['XRP-USDT-SWAP', '0.01', '1'],
    ['DOGE-USDT-SWAP', '12.34', '12340'],
    ['PEPE-USDT-SWAP', '2.5', '25000000'],
  ])('default: %s of %s contracts are %s', (instId, contracts, quantity) => {
    expect(quantityOf(listing(instId), contracts)).toBe(quantity)
    expect(contractsOf(listing(instId), quantity)).toBe(contracts)
  })

  test('behavior: every step of every contract converts exactly', () => {
    for (const instId of ['BTC-USDT-SWAP', 'ADA-USDT-SWAP', 'SUI-USDT-SWAP', 'PEPE-USDT-SWAP']) {
      const { engine, lotSize } = listing(instId)
      expect(contractsOf(listing(instId), engine.stepSize)).toBe(lotSize)
    }
  })

  test('default: numbers are printed without padding', () => {
    expect([plain('1.50'), plain('-0.00000000001'), plain('60000')]).toEqual(['1.5', '0', '60000'])
  })
})

describe('ids', () => {
  // Section 9: 19-digit ids.
  test('default: 19 digits that rise, each kind apart from the others', () => {
    const kinds = [orderIdOf, algoIdOf, billIdOf]
    const ids = kinds.flatMap((idOf) => [idOf(1), idOf(2), idOf(1_000_000)])
    for (const id of ids) expect(id).toMatch(/^\d{19}$/)
    expect(new Set(ids).size).toBe(ids.length)
    for (const idOf of kinds) expect(BigInt(idOf(2)) > BigInt(idOf(1))).toBe(true)
  })

  test('default: what follows from another id', () => {
    expect(fillTradeIdOf(billIdOf(7))).toBe('1518000007')
    expect(positionIdOf(billIdOf(7))).toMatch(/^\d{19}$/)
    expect(attachedIdOf(orderIdOf(7), '0')).not.toBe(attachedIdOf(orderIdOf(7), '1'))
  })
})

describe('fields', () => {
  const names = ['text', 'number', 'flag', 'word', 'list', 'empty', 'nothing'] as const
  const fields = readFields(
    new Params({
      text: '1.5',
      number: 3,
      flag: true,
      word: 'false',
      list: [1],
      empty: '',
      nothing: null,
    }),
    names,
  )

  // Section 9: booleans; `""` instead of null or 0.
  test('default: lenient about JSON types, empty counts as absent', () => {
    expect(fields.text('number')).toBe('3')
    expect([fields.isTrue('flag'), fields.isTrue('word')]).toEqual([true, false])
    expect([fields.has('empty'), fields.has('nothing')]).toEqual([false, false])
    expect(fields.positive('text')).toBe('1.5')
    expect(fields.whole('number')).toBe(3)
    expect([fields.list('list'), fields.list('empty')]).toEqual([[1], []])
  })

  test('error: what is of no use names its parameter', () => {
    expect(() => fields.text('list')).toThrow('Parameter list  error')
    expect(() => fields.whole('text')).toThrow('Parameter text  error')
    expect(() => fields.isTrue('text')).toThrow('Parameter text  error')
    expect(() => fields.list('text')).toThrow('Parameter text  error')
    expect(() => fields.required('empty')).toThrow('Parameter empty can not be empty.')
  })
})
