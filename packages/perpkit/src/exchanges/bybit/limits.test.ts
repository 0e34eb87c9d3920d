import { expect, test } from 'vitest'
import type { RawAnswer } from '../../client/definition.ts'
import { closedBy, readUsage } from './limits.ts'

const answer = (part: Partial<RawAnswer>): RawAnswer => ({
  status: 200,
  headers: {},
  text: '',
  json: { retCode: 0, time: 1_700_000_000_000 },
  ...part,
})
const cost = { address: 1, 'order/create': 1 }
const headers = {
  'x-bapi-limit': '20',
  'x-bapi-limit-status': '0',
  'x-bapi-limit-reset-timestamp': '1700000000400',
}

test("default: the path's own budget, and how long until it is whole", () => {
  const told = { name: 'order/create', left: 0, limit: 20, resetInMs: 400 }
  expect(readUsage(answer({ headers }), cost)).toEqual([told])
  const timed = { ...headers, timenow: '1700000000100' }
  expect(readUsage(answer({ headers: timed }), cost)).toEqual([{ ...told, resetInMs: 300 }])
})

test('behavior: public answers tell nothing, and what is no time is left out', () => {
  expect(readUsage(answer({}), cost)).toEqual([])
  expect(readUsage(answer({ headers }), { address: 1 })).toEqual([])
  const [told] = readUsage(answer({ headers, json: undefined }), cost)
  expect(told?.resetInMs).toBeUndefined()
})

test.each([
  ['too many of a path close the path', { json: { retCode: 10006 } }, cost, ['order/create']],
  ['too many of a public call close what it costs', {}, { address: 1 }, ['address']],
  [
    'the page of the firewall closes the address',
    { status: 403, json: undefined },
    cost,
    'address',
  ],
  ['so does its code', { json: { retCode: 10403 } }, cost, 'address'],
])('behavior: %s', (_, part, of, closed) => {
  expect(closedBy(answer(part), of)).toEqual(closed)
})
