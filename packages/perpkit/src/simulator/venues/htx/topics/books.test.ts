import { describe, expect, test } from 'vitest'
import { Reader } from '../../../../core/reader.ts'
import type { LocalSocket } from '../../../server/localSocket.ts'
import { type Desk, openDesk } from '../desk.fixture.ts'
import { ask, openSocket, type Said, take } from './sockets.fixture.ts'

// docs/wire/htx.md 8.1.

function openMarket(desk: Desk): LocalSocket {
  return openSocket(desk, '/linear-swap-ws')
}

const DIFF = 'market.BTC-USDT.depth.size_150.high_freq'

function tickOf(said: Said | undefined): Reader {
  return new Reader(said).at('tick')
}

describe('books', () => {
  test('default: a book kept from a snapshot and updates is the book', async () => {
    const desk = openDesk()
    const socket = openMarket(desk)
    const [ack, snapshot] = ask(socket, { sub: DIFF, id: '1', data_type: 'incremental' })
    expect(ack).toMatchObject({ subbed: DIFF, data_type: 'incremental' })
    for (const price of ['60010', '60300', '60290']) {
      await desk.setPrice(price)
      await desk.advance(30)
    }
    const updates = take(socket)
    expect(updates).toHaveLength(3)
    const bids = new Map<number, number>()
    let version = tickOf(snapshot).at('version').number() - 1
    for (const said of [snapshot, ...updates]) {
      const tick = tickOf(said)
      expect(tick.at('event').string()).toBe(said === snapshot ? 'snapshot' : 'update')
      expect(tick.at('version').number()).toBe(version + 1)
      version++
      for (const level of tick.at('bids').items()) {
        const price = level.at(0).number()
        if (level.at(1).number() === 0) bids.delete(price)
        else bids.set(price, level.at(1).number())
      }
    }
    const query = { contract_code: 'BTC-USDT', type: 'step0' }
    const rest = await desk.get('/linear-swap-ex/market/depth', query)
    const kept = [...bids].sort(([a], [b]) => b - a)
    expect(kept).toEqual(rest.at('tick').at('bids').value)
  })

  test('behavior: versions of another connection, or another subscription, are unrelated', async () => {
    const desk = openDesk()
    const [first, second] = [openMarket(desk), openMarket(desk)]
    const sub = { sub: DIFF, data_type: 'incremental' }
    const versionOf = (said: Said[]): number => tickOf(said.at(-1)).at('version').number()
    const versions = [versionOf(ask(first, sub)), versionOf(ask(second, sub))]
    ask(first, { unsub: DIFF, data_type: 'incremental' })
    versions.push(versionOf(ask(first, sub)))
    expect(new Set(versions).size).toBe(3)
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: a message that was skipped leaves a gap in the versions', async () => {
    const desk = openDesk()
    const socket = openMarket(desk)
    const said = ask(socket, { sub: DIFF, data_type: 'incremental' })
    const version = tickOf(said.at(-1)).at('version').number()
    await desk.simulator.control.inject({ kind: 'skipMessage', times: 1 })
    await desk.setPrice('60100')
    await desk.advance(30)
    await desk.setPrice('60200')
    await desk.advance(30)
    const heard = take(socket).map((message) => tickOf(message).at('version').number())
    expect(heard).toEqual([version + 2])
  })

  test('args: without a data_type each message is a whole book of its size', async () => {
    const desk = openDesk()
    const socket = openMarket(desk)
    ask(socket, { sub: 'market.BTC-USDT.depth.size_20.high_freq' })
    await desk.setPrice('60100')
    await desk.advance(30)
    const [said] = take(socket)
    expect(tickOf(said).at('event').string()).toBe('snapshot')
    expect(tickOf(said).at('bids').items()).toHaveLength(20)
  })

  test('behavior: a whole book is told ten times a second at most, and once at least', async () => {
    const desk = openDesk()
    const socket = openMarket(desk)
    expect(ask(socket, { sub: 'market.BTC-USDT.depth.step6' })).toHaveLength(2)
    await desk.advance(3_000)
    expect(take(socket)).toHaveLength(3)
    await desk.setPrice('60100')
    await desk.setPrice('60200')
    await desk.advance(100)
    const [said, ...others] = take(socket)
    expect([others.length, tickOf(said).at('asks').items().length]).toEqual([0, 20])
  })
})
