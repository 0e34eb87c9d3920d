import { describe, expect, test } from 'vitest'
import { collect } from '../../client/streams/rig.testing.ts'
import { binanceRig, depthSnapshot, depthUpdate } from './streams.testing.ts'

// The rule of docs/wire/binance.md 8.4 on a whole client.

async function liveBook() {
  const rig = binanceRig()
  rig.answers['GET /fapi/v1/depth'] = () => depthSnapshot(100)
  const stream = rig.client.watchOrderBook('BTCUSDT')
  const seen = collect(stream)
  await rig.settle()
  const side = rig.side('/public/')
  return { ...rig, stream, seen, far: side, last: () => seen.items.at(-1) }
}

describe('an order book', () => {
  test('default: a snapshot, then changes that name the one before', async () => {
    const { far, settle, stream, last } = await liveBook()
    expect(stream.status).toBe('LIVE')
    expect(last()).toMatchObject({ bids: [['100', '1']], asks: [['101', '1']], timestamp: 100 })
    far.say(depthUpdate(95, 105, { b: [['100.50', '2.00']] }))
    far.say(depthUpdate(105, 109, { a: [['101.0', '0']] }))
    await settle()
    expect(last()).toMatchObject({
      symbol: 'BTCUSDT',
      bids: [
        ['100.5', '2'],
        ['100', '1'],
      ],
      asks: [],
      timestamp: 109,
    })
    expect(stream.status).toBe('LIVE')
  })

  test('args: depth cuts what is handed out', async () => {
    const { client, far, settle } = await liveBook()
    const best = collect(client.watchOrderBook('BTCUSDT', { depth: 1 }))
    await settle()
    far.say(depthUpdate(100, 101, { b: [['99', '1']] }))
    await settle()
    expect(best.items.at(-1)?.bids).toEqual([['100', '1']])
    expect(() => client.watchOrderBook('BTCUSDT', { depth: 0 })).toThrow(/depth must be/)
  })

  test('behavior: a missing change is noticed at the next one and made good', async () => {
    const { far, settle, stream, answers, last, seen, calls } = await liveBook()
    const before = calls.length
    far.say(depthUpdate(100, 105, { b: [['100.2', '1']] }))
    await settle()
    answers['GET /fapi/v1/depth'] = () => depthSnapshot(120, '99.0', '99.5')
    const told = seen.items.length
    far.say(depthUpdate(110, 115, { b: [['98.0', '1']] }))
    expect(stream.status).toBe('RESYNCING')
    await settle()
    expect(stream.status).toBe('LIVE')
    expect(calls.slice(before)).toEqual(['GET /fapi/v1/depth'])
    expect(last()?.bids).toEqual([['99', '1']])
    expect(seen.items.length).toBe(told + 1)
  })

  test('behavior: repeated and late changes are no gap and change nothing', async () => {
    const { far, settle, stream, last, calls } = await liveBook()
    const before = calls.length
    const first = depthUpdate(100, 105, { b: [['100.2', '1']] })
    far.say(first)
    far.say(first)
    far.say(depthUpdate(105, 110, { b: [['100.2', '0']] }))
    far.say(first)
    await settle()
    expect(stream.status).toBe('LIVE')
    expect(last()?.bids).toEqual([['100', '1']])
    expect(calls.length).toBe(before)
  })

  test('behavior: changes that came before the snapshot are applied to it', async () => {
    const rig = binanceRig()
    let isReady = false
    rig.answers['GET /fapi/v1/depth'] = () => (isReady ? depthSnapshot(106) : undefined)
    const seen = collect(rig.client.watchOrderBook('BTCUSDT'))
    await rig.settle()
    const far = rig.side('/public/')
    far.say(depthUpdate(90, 100, { b: [['1', '1']] }))
    far.say(depthUpdate(100, 108, { b: [['100.7', '3']] }))
    far.say(depthUpdate(108, 110, { a: [['100.9', '1']] }))
    isReady = true
    await rig.pass(2_000)
    expect(seen.items.at(-1)).toMatchObject({
      bids: [
        ['100.7', '3'],
        ['100', '1'],
      ],
      asks: [
        ['100.9', '1'],
        ['101', '1'],
      ],
    })
  })

  test('behavior: a snapshot older than all changes is read again', async () => {
    const rig = binanceRig()
    const ids = [50, 50, 104]
    let asked = 0
    rig.answers['GET /fapi/v1/depth'] = () => depthSnapshot(ids[Math.min(asked++, 2)] ?? 0)
    const stream = rig.client.watchOrderBook('BTCUSDT')
    const seen = collect(stream)
    rig.sockets.onFrame = (side, text) => {
      side.say({ result: null, id: JSON.parse(text).id })
      side.say(depthUpdate(100, 105, { b: [['100.3', '1']] }))
    }
    await rig.settle()
    expect([stream.status, seen.items.length]).toEqual(['CONNECTING', 0])
    await rig.pass(1_500)
    expect(stream.status).toBe('LIVE')
    expect(seen.items.at(-1)?.bids[0]).toEqual(['100.3', '1'])
  })

  test('behavior: a crossed book is never handed out', async () => {
    const { far, settle, stream, seen } = await liveBook()
    far.say(depthUpdate(100, 105, { b: [['101.0', '1']] }))
    expect(stream.status).toBe('RESYNCING')
    await settle()
    for (const { bids, asks } of seen.items) {
      expect(Number(bids[0]?.[0])).toBeLessThan(Number(asks[0]?.[0]))
    }
  })

  test('behavior: a reader that is slow is given the newest', async () => {
    const { client, far, settle } = await liveBook()
    const slow = client.watchOrderBook('BTCUSDT')
    await settle()
    for (let id = 100; id < 120; id++) far.say(depthUpdate(id, id + 1, { b: [['100', `${id}`]] }))
    expect((await slow.next()).value).toMatchObject({ bids: [['100', '119']], timestamp: 120 })
  })

  test('behavior: after a lost connection it begins anew', async () => {
    const { far, stream, answers, pass, side, last } = await liveBook()
    answers['GET /fapi/v1/depth'] = () => depthSnapshot(500, '90', '91')
    far.cut()
    expect(stream.status).toBe('RESYNCING')
    await pass(1_000)
    expect(side('/public/')).not.toBe(far)
    expect(stream.status).toBe('LIVE')
    expect(last()?.bids).toEqual([['90', '1']])
  })

  test('behavior: a renewal before the daily cut loses nothing', async () => {
    const { far, stream, clock, settle, pass, sockets, answers, calls, last } = await liveBook()
    // The exchange's book is ours: a quiet market.
    answers['GET /fapi/v1/depth'] = () => depthSnapshot(100)
    far.say(depthUpdate(100, 101, {}))
    clock.advance(85_799_000)
    await pass(2_000)
    const [old, young] = sockets.opened
    expect(sockets.opened.map(({ isClosed }) => isClosed)).toEqual([false, false])
    const read = calls.filter((line) => line.endsWith('/depth')).length
    old?.say(depthUpdate(101, 105, { b: [['100.1', '1']] }))
    young?.say(depthUpdate(101, 105, { b: [['100.1', '1']] }))
    young?.say(depthUpdate(105, 110, { b: [['100.2', '1']] }))
    old?.say(depthUpdate(105, 110, { b: [['100.2', '1']] }))
    expect(stream.status).toBe('LIVE')
    await pass(2_100)
    expect(sockets.opened.map(({ isClosed }) => isClosed)).toEqual([true, false])
    young?.say(depthUpdate(110, 111, { b: [['100.3', '1']] }))
    await settle()
    expect([stream.status, last()?.bids[0]]).toEqual(['LIVE', ['100.3', '1']])
    expect(calls.filter((line) => line.endsWith('/depth')).length - read).toBeLessThanOrEqual(1)
  })

  test('error: a change that cannot be read is taken for a missing one', async () => {
    const { far, settle, stream, calls } = await liveBook()
    const before = calls.length
    far.say({ stream: 'btcusdt@depth@100ms', data: { e: 'depthUpdate', u: 'x' } })
    expect(stream.status).toBe('RESYNCING')
    await settle()
    expect([stream.status, calls.length]).toEqual(['LIVE', before + 1])
  })

  test('behavior: the last to leave unsubscribes and closes', async () => {
    const { stream, client, far, settle } = await liveBook()
    const other = client.watchOrderBook('BTCUSDT')
    await settle()
    stream.close()
    expect([stream.status, far.isClosed]).toEqual(['CLOSED', false])
    other.close()
    expect(far.isClosed).toBe(true)
    await client.close()
  })
})
