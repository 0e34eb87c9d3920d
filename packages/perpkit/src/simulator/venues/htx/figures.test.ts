import { expect, test } from 'vitest'
import { NumberText, padded, plain, print, rate, scaled } from './figures.ts'

test.each([
  ['0.001', '0.001000000000000000'],
  ['0.000001', '0.000001000000000000'],
  ['0.0000001', '1.00000000000E-7'],
  ['0.00000001', '1.0000000000E-8'],
  ['1000', '1000.000000000000000000'],
])('default: %s as a contract size is %s', (value, text) => {
  expect(scaled(value).text).toBe(text)
  expect(Number(text)).toBe(Number(value))
})

test('default: numbers stand unquoted among texts', () => {
  const body = { price: new NumberText('63105.30'), id: '1', list: [new NumberText('1E-8'), null] }
  expect(print(body)).toBe('{"price":63105.30,"id":"1","list":[1E-8,null]}')
})

test('args: texts are padded, cut or plain', () => {
  expect(padded('-0.00375')).toBe('-0.003750000000000000')
  expect(plain('1.5000')).toBe('1.5')
  expect(rate('-0.01239')).toBe('-0.0123')
})
