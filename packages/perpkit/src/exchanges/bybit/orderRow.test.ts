import { describe, expect, test } from 'vitest'
import type { Instruments } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { readOrder } from './orderRow.ts'

const instruments: Instruments = {
  byNative: () => undefined,
  symbolOf: (native) => (native === 'BTCPERP' ? 'BTCUSDC' : native),
}

// docs/wire/bybit.md 4.3, order row
const row = {
  orderId: 'c6f055d9-7f21-4079-913d-e6523a9cfffa',
  orderLinkId: 'tx-0001',
  symbol: 'BTCPERP',
  price: '60000.00',
  qty: '0.010',
  side: 'Buy',
  positionIdx: 0,
  orderStatus: 'PartiallyFilled',
  createType: 'CreateByUser',
  cancelType: 'UNKNOWN',
  rejectReason: 'EC_NoError',
  avgPrice: '60000',
  leavesQty: '0.006',
  cumExecQty: '0.004',
  cumExecValue: '240',
  timeInForce: 'GTC',
  orderType: 'Limit',
  stopOrderType: '',
  triggerPrice: '',
  tpslMode: '',
  triggerDirection: 0,
  triggerBy: '',
  reduceOnly: false,
  closeOnTrigger: false,
  createdTime: '1700000000100',
  updatedTime: '1700000000200',
}
const conditional = {
  ...row,
  price: '0.00',
  side: 'Sell',
  orderStatus: 'Untriggered',
  createType: 'CreateByStopOrder',
  avgPrice: '',
  cumExecQty: '0.000',
  timeInForce: 'IOC',
  orderType: 'Market',
  stopOrderType: 'Stop',
  triggerPrice: '58000.00',
  triggerDirection: 2,
  triggerBy: 'LastPrice',
  reduceOnly: true,
}

function read(changes: Record<string, unknown>, from: object = row): FuturesOrder {
  return readOrder(new Reader({ ...from, ...changes }), instruments)
}

test('default: a plain order', () => {
  const order = readOrder(new Reader(row), instruments)
  expect(order).toEqual({
    orderId: 'c6f055d9-7f21-4079-913d-e6523a9cfffa',
    clientOrderId: 'tx-0001',
    symbol: 'BTCUSDC',
    nativeSymbol: 'BTCPERP',
    side: 'BUY',
    type: 'LIMIT',
    quantity: '0.01',
    price: '60000',
    status: 'PARTIALLY_FILLED',
    executedQty: '0.004',
    timeInForce: 'GTC',
    averagePrice: '60000',
    reduceOnly: false,
    createdAt: 1_700_000_000_100,
    updatedAt: 1_700_000_000_200,
  })
  expect(order.raw).toBe(row)
})

test('default: a conditional order that waits', () => {
  expect(readOrder(new Reader(conditional), instruments)).toEqual({
    orderId: row.orderId,
    clientOrderId: 'tx-0001',
    symbol: 'BTCUSDC',
    nativeSymbol: 'BTCPERP',
    side: 'SELL',
    type: 'STOP_MARKET',
    quantity: '0.01',
    price: '0',
    status: 'PENDING',
    executedQty: '0',
    timeInForce: 'IOC',
    stopPrice: '58000',
    reduceOnly: true,
    createdAt: 1_700_000_000_100,
    updatedAt: 1_700_000_000_200,
  })
})

describe('zero as nothing', () => {
  test.each([[''], ['0'], ['0.00'], [null], [undefined]])('args: %j', (none) => {
    const order = read({ avgPrice: none, triggerPrice: none, createdTime: none, updatedTime: none })
    expect(order).not.toHaveProperty('averagePrice')
    expect(order).not.toHaveProperty('stopPrice')
    expect(order).not.toHaveProperty('createdAt')
    expect(order).not.toHaveProperty('updatedAt')
    expect(order.type).toBe('LIMIT')
  })

  test('behavior: the protection price of a market order is not its price', () => {
    expect(read({ orderType: 'Market', price: '69795.6' })).toMatchObject({
      type: 'MARKET',
      price: '0',
    })
  })
})

test('args: a limit order whose price the exchange takes from the book', () => {
  expect(read({ price: '' })).toMatchObject({ type: 'LIMIT', price: '0' })
})

describe('type', () => {
  test.each([
    ['Sell', 2, 'Market', 'STOP_MARKET'],
    ['Buy', 1, 'Market', 'STOP_MARKET'],
    ['Sell', 1, 'Market', 'TAKE_PROFIT_MARKET'],
    ['Buy', 2, 'Market', 'TAKE_PROFIT_MARKET'],
    ['Sell', 2, 'Limit', 'STOP'],
    ['Buy', 2, 'Limit', 'TAKE_PROFIT'],
  ])('default: %s in direction %i to %s is %s', (side, triggerDirection, orderType, type) => {
    expect(
      read({ side, triggerDirection, orderType, price: '57990.0' }, conditional),
    ).toMatchObject({
      type,
      price: orderType === 'Limit' ? '57990' : '0',
      stopPrice: '58000',
    })
  })

  test.each([
    ['StopLoss', 'Market', 'STOP_MARKET', true],
    ['PartialStopLoss', 'Market', 'STOP_MARKET', undefined],
    ['PartialStopLoss', 'Limit', 'STOP', undefined],
    ['TakeProfit', 'Market', 'TAKE_PROFIT_MARKET', true],
    ['PartialTakeProfit', 'Limit', 'TAKE_PROFIT', undefined],
    ['TrailingStop', 'Market', 'TRAILING_STOP_MARKET', true],
  ])('behavior: %s of a position, %s', (stopOrderType, orderType, type, closePosition) => {
    // A direction that says otherwise does not decide what the exchange already names.
    const triggerDirection = stopOrderType.endsWith('Loss') ? 2 : 1
    const leg = { stopOrderType, orderType, orderLinkId: '', triggerDirection, side: 'Buy' }
    const order = read(leg, conditional)
    expect(order).toMatchObject({ type, clientOrderId: '' })
    expect(order.closePosition).toBe(closePosition)
  })

  test('behavior: an activation price is no trigger price', () => {
    const order = read({ stopOrderType: 'TrailingStop' }, conditional)
    expect(order.activationPrice).toBe('58000')
    expect(order).not.toHaveProperty('stopPrice')
  })

  test('behavior: type and id stay when a conditional order has triggered', () => {
    const filled = { orderStatus: 'Filled', cumExecQty: '0.010', avgPrice: '57998.5' }
    expect(read(filled, conditional)).toMatchObject({
      orderId: row.orderId,
      type: 'STOP_MARKET',
      status: 'FILLED',
      executedQty: '0.01',
      averagePrice: '57998.5',
      stopPrice: '58000',
    })
  })

  test.each(['UNKNOWN', 'Tomorrow'])('args: the word %s', (stopOrderType) => {
    expect(read({ stopOrderType }).type).toBe('LIMIT')
    expect(read({ stopOrderType }, conditional).type).toBe('STOP_MARKET')
  })
})

describe('status', () => {
  test.each([
    ['Created', 'NEW'],
    ['New', 'NEW'],
    ['Active', 'NEW'],
    ['Triggered', 'NEW'],
    ['Untriggered', 'PENDING'],
    ['PartiallyFilled', 'PARTIALLY_FILLED'],
    ['Filled', 'FILLED'],
    ['Cancelled', 'CANCELLED'],
    ['PartiallyFilledCanceled', 'CANCELLED'],
    ['Rejected', 'REJECTED'],
    ['Deactivated', 'CANCELLED'],
    ['Tomorrow', 'NEW'],
  ])('default: %s is %s', (orderStatus, status) => {
    expect(read({ orderStatus, cumExecQty: '0' }).status).toBe(status)
  })

  test.each([
    ['PartiallyFilled', 'PARTIALLY_FILLED'],
    ['Cancelled', 'CANCELLED'],
    ['Rejected', 'CANCELLED'],
    ['Tomorrow', 'PARTIALLY_FILLED'],
  ])('behavior: %s with fills is %s and keeps them', (orderStatus, status) => {
    expect(read({ orderStatus })).toMatchObject({ status, executedQty: '0.004' })
  })

  test.each([
    ['IOC', 'UNKNOWN', 'EC_NoImmediateQtyToFill', 'EXPIRED'],
    ['FOK', 'UNKNOWN', 'EC_CancelForNoFullFill', 'EXPIRED'],
    ['IOC', 'CancelByReduceOnly', 'EC_NoError', 'EXPIRED'],
    ['IOC', '', '', 'EXPIRED'],
    ['IOC', undefined, undefined, 'EXPIRED'],
    ['IOC', 'CancelByUser', 'EC_PerCancelRequest', 'CANCELLED'],
    ['IOC', 'CancelByTpSlTsClear', 'EC_NoError', 'CANCELLED'],
    ['IOC', 'CancelByOCOSlCanceledByTpTriggered', 'EC_NoError', 'CANCELLED'],
    ['GTC', 'CancelByUser', 'EC_PerCancelRequest', 'CANCELLED'],
    ['GTC', 'CancelByReduceOnly', 'EC_NoError', 'CANCELLED'],
    ['PostOnly', 'UNKNOWN', 'EC_PostOnlyWillTakeLiquidity', 'REJECTED'],
    ['PostOnly', 'CancelByUser', 'EC_PerCancelRequest', 'CANCELLED'],
  ])('behavior: Cancelled, %s, %s, %s is %s', (timeInForce, cancelType, rejectReason, status) => {
    const ended = { orderStatus: 'Cancelled', timeInForce, cancelType, rejectReason }
    expect(read(ended).status).toBe(status)
  })
})

test.each([
  ['GTC', 'GTC'],
  ['IOC', 'IOC'],
  ['FOK', 'FOK'],
  ['PostOnly', 'GTX'],
  ['RPI', 'GTX'],
  ['Tomorrow', 'GTC'],
])('default: time in force %s is %s', (timeInForce, ours) => {
  expect(read({ timeInForce }).timeInForce).toBe(ours)
})

test('behavior: closing on trigger is reduce-only', () => {
  expect(read({ closeOnTrigger: true }).reduceOnly).toBe(true)
})

test('args: keys that some answers do not have', () => {
  const { createType, cancelType, rejectReason, tpslMode, ...bare } = row
  expect(readOrder(new Reader(bare), instruments).status).toBe('PARTIALLY_FILLED')
})

test.each([
  ['orderId', '', 'an identifier'],
  ['symbol', undefined, 'a string'],
  ['side', '', 'Buy or Sell'],
  ['orderType', undefined, 'a string'],
  ['orderStatus', 3, 'a string'],
  ['qty', '', 'a decimal'],
  ['cumExecQty', undefined, 'a decimal'],
  ['timeInForce', null, 'a string'],
  ['reduceOnly', 'false', 'true or false'],
  ['closeOnTrigger', undefined, 'true or false'],
])('error: %s is %j', (name, value, expected) => {
  expect(() => read({ [name]: value })).toThrow(`$.${name}: expected ${expected}`)
})

test.each([
  [0, undefined],
  [1, 'LONG'],
  [2, 'SHORT'],
  [null, undefined],
])('args: slot %j is the side %s', (positionIdx, positionSide) => {
  expect(read({ positionIdx }).positionSide).toBe(positionSide)
  expect(read({ positionIdx }, conditional).positionSide).toBe(positionSide)
})

test('behavior: the side of a closing order is still that of the trade', () => {
  expect(read({ positionIdx: 1, side: 'Sell', reduceOnly: true })).toMatchObject({
    side: 'SELL',
    positionSide: 'LONG',
    reduceOnly: true,
  })
})

test('error: a slot that no mode has', () => {
  expect(() => read({ positionIdx: 3 })).toThrow('$.positionIdx: expected 0, 1 or 2')
})
