import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { isRecord } from '../../../core/reader.ts'
import { bitcoin, type Desk, openDesk, order } from './desk.fixture.ts'

// Keys and JSON types of answers against the samples of docs/wire/bybit.md: none less, none more.

const sheet = readFileSync(
  new URL('../../../../../../docs/wire/bybit.md', import.meta.url),
  'utf8',
).split('\n')

let desk: Desk

// A position with a full history behind it, and orders of every kind.
beforeAll(async () => {
  desk = openDesk()
  await desk.post('/v5/order/create', order({ orderLinkId: 'entry' }))
  await desk.post('/v5/order/create', order({ side: 'Sell', qty: '0.004', reduceOnly: true }))
  const limit = { orderType: 'Limit', price: '59500', orderLinkId: 'rest' }
  await desk.post('/v5/order/create', order(limit))
  const stop = { side: 'Sell', triggerPrice: '58000', triggerDirection: 2, reduceOnly: true }
  await desk.post('/v5/order/create', order({ ...stop, orderLinkId: 'stop' }))
  await desk.post('/v5/position/trading-stop', {
    category: 'linear',
    symbol: 'BTCUSDT',
    tpslMode: 'Full',
    positionIdx: 0,
    stopLoss: '57000',
  })
})

test.each([
  ['market/tickers', '/v5/market/tickers', bitcoin],
  ['market/orderbook', '/v5/market/orderbook', bitcoin],
  ['market/recent-trade', '/v5/market/recent-trade', bitcoin],
  ['market/kline', '/v5/market/kline', { ...bitcoin, interval: '1', limit: 2 }],
  ['market/funding/history', '/v5/market/funding/history', bitcoin],
  ['market/open-interest', '/v5/market/open-interest', { ...bitcoin, intervalTime: '1h' }],
  ['market/risk-limit', '/v5/market/risk-limit', bitcoin],
  ['execution/list', '/v5/execution/list', bitcoin],
  ['account/fee-rate', '/v5/account/fee-rate', bitcoin],
  ['account/info', '/v5/account/info', {}],
  ['position/symbol-info', '/v5/position/symbol-info', bitcoin],
  ['position/closed-pnl', '/v5/position/closed-pnl', bitcoin],
  ['account/transaction-log', '/v5/account/transaction-log', { accountType: 'UNIFIED' }],
  ['user/query-api', '/v5/user/query-api', {}],
])('default: %s', async (endpoint, path, query) => {
  const answer = await desk.get(path, query)
  const line = sheet.find((row) => row.startsWith(`{"endpoint":"${endpoint}",`)) ?? '{}'
  expect(shape(answer.at('result').value)).toEqual(shape(JSON.parse(line).result))
})

test('default: an instrument', async () => {
  const first = sheet.findIndex((row) => row.startsWith('{"symbol":"BTCUSDT","symbolId"'))
  const end = sheet.indexOf('```', first)
  const sample: unknown = JSON.parse(sheet.slice(first, end).join(''))
  const answer = await desk.get('/v5/market/instruments-info', bitcoin)
  expect(answer.at('result').at('list').value).toEqual([sample])
})

test('default: the wallet', async () => {
  const answer = await desk.get('/v5/account/wallet-balance', { accountType: 'UNIFIED' })
  const sample = parseLine('{"retCode":0,"retMsg":"OK","result":{"list":[{"accountType"')
  expect(shape(answer.value)).toEqual(shape(sample))
})

test('default: a position, open and flat', async () => {
  const sample = parseLine('{"positionIdx":0,"riskId":1')
  const open = await desk.get('/v5/position/list', bitcoin)
  const flat = await desk.get('/v5/position/list', { category: 'linear', symbol: 'ETHUSDT' })
  expect(shape(open.at('result').at('list').at(0).value)).toEqual(shape(sample))
  expect(shape(flat.at('result').at('list').at(0).value)).toEqual(shape(sample))
})

test.each(['entry', 'rest', 'stop'])('default: order %s', async (orderLinkId) => {
  const sample = parseLine('{"orderId":"c6f055d9')
  const answer = await desk.get('/v5/order/realtime', { ...bitcoin, orderLinkId })
  const row = answer.at('result').at('list').at(0).value
  // What the fee was paid in is a name of its own; there is none before the first fill.
  const { cumFeeDetail: _, ...fields } = isRecord(row) ? row : {}
  const { cumFeeDetail: __, ...wanted } = isRecord(sample) ? sample : {}
  expect(shape(fields)).toEqual(shape(wanted))
})

test('behavior: nothing of all this was a word the venue does not know', async () => {
  expect(await desk.unknownWords()).toEqual([])
})

function parseLine(start: string): unknown {
  const line = sheet.find((row) => row.startsWith(start))
  if (line === undefined) throw new Error(`the sheet has no line ${start}`)
  return JSON.parse(line)
}

/** A value with its JSON types in place of its leaves; the first row stands for a list. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shape)
  if (!isRecord(value)) return value === null ? 'null' : typeof value
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, shape(child)]))
}
