import { expect, test } from 'vitest'
import { isDecimal, isPositive } from '../../core/decimal.ts'
import { startPrices } from './startPrices.ts'

test('default: every start price is a plain decimal above zero', () => {
  for (const price of Object.values(startPrices)) {
    expect(isDecimal(price) && isPositive(price)).toBe(true)
  }
  expect(startPrices).toMatchObject({ BTC: '60000', ETH: '3000', '1000PEPE': '0.01' })
})
