import { expect, test } from 'vitest'
import type { RawAnswer } from '../../client/definition.ts'
import { closedBy, readUsage } from './limits.ts'

const answer = (part: Partial<RawAnswer>): RawAnswer => ({
  status: 200,
  headers: {},
  text: '',
  json: undefined,
  ...part,
})

test('default: weight and orders, as the headers count them', () => {
  const headers = {
    'x-mbx-used-weight-1m': '1200',
    'x-mbx-order-count-10s': '3',
    'x-mbx-order-count-1m': '40',
  }
  expect(readUsage(answer({ headers }))).toEqual([
    { name: 'weight', used: 1_200 },
    { name: 'orders10s', used: 3 },
    { name: 'orders1m', used: 40 },
  ])
})

test('behavior: answers without the headers tell nothing', () => {
  expect(readUsage(answer({}))).toEqual([])
})

const cost = { weight: 1, orders10s: 1, orders1m: 1 }

test.each([
  [
    'too many orders closes the orders, and not what cancels',
    429,
    -1015,
    ['orders10s', 'orders1m'],
  ],
  ['too much weight closes the weight', 429, -1003, ['weight']],
  ['a ban closes the address', 418, -1003, 'address'],
])('behavior: %s', (_, status, code, closed) => {
  expect(closedBy(answer({ status, json: { code, msg: '' } }), cost)).toEqual(closed)
})
