import { expect, test } from 'vitest'
import { openDesk, order, said } from './desk.fixture.ts'

test.each([
  ['a volume that is no whole number', { volume: '1.5' }, '1030 Input error.'],
  ['a volume that is no number', { volume: 'five' }, '1030 Input error.'],
  ['a volume of nothing', { volume: '0' }, '1040 Invalid amount, please modify and order again.'],
  [
    'a volume beyond the most',
    { volume: '170001' },
    '1041 The order amount exceeds the limit (170000Cont), please modify and order again.',
  ],
  [
    'a price off the tick',
    { type: 'limit', price: '60000.05' },
    '1038 The order price exceeds the precision limit, please modify and order again.',
  ],
  [
    'a buy above the band',
    { type: 'limit', price: '63000.1' },
    '1039 Buy price must be lower than 63000USDT. Sell price must exceed 57000USDT.',
  ],
  [
    'a sell below the band',
    { side: 'sell', type: 'limit', price: '56999.9' },
    '1039 Buy price must be lower than 63000USDT. Sell price must exceed 57000USDT.',
  ],
  ['no contract', { contract_code: null }, empty('contract_code')],
  ['no margin mode', { margin_mode: '' }, empty('margin_mode')],
  ['no side', { side: undefined }, empty('side')],
  ['no type', { type: undefined }, empty('type')],
  ['no volume', { volume: undefined }, empty('volume')],
  ['a limit order without a price', { type: 'limit' }, empty('price')],
  ['another side', { side: 'BUY' }, invalid('side')],
  ['an old type', { type: 'opponent' }, invalid('type')],
  ['another time in force', { time_in_force: 'IOC' }, invalid('time_in_force')],
  ['another flag', { reduce_only: 'yes' }, invalid('reduce_only')],
  [
    'a price and a match',
    { type: 'limit', price: '59000', price_match: 'opponent' },
    invalid('price_match'),
  ],
  [
    'an unknown contract',
    { contract_code: 'PEPE-USDT' },
    '1013 This contract symbol doesnt exist.',
  ],
  ['an unknown margin mode', { margin_mode: 'crossed' }, invalid('margin_mode')],
  [
    'a side of the hedge mode',
    { position_side: 'long' },
    '1500 The current position mode is one-way mode: orders of the hedge mode cannot be placed.',
  ],
  ['a margin that is not there', { volume: '20000' }, '1047 Insufficient margin available.'],
  [
    'a client id beyond 64 bits',
    { client_order_id: '9223372036854775808' },
    '1065 The form number of client isn’t an integer.',
  ],
  [
    'a client id with a fraction',
    { client_order_id: 1.5 },
    '1065 The form number of client isn’t an integer.',
  ],
  [
    'a stop-loss that was passed',
    { sl_trigger_price: '60100' },
    '1407 The stop-loss price shall not be higher than or equal to 60000',
  ],
  [
    'a take-profit that was passed',
    { tp_trigger_price: '59900' },
    '1405 The take-profit price shall not be lower than or equal to 60000',
  ],
  [
    'a leg off the tick',
    { sl_trigger_price: '59000.05' },
    '1412 sl_trigger_price does not meet with the price precision limit 0.1.',
  ],
  ['a leg without a trigger', { tp_order_price: '61000' }, empty('tp_trigger_price')],
  [
    'a leg on a closing order',
    { reduce_only: 1, tp_trigger_price: '61000' },
    '1404 Take-profit and stop-loss orders can only be bound with orders for opening a position',
  ],
])('error: %s', async (_, more, text) => {
  const desk = openDesk()
  const answer = await desk.post('/v5/trade/order', order(more))
  expect(said(answer)).toBe(text)
  expect(answer.at('data').value).toBeNull()
  expect((await desk.simulator.control.state({ venue: 'htx' })).orders).toEqual([])
})

test('error: an unknown word is told to the ledger as well', async () => {
  const desk = openDesk()
  const answer = await desk.post('/v5/trade/order', order({ time_in_force: 'GTX' }))
  expect(said(answer)).toBe(invalid('time_in_force'))
  expect(await desk.unknownWords()).toEqual(['value time_in_force'])
})

function empty(name: string): string {
  return `1066 The ${name} field cannot be empty. Please re-enter.`
}

function invalid(name: string): string {
  return `1067 The ${name} field is invalid. Please re-enter.`
}
