import { describe, expect, test } from 'vitest'
import { ItemQueue, type StreamStatus } from './stream.ts'

function queue(options: { bound?: number; signal?: AbortSignal } = {}) {
  const made = new ItemQueue<number>({ exchange: 'BYBIT', action: 'watchTrades', ...options })
  let left = 0
  const source = { status: 'LIVE' as StreamStatus, leave: () => void left++ }
  return { made, source, left: () => left }
}

describe('a stream', () => {
  test('default: items in their order, taken before or after they come', async () => {
    const { made } = queue()
    const first = made.next()
    made.push(1)
    made.push(2)
    made.push(3)
    expect(await first).toEqual({ value: 1, done: false })
    expect(await made.next()).toEqual({ value: 2, done: false })
    expect(await made.next()).toEqual({ value: 3, done: false })
  })

  test('default: thousands of waiting items', async () => {
    const { made } = queue()
    for (let item = 1; item <= 3_000; item++) made.push(item)
    for (let item = 1; item <= 3_000; item++) expect((await made.next()).value).toBe(item)
  })

  test('behavior: of what is offered the newest alone waits, told when it is taken', async () => {
    const { made } = queue()
    let value = 1
    made.offer(() => value)
    value = 2
    expect((await made.next()).value).toBe(2)
    const waiting = made.next()
    made.offer(() => undefined)
    made.offer(() => 3)
    expect((await waiting).value).toBe(3)
  })

  test('behavior: an item may take the place of the one that waits', async () => {
    const { made } = queue()
    made.push(1)
    made.push(2, (last) => last === 1)
    made.push(3, (last) => last === 1)
    expect([(await made.next()).value, (await made.next()).value]).toEqual([2, 3])
    made.push(4, () => true)
    expect((await made.next()).value).toBe(4)
  })

  test('behavior: its status is that of its source, until it is closed', () => {
    const { made, source, left } = queue()
    expect(made.status).toBe('CONNECTING')
    made.attach(source)
    source.status = 'RESYNCING'
    expect(made.status).toBe('RESYNCING')
    made.close()
    made.close()
    expect([made.status, left()]).toEqual(['CLOSED', 1])
  })

  test('behavior: leaving the loop closes it', async () => {
    const { made, source, left } = queue()
    made.attach(source)
    made.push(1)
    for await (const item of made) {
      expect(item).toBe(1)
      break
    }
    expect([made.status, left()]).toEqual(['CLOSED', 1])
    made.push(2)
    expect(await made.next()).toEqual({ value: undefined, done: true })
  })

  test('behavior: closing ends what waits', async () => {
    const { made } = queue()
    const waiting = [made.next(), made.next()]
    made.close()
    for (const end of await Promise.all(waiting)) expect(end.done).toBe(true)
  })

  test('behavior: closed before it had a source, it leaves it at once', () => {
    const { made, source, left } = queue()
    made.close()
    made.attach(source)
    expect(left()).toBe(1)
  })

  test('error: over the bound it rejects, once', async () => {
    const { made, source, left } = queue({ bound: 2 })
    made.attach(source)
    for (const item of [1, 2, 3]) made.push(item)
    await expect(made.next()).rejects.toMatchObject({
      code: 'STREAM_OVERFLOW',
      action: 'watchTrades',
    })
    expect([(await made.next()).done, made.status, left()]).toEqual([true, 'CLOSED', 1])
  })

  test('error: a failure reaches the first who waits', async () => {
    const { made } = queue()
    const [first, second] = [made.next(), made.next()]
    made.fail(new Error('refused'))
    await expect(first).rejects.toThrow('refused')
    expect((await second).done).toBe(true)
  })

  test('error: the signal, before and after', async () => {
    const stop = new AbortController()
    const { made } = queue({ signal: stop.signal })
    const waiting = made.next()
    stop.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    const late = queue({ signal: stop.signal }).made
    expect(late.status).toBe('CLOSED')
    await expect(late.next()).rejects.toThrow('enough')
  })
})
