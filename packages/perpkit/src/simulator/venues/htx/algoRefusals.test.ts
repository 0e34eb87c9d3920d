import { expect, test } from 'vitest'
import { algo, openLong, profit, said, stop } from './desk.fixture.ts'

test.each([
  ['no position side', { ...stop, position_side: undefined }, invalid('position_side')],
  ['no type', { ...stop, type: undefined }, empty('type')],
  ['a type of plain orders', { ...stop, type: 'market' }, invalid('type')],
  ['no trigger', { type: 'sl' }, empty('sl_trigger_price')],
  ['half a tpsl', { ...stop, type: 'tpsl' }, empty('tp_trigger_price')],
  [
    'a limit leg without its price',
    { ...stop, sl_type: 'limit', sl_order_price: '0' },
    empty('sl_order_price'),
  ],
  [
    'a stop that was passed',
    { ...stop, sl_trigger_price: '60000' },
    '1407 The stop-loss price shall not be higher than or equal to 60000',
  ],
  [
    'a take-profit that was passed',
    { ...profit, tp_trigger_price: '59000' },
    '1405 The take-profit price shall not be lower than or equal to 60000',
  ],
  [
    'a trigger off the tick',
    { ...stop, sl_trigger_price: '59000.01' },
    '1412 sl_trigger_price does not meet with the price precision limit 0.1.',
  ],
  ['more than the position', { ...stop, volume: '6' }, '1048 Insufficient close amount available.'],
  [
    'a stop of the wrong side',
    { ...stop, side: 'buy', sl_trigger_price: '61000' },
    '1048 Insufficient close amount available.',
  ],
  ['a trigger without a price', { type: 'trigger', trigger_price: '61000' }, empty('price')],
  [
    'a trigger on the mark price',
    { type: 'trigger', trigger_price: '61000', price: '61000', trigger_price_type: 'mark' },
    invalid('trigger_price_type'),
  ],
  [
    'a rate that is too small',
    { type: 'trailing_stop', callback_rate: '0.0009', order_price_type: 'formula_price' },
    '1425 The callback rate should be at least 0.001, please modify!',
  ],
  [
    'a trailing stop that would be active',
    {
      type: 'trailing_stop',
      callback_rate: '0.01',
      order_price_type: 'formula_price',
      active_price: '59000',
    },
    '1426 The activation price should be higher than the latest price.',
  ],
  [
    'a trailing stop that does not say how it is priced',
    { type: 'trailing_stop', callback_rate: '0.01' },
    empty('order_price_type'),
  ],
])('error: %s', async (_, more, text) => {
  const desk = await openLong()
  expect(said(await desk.post('/v5/algo/order', algo(more)))).toBe(text)
  const { conditionalOrders } = await desk.simulator.control.state({ venue: 'htx' })
  expect(conditionalOrders).toEqual([])
})

function empty(name: string): string {
  return `1066 The ${name} field cannot be empty. Please re-enter.`
}

function invalid(name: string): string {
  return `1067 The ${name} field is invalid. Please re-enter.`
}
