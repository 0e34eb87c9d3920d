import { describe, expect, test } from 'vitest'
import { signText } from './auth.ts'
import { openDesk } from './desk.fixture.ts'
import { connect, login, send, subscribe, take } from './feeds/socketDesk.fixture.ts'

// docs/wire/kraken.md 8.1.

const XBT = 'PF_XBTUSD'

describe('connection', () => {
  test('default: greeted, and one acknowledgement a product in the order asked', async () => {
    const desk = openDesk()
    const socket = desk.simulator.openSocket('kraken', '/ws/v1')
    expect(take(socket)).toEqual([{ event: 'info', version: 1 }])
    const said = subscribe(socket, 'trade', 'PF_ETHUSD', 'pf_xbtusd')
    expect(said.slice(0, 2)).toEqual([
      { event: 'subscribed', feed: 'trade', product_ids: ['PF_ETHUSD'] },
      { event: 'subscribed', feed: 'trade', product_ids: [XBT] },
    ])
    expect(said.slice(2)).toMatchObject([
      { feed: 'trade_snapshot', product_id: 'PF_ETHUSD' },
      { feed: 'trade_snapshot', product_id: XBT },
    ])
    expect(subscribe(socket, 'heartbeat')).toEqual([{ event: 'subscribed', feed: 'heartbeat' }])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: again gives an alert and a fresh snapshot; leaving is silence', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    subscribe(socket, 'book', XBT)
    await desk.setPrice('60100')
    take(socket)
    expect(subscribe(socket, 'book', XBT)).toMatchObject([
      { event: 'alert', message: 'Already subscribed to feed, re-requesting' },
      { feed: 'book_snapshot' },
    ])
    const leave = { event: 'unsubscribe', feed: 'book', product_ids: [XBT] }
    expect(send(socket, leave)).toEqual([
      { event: 'unsubscribed', feed: 'book', product_ids: [XBT] },
    ])
    expect(send(socket, leave)).toEqual([{ event: 'alert', message: 'Not subscribed to feed' }])
    await desk.setPrice('60200')
    expect(take(socket)).toEqual([])
  })

  test('error: unknown feeds, products, events and frames are refused in its words', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    const error = (message: string): unknown => [{ event: 'error', message }]
    expect(subscribe(socket, 'books', XBT)).toEqual(error('Invalid feed'))
    expect(subscribe(socket, 'candles_trade_2m', XBT)).toEqual(error('Invalid feed'))
    expect(subscribe(socket, 'candles_bid_1m', XBT)).toEqual(error('Invalid feed'))
    expect(subscribe(socket, 'book')).toEqual(error('Invalid product id'))
    expect(send(socket, { event: 'subscribe', feed: 7 })).toEqual(error('Json Error'))
    expect(send(socket, { event: 'challenge' })).toEqual(error('Json Error'))
    socket.send('{')
    socket.send(new Uint8Array([1]))
    expect(take(socket)).toEqual([error('Json Error'), error('Json Error')].flat())
    expect(send(socket, { event: 'ping' })).toEqual([
      { event: 'alert', message: 'Bad websocket message' },
    ])
    expect(subscribe(socket, 'ticker', 'PF_NOUSD', XBT)).toMatchObject([
      { event: 'error', message: 'Invalid product id' },
      { event: 'subscribed', product_ids: [XBT] },
      { feed: 'ticker' },
    ])
    send(socket, { event: 'subscribe', feed: 'trade', product_ids: [XBT], depth: 5 })
    expect(await desk.unknownWords()).toEqual([
      'value feed',
      'value feed',
      'value feed',
      'value event',
      'parameter frame.depth',
    ])
    expect(socket.isOpen).toBe(true)
  })

  test('error: no other path', () => {
    const { simulator } = openDesk()
    expect(simulator.openSocket('kraken', '/ws/v2').refusal?.status).toBe(404)
  })
})

describe('keeping alive', () => {
  test('behavior: a minute without a ping frame ends it, whatever else is said', async () => {
    const desk = openDesk()
    const [pinging, talking] = [connect(desk), connect(desk)]
    await desk.advance(30_000)
    pinging.ping()
    send(talking, { event: 'ping' })
    await desk.advance(29_999)
    expect(talking.isOpen).toBe(true)
    await desk.advance(1)
    expect([pinging.isOpen, talking.end?.code]).toEqual([true, 1006])
    await desk.advance(30_000)
    expect(pinging.isOpen).toBe(false)
  })

  test('behavior: a heartbeat each second', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    subscribe(socket, 'heartbeat')
    await desk.advance(3_000)
    const beats = take(socket)
    expect(beats.map(({ feed }) => feed)).toEqual(['heartbeat', 'heartbeat', 'heartbeat'])
    expect(Number(beats[1]?.time) - Number(beats[0]?.time)).toBe(1_000)
  })

  test('error: the hundred and first request of a second ends it', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    for (let sent = 0; sent < 100; sent++) send(socket, { event: 'challenge', api_key: 'x' })
    expect(socket.isOpen).toBe(true)
    send(socket, { event: 'challenge', api_key: 'x' })
    expect(socket.end?.code).toBe(1008)
  })

  test('error: a hundred connections are enough, until one has gone', () => {
    const desk = openDesk()
    const sockets = Array.from({ length: 100 }, () => connect(desk))
    expect(desk.simulator.openSocket('kraken', '/ws/v1').refusal?.status).toBe(429)
    sockets[0]?.close()
    expect(connect(desk).isOpen).toBe(true)
  })
})

describe('challenge', () => {
  test('default: answered once, it opens every feed of the account', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    const signed = login(desk, socket)
    expect(signed.original_challenge).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)
    const ask = (feed: string): unknown => send(socket, { event: 'subscribe', feed, ...signed })[0]
    expect(ask('open_orders')).toEqual({ event: 'subscribed', feed: 'open_orders', ...signed })
    expect(ask('balances')).toEqual({ event: 'subscribed', feed: 'balances' })
    expect(ask('notifications_auth')).toMatchObject({ event: 'subscribed' })
    const end = { event: 'unsubscribe', feed: 'open_orders' }
    expect(send(socket, end)).toMatchObject([{ event: 'alert' }])
    expect(send(socket, { ...end, ...signed })).toEqual([
      { event: 'unsubscribed', feed: 'open_orders', ...signed },
    ])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('default: signed as the documentation has it', () => {
    // Row 7 of docs/wire/kraken.md 2.6.
    const secret =
      '7zxMEF5p/Z8l2p2U7Ghv6x14Af+Fx+92tPgUdVQ748FOIrEoT9bgT+bTRfXc5pz8na+hL/QdrCVG7bh9KpT0eMTm'
    expect(signText(secret, 'c100b894-1729-464d-ace1-52dbce11db42')).toBe(
      '4JEpF3ix66GA2B+ooK128Ift4XQVtc137N9yeg4Kqsn9PI0Kpzbysl9M1IeCEdjg0zl00wkVqcsnG4bmnlMb3A==',
    )
  })

  test('error: none asked for, another connection’s, a stranger’s, a wrong signature', () => {
    const desk = openDesk()
    const [one, two] = [connect(desk), connect(desk)]
    const signed = login(desk, one)
    const refused = [{ event: 'alert', message: 'Failed to subscribe to authenticated feed' }]
    const ask = { event: 'subscribe', feed: 'fills' }
    expect(send(two, { ...ask, ...signed })).toEqual(refused)
    login(desk, two)
    expect(send(two, { ...ask, ...signed })).toEqual(refused)
    expect(send(one, ask)).toEqual(refused)
    expect(send(one, { ...ask, ...signed, api_key: 'nobody' })).toEqual(refused)
    expect(send(one, { ...ask, ...signed, signed_challenge: 'x' })).toEqual(refused)
    expect(send(one, { ...ask, ...signed })).toMatchObject([{ event: 'subscribed' }, {}])
  })
})
