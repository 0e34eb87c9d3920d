import { describe, expect, test } from 'vitest'
import { ExchangeError } from '../../model/errors.ts'
import { Line } from './line.ts'
import { createPool } from './pool.ts'
import { createToy, limits, protocol } from './toy.testing.ts'

describe('a line', () => {
  test('default: connects with the first topic and subscribes all of them', async () => {
    const toy = createToy()
    const line = new Line(toy.parts)
    for (const name of ['a', 'b', 'c']) line.add(name, toy.listener(name))
    await toy.pass(500)
    const [side] = toy.sockets.opened
    expect(side?.request.url).toBe('ws://toy/p')
    expect(side?.sent).toEqual(['sub 1 a,b', 'sub 2 c'])
    side?.say({ kind: 'data', topic: 'b', value: 7 })
    side?.say({ kind: 'data', topic: 'stranger', value: 7 })
    expect(toy.told).toEqual(['a live 1', 'b live 1', 'c live 1', 'b 7 1'])
    line.add('d', toy.listener('d'))
    line.remove('a')
    await toy.pass(500)
    expect(side?.sent.slice(2)).toEqual(['sub 3 d', 'unsub a'])
  })

  test('behavior: after a loss it comes back, each time a little later', async () => {
    const toy = createToy()
    const line = new Line(toy.parts)
    line.add('a', toy.listener('a'))
    await toy.settle()
    toy.sockets.onOpen = (side) => side.cut(1_006, 'no')
    toy.sockets.opened[0]?.cut()
    expect(toy.told).toEqual(['a live 1', 'a lost'])
    const times: number[] = []
    for (let passed = 0; passed < 60_000; passed += 100) {
      await toy.pass(100)
      if (toy.sockets.opened.length > times.length + 1) times.push(passed)
    }
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    expect(pauses.length).toBeGreaterThan(4)
    expect(Math.max(...pauses)).toBeGreaterThan(4_000)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(45_000)
    toy.sockets.onOpen = (side) => side.accept()
    await toy.pass(45_000)
    expect(toy.told.at(-1)).toMatch(/^a live/)
  })

  test('behavior: renewed before the cut, with both heard for a while', async () => {
    const toy = createToy({ limits: { ...limits, lifetimeMs: 700_000 } })
    const line = new Line(toy.parts)
    line.add('a', toy.listener('a'))
    await toy.pass(99_000)
    expect(toy.sockets.opened).toHaveLength(1)
    await toy.pass(1_100)
    const [old, young] = toy.sockets.opened
    expect(toy.told).toEqual(['a live 1', 'a live 2'])
    old?.say({ kind: 'data', topic: 'a', value: 'x' })
    young?.say({ kind: 'data', topic: 'a', value: 'y' })
    expect(toy.told.slice(2)).toEqual(['a x 1', 'a y 2'])
    await toy.pass(2_100)
    expect([old?.isClosed, young?.isClosed]).toEqual([true, false])
    expect(toy.told).not.toContain('a lost')
  })

  test('behavior: a renewal that fails is tried again, and the old one serves on', async () => {
    const toy = createToy({ limits: { ...limits, lifetimeMs: 700_000 } })
    const line = new Line(toy.parts)
    line.add('a', toy.listener('a'))
    await toy.settle()
    toy.sockets.onOpen = (side) => side.cut()
    await toy.pass(101_000)
    expect([toy.sockets.opened.length, toy.told]).toEqual([2, ['a live 1']])
    toy.sockets.onOpen = (side) => side.accept()
    await toy.pass(31_000)
    expect(toy.told).toEqual(['a live 1', 'a live 3'])
    toy.sockets.opened[2]?.say({ kind: 'closing' })
    await toy.pass(1_000)
    expect(toy.told.at(-1)).toBe('a live 4')
  })

  test('behavior: the old connection ends while the new one is being made', async () => {
    const toy = createToy()
    const line = new Line(toy.parts)
    line.add('a', toy.listener('a'))
    await toy.settle()
    toy.sockets.onOpen = () => undefined
    toy.sockets.opened[0]?.say({ kind: 'closing' })
    await toy.settle()
    toy.sockets.opened[0]?.cut()
    expect(toy.told).toEqual(['a live 1', 'a lost'])
    expect(toy.sockets.opened[1]?.isClosed).toBe(true)
    toy.sockets.onOpen = (side) => side.accept()
    await toy.pass(1_000)
    expect(toy.told.at(-1)).toBe('a live 3')
  })

  test('behavior: silence is a stall only when the exchange has news', async () => {
    const toy = createToy()
    const line = new Line(toy.parts)
    let hasNews = false
    const asked: string[] = []
    for (const name of ['a', 'b']) {
      line.add(name, toy.listener(name, { isBehind: async () => asked.push(name) > 0 && hasNews }))
    }
    await toy.pass(20_000)
    expect(toy.sockets.opened).toHaveLength(1)
    expect(asked.length).toBeGreaterThan(4)
    toy.sockets.opened[0]?.say({ kind: 'data', topic: 'b', value: 1 })
    asked.length = 0
    await toy.pass(4_500)
    expect(asked[0]).toBe('b')
    hasNews = true
    await toy.pass(6_000)
    expect(toy.told).toContain('a lost')
    expect(toy.sockets.opened).toHaveLength(2)
  })

  test('behavior: news that arrive while we ask are no stall', async () => {
    const toy = createToy()
    const line = new Line(toy.parts)
    line.add('a', toy.listener('a', { isBehind: async () => true }))
    for (let turn = 0; turn < 10; turn++) {
      await toy.pass(4_500)
      toy.sockets.opened[0]?.say({ kind: 'data', topic: 'a', value: turn })
    }
    expect(toy.sockets.opened).toHaveLength(1)
  })

  test('behavior: a question that fails proves nothing', async () => {
    const toy = createToy()
    const line = new Line(toy.parts)
    line.add('a', toy.listener('a', { isBehind: () => Promise.reject(new Error('down')) }))
    await toy.pass(20_000)
    expect(toy.sockets.opened).toHaveLength(1)
  })

  test('error: a refused topic ends, the others go on', async () => {
    const toy = createToy()
    toy.sockets.onFrame = (side, text) => {
      const [, id, topics] = text.split(' ')
      const isBad = topics?.includes('b')
      const refusal = { kind: 'refused', code: 'REFUSED', nativeCode: '1', nativeMessage: 'no b' }
      side.say({ ...(isBad ? refusal : { kind: 'subscribed' }), id: Number(id) })
    }
    const line = new Line(toy.parts)
    for (const name of ['a', 'b', 'c']) line.add(name, toy.listener(name))
    await toy.pass(1_000)
    expect(toy.told.sort()).toEqual(['a live 1', 'b failed no b', 'c live 1'])
  })

  test.each([
    ['first', ['b', 'a', 'c']],
    ['last', ['a', 'c', 'b']],
  ])('behavior: a topic refused %s does not hold up a renewal', async (_when, names) => {
    const toy = createToy({ limits: { ...limits, topicsPerRequest: 1, lifetimeMs: 700_000 } })
    const line = new Line(toy.parts)
    for (const name of names) line.add(name, toy.listener(name))
    await toy.pass(1_000)
    const { onFrame } = toy.sockets
    const refusal = { kind: 'refused', code: 'REFUSED', nativeCode: '1', nativeMessage: 'no more' }
    toy.sockets.onFrame = (side, text) => {
      if (/^sub \d+ b$/.test(text)) side.say({ ...refusal, topic: 'b' })
      else onFrame?.(side, text)
    }
    await toy.pass(105_000)
    const [old, young] = toy.sockets.opened
    expect(toy.told.slice(3).sort()).toEqual(['a live 2', 'b failed no more', 'c live 2'])
    expect([old?.isClosed, young?.isClosed]).toEqual([true, false])
    // The new one is renewed in its turn.
    young?.say({ kind: 'closing' })
    await toy.pass(1_000)
    expect(toy.told.slice(6).sort()).toEqual(['a live 3', 'c live 3'])
  })

  test('behavior: a connection whose last word was a refusal counts as a good one', async () => {
    const toy = createToy({ limits: { ...limits, topicsPerRequest: 1 } })
    const { onFrame } = toy.sockets
    const refusal = { kind: 'refused', code: 'REFUSED', nativeCode: '1', nativeMessage: 'no b' }
    toy.sockets.onFrame = (side, text) => {
      if (/^sub \d+ b$/.test(text)) side.say({ ...refusal, topic: 'b' })
      else onFrame?.(side, text)
    }
    toy.sockets.onOpen = (side) => side.cut()
    const line = new Line(toy.parts)
    for (const name of ['a', 'b']) line.add(name, toy.listener(name))
    // Long enough for the pauses to have grown to many seconds.
    await toy.pass(60_000)
    toy.sockets.onOpen = (side) => side.accept()
    await toy.pass(60_000)
    expect(toy.told).toContain(`a live ${toy.sockets.opened.length}`)
    const before = toy.sockets.opened.length
    toy.sockets.opened.at(-1)?.cut()
    await toy.pass(1_000)
    expect(toy.sockets.opened).toHaveLength(before + 1)
  })

  test('behavior: a topic that goes mute while others speak is told lost, and the connection renewed', async () => {
    const toy = createToy()
    let asked = 0
    let isBehind = false
    const line = new Line(toy.parts)
    line.add('a', toy.listener('a', { message: () => undefined }))
    const question = async (): Promise<boolean> => {
      asked++
      return isBehind
    }
    line.add('b', toy.listener('b', { isBehind: question }))
    const talk = async (seconds: number): Promise<void> => {
      for (let second = 0; second < seconds; second++) {
        for (const side of toy.sockets.opened) side.say({ kind: 'data', topic: 'a', value: second })
        await toy.pass(1_000)
      }
    }
    await talk(20)
    // A quiet market: asked now and then, and nothing else.
    expect(asked).toBeGreaterThan(2)
    expect(asked).toBeLessThan(8)
    expect(toy.told).toEqual(['a live 1', 'b live 1'])
    isBehind = true
    await talk(10)
    expect(toy.told.slice(2)).toEqual(['b lost', 'a live 2', 'b live 2'])
  })

  test('behavior: closed, nothing waits any more', async () => {
    const toy = createToy({ limits: { ...limits, lifetimeMs: 700_000 } })
    const line = new Line(toy.parts)
    line.add('a', toy.listener('a'))
    await toy.settle()
    line.close()
    expect(toy.sockets.opened[0]?.isClosed).toBe(true)
    await toy.pass(1_000)
    toy.clock.advance(200_000)
    await toy.settle()
    expect([toy.sockets.opened.length, toy.told]).toEqual([1, ['a live 1']])
  })
})

describe('a listen key', () => {
  function withKeys(keep: () => Promise<boolean>, create?: () => Promise<string>) {
    let made = 0
    return createToy({
      protocol: { read: protocol.read },
      listenKey: {
        create: create ?? (async () => `key-${++made}`),
        keepAlive: keep,
        everyMs: 60_000,
        pathOf: (key) => `/user/${key}`,
      },
    })
  }

  test('default: it is part of the address, and connecting subscribes', async () => {
    const toy = withKeys(async () => true)
    const line = new Line(toy.parts)
    line.add('user', toy.listener('user'))
    await toy.settle()
    expect(toy.sockets.opened[0]?.request.url).toBe('ws://toy/user/key-1')
    expect([toy.told, toy.sockets.opened[0]?.sent]).toEqual([['user live 1'], []])
  })

  test('behavior: one that is gone gives way to another', async () => {
    let keeps = 0
    const toy = withKeys(async () => ++keeps < 3)
    const line = new Line(toy.parts)
    line.add('user', toy.listener('user'))
    await toy.pass(179_000)
    expect(toy.told).toEqual(['user live 1'])
    await toy.pass(2_000)
    expect(toy.told).toEqual(['user live 1', 'user lost', 'user live 2'])
    expect(toy.sockets.opened[1]?.request.url).toBe('ws://toy/user/key-2')
  })

  test('behavior: a keep-alive without an answer proves nothing', async () => {
    const toy = withKeys(() => Promise.reject(new Error('lost')))
    const line = new Line(toy.parts)
    line.add('user', toy.listener('user'))
    await toy.pass(200_000)
    expect(toy.told).toEqual(['user live 1'])
  })

  test('error: no key today, another try; no permission, the end', async () => {
    const errors = [
      new ExchangeError('busy', { code: 'EXCHANGE_UNAVAILABLE' }),
      new ExchangeError('never', { code: 'PERMISSION_DENIED' }),
    ]
    const toy = withKeys(
      async () => true,
      async () => {
        throw errors.shift() ?? new Error('asked too often')
      },
    )
    const line = new Line(toy.parts)
    line.add('user', toy.listener('user'))
    await toy.settle()
    expect(toy.told).toEqual([])
    await toy.pass(20_000)
    expect([toy.told, errors.length]).toEqual([['user failed never'], 0])
  })
})

describe('the pool', () => {
  test('behavior: topics are spread over connections by their limit', async () => {
    const toy = createToy()
    const definition = { routes: { p: toy.parts.route } }
    const pool = createPool(definition, () => toy.parts)
    const topic = (name: string) => ({ route: 'p', name })
    for (const name of ['a', 'b', 'c', 'd']) pool.add(topic(name), toy.listener(name))
    await toy.pass(500)
    expect(toy.sockets.opened.map(({ sent }) => sent.join(' '))).toEqual([
      'sub 1 a,b sub 2 c',
      'sub 1 d',
    ])
    pool.remove(topic('d'))
    expect(toy.sockets.opened[1]?.isClosed).toBe(true)
    pool.refresh(topic('a'))
    await toy.pass(500)
    expect(toy.sockets.opened[0]?.sent.slice(2)).toEqual(['unsub a', 'sub 4 a'])
    pool.close()
    expect(toy.sockets.opened[0]?.isClosed).toBe(true)
  })
})
