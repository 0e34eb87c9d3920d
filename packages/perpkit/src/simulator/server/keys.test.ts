import { expect, test } from 'vitest'
import { Keys } from './keys.ts'

const row = {
  accountId: '1',
  credentials: { apiKey: 'key-one', apiSecret: 'secret-one', passphrase: 'phrase-one' },
  permissions: { trade: true, withdraw: false, addresses: [] },
  createdAt: 0,
}

test('default: an account is found by its key', () => {
  const keys = new Keys()
  keys.add(row)
  expect(keys.find('key-one')).toEqual(row)
  expect(keys.find('key-two')).toBeUndefined()
})

test('behavior: key, secret and passphrase are noticed inside a text', () => {
  const keys = new Keys()
  keys.add(row)
  expect(['a key-one', 'secret-one!', '(phrase-one)', 'key-two'].map((t) => keys.isIn(t))).toEqual([
    true,
    true,
    true,
    false,
  ])
})

test('behavior: rows put back are all there is', () => {
  const keys = new Keys()
  const none = keys.rows()
  keys.add(row)
  const one = keys.rows()
  keys.replace(none)
  expect(keys.find('key-one')).toBeUndefined()
  keys.replace(one)
  expect(keys.find('key-one')).toEqual(row)
})
