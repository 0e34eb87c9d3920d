import { describe, expect, test } from 'vitest'
import { Reader } from '../../../../core/reader.ts'
import type { LocalSocket } from '../../../server/localSocket.ts'
import { type Desk, openDesk, place, startTime } from '../desk.fixture.ts'
import { ask, decode, openSocket, type Said, take, takePings } from './sockets.fixture.ts'

// docs/wire/htx.md 8.1.

function openMarket(desk: Desk): LocalSocket {
  return openSocket(desk, '/linear-swap-ws')
}

const DIFF = 'market.BTC-USDT.depth.size_150.high_freq'
const TRADES = 'market.BTC-USDT.trade.detail'

function tickOf(said: Said | undefined): Reader {
  return new Reader(said).at('tick')
}

describe('commands', () => {
  test('default: acknowledged in gzip, once more when repeated, and left again', async () => {
    const desk = openDesk()
    const socket = openMarket(desk)
    const sub = 'market.BTC-USDT.detail'
    socket.send(JSON.stringify({ sub, id: '7' }))
    const [frame] = socket.take()
    if (frame === undefined) throw new Error('nothing was said')
    expect(frame).toBeInstanceOf(Uint8Array)
    expect(decode(frame)).toEqual({ id: '7', status: 'ok', subbed: sub, ts: startTime })
    expect(ask(socket, { sub, id: 8 })).toMatchObject([{ id: 8, subbed: sub }])
    expect(ask(socket, { unsub: sub, id: '9' })).toEqual([
      { id: '9', status: 'ok', unsubbed: sub, ts: startTime },
    ])
    await desk.setPrice('60100')
    await desk.advance(1_000)
    expect([take(socket), await desk.unknownWords()]).toEqual([[], []])
  })

  test('error: topics that are none of this address, and words that mean nothing', async () => {
    const desk = openDesk()
    const socket = openMarket(desk)
    const topics = [
      'market.BTC-USDT.mark_price.1min',
      'market.btc-usdt.detail',
      'market.NO-USDT.bbo',
      'market.BTC-USDT.kline.2min',
      'market.BTC-USDT.depth.step99',
      'market.BTC-USDT.trade.1min',
      'x',
    ]
    for (const sub of topics) {
      expect(ask(socket, { sub, id: '1' })).toEqual([
        {
          status: 'error',
          ts: startTime,
          id: '1',
          'err-code': 'bad-request',
          'err-msg': `invalid topic ${sub}`,
        },
      ])
    }
    expect(ask(socket, { sub: DIFF, data_type: 'both' })).toMatchObject([
      { 'err-msg': 'invalid data_type both' },
    ])
    expect(ask(socket, { join: 'x' })).toMatchObject([{ 'err-msg': 'invalid command' }])
    expect(ask(socket, { sub: 5 })).toMatchObject([{ 'err-msg': 'invalid command' }])
    socket.send('{')
    expect(take(socket)).toMatchObject([{ 'err-msg': 'invalid command' }])
    const words = await desk.unknownWords()
    expect(words.filter((word) => word === 'value topic')).toHaveLength(topics.length)
    expect(words).toContain('value data_type')
    expect(words.filter((word) => word.includes('join'))).toHaveLength(1)
    expect(socket.isOpen).toBe(true)
  })

  test('error: an address that is not served', () => {
    const desk = openDesk()
    expect(openSocket(desk, '/linear-swap-notification').refusal?.status).toBe(404)
  })
})

describe('heartbeat', () => {
  test('default: who answers stays, and the ping of a client is answered', async () => {
    const desk = openDesk()
    const socket = openMarket(desk)
    for (let round = 0; round < 10; round++) {
      await desk.advance(5_000)
      const [said] = takePings(socket)
      expect(said).toEqual({ ping: desk.simulator.now() })
      socket.send(JSON.stringify({ pong: said?.ping }))
    }
    expect(ask(socket, { ping: 5 })).toEqual([{ pong: 5 }])
    expect(ask(openSocket(desk, '/ws_index'), { ping: 5 })).toEqual([])
    expect([socket.isOpen, await desk.unknownWords()]).toEqual([true, []])
  })

  test('behavior: an answer with another number is none', async () => {
    const desk = openDesk()
    const socket = openMarket(desk)
    for (let round = 0; round < 5; round++) {
      await desk.advance(5_000)
      socket.send(JSON.stringify({ pong: 1 }))
    }
    expect(socket.isOpen).toBe(true)
    await desk.advance(5_000)
    expect(socket.end).toEqual({ code: 1003, reason: 'ping check expired' })
  })

  test('behavior: one answer to one of the last two pings is enough', async () => {
    const desk = openDesk()
    const socket = openMarket(desk)
    await desk.advance(25_000)
    const pings = takePings(socket)
    expect(pings).toHaveLength(5)
    socket.send(JSON.stringify({ pong: pings.at(-2)?.ping }))
    await desk.advance(24_999)
    expect(socket.isOpen).toBe(true)
  })
})

describe('prices', () => {
  test('default: the ticker is of numbers, after a change, twice a second', async () => {
    const desk = openDesk()
    const socket = openMarket(desk)
    const [, first] = ask(socket, { sub: 'market.BTC-USDT.detail' })
    expect(first).toMatchObject({ ch: 'market.BTC-USDT.detail', tick: { close: 60_000 } })
    for (const name of ['open', 'high', 'low', 'amount', 'vol', 'trade_turnover', 'count']) {
      expect(typeof tickOf(first).at(name).value).toBe('number')
    }
    await desk.advance(2_000)
    expect(take(socket)).toEqual([])
    await desk.setPrice('60100')
    await desk.setPrice('60200')
    await desk.advance(500)
    expect(take(socket)).toMatchObject([{ tick: { close: 60_200 } }])
  })

  test('behavior: the touch is told when it is another, at once', async () => {
    const desk = openDesk()
    const socket = openMarket(desk)
    ask(socket, { sub: 'market.BTC-USDT.bbo' })
    await desk.setPrice('60100')
    const [said, ...others] = take(socket)
    expect(others).toEqual([])
    const rest = await desk.get('/linear-swap-ex/market/bbo', { contract_code: 'BTC-USDT' })
    const { bid, ask: offer } = tickOf(said).value as Said
    expect({ bid, ask: offer }).toEqual({
      bid: rest.at('ticks').at(0).at('bid').value,
      ask: rest.at('ticks').at(0).at('ask').value,
    })
  })

  test('behavior: the latest trade comes again with a subscription, then each once', async () => {
    const desk = openDesk()
    await desk.setPrice('60100')
    const socket = openMarket(desk)
    const [, old] = ask(socket, { sub: TRADES })
    expect(tickOf(old).at('data').items()).toHaveLength(1)
    await desk.setPrice('60200')
    const ids = take(socket).flatMap((said) =>
      tickOf(said)
        .at('data')
        .items()
        .map((row) => row.at('id').value),
    )
    expect(ids.length).toBeGreaterThan(0)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).not.toContain(tickOf(old).at('data').at(0).at('id').value)
  })
})

describe('candles', () => {
  test('default: the open candle after trades; nothing says that it is closed', async () => {
    const desk = openDesk()
    const socket = openMarket(desk)
    const ch = 'market.BTC-USDT.kline.1min'
    const [, first] = ask(socket, { sub: ch })
    const id = Date.UTC(2026, 0, 5) / 1000
    expect(first).toMatchObject({ ch, tick: { id } })
    await desk.setPrice('60100')
    await desk.advance(500)
    expect(take(socket)).toMatchObject([{ tick: { id, close: 60_100 } }])
    await desk.advance(29_499)
    await desk.setPrice('60200')
    take(socket)
    await desk.advance(1)
    const said = take(socket)
    expect(tickOf(said[0]).at('id').value).toBe(id)
    expect(tickOf(said[0]).at('close').value).toBe(60_200)
  })

  test('default: candles and trades that are asked for once', async () => {
    const desk = openDesk()
    const socket = openMarket(desk)
    const to = Date.UTC(2026, 0, 5) / 1000
    const req = 'market.BTC-USDT.kline.1min'
    const [said] = ask(socket, { req, id: '9', from: to - 120, to })
    expect(said).toMatchObject({ id: '9', rep: req, status: 'ok' })
    const data = new Reader(said).at('data')
    expect(data.items().map((row) => row.at('id').number())).toEqual([to - 120, to - 60, to])
    await desk.setPrice('60100')
    const [trades] = ask(socket, { req: TRADES, size: 2 })
    expect(new Reader(trades).at('data').items().length).toBeLessThanOrEqual(2)
    expect(ask(socket, { req: DIFF })).toMatchObject([{ 'err-msg': `invalid topic ${DIFF}` }])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: mark prices are texts, told when they change', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, '/ws_index')
    const ch = 'market.BTC-USDT.mark_price.1min'
    expect(ask(socket, { sub: ch })[1]).toMatchObject({ ch, tick: { close: '60000' } })
    await desk.advance(5_000)
    expect(take(socket)).toEqual([])
    await desk.setPrice('60100')
    await desk.advance(1_000)
    expect(take(socket)).toMatchObject([{ tick: { close: '60100' } }])
    // A trade away from it moves neither mark nor index.
    await place(desk, { volume: '400' })
    await desk.advance(1_000)
    expect(take(socket)).toEqual([])
    for (const family of ['index.5min', 'premium_index.1day', 'estimated_rate.1min']) {
      const [ack] = ask(socket, { sub: `market.BTC-USDT.${family}` })
      expect(ack?.status).toBe('ok')
    }
    const [, basis] = ask(socket, { sub: 'market.BTC-USDT.basis.1min.close' })
    expect(basis).toMatchObject({ tick: { contract_price: '60100', basis: '0' } })
    expect(ask(socket, { sub: 'market.BTC-USDT.detail' })[0]?.status).toBe('error')
  })
})
