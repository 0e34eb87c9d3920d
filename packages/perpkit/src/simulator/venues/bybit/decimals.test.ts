import { expect, test } from 'vitest'
import { plain, priceText, quantityText, scaled } from './decimals.ts'
import { findListing } from './instruments.ts'

const bitcoin = findListing('BTCUSDT') ?? fail()
const pepe = findListing('1000PEPEUSDT') ?? fail()

test('default: prices and quantities carry the decimals of their contract', () => {
  expect(priceText(bitcoin, '60000.1')).toBe('60000.10')
  expect(priceText(pepe, '0.01')).toBe('0.0100000')
  expect(quantityText(bitcoin, '0.01')).toBe('0.010')
  expect(quantityText(pepe, '300')).toBe('300')
  expect(quantityText(bitcoin, '0')).toBe('0.000')
})

test('default: other figures carry no padding', () => {
  expect(plain('60000.100')).toBe('60000.1')
  expect(plain('0.123456789')).toBe('0.12345679')
  expect(plain('-0.000000001')).toBe('0')
})

test('default: error texts print whole numbers (trap 32)', () => {
  expect(scaled('58000.1', 4)).toBe('580001000')
  expect(scaled('0.001', 8)).toBe('100000')
  expect(scaled('0', 4)).toBe('0')
})

function fail(): never {
  throw new Error('no such contract')
}
