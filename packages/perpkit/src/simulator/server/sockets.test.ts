import { describe, expect, test } from 'vitest'
import { simulateSockets } from '../tinySockets.fixture.ts'
import { order } from '../tinyVenue.fixture.ts'

const BTC = { symbol: 'BTCUSDT' } as const

describe('channels', () => {
  test('default: a welcome comes after the acknowledgement, then what the clock brings', async () => {
    const simulator = simulateSockets()
    const socket = simulator.openSocket('binance', '/live')
    socket.send('join tick')
    expect(socket.take()).toEqual(['hello', 'joined tick', '{"tick":"welcome"}'])
    await simulator.control.advance({ ms: 2_500 })
    expect(socket.take()).toEqual(['{"tick":1000}', '{"tick":2000}'])
  })

  test('behavior: what stirs a channel is told together, at the next whole interval', async () => {
    const simulator = simulateSockets()
    const socket = simulator.openSocket('binance', '/live')
    socket.send('join book')
    await simulator.control.advance({ ms: 250 })
    await simulator.control.setPrice({ ...BTC, price: '60010' })
    await simulator.control.setPrice({ ...BTC, price: '60020' })
    socket.take()
    await simulator.control.advance({ ms: 49 })
    expect(socket.take()).toEqual([])
    await simulator.control.advance({ ms: 1 })
    expect(socket.take()).toEqual([expect.stringMatching(/"bid":"600(19\.9|20)"/)])
    await simulator.control.advance({ ms: 10_000 })
    expect(socket.take()).toEqual([])
  })

  test('behavior: what the engine does of its own accord is told when it is due', async () => {
    const simulator = simulateSockets()
    const socket = simulator.openSocket('binance', '/live')
    socket.send('join book')
    await order(simulator, { quantity: '20' })
    await simulator.control.advance({ ms: 100 })
    expect(socket.take()).toHaveLength(3)
    // The makers come back 250 ms after they were eaten.
    await simulator.control.advance({ ms: 200 })
    expect(socket.take()).toHaveLength(1)
  })

  test('behavior: events come at once, channels by their rank', async () => {
    const simulator = simulateSockets()
    const socket = simulator.openSocket('binance', '/live')
    socket.send(`login ${simulator.credentials('binance').apiKey}`)
    socket.send('join own')
    socket.send('join trade')
    socket.take()
    await order(simulator, {})
    expect(socket.take()).toEqual([
      expect.stringContaining('price'),
      '{"order":"NEW"}',
      '{"order":"FILLED"}',
    ])
  })

  test('behavior: two connections share a channel; who has left hears nothing', async () => {
    const simulator = simulateSockets()
    const [one, two] = [0, 1].map(() => simulator.openSocket('binance', '/live'))
    one?.send('join tick')
    two?.send('join tick')
    one?.send('leave tick')
    one?.take()
    two?.take()
    await simulator.control.advance({ ms: 1_000 })
    expect([one?.take(), two?.take()]).toEqual([[], ['{"tick":1000}']])
  })
})

describe('connections', () => {
  test('error: a path that is none is refused with an answer, a venue without sockets too', () => {
    const simulator = simulateSockets()
    expect(simulator.openSocket('binance', '/dead').refusal?.status).toBe(404)
    expect(simulator.openSocket('bybit', '/live').refusal?.status).toBe(404)
    expect(() => simulator.openSocket('okx', '/live')).toThrow("'okx' is not running")
  })

  test.each(['reset', 'revert', 'close'] as const)('behavior: %s cuts sockets', async (action) => {
    const simulator = simulateSockets()
    const { id } = await simulator.control.snapshot()
    const socket = simulator.openSocket('binance', '/live')
    socket.send('join tick')
    socket.take()
    if (action === 'close') await simulator.close()
    else if (action === 'reset') await simulator.control.reset()
    else await simulator.control.revert({ id })
    expect([socket.isOpen, socket.end]).toEqual([false, { code: 1006, reason: '' }])
    await simulator.control.advance({ ms: 5_000 })
    expect(socket.take()).toEqual([])
  })

  test('behavior: who has closed hears nothing any more, and can say nothing', async () => {
    const simulator = simulateSockets()
    const socket = simulator.openSocket('binance', '/live')
    socket.send('join tick')
    socket.take()
    socket.close()
    socket.send('join book')
    await simulator.control.advance({ ms: 5_000 })
    expect([socket.take(), socket.end?.code]).toEqual([[], 1000])
  })

  test('error: words nobody knows and crashes go into the ledger, and the socket stays', async () => {
    const simulator = simulateSockets()
    const socket = simulator.openSocket('binance', '/live', { 'x-odd': '1' })
    socket.send('join nothing')
    socket.send('boom')
    const rows = await simulator.control.ledger()
    expect(rows.map(({ where, name, request }) => `${request}: ${where} ${name}`)).toEqual([
      'WS /live: header x-odd',
      'WS /live: value channel',
      'WS /live: crash Error: cannot boom',
    ])
    expect(socket.isOpen).toBe(true)
  })

  test('error: a channel that breaks is noted, and breaks nothing else', async () => {
    const simulator = simulateSockets()
    const socket = simulator.openSocket('binance', '/live')
    socket.send('join broken')
    socket.send('join tick')
    socket.take()
    await simulator.control.advance({ ms: 1_000 })
    expect(socket.take()).toEqual(['{"tick":1000}'])
    expect(await simulator.control.ledger()).toMatchObject([
      { where: 'crash', name: 'Error: no such thing', request: 'WS broken' },
    ])
  })
})
