import { expect, test } from 'vitest'
import { Ledger, type LedgerEntry, unknownHeaders } from './ledger.ts'

const entry: LedgerEntry = {
  venue: 'binance',
  where: 'parameter',
  name: 'quantitty',
  request: 'POST /order',
}
const nothingSecret = (_text: string): boolean => false

function noted(entries: [LedgerEntry, unknown][], isSecret = nothingSecret): LedgerEntry[] {
  const ledger = new Ledger()
  for (const [one, value] of entries) ledger.note(one, value, isSecret)
  return ledger.entries()
}

test('default: a word stands with its place and value', () => {
  expect(noted([[entry, '0.01']])).toEqual([{ ...entry, value: '0.01' }])
})

test('behavior: values that are no text are shown as JSON, absent ones not at all', () => {
  const other = { ...entry, name: 'other' }
  expect(
    noted([
      [entry, { a: [1] }],
      [other, undefined],
    ]),
  ).toEqual([{ ...entry, value: '{"a":[1]}' }, other])
})

test('behavior: a word of a route is noted once, whatever its value', () => {
  expect(
    noted([
      [entry, '1'],
      [entry, '2'],
      [{ ...entry, request: 'GET /order' }, '3'],
    ]),
  ).toEqual([
    { ...entry, value: '1' },
    { ...entry, request: 'GET /order', value: '3' },
  ])
})

test('behavior: unknown values of one name are words of their own', () => {
  const value: LedgerEntry = { ...entry, where: 'value', name: 'side' }
  expect(
    noted([
      [value, 'BYU'],
      [value, 'SLEL'],
      [value, 'BYU'],
    ]).map((row) => row.value),
  ).toEqual(['BYU', 'SLEL'])
})

test('behavior: long names and values are shortened to 80 characters', () => {
  const [row] = noted([[{ ...entry, name: 'n'.repeat(200) }, 'v'.repeat(200)]])
  expect(row?.name).toBe(`${'n'.repeat(79)}…`)
  expect(row?.value).toBe(`${'v'.repeat(79)}…`)
})

test.each(['signature', 'X-MBX-APIKEY', 'apiSecret', 'passPhrase', 'authorization', 'Cookie'])(
  'behavior: the value of %s is never kept',
  (name) => {
    expect(noted([[{ ...entry, name }, 'abc']])).toEqual([{ ...entry, name }])
  },
)

test('behavior: nothing that contains a secret is kept, under whatever name', () => {
  const isSecret = (text: string): boolean => text.includes('S3CRET')
  const rows = noted(
    [
      [{ ...entry, name: 'x' }, 'a S3CRET b'],
      [{ ...entry, name: 'S3CRET' }, 'y'],
      [{ ...entry, request: 'GET /S3CRET', name: 'z' }, 'y'],
    ],
    isSecret,
  )
  expect(JSON.stringify(rows)).not.toContain('S3CRET')
  expect(rows).toHaveLength(3)
})

test('behavior: a secret beyond the shortened length is noticed too', () => {
  const rows = noted([[entry, `${'x'.repeat(70)}S3CRET${'x'.repeat(70)}`]], (text) =>
    text.includes('S3CRET'),
  )
  expect(rows).toEqual([entry])
})

test('behavior: each new entry is told once', () => {
  const told: LedgerEntry[] = []
  const ledger = new Ledger((one) => told.push(one))
  ledger.note(entry, '1', nothingSecret)
  ledger.note(entry, '1', nothingSecret)
  expect(told).toEqual([{ ...entry, value: '1' }])
})

test('behavior: headers of HTTP and of the venue are known, others are not', () => {
  const request = {
    method: 'GET',
    path: '/',
    query: '',
    headers: {
      host: 'h',
      'sec-fetch-mode': 'cors',
      'user-agent': 'u',
      'x-venue': '1',
      'x-odd': '2',
    },
    body: '',
    remoteAddress: '',
  }
  expect(unknownHeaders(request, new Set(['x-venue']))).toEqual(['x-odd'])
})
