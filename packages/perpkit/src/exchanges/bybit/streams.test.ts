import { describe, expect, test } from 'vitest'
import { collect } from '../../client/streams/rig.testing.ts'
import { book, bybitRig, listOf, replyTo, WALLET } from './streams.testing.ts'

// docs/wire/bybit.md 8 on a whole client.

async function liveBook() {
  const rig = bybitRig()
  const stream = rig.client.watchOrderBook('BTCUSDT')
  const seen = collect(stream)
  await rig.settle()
  const far = rig.side('/v5/public/linear')
  far.say(book('snapshot', 100, [['100.0', '1']], [['101.0', '2']]))
  await rig.settle()
  return { ...rig, stream, seen, far, last: () => seen.items.at(-1) }
}

describe('an order book', () => {
  test('default: a streamed snapshot, then numbered changes', async () => {
    const { far, settle, stream, last } = await liveBook()
    expect(JSON.parse(far.sent[0] ?? '')).toEqual({
      req_id: '1',
      op: 'subscribe',
      args: ['orderbook.50.BTCUSDT'],
    })
    expect([stream.status, last()?.timestamp]).toEqual(['LIVE', 100])
    far.say(book('delta', 101, [['100.0', '0']], [['100.5', '3']]))
    await settle()
    expect(last()).toMatchObject({
      bids: [],
      asks: [
        ['100.5', '3'],
        ['101', '2'],
      ],
    })
  })

  test('behavior: a missing number is noticed at once and the topic asked for anew', async () => {
    const { far, settle, pass, stream, seen, last } = await liveBook()
    far.say(book('delta', 102, [['99', '1']], []))
    expect(stream.status).toBe('RESYNCING')
    const told = seen.items.length
    far.say(book('delta', 101, [['98', '1']], []))
    far.say(book('delta', 103, [['97', '1']], []))
    await pass(500)
    expect(seen.items.length).toBe(told)
    expect(far.sent.slice(1).map((text) => JSON.parse(text).op)).toEqual([
      'unsubscribe',
      'subscribe',
    ])
    far.say(book('snapshot', 110, [['90', '1']], [['91', '1']]))
    await settle()
    expect([stream.status, last()?.bids]).toEqual(['LIVE', [['90', '1']]])
  })

  test('behavior: repeated changes change nothing; a snapshot may come at any time', async () => {
    const { far, settle, stream, last } = await liveBook()
    const change = book('delta', 101, [['100.2', '1']], [])
    far.say(change)
    far.say(change)
    expect(stream.status).toBe('LIVE')
    far.say(book('snapshot', 1, [['50', '1']], [['51', '1']]))
    far.say(book('delta', 2, [['50.5', '1']], []))
    await settle()
    expect([stream.status, last()?.bids[0]]).toEqual(['LIVE', ['50.5', '1']])
  })

  test('behavior: a snapshot that does not come is asked for again', async () => {
    const rig = bybitRig()
    const stream = rig.client.watchOrderBook('BTCUSDT')
    await rig.pass(12_000)
    const asked = rig.side('/public/').sent.map((text) => JSON.parse(text).op)
    expect(asked.filter((op) => op === 'subscribe').length).toBeGreaterThan(1)
    expect(stream.status).toBe('CONNECTING')
  })

  test('args: the smallest stream with that many levels', async () => {
    const rig = bybitRig()
    for (const depth of [1, 51, 5_000]) rig.client.watchOrderBook('BTCUSDT', { depth })
    await rig.pass(1_000)
    const topics = rig.side('/public/').sent.flatMap((text) => JSON.parse(text).args ?? [])
    expect(topics).toEqual([
      'orderbook.1.BTCUSDT',
      'orderbook.200.BTCUSDT',
      'orderbook.1000.BTCUSDT',
    ])
  })

  test('behavior: a quiet market is no stall, a silent connection is', async () => {
    const { far, answers, pass, side, sockets, stream } = await liveBook()
    const rest = (bid: string): object => ({
      retCode: 0,
      result: { s: 'BTCUSDT', b: [[bid, '1']], a: [['101.0', '2']], ts: 1, u: 1 },
    })
    answers['GET /v5/market/orderbook'] = () => rest('100.0')
    await pass(30_000)
    expect([sockets.opened.length, stream.status]).toEqual([1, 'LIVE'])
    expect(far.sent.some((text) => JSON.parse(text).op === 'ping')).toBe(true)
    answers['GET /v5/market/orderbook'] = () => rest('100.1')
    await pass(9_000)
    expect([far.isClosed, side('/public/') === far]).toEqual([true, false])
    side('/public/').say(book('snapshot', 7, [['100.1', '1']], [['101.0', '2']]))
    expect(stream.status).toBe('LIVE')
  })
})

describe('tickers, trades and candles', () => {
  const FIELDS = {
    symbol: 'BTCUSDT',
    lastPrice: '66666.60',
    highPrice24h: '67266.30',
    lowPrice24h: '65076.90',
    markPrice: '66666.60',
    indexPrice: '66690.19',
    volume24h: '73191.3870',
    nextFundingTime: '1700006400000',
    fundingRate: '0.0001',
    bid1Price: '66666.60',
    ask1Price: '66666.70',
  }
  const frame = (type: string, ts: number, data: object): object => ({
    ...{ topic: 'tickers.BTCUSDT', type, ts, data },
  })

  test('behavior: changed fields are put into what was known, whatever their order', async () => {
    const rig = bybitRig()
    const seen = collect(rig.client.watchTicker('BTCUSDT'))
    await rig.settle()
    const far = rig.side('/public/')
    far.say(frame('delta', 90, { bid1Price: '1' }))
    await rig.settle()
    expect(seen.items).toEqual([])
    far.say(frame('snapshot', 100, FIELDS))
    await rig.settle()
    far.say(frame('delta', 120, { bid1Price: '66666.50' }))
    far.say(frame('delta', 110, { bid1Price: '66666.40', lastPrice: '66000' }))
    await rig.settle()
    expect(
      seen.items.map(({ bidPrice, price, timestamp }) => [bidPrice, price, timestamp]),
    ).toEqual([
      ['66666.6', '66666.6', 100],
      ['66666.5', '66666.6', 120],
      ['66666.5', '66000', 120],
    ])
  })

  test('default: trades', async () => {
    const rig = bybitRig()
    const seen = collect(rig.client.watchTrades('BTCUSDT'))
    await rig.settle()
    const row = { T: 1700000000865, s: 'BTCUSDT', S: 'Buy', v: '0.001', p: '66666.70', i: 'id-1' }
    const data = [row, { ...row, i: 'id-2', S: 'Sell' }]
    for (let time = 0; time < 2; time++) {
      rig.side('/public/').say({ topic: 'publicTrade.BTCUSDT', type: 'snapshot', ts: 1, data })
    }
    await rig.settle()
    expect(seen.items.map(({ tradeId, side }) => [tradeId, side])).toEqual([
      ['id-1', 'BUY'],
      ['id-2', 'SELL'],
    ])
  })

  test('default: candles', async () => {
    const rig = bybitRig()
    const seen = collect(rig.client.watchKlines('BTCUSDT', '5m'))
    await rig.settle()
    const row = {
      ...{ start: 1699999800000, end: 1700000099999, interval: '5', open: '66649.5' },
      ...{ close: '66677', high: '66677', low: '66608', volume: '2.081', confirm: false },
    }
    rig.side('/public/').say({ topic: 'kline.5.BTCUSDT', type: 'snapshot', ts: 1, data: [row] })
    await rig.settle()
    expect(seen.items).toEqual([
      expect.objectContaining({ timestamp: 1699999800000, open: 66649.5, isClosed: false }),
    ])
  })

  test('error: one refused topic does not spoil the others of its request', async () => {
    const rig = bybitRig()
    rig.sockets.onOpen = () => undefined
    const bad = rig.client.watchTrades('BTCUSDT')
    const good = rig.client.watchOrderBook('BTCUSDT')
    await rig.settle()
    rig.sockets.onFrame = (side, text) => {
      const { args = [] } = JSON.parse(text)
      const ret_msg = 'error:handler not found,topic:publicTrade.BTCUSDT'
      const isBad = args.some((topic: string) => topic.startsWith('publicTrade'))
      side.say(isBad ? { ...replyTo(text), success: false, ret_msg } : replyTo(text))
    }
    const failure = bad.next().catch((error: unknown) => error)
    rig.side('/public/').accept()
    await rig.pass(1_000)
    rig.side('/public/').say(book('snapshot', 1, [['1', '1']], [['2', '1']]))
    expect(await failure).toMatchObject({ code: 'INVALID_REQUEST', exchange: 'BYBIT' })
    expect([bad.status, good.status]).toEqual(['CLOSED', 'LIVE'])
  })
})

describe('private streams', () => {
  const ORDER = {
    ...{ category: 'linear', symbol: 'BTCUSDT', orderId: 'o-1', orderLinkId: 'tx-2', side: 'Buy' },
    ...{ positionIdx: 0, orderStatus: 'New', cancelType: 'UNKNOWN', rejectReason: 'EC_NoError' },
    ...{ timeInForce: 'GTC', price: '60000', qty: '0.001', avgPrice: '', cumExecQty: '0' },
    ...{ orderType: 'Limit', stopOrderType: '', triggerPrice: '', triggerDirection: 0 },
    ...{ closeOnTrigger: false, reduceOnly: false },
    ...{ createdTime: '1763798400198', updatedTime: '1763798400201' },
  }
  const FILL = {
    ...{ category: 'linear', symbol: 'BTCUSDT', execFee: '0.0365', execId: 'f-1', side: 'Buy' },
    ...{ execPrice: '66473.5', execQty: '0.001', execType: 'Trade', feeCurrency: 'USDT' },
    ...{ orderId: 'o-1', orderLinkId: 'tx-2', execTime: '1763798400198', isMaker: false },
  }
  const POSITION = {
    ...{ category: 'linear', symbol: 'BTCUSDT', positionIdx: 0, side: 'Buy', size: '0.001' },
    ...{ entryPrice: '66473.5', leverage: '10', markPrice: '66470.1', positionIM: '6.7' },
    ...{ unrealisedPnl: '-0.0034', liqPrice: '', updatedTime: '1763798400201' },
  }
  const say = (topic: string, ...data: object[]): object => ({
    ...{ topic, id: 'x', creationTime: 1763798400203, data },
  })

  test('default: login, one request, and every event once', async () => {
    const rig = bybitRig()
    const orders = collect(rig.client.watchOrders())
    const fills = collect(rig.client.watchFills())
    const positions = collect(rig.client.watchPositions())
    const account = collect(rig.client.watchAccount())
    await rig.settle()
    await rig.pass(500)
    const far = rig.side('/v5/private')
    const [login, subscribe] = far.sent.map((text) => JSON.parse(text))
    expect(login).toMatchObject({
      op: 'auth',
      args: ['key', 1_763_798_410_000, expect.any(String)],
    })
    expect(subscribe.args).toEqual(['order', 'execution', 'position', 'wallet'])
    for (let time = 0; time < 2; time++) {
      far.say(say('order', ORDER, { ...ORDER, category: 'spot', orderId: 'spot' }))
      far.say(say('execution', FILL, { ...FILL, execType: 'Funding', execId: 'f-2' }))
      far.say(say('position', POSITION))
      far.say(say('wallet', { ...WALLET, coin: [{ ...WALLET.coin[0], walletBalance: '99' }] }))
    }
    far.say(say('position', { ...POSITION, side: '', size: '0', updatedTime: '1763798400301' }))
    await rig.settle()
    expect(orders.items.map(({ orderId, status }) => [orderId, status])).toEqual([['o-1', 'NEW']])
    expect(fills.items.map(({ fillId, fee }) => [fillId, fee])).toEqual([['f-1', '0.0365']])
    expect(positions.items.map(({ size, entryPrice }) => [size, entryPrice])).toEqual([
      ['0.001', '66473.5'],
      ['0', '66473.5'],
    ])
    expect(account.items.at(-1)?.assets.map(({ asset }) => asset)).toEqual(['USDT', 'BTC'])
    expect(account.items).toHaveLength(2)
  })

  test('behavior: what was missed is read after the next login', async () => {
    const rig = bybitRig()
    const fills = collect(rig.client.watchFills())
    await rig.pass(500)
    await rig.client.getSymbolPrecision('BTCUSDT')
    rig.side('/v5/private').cut(1_006)
    rig.answers['GET /v5/execution/list'] = () =>
      listOf({ ...FILL, execTime: String(rig.clock.now()) })
    await rig.pass(2_000)
    rig.side('/v5/private').say(say('execution', FILL))
    await rig.settle()
    expect(fills.items).toEqual([expect.objectContaining({ fillId: 'f-1', recovered: true })])
  })

  test('behavior: an order whose fill was lost on the way has it read', async () => {
    const rig = bybitRig()
    const fills = collect(rig.client.watchFills())
    await rig.pass(500)
    const done = { ...ORDER, orderStatus: 'Filled', cumExecQty: '0.001', avgPrice: '66473.5' }
    rig.side('/v5/private').say(say('order', done))
    rig.answers['GET /v5/execution/list'] = () =>
      listOf({ ...FILL, execTime: String(rig.clock.now()) })
    await rig.pass(2_500)
    rig.side('/v5/private').say(say('execution', FILL))
    await rig.pass(5_000)
    expect(fills.items).toEqual([expect.objectContaining({ fillId: 'f-1', recovered: true })])
  })

  test('behavior: what was lost in whole is found within a minute, whatever else is told', async () => {
    const rig = bybitRig()
    const fills = collect(rig.client.watchFills())
    await rig.client.getSymbolPrecision('BTCUSDT')
    await rig.pass(500)
    const lost = { ...FILL, execId: 'lost', execTime: String(rig.clock.now()) }
    rig.answers['GET /v5/execution/list'] = () => listOf(lost)
    for (let second = 0; second < 65; second++) {
      rig.side('/v5/private').say(say('wallet', WALLET))
      await rig.pass(1_000)
    }
    expect(rig.sockets.opened).toHaveLength(1)
    expect(fills.items).toEqual([expect.objectContaining({ fillId: 'lost', recovered: true })])
  })

  test('behavior: a fill whose order was lost on the way has it read', async () => {
    const rig = bybitRig()
    const orders = collect(rig.client.watchOrders())
    await rig.pass(500)
    const done = { ...ORDER, orderStatus: 'Filled', cumExecQty: '0.001', avgPrice: '66473.5' }
    rig.side('/v5/private').say(say('order', ORDER))
    rig.side('/v5/private').say(say('execution', FILL))
    rig.answers['GET /v5/order/realtime'] = () => listOf(done)
    await rig.pass(2_500)
    expect(orders.items.map(({ status }) => status)).toEqual(['NEW', 'FILLED'])
  })

  test.each([
    ['Params Error', 'LIVE'],
    ['Invalid signature', 'CLOSED'],
  ])('error: a login refused with %s leaves the stream %s', async (ret_msg, status) => {
    const rig = bybitRig()
    let isFirst = true
    rig.sockets.onFrame = (side, text) => {
      const refused = isFirst && JSON.parse(text).op === 'auth'
      isFirst = false
      side.say(refused ? { success: false, ret_msg, op: 'auth' } : replyTo(text))
    }
    const stream = rig.client.watchOrders()
    const seen = collect(stream)
    await rig.pass(3_000)
    expect(stream.status).toBe(status)
    if (status === 'CLOSED') expect(seen.error()).toMatchObject({ code: 'INVALID_CREDENTIALS' })
    stream.close()
  })

  test('error: an unanswered login is tried again on a new connection', async () => {
    const rig = bybitRig()
    rig.sockets.onFrame = (side, text) => {
      if (rig.sockets.opened.length > 1) side.say(replyTo(text))
    }
    const stream = rig.client.watchOrders()
    await rig.pass(12_000)
    expect([rig.sockets.opened.length, stream.status]).toEqual([2, 'LIVE'])
  })
})
