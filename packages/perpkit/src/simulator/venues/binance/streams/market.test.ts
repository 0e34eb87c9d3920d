import { describe, expect, test } from 'vitest'
import { kindsOf, marketBuy, openStand, START } from '../wire.fixture.ts'
import { command, openStream, type Said, subscribe, take } from './streams.fixture.ts'

// docs/wire/binance.md 8.1 to 8.4.

describe('commands', () => {
  test('default: subscribe, list, unsubscribe', async () => {
    const stand = openStand()
    const socket = openStream(stand, '/market/ws')
    expect(subscribe(socket, 'btcusdt@markPrice@1s')).toEqual([{ result: null, id: 1 }])
    expect(command(socket, { method: 'LIST_SUBSCRIPTIONS', id: 'a1' })).toEqual([
      { result: ['btcusdt@markPrice@1s'], id: 'a1' },
    ])
    await stand.simulator.control.advance({ ms: 1_000 })
    expect(take(socket)).toHaveLength(1)
    const bye = { method: 'UNSUBSCRIBE', params: ['btcusdt@markPrice@1s'], id: 2 }
    expect(command(socket, bye)).toEqual([{ result: null, id: 2 }])
    await stand.simulator.control.advance({ ms: 1_000 })
    expect([take(socket), await stand.ledger()]).toEqual([[], []])
  })

  test.each<[string, Said | string, Said]>([
    ['no JSON', '{"method"', { error: { code: 3, msg: expect.any(String) } }],
    ['no id', { method: 'SUBSCRIBE', params: [] }, { error: { code: 2, msg: expect.any(String) } }],
    [
      'no such method',
      { method: 'JOIN', id: 4 },
      { error: { code: 2, msg: expect.any(String) }, id: 4 },
    ],
    [
      'no such property',
      { method: 'SET_PROPERTY', params: ['x', true], id: 5 },
      { error: { code: 0, msg: 'Unknown property' }, id: 5 },
    ],
    [
      'no boolean',
      { method: 'SET_PROPERTY', params: ['combined', 1], id: 5 },
      { error: { code: 1, msg: expect.any(String) }, id: 5 },
    ],
    [
      'parameters that are no list',
      { method: 'SUBSCRIBE', params: 'btcusdt@depth', id: 6 },
      { error: { code: 2, msg: expect.any(String) }, id: 6 },
    ],
  ])('error: %s', (_name, body, answer) => {
    const socket = openStream(openStand(), '/public/ws')
    socket.send(typeof body === 'string' ? body : JSON.stringify(body))
    expect(take(socket)).toEqual([answer])
  })

  test('behavior: events of a combined path come with their stream, and the property moves it', async () => {
    const stand = openStand()
    const socket = openStream(stand, '/market/stream?streams=btcusdt@markPrice@1s/ethusdt@ticker')
    await stand.simulator.control.advance({ ms: 1_000 })
    expect(take(socket)).toEqual([
      { stream: 'btcusdt@markPrice@1s', data: expect.objectContaining({ e: 'markPriceUpdate' }) },
    ])
    command(socket, { method: 'SET_PROPERTY', params: ['combined', false], id: 1 })
    await stand.simulator.control.advance({ ms: 1_000 })
    const events = take(socket).map(({ e }) => e)
    expect(events.sort()).toEqual(['24hrTicker', 'markPriceUpdate'])
  })

  test.each([
    ['/public/ws', 'btcusdt@aggTrade'],
    ['/market/ws', 'btcusdt@depth'],
    ['/public/ws', 'BTCUSDT@depth'],
    ['/market/ws', 'btcusdt@kline_7m'],
    ['/public/ws', 'btcusdt@depth7'],
  ])('error: %s acknowledges %s, is silent, and the ledger knows', async (path, name) => {
    const stand = openStand()
    const socket = openStream(stand, path)
    expect(subscribe(socket, name)).toEqual([{ result: null, id: 1 }])
    await stand.setPrice(60_010)
    await stand.simulator.control.advance({ ms: 5_000 })
    expect([take(socket), await stand.ledger()]).toEqual([[], ['value stream']])
  })

  test('error: the eleventh frame of a second ends the connection', async () => {
    const stand = openStand()
    const socket = openStream(stand, '/public/ws')
    for (let count = 0; count < 10; count++) subscribe(socket, 'btcusdt@depth')
    expect(socket.isOpen).toBe(true)
    subscribe(socket, 'btcusdt@depth')
    expect(socket.end?.code).toBe(1008)
  })

  test('behavior: pinged every three minutes, dropped ten after the last pong, ended in a day', async () => {
    const stand = openStand()
    const { control } = stand.simulator
    const [mute, lively] = [0, 1].map(() => openStream(stand, '/public/ws'))
    if (mute) mute.answersPings = false
    await control.advance({ ms: 599_999 })
    expect([mute?.isOpen, mute?.pings]).toEqual([true, 3])
    await control.advance({ ms: 180_000 })
    expect([mute?.end?.code, lively?.isOpen]).toEqual([1008, true])
    await control.advance({ ms: 86_400_000 })
    expect(lively?.end?.code).toBe(1001)
  })

  test('error: other paths are none', () => {
    expect(openStream(openStand(), '/secret/ws').refusal?.status).toBe(404)
  })
})

describe('books', () => {
  test('default: a book kept from REST and diffs is the book', async () => {
    const stand = openStand()
    const socket = openStream(stand, '/public/ws/btcusdt@depth@100ms')
    await stand.setPrice(60_010)
    const snapshot = await stand.read('/fapi/v1/depth', { symbol: 'BTCUSDT', limit: 1000 })
    await stand.simulator.control.advance({ ms: 100 })
    await stand.setPrice(60_020)
    await stand.simulator.control.advance({ ms: 100 })
    const [first, second] = take(socket)
    const lastUpdateId = snapshot.json.at('lastUpdateId').number()
    expect(Number(first?.U)).toBeLessThanOrEqual(lastUpdateId)
    expect(Number(first?.u)).toBeGreaterThanOrEqual(lastUpdateId)
    expect(second?.pu).toBe(first?.u)
    // Ids of one book are not consecutive.
    expect(Number(second?.U)).toBeGreaterThan(Number(first?.u) + 1)
    const bids = new Map(rowsOf(snapshot.body, 'bids'))
    for (const event of [first, second]) {
      for (const [price, quantity] of rowsOf(event, 'b')) {
        if (Number(quantity) === 0) bids.delete(price)
        else bids.set(price, quantity)
      }
    }
    const now = await stand.read('/fapi/v1/depth', { symbol: 'BTCUSDT', limit: 50 })
    const best = [...bids].sort(([a], [b]) => Number(b) - Number(a)).slice(0, 50)
    expect(best).toEqual(rowsOf(now.body, 'bids'))
  })

  test('behavior: twenty levels are told whole, at once and when they change', async () => {
    const stand = openStand()
    const socket = openStream(stand, '/public/ws')
    const [, welcome] = subscribe(socket, 'btcusdt@depth20@100ms')
    expect([rowsOf(welcome, 'b').length, rowsOf(welcome, 'a').length]).toEqual([20, 20])
    await stand.setPrice(60_010)
    await stand.simulator.control.advance({ ms: 100 })
    const [changed] = take(socket)
    expect([changed?.pu, rowsOf(changed, 'b').length]).toEqual([welcome?.u, 20])
  })

  test('behavior: the touch comes at once whenever it changes', async () => {
    const stand = openStand()
    const socket = openStream(stand, '/public/ws')
    expect(subscribe(socket, 'btcusdt@bookTicker')).toHaveLength(2)
    await stand.setPrice(60_010)
    expect(take(socket).at(-1)).toMatchObject({ e: 'bookTicker', b: expect.stringMatching(/^600/) })
  })
})

describe('trades and candles', () => {
  test('behavior: a trade comes at once, aggregated ones every 100 ms', async () => {
    const stand = openStand()
    const plain = openStream(stand, '/public/ws/btcusdt@trade')
    const together = openStream(stand, '/market/ws/btcusdt@aggTrade')
    await stand.setPrice(60_010)
    await stand.setPrice(60_020)
    const trades = take(plain)
    expect([trades.length, take(together).length]).toEqual([2, 0])
    await stand.simulator.control.advance({ ms: 100 })
    const aggregated = take(together)
    expect(aggregated.map(({ a }) => a)).toEqual(trades.map(({ t }) => t))
    expect(kindsOf(aggregated[0])).toEqual(
      kindsOf({
        ...{ e: '', E: 0, s: '', a: 0, p: '', q: '', nq: '', f: 0, l: 0, T: 0, m: true, st: 1 },
      }),
    )
  })

  test('behavior: a candle is told when it changes, and once more when it is closed', async () => {
    const stand = openStand()
    const socket = openStream(stand, '/market/ws')
    subscribe(socket, 'btcusdt@kline_1m')
    await stand.setPrice(60_010)
    await stand.simulator.control.advance({ ms: 250 })
    const [open] = take(socket)
    expect(open?.k).toMatchObject({ t: START, T: START + 59_999, i: '1m', c: '60010.00', x: false })
    await stand.simulator.control.advance({ ms: 59_750 })
    expect(take(socket).map(({ k }) => k)).toMatchObject([
      { t: START, c: '60010.00', x: true },
      { t: START + 60_000, x: false },
    ])
  })

  test('behavior: the latest liquidation of a second', async () => {
    const stand = openStand()
    await stand.post('/fapi/v1/order', marketBuy)
    const socket = openStream(stand, '/market/ws/btcusdt@forceOrder')
    const all = openStream(stand, '/market/ws/!forceOrder@arr')
    await stand.simulator.control.liquidate({ symbol: 'BTCUSDT' })
    await stand.simulator.control.advance({ ms: 1_000 })
    const [event] = take(socket)
    expect(event).toMatchObject({
      e: 'forceOrder',
      o: { s: 'BTCUSDT', S: 'SELL', X: 'FILLED', q: '0.010', z: '0.010' },
    })
    expect(take(all)).toEqual([event])
  })

  test('behavior: all symbols that have traded, as a list', async () => {
    const stand = openStand()
    const socket = openStream(stand, '/market/ws/!miniTicker@arr')
    await stand.simulator.control.advance({ ms: 1_000 })
    expect(take(socket)).toEqual([])
    await stand.setPrice(60_010)
    await stand.simulator.control.advance({ ms: 1_000 })
    expect(take(socket)).toMatchObject([[{ e: '24hrMiniTicker', s: 'BTCUSDT', c: '60010.00' }]])
  })
})

function rowsOf(value: unknown, name: string): [string, string][] {
  const rows = typeof value === 'object' && value !== null ? Reflect.get(value, name) : []
  return Array.isArray(rows) ? rows : []
}
