import { describe, expect, test } from 'vitest'
import { collect, createRig, type Rig } from '../../client/streams/rig.testing.ts'
import { bitget } from './index.ts'
import { no, ok } from './script.testing.ts'
import { streams } from './streams.ts'

// Whole streams on sockets of the test's own.

const CLASSIC = 'You are in Classic Account mode, and the Unified Account API is not supported'
const CONTRACT = {
  ...{ symbol: 'BTCUSDT', baseCoin: 'BTC', quoteCoin: 'USDT', symbolType: 'perpetual' },
  ...{ minTradeNum: '0.0001', priceEndStep: '1', pricePlace: '1', sizeMultiplier: '0.0001' },
  ...{ minTradeUSDT: '5', symbolStatus: 'normal', maxLever: '125', maxOrderQty: '1200' },
  maxMarketOrderQty: '220',
}
const listed = ok({ entrustedList: null, endId: null })
const empty = ok({ list: null, cursor: '' })

function bitgetRig(kind: 'classic' | 'unified' = 'classic'): Rig {
  const settings = ok({ accountMode: 'unified', holdMode: 'one_way_mode', symbolConfigList: [] })
  const rig: Rig = createRig(bitget, {
    'GET /api/v2/public/time': () => ok({ serverTime: String(rig.clock.now()) }),
    'GET /api/v2/mix/market/contracts': (query) =>
      ok(query.get('productType') === 'USDT-FUTURES' ? [CONTRACT] : []),
    'GET /api/v3/account/settings': () => (kind === 'unified' ? settings : no('40084', CLASSIC)),
    'GET /api/v2/mix/account/accounts': () => ok([]),
    'GET /api/v2/mix/position/all-position': () => ok([]),
    'GET /api/v2/mix/order/orders-pending': () => listed,
    'GET /api/v2/mix/order/orders-plan-pending': () => listed,
    'GET /api/v2/mix/order/orders-history': () => listed,
    'GET /api/v2/mix/order/orders-plan-history': () => listed,
    'GET /api/v2/mix/order/fills': () => ok({ fillList: null, endId: null }),
    'GET /api/v3/account/assets': () =>
      ok({ usdtEquity: '1', usdtUnrealisedPnl: '0', effEquity: '1', imr: '0', assets: null }),
    'GET /api/v3/position/current-position': () => empty,
    'GET /api/v3/trade/unfilled-orders': () => empty,
    'GET /api/v3/trade/unfilled-strategy-orders': () => ok([]),
    'GET /api/v3/trade/history-orders': () => empty,
    'GET /api/v3/trade/history-strategy-orders': () => empty,
    'GET /api/v3/trade/fills': () => empty,
  })
  rig.sockets.onOpen = (side) => side.accept()
  rig.sockets.onFrame = (side, text) => {
    for (const reply of repliesTo(text)) side.say(reply)
  }
  return rig
}

/** Yes to everything, and to each channel by itself. */
function repliesTo(text: string): (string | object)[] {
  if (text === 'ping') return ['pong']
  const { op, args } = JSON.parse(text)
  if (op === 'login') return [{ event: 'login', code: 0, connId: 'c' }]
  return args.map((arg: object) => ({ event: op, arg }))
}

function book(action: string, seq: number, pseq: number, bid: string): object {
  return {
    action,
    arg: { instType: 'USDT-FUTURES', channel: 'books', instId: 'BTCUSDT' },
    data: [{ bids: [[bid, '1']], asks: [['101.0', '2']], seq, pseq, ts: String(seq) }],
    ts: seq,
  }
}

test('default: origins; demo trading has a host of its own', () => {
  expect([streams.liveOrigin, streams.testnetOrigin]).toEqual([
    'wss://ws.bitget.com',
    'wss://wspap.bitget.com',
  ])
})

describe('public', () => {
  test('behavior: a gap in a book is noticed at once, and mended by another snapshot', async () => {
    const rig = bitgetRig()
    const stream = rig.client.watchOrderBook('BTCUSDT')
    const seen = collect(stream)
    await rig.settle()
    const far = rig.side('/v2/ws/public')
    far.say(book('snapshot', 100, 0, '100.0'))
    far.say(book('update', 103, 100, '100.1'))
    expect(stream.status).toBe('LIVE')
    far.say(book('update', 103, 100, '100.1'))
    expect(stream.status).toBe('LIVE')
    far.say(book('update', 107, 105, '100.2'))
    expect(stream.status).toBe('RESYNCING')
    await rig.pass(1_000)
    const asked = far.sent.map((text) => JSON.parse(text).op)
    expect(asked).toEqual(['subscribe', 'unsubscribe', 'subscribe'])
    far.say(book('update', 109, 107, '100.3'))
    expect(stream.status).toBe('RESYNCING')
    far.say(book('snapshot', 110, 0, '99.0'))
    await rig.settle()
    expect([stream.status, seen.items.at(-1)?.bids]).toEqual(['LIVE', [['99', '1']]])
  })

  test('error: a channel that does not exist ends its stream alone', async () => {
    const rig = bitgetRig()
    rig.sockets.onFrame = (side, text) => {
      if (text === 'ping') return side.say('pong')
      for (const arg of JSON.parse(text).args) {
        const isBad = arg.channel === 'trade'
        side.say(
          isBad
            ? { event: 'error', arg, code: 30001, msg: 'doesn’t exist', op: 'subscribe' }
            : { event: 'subscribe', arg },
        )
      }
    }
    const bad = rig.client.watchTrades('BTCUSDT')
    const seen = collect(bad)
    const good = rig.client.watchOrderBook('BTCUSDT')
    await rig.pass(1_000)
    rig.side('/v2/ws/public').say(book('snapshot', 100, 0, '100.0'))
    expect(seen.error()).toMatchObject({ code: 'INVALID_REQUEST', exchange: 'BITGET' })
    expect([bad.status, good.status]).toEqual(['CLOSED', 'LIVE'])
  })

  test('behavior: a ping without a pong ends the connection', async () => {
    const rig = bitgetRig()
    rig.client.watchTicker('BTCUSDT')
    await rig.settle()
    const far = rig.side('/v2/ws/public')
    rig.answers['GET /api/v2/mix/market/ticker'] = () => undefined
    await rig.pass(31_000)
    expect(far.sent.filter((text) => text === 'ping')).toHaveLength(1)
    rig.sockets.onFrame = (side, text) => {
      if (text !== 'ping') for (const reply of repliesTo(text)) side.say(reply)
    }
    await rig.pass(41_000)
    expect(far.isClosed).toBe(true)
    expect(rig.side('/v2/ws/public')).not.toBe(far)
  })

  test('error: candles of 2h', async () => {
    const rig = bitgetRig()
    const seen = collect(rig.client.watchKlines('BTCUSDT', '2h'))
    await rig.settle()
    expect(seen.error()).toMatchObject({ code: 'UNSUPPORTED' })
  })
})

describe('private', () => {
  const FILL = {
    ...{ orderId: '111', clientOid: 'mine', tradeId: '222', symbol: 'BTCUSDT', side: 'buy' },
    ...{ posMode: 'one_way_mode', price: '51000.5', baseVolume: '0.01', profit: '0' },
    ...{ tradeSide: 'buy_single', tradeScope: 'taker', cTime: '1763798400000' },
    feeDetail: [{ feeCoin: 'USDT', totalFee: '-0.18' }],
  }
  const arg = { instType: 'USDT-FUTURES', channel: 'fill', instId: 'default' }

  test('default: a classic account logs in on V2, and is told each fill once', async () => {
    const rig = bitgetRig()
    const fills = collect(rig.client.watchFills())
    await rig.pass(500)
    const far = rig.side('/v2/ws/private')
    const [login, subscribe] = far.sent.map((text) => JSON.parse(text))
    expect(login).toMatchObject({
      op: 'login',
      args: [{ apiKey: 'key', passphrase: 'phrase', timestamp: '1763798400' }],
    })
    expect([subscribe.op, subscribe.args.length]).toEqual(['subscribe', 10])
    expect(subscribe.args).toContainEqual({
      ...{ instType: 'USDC-FUTURES', channel: 'account', coin: 'default' },
    })
    for (let time = 0; time < 2; time++) {
      far.say({ action: 'snapshot', arg, data: [FILL], ts: 1763798400001 })
    }
    await rig.settle()
    expect(fills.items.map(({ fillId, fee }) => [fillId, fee])).toEqual([['222', '0.18']])
  })

  test('default: a unified account does so on V3', async () => {
    const rig = bitgetRig('unified')
    const stream = rig.client.watchOrders()
    await rig.pass(500)
    const [, subscribe] = rig.side('/v3/ws/private').sent.map((text) => JSON.parse(text))
    expect(subscribe.args).toEqual(
      ['order', 'strategy-order', 'fill', 'position', 'account'].map((topic) => ({
        ...{ instType: 'UTA', topic },
      })),
    )
    expect(stream.status).toBe('LIVE')
    stream.close()
  })

  test('behavior: what a trigger placed is told as the conditional order', async () => {
    const rig = bitgetRig()
    const orders = collect(rig.client.watchOrders())
    await rig.pass(500)
    const words = {
      ...{ price: '', size: '0.01', side: 'sell', posMode: 'one_way_mode', posSide: 'net' },
      ...{ tradeSide: 'sell_single', orderType: 'market' },
      ...{ cTime: '1763798400000', uTime: '1763798400100' },
    }
    const child = {
      ...words,
      ...{ orderId: '12', clientOid: '1300000000000000013', priceAvg: '55000' },
    }
    const plan = {
      ...words,
      ...{ symbol: 'BTCUSDT', orderId: '7', clientOid: 'guard', planType: 'loss_plan' },
      ...{ planStatus: 'executed', executeOrderId: '12', triggerPrice: '55000' },
    }
    const told = { ...child, symbol: 'BTCUSDT', state: 'filled', baseVolume: '0.01' }
    rig.answers['GET /api/v2/mix/order/detail'] = () => ok({ ...told, orderSource: 'loss_market' })
    rig.answers['GET /api/v2/mix/order/orders-plan-history'] = () =>
      ok({ entrustedList: [plan], endId: '7' })
    const filled = { ...child, instId: 'BTCUSDT', status: 'filled', accBaseVolume: '0.01' }
    rig.side('/v2/ws/private').say({
      ...{ action: 'snapshot', arg: { ...arg, channel: 'orders' }, data: [filled] },
      ts: 1763798400101,
    })
    await rig.settle()
    expect(orders.items.map(({ orderId, type, status }) => [orderId, type, status])).toEqual([
      ['algo:7', 'STOP_MARKET', 'FILLED'],
    ])
  })

  test.each([
    [30011, 'CLOSED'],
    [30005, 'CLOSED'],
    [30014, 'LIVE'],
  ])('error: a login refused with %i leaves the stream %s', async (code, status) => {
    const rig = bitgetRig()
    let isFirst = true
    rig.sockets.onFrame = (side, text) => {
      const isRefused = isFirst
      isFirst = false
      if (isRefused) side.say({ event: 'error', code, msg: 'error' })
      else for (const reply of repliesTo(text)) side.say(reply)
    }
    const stream = rig.client.watchOrders()
    const seen = collect(stream)
    await rig.pass(3_000)
    expect(stream.status).toBe(status)
    if (status === 'CLOSED') expect(seen.error()).toMatchObject({ code: 'INVALID_CREDENTIALS' })
    stream.close()
  })

  test('error: an account whose kind is not told', async () => {
    const rig = bitgetRig()
    rig.answers['GET /api/v3/account/settings'] = () => no('40014', 'need uta manage read')
    const seen = collect(rig.client.watchOrders())
    await rig.pass(1_000)
    expect(seen.error()).toMatchObject({ code: 'PERMISSION_DENIED' })
    expect(rig.sockets.opened).toHaveLength(0)
  })
})
