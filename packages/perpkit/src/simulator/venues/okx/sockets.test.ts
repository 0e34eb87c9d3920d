import { describe, expect, test } from 'vitest'
import { BTC, joinDesk, openDesk, startTime } from './desk.fixture.ts'
import {
  listen,
  loginWords,
  openSocket,
  type Said,
  send,
  subscribe,
  take,
} from './socket.fixture.ts'

// docs/wire/okx.md 8.1.

const tickers = { channel: 'tickers', instId: BTC }
const orders = { channel: 'orders', instType: 'SWAP' }

function errorOf([first = {}]: readonly Said[]): unknown {
  return first.event === 'error' ? `${first.code} ${first.msg}` : first
}

describe('connection', () => {
  test('default: a request is answered arg by arg, with its id', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, 'public')
    const bad = { channel: 'tickers', instId: 'BTC-X' }
    const args = [tickers, bad, { channel: 'status' }]
    const said = send(socket, { id: '1512', op: 'subscribe', args })
    const connId = expect.stringMatching(/^[0-9a-f]{8}$/)
    expect(said.slice(0, 3)).toEqual([
      { id: '1512', event: 'subscribe', arg: tickers, connId },
      {
        id: '1512',
        event: 'error',
        code: '60018',
        msg: "Wrong URL or channel:tickers,instId:BTC-X doesn't exist. Please use the correct URL, channel and parameters referring to API document.",
        connId,
      },
      { id: '1512', event: 'subscribe', arg: { channel: 'status' }, connId },
    ])
    expect(said[3]).toMatchObject({ arg: tickers, data: [{ instId: BTC }] })
    expect(said[3]).not.toHaveProperty('event')
    expect(await desk.unknownWords()).toEqual(['value arg'])
  })

  test('behavior: what was given up is heard of no more; a second subscription says nothing', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, 'public')
    subscribe(socket, tickers)
    expect(subscribe(socket, tickers)).toMatchObject([{ event: 'subscribe', arg: tickers }])
    expect(send(socket, { op: 'unsubscribe', args: [tickers] })).toMatchObject([
      { event: 'unsubscribe', arg: tickers },
    ])
    await desk.setPrice('60100')
    await desk.advance(1_000)
    expect(take(socket)).toEqual([])
  })

  test('behavior: ping is a text, and who is silent for half a minute is sent away', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, 'public')
    await desk.advance(20_000)
    socket.send('ping')
    expect(socket.take()).toEqual(['pong'])
    await desk.advance(29_999)
    expect(socket.isOpen).toBe(true)
    await desk.advance(1)
    expect(socket.end).toEqual({ code: 4004, reason: 'No data received in 30s' })
  })

  test.each([
    ['{', '60012 Illegal request: {'],
    ['{"op":"subscribe"}', '60012 Illegal request: {"op":"subscribe"}'],
    ['{"op":"subscribe","args":[]}', '60012 Illegal request: {"op":"subscribe","args":[]}'],
    ['{"id":"a-b","op":"subscribe","args":[]}', expect.stringContaining('60012')],
    ['{"op":"subscribe","args":[{"instId":"X"}]}', expect.stringContaining('60012')],
    ['{"op":"join","args":[]}', '60019 Invalid op: join'],
    ['{"id":"1","op":"order","args":[]}', expect.stringContaining('60028')],
  ])('error: %s', (text, expected) => {
    const socket = openSocket(openDesk(), 'public')
    socket.send(text)
    expect(errorOf(take(socket))).toEqual(expected)
    expect(socket.isOpen).toBe(true)
  })

  test.each([
    ['public', { channel: 'candle1m', instId: BTC }, '64001'],
    ['business', tickers, '64002'],
    ['business', { channel: 'positions', instType: 'ANY' }, '64002'],
    ['public', orders, '60008'],
    ['public', { channel: 'candle7m', instId: BTC }, '60018'],
    ['public', { channel: 'instruments', instType: 'ANY' }, '60018'],
    ['public', { channel: 'books-l2-tbt', instId: BTC }, '60011'],
    ['private', orders, '60011'],
    ['business', { channel: 'orders-algo', instType: 'SWAP' }, '60011'],
    ['public', { channel: 'instruments', instType: 'SWAP', uly: 'BTC-USDT' }, '64000'],
  ] as const)('error: on %s %o', (place, arg, code) => {
    const said = subscribe(openSocket(openDesk(), place), arg)
    expect(said).toMatchObject([{ event: 'error', code }])
  })

  test.each([
    ['private', { channel: 'fills' }, '64003'],
    ['public', { channel: 'books50-l2-tbt', instId: BTC }, '64003'],
    ['private', { channel: 'orders' }, '60018'],
    ['private', { ...orders, instId: 'BTC-X' }, '60018'],
    ['private', { channel: 'account', extraParams: '{"updateInterval":"2000"}' }, '60018'],
    ['private', { channel: 'account', extraParams: 'x' }, '60018'],
    [
      'private',
      { channel: 'positions', instType: 'SWAP', extraParams: '{"updateInterval":"7"}' },
      '60018',
    ],
  ] as const)('error: logged in, on %s %o', (place, arg, code) => {
    const said = subscribe(listen(openDesk(), place), arg)
    expect(said).toMatchObject([{ event: 'error', code }])
  })

  test('error: there are three sockets', () => {
    const socket = openDesk().simulator.openSocket('okx', '/ws/v5/spread')
    expect(socket.refusal?.status).toBe(404)
  })
})

describe('login', () => {
  test('default: once on each connection', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, 'private')
    const login = { op: 'login', args: [loginWords(desk)] }
    expect(send(socket, login)).toEqual([
      { event: 'login', code: '0', msg: '', connId: expect.any(String) },
    ])
    expect(errorOf(send(socket, login))).toMatch(/^60031 /)
    expect([socket.isOpen, await desk.unknownWords()]).toEqual([true, []])
  })

  test.each([
    ['60004', { timestamp: '2026-01-05' }],
    ['60006', { timestamp: String(startTime / 1_000 - 31) }],
    ['60005', { apiKey: 'nobody' }],
    ['60024', { passphrase: 'other' }],
    ['60007', { sign: 'x' }],
  ])('error: %s ends the connection', (code, words) => {
    const desk = openDesk()
    const socket = openSocket(desk, 'private')
    const said = send(socket, { op: 'login', args: [{ ...loginWords(desk), ...words }] })
    expect(said).toMatchObject([{ event: 'error', code }])
    expect(socket.end?.code).toBe(4001)
  })

  test('behavior: nothing of another account is heard', async () => {
    const desk = openDesk()
    const other = await joinDesk(desk)
    const socket = listen(desk, 'private', orders, { channel: 'account' })
    await other.post('trade/order', {
      ...{ instId: BTC, tdMode: 'cross', side: 'buy', ordType: 'market', sz: '1' },
    })
    await desk.advance(1_000)
    expect(take(socket)).toEqual([])
  })
})

describe('limits', () => {
  test('error: three connections a second, and then no more', async () => {
    const desk = openDesk()
    for (let i = 0; i < 3; i++) expect(openSocket(desk, 'public').isOpen).toBe(true)
    expect(openSocket(desk, 'public').refusal?.status).toBe(429)
    await desk.advance(1_000)
    expect(openSocket(desk, 'public').isOpen).toBe(true)
  })

  test('error: 480 requests an hour', () => {
    const socket = openSocket(openDesk(), 'public')
    for (let i = 0; i < 480; i++) send(socket, { op: 'unsubscribe', args: [tickers] })
    expect(errorOf(subscribe(socket, tickers))).toBe('60014 Requests too frequent')
  })

  test('error: a request of more than 64 KB', () => {
    const socket = openSocket(openDesk(), 'public')
    socket.send(`{"op":"${'x'.repeat(65_536)}"}`)
    expect(socket.end?.code).toBe(1009)
  })

  test('error: thirty connections have a private channel, and the next is sent off it', async () => {
    const desk = openDesk()
    const join = async (): Promise<Said[]> => {
      await desk.advance(500)
      return subscribe(listen(desk, 'private'), orders)
    }
    expect((await join())[1]).toMatchObject({ event: 'channel-conn-count', connCount: '1' })
    for (let count = 2; count <= 30; count++) await join()
    expect(await join()).toMatchObject([
      { event: 'subscribe', arg: orders },
      { event: 'channel-conn-count-error', channel: 'orders', connCount: '30' },
    ])
  })
})

describe('faults', () => {
  test('behavior: a message is skipped, and the next does not follow the one before', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, 'public')
    subscribe(socket, { channel: 'books', instId: BTC })
    const topic = `books:${BTC}`
    await desk.simulator.control.inject({ venue: 'okx', kind: 'skipMessage', topic, times: 1 })
    await desk.setPrice('60100')
    await desk.advance(100)
    expect(take(socket)).toEqual([])
    await desk.setPrice('60200')
    await desk.advance(100)
    const [update] = take(socket)
    expect(update).toMatchObject({ action: 'update' })
  })

  test('error: no checksum is real here, so none can be corrupted', async () => {
    const { control } = openDesk().simulator
    const fault = { venue: 'okx', kind: 'corruptChecksum' } as const
    await expect(control.inject(fault)).rejects.toThrow('okx')
  })

  test('behavior: a stalled connection answers pings and says nothing', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, 'public')
    subscribe(socket, tickers)
    await desk.simulator.control.inject({ venue: 'okx', kind: 'stall', times: 1 })
    await desk.setPrice('60100')
    await desk.advance(1_000)
    socket.send('ping')
    expect(socket.take()).toEqual(['pong'])
  })
})
