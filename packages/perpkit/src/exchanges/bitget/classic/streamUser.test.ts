import { describe, expect, test } from 'vitest'
import type { UserContext, UserEvent } from '../../../client/definition.ts'
import { ReadError } from '../../../core/reader.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { knowing } from '../streams.testing.ts'
import { classicFeed } from './streamUser.ts'

// Samples of docs/wire/bitget.md 8.5.

const ORDER = {
  ...{ instId: 'ETHUSDT', orderId: '1333', clientOid: 'mock-0001', price: '3000', size: '0.4' },
  ...{ accBaseVolume: '0.3', baseVolume: '0.1', fillPrice: '3000', tradeId: '1334' },
  ...{ fillTime: '1760461518000', fillFee: '-0.06', tradeScope: 'M', priceAvg: '3000' },
  ...{ orderType: 'limit', force: 'gtc', side: 'buy', posSide: 'long', tradeSide: 'open' },
  ...{ posMode: 'hedge_mode', marginMode: 'crossed', marginCoin: 'USDT', leverage: '12' },
  ...{ reduceOnly: 'no', status: 'partially_filled', cancelReason: '' },
  ...{ cTime: '1760461517274', uTime: '1760461518000' },
}
const FRESH = { ...ORDER, status: 'live', accBaseVolume: undefined, baseVolume: undefined }
const PLAN = {
  ...{ instId: 'BTCUSDT', orderId: '1', clientOid: '1', triggerPrice: '27000.000000000' },
  ...{ triggerType: 'fill_price', triggerTime: '1695719197612', planType: 'psl', price: '0' },
  ...{ executePrice: '0', size: '0', actualSize: '0', orderType: 'market', side: 'buy' },
  ...{ tradeSide: 'close', posSide: 'long', marginCoin: 'USDT', status: 'live' },
  ...{ posMode: 'hedge_mode', cTime: '1695719197612', uTime: '1695719197612' },
}
const FILL = {
  ...{ orderId: '111', clientOid: 'mock-0001', tradeId: '222', symbol: 'BTCUSDT', side: 'buy' },
  ...{ orderType: 'market', posMode: 'one_way_mode', price: '51000.5', baseVolume: '0.01' },
  ...{ quoteVolume: '510.005', profit: '0', tradeSide: 'buy_single', tradeScope: 'taker' },
  feeDetail: [{ feeCoin: 'USDT', deduction: 'no', totalDeductionFee: '0', totalFee: '-0.183717' }],
  ...{ cTime: '1703577336606', uTime: '1703577336606' },
}
const POSITION = {
  ...{ posId: '1', instId: 'ETHUSDT', marginCoin: 'USDT', marginSize: '9.5' },
  ...{ marginMode: 'crossed', holdSide: 'short', posMode: 'hedge_mode', total: '0.1' },
  ...{ available: '0.1', frozen: '0', openPriceAvg: '1900', leverage: 20, unrealizedPL: '0' },
  ...{ liquidationPrice: '5788.10', markPrice: '2500', uTime: '1695711602568' },
}
const TS = 1_760_461_518_010

function decoder(context: UserContext = knowing()) {
  const feed = classicFeed()
  return (channel: string, data: unknown, ts = TS): UserEvent[] =>
    feed.decode(`USDT-FUTURES/${channel}/default`, { action: 'snapshot', data, ts }, context)
}

test('default: five channels of two families', () => {
  const names = classicFeed().topics.map(({ route, name }) => `${route} ${name}`)
  expect(names).toHaveLength(10)
  expect(names).toContain('classic USDC-FUTURES/orders-algo/default')
  expect(names).toContain('classic USDT-FUTURES/account/default')
})

describe('orders', () => {
  test('default: what is filled in all, not what was filled last', () => {
    expect(decoder()('orders', [ORDER])).toEqual([
      {
        kind: 'order',
        timestamp: 1760461518000,
        order: {
          ...{ orderId: '1333', clientOrderId: 'mock-0001', symbol: 'ETHUSDT' },
          ...{ nativeSymbol: 'ETHUSDT', side: 'BUY', type: 'LIMIT', quantity: '0.4' },
          ...{ price: '3000', status: 'PARTIALLY_FILLED', executedQty: '0.3' },
          ...{ timeInForce: 'GTC', averagePrice: '3000', positionSide: 'LONG' },
          ...{ reduceOnly: false, createdAt: 1760461517274, updatedAt: 1760461518000 },
        },
      },
    ])
  })

  test.each([
    [FRESH, { status: 'NEW', executedQty: '0', price: '3000' }],
    [
      { ...ORDER, tradeSide: 'close' },
      { side: 'SELL', positionSide: 'LONG', reduceOnly: true },
    ],
    [
      { ...ORDER, tradeSide: 'close', side: 'sell', posSide: 'short' },
      { side: 'BUY', positionSide: 'SHORT', reduceOnly: true },
    ],
    [
      { ...ORDER, status: 'cancelled', cancelReason: 'normal_cancel', priceAvg: undefined },
      { status: 'CANCELLED', executedQty: '0.3' },
    ],
    [
      { ...FRESH, status: 'canceled', force: 'post_only', cancelReason: 'post_only_fill_cancel' },
      { status: 'REJECTED' },
    ],
    [
      { ...ORDER, status: 'canceled', force: 'ioc' },
      { status: 'EXPIRED', executedQty: '0.3' },
    ],
    [
      { ...ORDER, orderType: 'market', price: '0', status: 'filled' },
      { type: 'MARKET', price: '0' },
    ],
  ])('args: %j', (row, order) => {
    expect(decoder()('orders', [row])).toEqual([
      expect.objectContaining({ kind: 'order', order: expect.objectContaining(order) }),
    ])
  })

  test('behavior: one-way mode names no side of a position', () => {
    const row = { ...ORDER, posMode: 'one_way_mode', posSide: 'net', tradeSide: 'sell_single' }
    const [event] = decoder()('orders', [{ ...row, side: 'sell', reduceOnly: 'yes' }])
    const order = event?.kind === 'order' ? event.order : undefined
    expect(order).toMatchObject({ side: 'SELL', reduceOnly: true })
    expect(order?.positionSide).toBeUndefined()
  })

  test('behavior: one the exchange named itself is read, until it is known', () => {
    const row = { ...ORDER, clientOid: '1300000000000000001' }
    expect(decoder()('orders', [row])).toEqual([
      { kind: 'orderChanged', timestamp: TS, nativeSymbol: 'ETHUSDT', orderId: '1333' },
    ])
    const [event] = decoder()('orders', [ORDER])
    const known: FuturesOrder[] = event?.kind === 'order' ? [event.order] : []
    expect(decoder(knowing(...known))('orders', [row])).toMatchObject([{ kind: 'order' }])
  })

  test.each([
    { ...ORDER, side: 'long' },
    { ...ORDER, size: '' },
    { ...ORDER, instId: undefined },
  ])('error: %j', (row) => {
    expect(() => decoder()('orders', [row])).toThrow(ReadError)
  })
})

describe('plans', () => {
  test('default: a stop of the whole position, decimals padded', () => {
    expect(decoder()('orders-algo', [PLAN])).toEqual([
      {
        kind: 'order',
        timestamp: 1695719197612,
        order: {
          ...{ orderId: 'algo:1', clientOrderId: '1', symbol: 'BTCUSDT', nativeSymbol: 'BTCUSDT' },
          ...{ side: 'SELL', type: 'STOP_MARKET', quantity: '0', price: '0', status: 'PENDING' },
          ...{ executedQty: '0', timeInForce: 'IOC', stopPrice: '27000', positionSide: 'LONG' },
          ...{ reduceOnly: true, closePosition: true },
          ...{ createdAt: 1695719197612, updatedAt: 1695719197612 },
        },
      },
    ])
  })

  test.each([
    [
      { planType: 'sl', size: '0.020000000' },
      { type: 'STOP_MARKET', quantity: '0.02' },
    ],
    [
      { planType: 'tp', size: '0.02' },
      { type: 'TAKE_PROFIT_MARKET', reduceOnly: true },
    ],
    [{ planType: 'ptp' }, { type: 'TAKE_PROFIT_MARKET', closePosition: true }],
    [
      { planType: 'pl', size: '1', tradeSide: 'open', side: 'sell', posSide: 'short' },
      { type: 'STOP_MARKET', side: 'SELL', positionSide: 'SHORT', reduceOnly: false },
    ],
    [
      { planType: 'mtpsl', size: '1', rangeRate: '1.5' },
      { type: 'TRAILING_STOP_MARKET', callbackRate: '0.015', activationPrice: '27000' },
    ],
    [{ status: 'executing' }, { status: 'NEW' }],
    [{ status: 'executed' }, { status: 'NEW' }],
    [{ status: 'fail_execute' }, { status: 'REJECTED' }],
    [{ status: 'cancelled' }, { status: 'CANCELLED' }],
  ])('args: %j', (words, order) => {
    expect(decoder()('orders-algo', [{ ...PLAN, ...words }])).toEqual([
      expect.objectContaining({ kind: 'order', order: expect.objectContaining(order) }),
    ])
  })

  test('behavior: a trailing stop that does not say by how much is read once', () => {
    const row = { ...PLAN, planType: 'track', size: '1' }
    expect(decoder()('orders-algo', [row])).toEqual([
      { kind: 'orderChanged', timestamp: TS, nativeSymbol: 'BTCUSDT', orderId: 'algo:1' },
    ])
    const [event] = decoder()('orders-algo', [{ ...row, callbackRatio: '1' }])
    const known: FuturesOrder[] = event?.kind === 'order' ? [event.order] : []
    const cancelled = decoder(knowing(...known))('orders-algo', [{ ...row, status: 'cancelled' }])
    expect(cancelled).toMatchObject([{ kind: 'order', order: { status: 'CANCELLED' } }])
  })
})

describe('fills', () => {
  test('default: the sample', () => {
    expect(decoder()('fill', [FILL])).toEqual([
      {
        kind: 'fill',
        timestamp: 1703577336606,
        fill: {
          ...{ fillId: '222', orderId: '111', clientOrderId: 'mock-0001', symbol: 'BTCUSDT' },
          ...{ nativeSymbol: 'BTCUSDT', side: 'BUY', quantity: '0.01', price: '51000.5' },
          ...{ fee: '0.183717', feeAsset: 'USDT', isMaker: false, realizedPnl: '0' },
          timestamp: 1703577336606,
        },
      },
    ])
  })

  test.each([
    ['buy', 'open', 'LONG'],
    ['sell', 'close', 'LONG'],
    ['sell', 'burst_close_long', 'LONG'],
    ['sell', 'open', 'SHORT'],
    ['buy', 'close', 'SHORT'],
  ])('args: in hedge mode %s and %s is of a %s', (side, tradeSide, positionSide) => {
    const row = { ...FILL, posMode: 'hedge_mode', side, tradeSide }
    expect(decoder()('fill', [row])).toMatchObject([
      { fill: { side: side.toUpperCase(), positionSide } },
    ])
  })
})

describe('positions', () => {
  const slotsOf = (events: UserEvent[]): unknown[] =>
    events.map((event) =>
      event.kind === 'position'
        ? [event.nativeSymbol, event.positionSide, event.position?.side, event.position?.size]
        : event.kind,
    )

  test('default: the sample', () => {
    expect(decoder()('positions', [POSITION])).toEqual([
      {
        ...{ kind: 'position', timestamp: TS, nativeSymbol: 'ETHUSDT', positionSide: 'SHORT' },
        position: {
          ...{ symbol: 'ETHUSDT', nativeSymbol: 'ETHUSDT', side: 'SHORT', size: '0.1' },
          ...{ entryPrice: '1900', markPrice: '2500', pnl: '0', percentage: '0', leverage: 20 },
          ...{ marginMode: 'CROSS', liquidationPrice: '5788.1', notional: '250' },
        },
      },
    ])
  })

  test('behavior: what is not in the list any more has ended', () => {
    const decode = decoder()
    const long = { ...POSITION, holdSide: 'long' }
    const other = { ...POSITION, instId: 'BTCUSDT' }
    decode('positions', [POSITION, long, other], 10)
    expect(slotsOf(decode('positions', [other, long], 20))).toEqual([
      ['ETHUSDT', 'SHORT', undefined, undefined],
      ['BTCUSDT', 'SHORT', 'SHORT', '0.1'],
      ['ETHUSDT', 'LONG', 'LONG', '0.1'],
    ])
    expect(slotsOf(decode('positions', null, 30))).toEqual([
      ['BTCUSDT', 'SHORT', undefined, undefined],
      ['ETHUSDT', 'LONG', undefined, undefined],
    ])
    expect(decode('positions', [], 40)).toEqual([])
  })

  test('behavior: in one-way mode a position that turned round is one slot', () => {
    const decode = decoder()
    const row = { ...POSITION, posMode: 'one_way_mode' }
    decode('positions', [row], 10)
    expect(slotsOf(decode('positions', [{ ...row, holdSide: 'long' }], 20))).toEqual([
      ['ETHUSDT', undefined, 'LONG', '0.1'],
    ])
  })

  test('behavior: a list that comes late says nothing', () => {
    const decode = decoder()
    decode('positions', [POSITION], 20)
    expect(decode('positions', [], 10)).toEqual([])
    expect(slotsOf(decode('positions', [], 20))).toHaveLength(1)
  })

  test('behavior: the families do not end each other’s positions', () => {
    const feed = classicFeed()
    const say = (family: string, data: unknown): UserEvent[] =>
      feed.decode(`${family}/positions/default`, { action: 'snapshot', data, ts: 1 }, knowing())
    say('USDT-FUTURES', [POSITION])
    expect(say('USDC-FUTURES', [])).toEqual([])
  })

  test('error: a position of no side', () => {
    expect(() => decoder()('positions', [{ ...POSITION, holdSide: '' }])).toThrow(ReadError)
  })
})

test('default: the account must be read', () => {
  const row = { marginCoin: 'USDT', frozen: '0', available: '100', equity: '100' }
  expect(decoder()('account', [row])).toEqual([{ kind: 'account', timestamp: TS }])
})
