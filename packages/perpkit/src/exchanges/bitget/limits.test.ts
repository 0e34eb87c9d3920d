import { expect, test } from 'vitest'
import type { RawAnswer } from '../../client/definition.ts'
import { closedBy, readUsage } from './limits.ts'

const answer = (headers: Record<string, string> = {}): RawAnswer => ({
  status: 200,
  headers,
  text: '',
  json: undefined,
})
const cost = { address: 1, 'v2/mix/order/place-order': 1 }

test("default: what is left of the path's second", () => {
  expect(readUsage(answer({ 'x-mbx-used-remain-limit': '7' }), cost)).toEqual([
    { name: 'v2/mix/order/place-order', left: 7 },
  ])
})

test('behavior: answers without the header tell nothing', () => {
  expect(readUsage(answer(), cost)).toEqual([])
})

test('behavior: a refusal closes the path, and the address where nothing else is counted', () => {
  expect(closedBy(answer(), cost)).toEqual(['v2/mix/order/place-order'])
  expect(closedBy(answer(), { address: 1 })).toEqual(['address'])
})
