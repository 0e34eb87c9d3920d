import { describe, expect, test } from 'vitest'
import type { LocalSocket } from '../../server/localSocket.ts'
import { loginFrame, openListener, send, subscribe, take } from './channels/channels.fixture.ts'
import { type Desk, openDesk, startTime } from './desk.fixture.ts'

// docs/wire/bitget.md 8.1 and 8.2.

const TICKER = { instType: 'USDT-FUTURES', channel: 'ticker', instId: 'BTCUSDT' }
const ORDERS = { instType: 'USDT-FUTURES', channel: 'orders', instId: 'default' }
const SECONDS = String(startTime / 1_000)

function open(desk: Desk, path = '/v2/ws/public'): LocalSocket {
  return desk.simulator.openSocket('bitget', path)
}

/** A ping every half minute, as clients send them. */
async function keep(desk: Desk, socket: LocalSocket, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 30_000) {
    socket.send('ping')
    await desk.advance(Math.min(left, 30_000))
  }
}

describe('commands', () => {
  test('default: one acknowledgement an argument, then what the channels have to say', async () => {
    const desk = await openDesk('classic')
    const socket = open(desk)
    const other = { ...TICKER, instId: 'ETHUSDT' }
    const said = subscribe(socket, TICKER, other)
    expect(said.slice(0, 2)).toEqual([
      { event: 'subscribe', arg: TICKER },
      { event: 'subscribe', arg: other },
    ])
    expect(said.slice(2)).toMatchObject([
      { action: 'snapshot', arg: TICKER },
      { action: 'snapshot', arg: other },
    ])
    expect(subscribe(socket, TICKER)).toEqual([{ event: 'subscribe', arg: TICKER }])
    expect(send(socket, { op: 'unsubscribe', args: [TICKER] })).toEqual([
      { event: 'unsubscribe', arg: TICKER },
    ])
    await desk.setPrice('60100')
    await desk.advance(1_000)
    expect([take(socket), await desk.unknownWords()]).toEqual([[], []])
  })

  test('error: what does not exist is refused, the rest of the arguments is not', async () => {
    const desk = await openDesk('classic')
    const bad = { ...TICKER, channel: 'book5' }
    expect(subscribe(open(desk), bad, TICKER)).toMatchObject([
      {
        event: 'error',
        arg: bad,
        code: 30001,
        msg: "instType:USDT-FUTURES,channel:book5,instId:BTCUSDT doesn't exist",
        op: 'subscribe',
      },
      { event: 'subscribe', arg: TICKER },
      { action: 'snapshot' },
    ])
    expect(await desk.unknownWords()).toEqual(['value channel'])
  })

  test('args: each generation has its own words, and each host its own channels', async () => {
    const desk = await openDesk('classic')
    const lower = { instType: 'usdt-futures', topic: 'ticker', symbol: 'BTCUSDT' }
    expect(subscribe(open(desk, '/v3/ws/public'), lower)).toMatchObject([
      { event: 'subscribe' },
      {},
    ])
    const misplaced: [string, Record<string, string>][] = [
      ['/v2/ws/public', lower],
      ['/v3/ws/public', TICKER],
      ['/v2/ws/public', { ...TICKER, instType: 'usdt-futures' }],
      ['/v2/ws/public', { ...TICKER, instId: 'btcusdt' }],
      ['/v2/ws/public', { ...TICKER, instId: 'default' }],
      ['/v2/ws/public', { ...TICKER, interval: '1m' }],
      ['/v2/ws/public', ORDERS],
      ['/v2/ws/private', TICKER],
    ]
    for (const [path, arg] of misplaced) {
      expect(subscribe(open(desk, path), arg)).toMatchObject([{ event: 'error', code: 30001 }])
    }
  })

  test('error: unknown ops and frames that are nothing', async () => {
    const desk = await openDesk('classic')
    const socket = open(desk)
    expect(send(socket, { op: 'trade', args: [{ id: '1' }] })).toEqual([
      { event: 'error', code: 30003, msg: 'Invalid op', op: 'trade' },
    ])
    expect(send(socket, [1])).toMatchObject([{ event: 'error', code: 30002 }])
    expect(send(socket, { op: 'subscribe', args: 'ticker' })).toMatchObject([{ code: 30002 }])
    expect(await desk.unknownWords()).toEqual(['value op'])
    expect(open(desk, '/v2/ws').refusal?.status).toBe(404)
  })

  test('behavior: words beside the arguments are ignored, strange ones are noted', async () => {
    const desk = await openDesk('classic')
    const socket = open(desk)
    const frame = { op: 'subscribe', args: [TICKER], uta: true, id: 7 }
    expect(send(socket, frame)[0]).toEqual({ event: 'subscribe', arg: TICKER })
    expect(await desk.unknownWords()).toEqual(['parameter frame.id'])
  })
})

describe('heartbeat, limits and end', () => {
  test('behavior: pings are texts; without one for two minutes it is over', async () => {
    const desk = await openDesk('classic')
    const [kept, quiet] = [open(desk), open(desk)]
    subscribe(quiet, TICKER)
    kept.send('ping')
    expect(kept.take()).toEqual(['pong'])
    await keep(desk, kept, 119_999)
    expect(quiet.isOpen).toBe(true)
    await desk.advance(1)
    expect([quiet.end?.code, kept.isOpen]).toEqual([1006, true])
  })

  test('behavior: nobody stays longer than a day', async () => {
    const desk = await openDesk('classic')
    const socket = open(desk)
    await keep(desk, socket, 86_400_000 - 1)
    expect(socket.isOpen).toBe(true)
    await desk.advance(1)
    expect(socket.end?.code).toBe(1001)
  })

  test('error: more than ten messages in a second end the connection', async () => {
    const desk = await openDesk('classic')
    const socket = open(desk)
    for (let count = 0; count < 10; count++) socket.send('ping')
    expect(socket.isOpen).toBe(true)
    await desk.advance(1_000)
    for (let count = 0; count < 11; count++) socket.send('ping')
    expect(socket.end?.code).toBe(1006)
  })

  test('error: 240 subscriptions an hour, and 4096 bytes each', async () => {
    const desk = await openDesk('classic')
    const socket = open(desk)
    for (let count = 0; count < 240; count++) {
      expect(subscribe(socket)).toEqual([])
      await desk.advance(1_000)
      if (count % 30 === 0) socket.send('ping')
      socket.take()
    }
    expect(subscribe(socket)).toMatchObject([{ event: 'error', code: 30007, op: 'subscribe' }])
    expect(send(socket, { op: 'unsubscribe', args: [] })).toEqual([])
    const many = Array.from({ length: 70 }, () => TICKER)
    expect(subscribe(open(desk), ...many)).toMatchObject([{ event: 'error', code: 30016 }])
  })

  test('error: an address opens 300 connections in five minutes and has 100 at most', async () => {
    const desk = await openDesk('classic')
    const sockets = Array.from({ length: 100 }, () => open(desk))
    expect(open(desk).refusal?.status).toBe(429)
    for (const socket of sockets) socket.close()
    for (let count = 101; count < 300; count++) open(desk).close()
    expect(open(desk).refusal?.status).toBe(429)
    await desk.advance(300_000)
    expect(open(desk).refusal).toBeUndefined()
  })
})

describe('login', () => {
  test('default: in seconds or milliseconds; then, and not before, private channels', async () => {
    const desk = await openDesk('classic')
    const socket = open(desk, '/v2/ws/private')
    expect(subscribe(socket, ORDERS)).toMatchObject([{ event: 'error', arg: ORDERS, code: 30004 }])
    expect(send(socket, loginFrame(desk.keys, SECONDS))).toEqual([
      { event: 'login', code: 0, connId: expect.stringMatching(/^[0-9a-f]{32}$/) },
    ])
    expect(subscribe(socket, ORDERS)).toEqual([{ event: 'subscribe', arg: ORDERS }])
    const other = open(desk, '/v2/ws/private')
    expect(send(other, loginFrame(desk.keys, String(startTime)))).toMatchObject([{ code: 0 }])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('error: each refusal has its code and ends the connection', async () => {
    const desk = await openDesk('classic')
    const { keys } = desk
    const cases: [Record<string, string>, string, number][] = [
      [{ apiKey: 'nobody' }, SECONDS, 30011],
      [{ passphrase: 'wrong' }, SECONDS, 30012],
      [{}, 'soon', 30013],
      [{}, String(startTime / 1_000 - 31), 30014],
      [{ apiSecret: 'other' }, SECONDS, 30015],
    ]
    for (const [wrong, timestamp, code] of cases) {
      const socket = open(desk, '/v2/ws/private')
      expect(send(socket, loginFrame({ ...keys, ...wrong }, timestamp))).toMatchObject([
        { event: 'error', code },
      ])
      expect(socket.isOpen).toBe(false)
    }
    expect(send(open(desk), loginFrame(keys, SECONDS))).toMatchObject([{ code: 30003 }])
  })

  test('behavior: a classic key is not let in on V3; a unified one is on V2, in vain', async () => {
    const desk = await openDesk('classic')
    const socket = open(desk, '/v3/ws/private')
    expect(send(socket, loginFrame(desk.keys, SECONDS))).toMatchObject([{ code: 30005 }])
    const { desk: other } = await openListener('unified')
    const lost = open(other, '/v2/ws/private')
    expect(send(lost, loginFrame(other.keys, SECONDS))).toMatchObject([{ event: 'login' }])
    const positions = { ...ORDERS, channel: 'positions' }
    expect(subscribe(lost, ORDERS, positions)).toHaveLength(2)
    await other.post('/api/v3/trade/place-order', {
      ...{ category: 'USDT-FUTURES', symbol: 'BTCUSDT', qty: '0.01' },
      ...{ side: 'buy', orderType: 'market' },
    })
    expect(take(lost)).toEqual([])
  })
})
