import { describe, expect, test } from 'vitest'
import type { UserEvent } from '../../client/definition.ts'
import { collect } from '../../client/streams/rig.testing.ts'
import { ReadError } from '../../core/reader.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { child, fired, plain, stop } from './rows.testing.ts'
import { ok } from './script.testing.ts'
import { askedOn, BALANCE, knowing, okxRig, POSITION, push } from './streams.testing.ts'
import { createUserFeed } from './streamUser.ts'

// Samples of docs/wire/okx.md 4.1, 4.4 and 8.3.

const NO_FILL = { fillSz: '0', fillPx: '', tradeId: '', fillTime: '', fillFee: '0' }
const FILL = {
  ...{ posSide: 'net', state: 'partially_filled', accFillSz: '0.06', avgPx: '85000.5', fee: '-9' },
  ...{ feeCcy: 'USDT', fillPx: '85000.4', fillSz: '0.03', fillTime: '1795334400101' },
  ...{ tradeId: '1518905529', execType: 'M', fillFee: '-0.0155', fillFeeCcy: 'USDT' },
  ...{ fillPnl: '1.5', uTime: '1795334400102' },
}

function decode(
  channel: string,
  rows: object[],
  known: FuturesOrder[] = [],
  more: object = {},
): UserEvent[] {
  const topic = channel === 'account' ? channel : `${channel}:SWAP`
  const arg = { channel, instType: 'SWAP', uid: '6144' }
  return createUserFeed().decode(topic, push(arg, rows, more), knowing(...known))
}

describe('orders', () => {
  test('default: a state without a fill', () => {
    expect(decode('orders', [{ ...plain, ...NO_FILL }])).toMatchObject([
      {
        kind: 'order',
        timestamp: 1_795_334_400_002,
        order: {
          orderId: '2497956918703120384',
          clientOrderId: 'lab1',
          status: 'NEW',
          quantity: '0.0012',
          price: '85000.5',
        },
      },
    ])
    expect(decode('orders', [plain])).toHaveLength(1)
  })

  test('default: a fill has its own figures, the order the sums', () => {
    expect(decode('orders', [{ ...plain, ...FILL }])).toMatchObject([
      {
        kind: 'order',
        order: { status: 'PARTIALLY_FILLED', executedQty: '0.0006', averagePrice: '85000.5' },
      },
      {
        kind: 'fill',
        timestamp: 1_795_334_400_101,
        fill: {
          fillId: '1518905529',
          orderId: '2497956918703120384',
          clientOrderId: 'lab1',
          side: 'BUY',
          price: '85000.4',
          quantity: '0.0003',
          fee: '0.0155',
          feeAsset: 'USDT',
          isMaker: true,
          realizedPnl: '1.5',
        },
      },
    ])
  })

  test('behavior: the fee of the order is not taken for that of the fill', () => {
    const { fillFee, fillFeeCcy, ...untold } = FILL
    const [, event] = decode('orders', [{ ...plain, ...untold }])
    expect(event).toMatchObject({ kind: 'fill' })
    expect(event?.kind === 'fill' && 'fee' in event.fill).toBe(false)
  })

  test('behavior: in long/short mode the side is told', () => {
    const row = { ...plain, ...FILL, side: 'sell', posSide: 'long' }
    expect(decode('orders', [row])).toMatchObject([
      { order: { positionSide: 'LONG', reduceOnly: true } },
      { fill: { positionSide: 'LONG' } },
    ])
  })

  test.each([
    ['canceled', '1', 'CANCELLED'],
    ['canceled', '31', 'REJECTED'],
    ['canceled', '14', 'EXPIRED'],
    ['mmp_canceled', '', 'CANCELLED'],
    ['filled', '', 'FILLED'],
    ['a word of tomorrow', '', 'NEW'],
  ])('behavior: %s with source %j is %s', (state, cancelSource, status) => {
    const row = { ...plain, ...NO_FILL, state, cancelSource }
    expect(decode('orders', [row])).toMatchObject([{ order: { status } }])
  })

  test('behavior: inverse and dated contracts are passed over, unlisted ones are not', () => {
    const inverse = { ...plain, instId: 'BTC-USD-SWAP' }
    expect(decode('orders', [inverse, plain])).toHaveLength(1)
    const unlisted = { ...plain, instId: 'NEW-USDT-SWAP' }
    expect(() => decode('orders', [unlisted])).toThrow(ReadError)
  })
})

describe('conditional orders', () => {
  const stopOrder = (): FuturesOrder => {
    const [event] = decode('orders-algo', [stop])
    if (event?.kind !== 'order') throw new Error('no order')
    return event.order
  }

  test('default: waiting, amended, fired, failed', () => {
    expect(
      decode('orders-algo', [
        stop,
        { ...stop, slTriggerPx: '82000' },
        fired,
        { ...stop, state: 'canceled' },
        { ...stop, state: 'order_failed', failCode: '51169' },
      ]),
    ).toMatchObject([
      {
        kind: 'order',
        timestamp: 1_795_334_400_004,
        order: { orderId: 'algo:361', type: 'STOP_MARKET', status: 'PENDING', quantity: '0.0012' },
      },
      { order: { stopPrice: '82000', status: 'PENDING' } },
      { order: { orderId: 'algo:361', status: 'NEW' } },
      { order: { status: 'CANCELLED' } },
      { order: { status: 'REJECTED' } },
    ])
  })

  test('default: trailing stops come on a channel of their own', () => {
    const trailing = { ...stop, ordType: 'move_order_stop', callbackRatio: '0.01', slTriggerPx: '' }
    expect(decode('algo-advance', [trailing])).toMatchObject([
      { order: { type: 'TRAILING_STOP_MARKET', callbackRate: '0.01', status: 'PENDING' } },
    ])
  })

  test('behavior: kinds that are not ours and contracts that are not ours are passed over', () => {
    const rows = [
      { ...stop, ordType: 'chase' },
      { ...stop, ordType: 'iceberg' },
      { ...stop, instId: 'BTC-USD-SWAP' },
    ]
    expect(decode('orders-algo', rows)).toEqual([])
  })

  test('behavior: what a known one sent out is told as it, the fill under its own id', () => {
    const row = { ...child, ...FILL, state: 'filled', accFillSz: '0.12', fillSz: '0.12' }
    const events = decode('orders', [row], [stopOrder()])
    expect(events).toMatchObject([
      {
        kind: 'order',
        order: {
          orderId: 'algo:361',
          clientOrderId: 'sl1',
          type: 'STOP_MARKET',
          status: 'FILLED',
          executedQty: '0.0012',
        },
      },
      { kind: 'fill', fill: { orderId: '88', quantity: '0.0012' } },
    ])
    const [first] = events
    if (first?.kind !== 'order') throw new Error('no order')
    const [second] = decode('orders', [row], [first.order])
    if (second?.kind !== 'order') throw new Error('no order')
    expect(second.order.raw).toEqual({ algoOrder: stop, order: row })
  })

  test('behavior: what an unknown one sent out, or rests beside it, is looked up', () => {
    const looked = { kind: 'orderChanged', nativeSymbol: 'BTC-USDT-SWAP', orderId: '88' }
    expect(decode('orders', [child])).toMatchObject([looked])
    expect(decode('orders', [{ ...child, isTpLimit: 'true' }], [stopOrder()])).toMatchObject([
      looked,
    ])
  })
})

describe('positions', () => {
  test('default: open, turned round and closed in net mode', () => {
    const closed = {
      ...POSITION,
      pos: '0',
      avgPx: '',
      markPx: '',
      upl: '',
      uplRatio: '',
      lever: '',
    }
    const [open, short, flat] = decode('positions', [POSITION, { ...POSITION, pos: '-2' }, closed])
    expect(open).toEqual({
      kind: 'position',
      timestamp: 1_795_334_400_100,
      nativeSymbol: 'BTC-USDT-SWAP',
      position: expect.objectContaining({
        side: 'LONG',
        size: '0.03',
        leverage: 3,
        marginMode: 'CROSS',
        percentage: '0.35',
      }),
    })
    expect(short).toMatchObject({ position: { side: 'SHORT', size: '0.02' } })
    expect(flat).toEqual({
      kind: 'position',
      timestamp: 1_795_334_400_100,
      nativeSymbol: 'BTC-USDT-SWAP',
    })
  })

  test('behavior: in long/short mode each side is a slot', () => {
    const long = { ...POSITION, posSide: 'long' }
    const short = { ...POSITION, posSide: 'short', pos: '0', uTime: '' }
    expect(decode('positions', [long, short])).toMatchObject([
      { positionSide: 'LONG', position: { side: 'LONG', size: '0.03' } },
      { positionSide: 'SHORT', timestamp: 1_795_334_400_150 },
    ])
  })

  test('behavior: while both margin modes are open, both are read', () => {
    const isolated = { ...POSITION, mgnMode: 'isolated', pos: '1' }
    const events = decode('positions', [
      POSITION,
      isolated,
      { ...POSITION, pos: '0' },
      { ...isolated, pos: '2' },
      { ...isolated, pos: '0' },
    ])
    expect(events.map(({ kind }) => kind)).toEqual([
      'position',
      'positionChanged',
      'positionChanged',
      'position',
      'position',
    ])
  })

  test('behavior: other contracts are passed over, no rows are no news', () => {
    expect(decode('positions', [{ ...POSITION, instId: 'BTC-USD-SWAP' }])).toEqual([])
    expect(decode('positions', [])).toEqual([])
  })
})

describe('the account', () => {
  const BTC = { ccy: 'BTC', cashBal: '1', availEq: '1', eq: '1', upl: '0' }
  const change = { ...BALANCE, details: [BTC] }

  test('default: totals are those of USDT', () => {
    expect(decode('account', [BALANCE])).toMatchObject([
      {
        kind: 'account',
        timestamp: 1_795_334_400_000,
        account: { totalWalletBalance: '1000.1', availableBalance: '990', currency: 'USDT' },
      },
    ])
  })

  test('behavior: a change that does not tell USDT has the account read', () => {
    const told = [{ kind: 'account', timestamp: 1_795_334_400_000 }]
    expect(decode('account', [change])).toEqual(told)
    const page = { eventType: 'snapshot', curPage: 2, lastPage: true }
    expect(decode('account', [change], [], page)).toEqual(told)
    expect(decode('account', [change], [], { ...page, curPage: 1, lastPage: false })).toEqual(told)
  })

  test('behavior: a whole one without USDT has none, and one with totals tells them', () => {
    const whole = { eventType: 'snapshot', curPage: 1, lastPage: true }
    expect(decode('account', [change], [], whole)).toMatchObject([
      { account: { totalWalletBalance: '0', assets: [{ asset: 'BTC' }] } },
    ])
    expect(decode('account', [{ ...change, availEq: '900', upl: '2' }])).toMatchObject([
      { account: { totalMarginBalance: '1001.1', currency: 'USD' } },
    ])
  })
})

describe('on a whole client', () => {
  test('default: two connections with a login each, five channels', async () => {
    const rig = okxRig()
    const stream = rig.client.watchOrders()
    await rig.pass(1_000)
    expect(stream.status).toBe('LIVE')
    expect(askedOn(rig.side('/ws/v5/private').sent)).toEqual([
      'login',
      'subscribe orders:SWAP',
      'subscribe positions:SWAP',
      'subscribe account',
    ])
    expect(askedOn(rig.side('/ws/v5/business').sent)).toEqual([
      'login',
      'subscribe orders-algo:SWAP',
      'subscribe algo-advance:SWAP',
    ])
  })

  test('behavior: a stop and the order it sends out are one, whichever connection is first', async () => {
    const rig = okxRig()
    const orders = collect(rig.client.watchOrders())
    const fills = collect(rig.client.watchFills())
    await rig.pass(1_000)
    const algo = (row: object): void => {
      rig.side('/business').say(push({ channel: 'orders-algo', instType: 'SWAP' }, [row]))
    }
    const book = (row: object): void => {
      rig.side('/private').say(push({ channel: 'orders', instType: 'SWAP' }, [row]))
    }
    algo(stop)
    const filled = { ...child, ...FILL, state: 'filled', accFillSz: '0.12', fillSz: '0.12' }
    book(filled)
    algo(fired)
    book(filled)
    await rig.settle()
    expect(orders.items.map(({ orderId, status }) => [orderId, status])).toEqual([
      ['algo:361', 'PENDING'],
      ['algo:361', 'FILLED'],
    ])
    expect(fills.items.map(({ fillId }) => fillId)).toEqual(['1518905529'])
  })

  test('behavior: after the channel was closed for another, all is read and told as recovered', async () => {
    const rig = okxRig()
    const positions = collect(rig.client.watchPositions())
    await rig.pass(1_000)
    rig.answers['GET /api/v5/account/positions'] = () => ok(POSITION)
    rig.side('/private').say({ event: 'channel-conn-count-error', channel: 'positions' })
    await rig.pass(5_000)
    expect(positions.items).toMatchObject([{ size: '0.03', recovered: true }])
  })

  test('error: a refused login rejects the stream and tells no secret', async () => {
    const rig = okxRig()
    rig.sockets.onFrame = (side) => {
      side.say({
        event: 'error',
        code: '60024',
        msg: 'Wrong passphrase phrase',
        connId: 'a4d3ae55',
      })
    }
    const seen = collect(rig.client.watchFills())
    await rig.pass(1_000)
    expect(seen.error()).toMatchObject({ code: 'INVALID_CREDENTIALS', nativeCode: '60024' })
    expect(String(seen.error())).not.toContain('secret')
  })
})
