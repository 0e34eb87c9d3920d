import { describe, expect, test } from 'vitest'
import { hmacSha256 } from '../../../../core/bytes.ts'
import type { LocalSocket } from '../../../server/localSocket.ts'
import { type Desk, openDesk, startTime } from '../desk.fixture.ts'

// docs/wire/bybit.md 8.

type Said = Readonly<Record<string, unknown>>

function send(socket: LocalSocket, body: Said): Said[] {
  socket.send(JSON.stringify(body))
  return take(socket)
}

function take(socket: LocalSocket): Said[] {
  return socket.take().map((frame) => JSON.parse(String(frame)))
}

function openPublic(desk: Desk): LocalSocket {
  return desk.simulator.openSocket('bybit', '/v5/public/linear')
}

function login(
  desk: Desk,
  expires: number = startTime + 10_000,
): { socket: LocalSocket; said: Said } {
  const socket = desk.simulator.openSocket('bybit', '/v5/private')
  const { apiKey, apiSecret } = desk.simulator.credentials('bybit')
  const args = [apiKey, expires, hmacSha256(apiSecret, `GET/realtime${expires}`, 'hex')]
  const [said = {}] = send(socket, { op: 'auth', args })
  return { socket, said }
}

const BOOK = 'orderbook.50.BTCUSDT'
const marketBuy = {
  category: 'linear',
  symbol: 'BTCUSDT',
  side: 'Buy',
  orderType: 'Market',
  qty: '0.010',
}

describe('commands', () => {
  test('default: acknowledged, then a snapshot; again is refused, leaving is not', async () => {
    const desk = openDesk()
    const socket = openPublic(desk)
    const ask = { req_id: 's1', op: 'subscribe', args: [BOOK] }
    const [ack, snapshot] = send(socket, ask)
    expect(ack).toEqual({
      success: true,
      ret_msg: '',
      conn_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      req_id: 's1',
      op: 'subscribe',
    })
    expect(snapshot).toMatchObject({ topic: BOOK, type: 'snapshot' })
    expect(send(socket, { ...ask, req_id: 7 })).toMatchObject([
      { success: false, ret_msg: `error:already subscribed,topic:${BOOK}`, req_id: 7 },
    ])
    expect(send(socket, { op: 'unsubscribe', args: [BOOK, 'tickers.ETHUSDT'] })).toMatchObject([
      { success: true, req_id: '', op: 'unsubscribe' },
    ])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('error: one bad topic refuses them all', async () => {
    const desk = openDesk()
    const socket = openPublic(desk)
    const args = ['tickers.BTCUSDT', 'orderbook.500.BTCUSDT']
    expect(send(socket, { op: 'subscribe', args })).toMatchObject([
      { success: false, ret_msg: 'error:handler not found,topic:orderbook.500.BTCUSDT' },
    ])
    await desk.setPrice('60100')
    await desk.advance(1_000)
    expect([take(socket), await desk.unknownWords()]).toEqual([[], ['value topic']])
  })

  test('error: an unknown op, and frames that are nothing', async () => {
    const desk = openDesk()
    const socket = openPublic(desk)
    expect(send(socket, { op: 'join', args: ['x'] })).toMatchObject([
      { success: false, ret_msg: 'error:invalid op', request: { op: 'join', args: ['x'] } },
    ])
    socket.send('{')
    socket.send(new Uint8Array([1]))
    socket.send('5')
    expect([take(socket), socket.isOpen]).toEqual([[], true])
  })

  test('behavior: pings are answered in two ways; who is quiet for a minute is cut', async () => {
    const desk = openDesk()
    const socket = openPublic(desk)
    expect(send(socket, { req_id: '1', op: 'ping' })).toMatchObject([
      { success: true, ret_msg: 'pong', req_id: '1', op: 'ping' },
    ])
    const { socket: own } = login(desk)
    expect(send(own, { op: 'ping' })).toEqual([
      { op: 'pong', args: [String(startTime)], conn_id: expect.any(String) },
    ])
    await desk.advance(59_999)
    expect(socket.isOpen).toBe(true)
    await desk.advance(1)
    expect([socket.end?.code, own.isOpen]).toEqual([1006, true])
    await desk.advance(540_000)
    expect(own.end?.code).toBe(1006)
  })
})

describe('public topics', () => {
  test('default: a book kept from a snapshot and deltas is the book', async () => {
    const desk = openDesk()
    const socket = openPublic(desk)
    const [, snapshot] = send(socket, { op: 'subscribe', args: [BOOK] })
    for (const price of ['60010', '60300', '60290']) {
      await desk.setPrice(price)
      await desk.advance(20)
    }
    const book = new Map<string, string>()
    let last = 0
    for (const message of [snapshot ?? {}, ...take(socket)]) {
      const { b, u } = message.data as { b: [string, string][]; u: number }
      if (message.type === 'delta') expect(u).toBe(last + 1)
      last = u
      for (const [price, size] of b) {
        if (size === '0') book.delete(price)
        else book.set(price, size)
      }
      expect(book.size).toBe(50)
    }
    const rest = await desk.get('/v5/market/orderbook', {
      category: 'linear',
      symbol: 'BTCUSDT',
      limit: 50,
    })
    const best = [...book].sort(([a], [b]) => Number(b) - Number(a))
    expect(best).toEqual(rest.at('result').at('b').value)
  })

  test('behavior: the same seed and the same deeds give the same bytes', async () => {
    const run = async (): Promise<unknown[]> => {
      const desk = openDesk({ seed: 5 })
      const socket = openPublic(desk)
      const topics = [BOOK, 'tickers.BTCUSDT', 'publicTrade.BTCUSDT', 'kline.1.BTCUSDT']
      socket.send(JSON.stringify({ op: 'subscribe', args: topics }))
      await desk.simulator.control.runPath({ symbol: 'BTCUSDT', points: [[5_000, '60500']] })
      await desk.post('/v5/order/create', marketBuy)
      await desk.advance(10_000)
      return socket.take()
    }
    const frames = await run()
    expect(frames.length).toBeGreaterThan(10)
    expect(await run()).toEqual(frames)
  })

  test('behavior: a second subscriber goes on from the same update id', async () => {
    const desk = openDesk()
    const [one, two] = [openPublic(desk), openPublic(desk)]
    send(one, { op: 'subscribe', args: [BOOK] })
    await desk.setPrice('60010')
    await desk.advance(20)
    const [delta = {}] = take(one)
    const [, snapshot] = send(two, { op: 'subscribe', args: [BOOK] })
    expect(snapshot).toMatchObject({ data: { u: (delta.data as Said).u } })
  })

  test('behavior: one level comes whole, and once more after three silent seconds', async () => {
    const desk = openDesk()
    const socket = openPublic(desk)
    const [, first] = send(socket, { op: 'subscribe', args: ['orderbook.1.BTCUSDT'] })
    await desk.advance(6_000)
    const repeated = take(socket)
    expect(repeated).toHaveLength(2)
    expect(repeated[1]).toMatchObject({ type: 'snapshot', data: first?.data })
  })

  test('behavior: a ticker delta holds only what has changed', async () => {
    const desk = openDesk()
    const socket = openPublic(desk)
    const [, snapshot] = send(socket, { op: 'subscribe', args: ['tickers.BTCUSDT'] })
    expect(Object.keys((snapshot?.data ?? {}) as Said).sort()).toEqual(TICKER_KEYS)
    await desk.setPrice('60050')
    await desk.advance(100)
    const [delta] = take(socket)
    expect(delta).toMatchObject({
      type: 'delta',
      data: { symbol: 'BTCUSDT', markPrice: '60050.00' },
    })
    expect(delta?.data).not.toHaveProperty('fundingCap')
    await desk.advance(5_000)
    expect(take(socket)).toEqual([])
  })

  test('behavior: trades at once, a candle within a second and once more when it is closed', async () => {
    const desk = openDesk()
    const socket = openPublic(desk)
    send(socket, { op: 'subscribe', args: ['publicTrade.BTCUSDT', 'kline.1.BTCUSDT'] })
    await desk.setPrice('60050')
    expect(take(socket)).toMatchObject([
      { topic: 'publicTrade.BTCUSDT', data: [{ S: 'Buy', p: '60050.00', BT: false }] },
    ])
    await desk.advance(30_000)
    const candles = take(socket).map(({ data }) => (data as Said[])[0])
    expect(candles.map((candle) => candle?.confirm)).toEqual([false, true, false])
  })
})

test('behavior: a liquidation names the side of the position', async () => {
  const desk = openDesk()
  await desk.post('/v5/order/create', marketBuy)
  const socket = openPublic(desk)
  send(socket, { op: 'subscribe', args: ['allLiquidation.BTCUSDT', 'priceLimit.BTCUSDT'] })
  await desk.simulator.control.liquidate({ symbol: 'BTCUSDT' })
  await desk.advance(500)
  expect(take(socket).find(({ topic }) => topic === 'allLiquidation.BTCUSDT')).toMatchObject({
    data: [{ s: 'BTCUSDT', S: 'Buy', v: '0.01' }],
  })
})

const TICKER_KEYS = [
  ...['ask1Price', 'ask1Size', 'bid1Price', 'bid1Size', 'curPreListingPhase', 'fundingCap'],
  ...['fundingIntervalHour', 'fundingRate', 'highPrice24h', 'indexPrice', 'lastPrice'],
  ...['lowPrice24h', 'markPrice', 'nextFundingTime', 'openInterest', 'openInterestValue'],
  ...['preOpenPrice', 'preQty', 'prevPrice1h', 'prevPrice24h', 'price24hPcnt'],
  ...['singleOpenInterest', 'singleOpenInterestValue', 'symbol', 'tickDirection'],
  ...['turnover24h', 'volume24h'],
]

describe('private topics', () => {
  test('default: executions, orders, positions and the wallet of one order', async () => {
    const desk = openDesk()
    const { socket, said } = login(desk)
    expect(said).toMatchObject({ success: true, ret_msg: '', op: 'auth' })
    const args = ['order', 'execution.linear', 'position', 'wallet']
    expect(send(socket, { op: 'subscribe', args })).toMatchObject([{ success: true }])
    await desk.post('/v5/order/create', marketBuy)
    const messages = take(socket)
    expect(messages.map(({ topic }) => topic)).toEqual([
      'execution.linear',
      'order',
      'position',
      'wallet',
    ])
    expect(messages[0]?.data).toMatchObject([{ category: 'linear', execType: 'Trade' }])
    expect(messages[1]?.data).toMatchObject([
      { orderStatus: 'New', cumExecQty: '0.000' },
      { orderStatus: 'Filled', cumExecQty: '0.010' },
    ])
    expect(messages[2]?.data).toMatchObject([{ side: 'Buy', size: '0.010', entryPrice: '60000' }])
    expect(messages[2]?.data).not.toHaveProperty('0.avgPrice')
    expect(messages[3]?.data).toMatchObject([{ accountType: 'UNIFIED', coin: [{ coin: 'USDT' }] }])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: a flat position has no side; funding is an execution', async () => {
    const desk = openDesk()
    await desk.post('/v5/order/create', marketBuy)
    const { socket } = login(desk)
    send(socket, { op: 'subscribe', args: ['execution', 'position'] })
    await desk.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.001' })
    expect(take(socket)[0]).toMatchObject({ data: [{ execType: 'Funding', execFee: '0.6' }] })
    await desk.post('/v5/order/create', { ...marketBuy, side: 'Sell', reduceOnly: true })
    expect(take(socket).at(-1)).toMatchObject({ data: [{ side: '', size: '0' }] })
  })

  test('error: a login that has expired, of nobody, and badly signed', async () => {
    const desk = openDesk()
    expect(login(desk, startTime - 1).said).toMatchObject({
      success: false,
      ret_msg: 'Params Error',
      op: 'auth',
    })
    const socket = desk.simulator.openSocket('bybit', '/v5/private')
    const auth = (...args: unknown[]): Said[] => send(socket, { op: 'auth', args })
    const later = startTime + 10_000
    expect(auth('nobody', later, 'x')).toMatchObject([{ success: false, op: 'auth' }])
    const { apiKey } = desk.simulator.credentials('bybit')
    expect(auth(apiKey, String(later), 'x')).toMatchObject([{ success: false, op: 'auth' }])
    expect(send(socket, { op: 'subscribe', args: ['order'] })).toMatchObject([
      { success: false, ret_msg: 'Request not authorized', op: 'subscribe' },
    ])
  })

  test('error: all categories and one of them in one request; an unknown topic', async () => {
    const desk = openDesk()
    const { socket } = login(desk)
    expect(send(socket, { op: 'subscribe', args: ['order', 'order.linear'] })).toMatchObject([
      { success: false },
    ])
    expect(send(socket, { op: 'subscribe', args: ['orders'] })).toMatchObject([
      { success: false, ret_msg: 'error:handler not found,topic:orders' },
    ])
    expect(send(socket, { op: 'subscribe', args: ['order'] })).toMatchObject([{ success: true }])
    expect(send(socket, { op: 'subscribe', args: ['order'] })).toMatchObject([{ success: true }])
  })
})
