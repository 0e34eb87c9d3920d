import { expect, test } from 'vitest'
import { contracts, findContract, notionalCap } from './contracts.ts'
import {
  amountOrZero,
  averageText,
  moneyText,
  priceText,
  quantityText,
  shortText,
} from './format.ts'

const btc = findContract('BTCUSDT') ?? contracts[0]
if (!btc) throw new Error('no contract')

test('default: padded to the precision of the contract', () => {
  expect(priceText(btc, '60000.1')).toBe('60000.10')
  expect(quantityText(btc, '0.01')).toBe('0.010')
  expect(quantityText(btc, '-0.01')).toBe('-0.010')
  expect(averageText(btc, '60000.1')).toBe('60000.10000')
})

test('default: money has eight places, never a negative zero', () => {
  expect(moneyText('103.1')).toBe('103.10000000')
  expect(moneyText('-0.000000001')).toBe('0.00000000')
  expect(amountOrZero('0.0')).toBe('0')
  expect(amountOrZero('1')).toBe('1.00000000')
})

test('default: short texts have no padding', () => {
  expect(shortText('60000.10000')).toBe('60000.1')
  expect(shortText('0')).toBe('0')
  expect(shortText('1.123456789')).toBe('1.12345679')
})

test('behavior: a higher leverage allows a smaller position', () => {
  expect(notionalCap(btc, 125)).toBe(300_000)
  expect(notionalCap(btc, 101)).toBe(300_000)
  expect(notionalCap(btc, 100)).toBe(600_000)
  expect(notionalCap(btc, 20)).toBe(90_000_000)
  expect(notionalCap(btc, 126)).toBe(0)
})

test('behavior: minima and tick fit the precisions of every contract', () => {
  for (const contract of contracts) {
    expect(Number(priceText(contract, contract.tickSize))).toBe(Number(contract.tickSize))
    expect(Number(quantityText(contract, contract.stepSize))).toBe(Number(contract.stepSize))
    expect(contract.brackets[0]?.leverage).toBe(contract.maxLeverage)
  }
})
