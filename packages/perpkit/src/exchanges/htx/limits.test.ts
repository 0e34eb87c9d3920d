import { expect, test } from 'vitest'
import type { RawAnswer } from '../../client/definition.ts'
import { closedBy, readUsage } from './limits.ts'

const answer = (headers: Record<string, string>, json?: unknown): RawAnswer => ({
  status: 200,
  headers,
  text: '',
  json,
})
const headers = {
  'ratelimit-limit': '72',
  'ratelimit-interval': '3000',
  'ratelimit-remaining': '12',
  'ratelimit-reset': '850',
}

test("default: what is left of the account's budget, and for how long", () => {
  const told = { left: 12, limit: 72, resetInMs: 850 }
  expect(readUsage(answer(headers), { trade: 1 })).toEqual([{ name: 'trade', ...told }])
  expect(readUsage(answer(headers), { read: 1 })).toEqual([{ name: 'read', ...told }])
})

test('behavior: public answers and answers without headers tell nothing', () => {
  expect(readUsage(answer(headers), { market: 1 })).toEqual([])
  expect(readUsage(answer({}), { trade: 1 })).toEqual([])
})

test.each([
  ['both halves', { 'ratelimit-limit': '144' }],
  ['another window', { 'ratelimit-interval': '1000' }],
])('behavior: headers that speak of %s tell nothing of ours', (_, other) => {
  expect(readUsage(answer({ ...headers, ...other }), { trade: 1 })).toEqual([])
})

test('behavior: too many calls close their budget; the ban for cancelling does not stop cancelling', () => {
  expect(closedBy(answer({}, { code: 1032 }), { trade: 1 })).toEqual(['trade'])
  expect(closedBy(answer({}, { code: '1084' }), { trade: 1 })).toEqual([])
})
