import { describe, expect, test } from 'vitest'
import type { UserContext, UserEvent } from '../../../client/definition.ts'
import { ReadError } from '../../../core/reader.ts'
import type { PositionMode } from '../../../model/tokens.ts'
import { knowing } from '../streams.testing.ts'
import { unifiedFeed } from './streamUser.ts'

// Samples of docs/wire/bitget.md 12.7.

const ORDER = {
  ...{ category: 'usdt-futures', symbol: 'BTCUSDT', orderId: '1', clientOid: 'mock-0002' },
  ...{ price: '', qty: '0.001', amount: '0', holdMode: 'hedge_mode', holdSide: 'long' },
  ...{ delegateType: 'normal', tradeSide: 'open', orderType: 'market', timeInForce: 'gtc' },
  ...{ side: 'buy', marginMode: 'crossed', marginCoin: 'USDT', reduceOnly: 'no' },
  ...{ cumExecQty: '0.001', cumExecValue: '83.1315', avgPrice: '83131.5', totalProfit: '0' },
  ...{ orderStatus: 'filled', cancelReason: '', leverage: '20' },
  feeDetail: [{ feeCoin: 'USDT', fee: '0.0332526' }],
  ...{ createdTime: '1742367838101', updatedTime: '1742367838115', stpMode: 'none' },
}
const FILL = {
  ...{ category: 'usdt-futures', symbol: 'BTCUSDT', orderType: 'market', side: 'buy' },
  ...{ holdSide: 'long', orderId: '1', clientOid: 'mock-0002', execId: '2', execLinkId: '3' },
  ...{ execPrice: '94993', execQty: '0.01', execValue: '949.93', execPnl: '0' },
  ...{ tradeScope: 'taker', tradeSide: 'open', isRPI: 'no' },
  feeDetail: [{ feeCoin: 'USDT', fee: '0.569958' }],
  ...{ execTime: '1736378720623', updatedTime: '1736378720623' },
}
const ENDED = {
  ...{ symbol: 'BTCUSDT', marginCoin: 'USDT', holdMode: 'hedge_mode', posSide: 'long' },
  ...{ marginMode: 'crossed', size: '0', available: '0', frozen: '0', leverage: '20' },
  ...{ marginSize: '0', avgPrice: '0', markPrice: '94987.1', liqPrice: '', mmr: '' },
  ...{ unrealisedPnl: '0', curRealisedPnl: '0', positionStatus: 'ended' },
  ...{ createdTime: '1736378720620', updatedTime: '1736378720620' },
}
const HELD = {
  ...ENDED,
  ...{ size: '0.02', avgPrice: '90000', marginSize: '90', unrealisedPnl: '99.742' },
  ...{ liqPrice: '45000.5', positionStatus: 'opening' },
}
const STRATEGY = {
  ...{ category: 'usdt-futures', symbol: 'BTCUSDT', orderId: '1', clientOid: 'mock-0004' },
  ...{ qty: '0.01', side: 'sell', posSide: 'long', reduceOnly: 'no', type: 'tpsl' },
  ...{ status: 'pending', triggerType: 'stopLoss', slTriggerBy: 'mark', takeProfit: '' },
  ...{ stopLoss: '90000', tpOrderType: '', slOrderType: 'market', slLimitPrice: '' },
  ...{ triggerPrice: '', createdTime: '1730186725663', updatedTime: '1730186725691' },
}
const ACCOUNT = { totalEquity: '4976919.05', effEquity: '4847952.35', imr: '17795.97', coin: [] }
const TS = 1_742_367_838_124

function decoder(mode: PositionMode = 'HEDGE', context: UserContext = knowing()) {
  const feed = unifiedFeed(mode)
  return (topic: string, data: unknown, ts = TS): UserEvent[] =>
    feed.decode(`UTA/${topic}`, { action: 'snapshot', data, ts }, context)
}

test('default: five topics', () => {
  expect(unifiedFeed('HEDGE').topics.map(({ route, name }) => `${route} ${name}`)).toEqual([
    'unified UTA/order',
    'unified UTA/strategy-order',
    'unified UTA/fill',
    'unified UTA/position',
    'unified UTA/account',
  ])
})

describe('orders', () => {
  test('default: the sample', () => {
    expect(decoder()('order', [ORDER])).toEqual([
      {
        kind: 'order',
        timestamp: 1742367838115,
        order: {
          ...{ orderId: '1', clientOrderId: 'mock-0002', symbol: 'BTCUSDT' },
          ...{ nativeSymbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: '0.001' },
          ...{ price: '0', status: 'FILLED', executedQty: '0.001', timeInForce: 'IOC' },
          ...{ averagePrice: '83131.5', positionSide: 'LONG', reduceOnly: false },
          ...{ createdAt: 1742367838101, updatedAt: 1742367838115 },
        },
      },
    ])
  })

  test.each([
    [{ side: 'sell' }, { side: 'SELL', positionSide: 'LONG', reduceOnly: true }],
    [{ orderStatus: 'live', cumExecQty: '0' }, { status: 'NEW' }],
    [{ orderStatus: 'new', cumExecQty: '0' }, { status: 'NEW' }],
    [
      { orderStatus: 'cancelled', orderType: 'limit', price: '1', cancelReason: 'normal_cancel' },
      { status: 'CANCELLED', price: '1' },
    ],
    [{ category: 'usdc-futures', symbol: 'BTCPERP' }, { nativeSymbol: 'BTCPERP' }],
  ])('args: %j', (words, order) => {
    expect(decoder()('order', [{ ...ORDER, ...words }])).toMatchObject([{ kind: 'order', order }])
  })

  test.each(['', 'net', undefined])('behavior: in one-way mode the side is %j', (holdSide) => {
    const row = { ...ORDER, holdMode: 'one_way_mode', holdSide, reduceOnly: 'yes' }
    const [event] = decoder()('order', [row])
    const order = event?.kind === 'order' ? event.order : undefined
    expect(order).toMatchObject({ reduceOnly: true })
    expect(order?.positionSide).toBeUndefined()
  })

  test('behavior: other categories are left out', () => {
    const rows = ['spot', 'coin-futures'].map((category) => ({ ...ORDER, category }))
    expect(decoder()('order', rows)).toEqual([])
    expect(decoder()('strategy-order', [{ ...STRATEGY, category: 'spot' }])).toEqual([])
    expect(decoder()('fill', [{ ...FILL, category: 'margin' }])).toEqual([])
  })

  test('behavior: one the exchange named itself is read', () => {
    expect(decoder()('order', [{ ...ORDER, clientOid: '1300000000000000001' }])).toEqual([
      { kind: 'orderChanged', timestamp: TS, nativeSymbol: 'BTCUSDT', orderId: '1' },
    ])
  })

  test('error: an order without a side', () => {
    expect(() => decoder()('order', [{ ...ORDER, side: '' }])).toThrow(ReadError)
  })
})

describe('strategy orders', () => {
  test('default: the sample', () => {
    expect(decoder()('strategy-order', [STRATEGY])).toMatchObject([
      {
        kind: 'order',
        timestamp: 1730186725691,
        order: {
          ...{ orderId: 'algo:1', clientOrderId: 'mock-0004', side: 'SELL', type: 'STOP_MARKET' },
          ...{ quantity: '0.01', status: 'PENDING', stopPrice: '90000', positionSide: 'LONG' },
          reduceOnly: true,
        },
      },
    ])
  })

  test.each([
    [{ status: 'submitting' }, { status: 'NEW' }],
    [{ status: 'success' }, { status: 'NEW' }],
    [{ status: 'failed' }, { status: 'REJECTED' }],
    [{ status: 'cancelled' }, { status: 'CANCELLED' }],
    [{ qty: '' }, { type: 'STOP_MARKET', quantity: '0', closePosition: true, stopPrice: '90000' }],
    [
      { stopLoss: '', takeProfit: '99000', tpOrderType: 'market' },
      { type: 'TAKE_PROFIT_MARKET', stopPrice: '99000' },
    ],
    [
      {
        ...{ type: 'trailing_stop', stopLoss: '' },
        trailingStopParams: [{ trailType: 'ratio', trailVariance: '1.5', activationPrice: '9' }],
      },
      { type: 'TRAILING_STOP_MARKET', callbackRate: '0.015', activationPrice: '9' },
    ],
  ])('args: %j', (words, order) => {
    expect(decoder()('strategy-order', [{ ...STRATEGY, ...words }])).toMatchObject([{ order }])
  })

  test('behavior: the side of the position is told in hedge mode alone, which may change', () => {
    const decode = decoder('ONE_WAY')
    const sideOf = ([event]: UserEvent[]): unknown =>
      event?.kind === 'order' ? event.order.positionSide : event
    expect(sideOf(decode('strategy-order', [STRATEGY]))).toBeUndefined()
    decode('order', [ORDER])
    expect(sideOf(decode('strategy-order', [STRATEGY]))).toBe('LONG')
  })

  test('behavior: strategies that wait for no price are left out', () => {
    expect(decoder()('strategy-order', [{ ...STRATEGY, type: 'twap' }])).toEqual([])
  })
})

describe('fills', () => {
  test('default: the sample', () => {
    expect(decoder()('fill', [FILL])).toEqual([
      {
        kind: 'fill',
        timestamp: 1736378720623,
        fill: {
          ...{ fillId: '2', orderId: '1', clientOrderId: 'mock-0002', symbol: 'BTCUSDT' },
          ...{ nativeSymbol: 'BTCUSDT', side: 'BUY', positionSide: 'LONG', quantity: '0.01' },
          ...{ price: '94993', fee: '0.569958', feeAsset: 'USDT', isMaker: false },
          ...{ realizedPnl: '0', timestamp: 1736378720623 },
        },
      },
    ])
  })
})

describe('positions', () => {
  test('default: one that is held', () => {
    expect(decoder()('position', [HELD])).toEqual([
      {
        ...{ kind: 'position', timestamp: TS, nativeSymbol: 'BTCUSDT', positionSide: 'LONG' },
        position: {
          ...{ symbol: 'BTCUSDT', nativeSymbol: 'BTCUSDT', side: 'LONG', size: '0.02' },
          ...{ entryPrice: '90000', markPrice: '94987.1', pnl: '99.742' },
          ...{ percentage: '110.82', leverage: 20, marginMode: 'CROSS' },
          ...{ liquidationPrice: '45000.5', notional: '1899.742' },
        },
      },
    ])
  })

  test('behavior: one that has ended', () => {
    expect(decoder()('position', [ENDED])).toEqual([
      { kind: 'position', timestamp: TS, nativeSymbol: 'BTCUSDT', positionSide: 'LONG' },
    ])
  })

  test('behavior: what has ended is told before what took its place', () => {
    const one = { holdMode: 'one_way_mode' }
    const events = decoder()('position', [
      { ...HELD, ...one, posSide: 'short' },
      { ...ENDED, ...one },
    ])
    expect(events.map((event) => event.kind === 'position' && event.position?.side)).toEqual([
      undefined,
      'SHORT',
    ])
    expect(events.every((event) => !('positionSide' in event))).toBe(true)
  })

  test('behavior: those of inverse contracts are left out', () => {
    expect(decoder()('position', [{ ...HELD, marginCoin: 'BTC' }])).toEqual([])
  })

  test('error: a position in no mode', () => {
    expect(() => decoder()('position', [{ ...HELD, holdMode: 'x' }])).toThrow(ReadError)
  })
})

test('behavior: the account is read when it has changed, not each time it is repeated', () => {
  const decode = decoder()
  expect(decode('account', [ACCOUNT])).toEqual([{ kind: 'account', timestamp: TS }])
  expect(decode('account', [ACCOUNT])).toEqual([])
  expect(decode('account', [{ ...ACCOUNT, imr: '1' }])).toHaveLength(1)
})
