import { describe, expect, test } from 'vitest'
import type { SocketRoute } from '../definition.ts'
import { Connection } from './connection.ts'
import { createToy, protocol } from './toy.testing.ts'

function open(route: Partial<SocketRoute> = {}) {
  const toy = createToy(route)
  const told: unknown[] = []
  toy.sockets.onFrame = () => undefined
  const { clock, credentials, connect, now } = toy.parts
  const request = { url: 'ws://toy/p' }
  const connection = new Connection(
    { route: toy.parts.route, request, connect, clock, credentials, now },
    {
      ready: () => told.push('ready'),
      subscribed: (topic) => told.push(`subscribed ${topic}`),
      refused: (topic, { nativeMessage }) => told.push(`refused ${topic} ${nativeMessage}`),
      data: (topic, value) => told.push([topic, value]),
      leaving: (how) => told.push(how),
      ended: (reason, refusal) =>
        told.push(`ended: ${reason} ${refusal?.nativeMessage ?? ''}`.trim()),
    },
  )
  const say = (message: object | string | Uint8Array): void => toy.sockets.opened[0]?.say(message)
  return { ...toy, connection, told, say, sent: () => toy.sockets.opened[0]?.sent }
}

describe('a connection', () => {
  test('default: open, asked, answered', async () => {
    const { connection, told, say, settle, sent } = open()
    await settle()
    connection.subscribe(['a', 'b'])
    expect(sent()).toEqual(['sub 1 a,b'])
    say({ kind: 'subscribed', id: 1 })
    say({ kind: 'data', topic: 'a', value: [1] })
    say({ kind: 'nothing' })
    say('[]')
    expect(told).toEqual(['ready', 'subscribed a', 'subscribed b', ['a', [1]]])
  })

  test('behavior: where answers name no request, each waits for the answer before', async () => {
    const { connection, told, say, pass, sent } = open({
      limits: { topicsPerConnection: 3, requestsPerSecond: 10, oneAtATime: true },
    })
    await pass(100)
    connection.subscribe(['a', 'b'])
    connection.unsubscribe(['c'])
    await pass(500)
    expect(sent()).toEqual(['sub 1 a'])
    say({ kind: 'refused', code: 'REFUSED', nativeCode: '', nativeMessage: 'no' })
    await pass(500)
    expect(sent()).toEqual(['sub 1 a', 'sub 2 b'])
    say({ kind: 'subscribed', topic: 'b' })
    expect(sent()?.at(-1)).toBe('unsub c')
    expect(told).toEqual(['ready', 'refused a no', 'subscribed b'])
  })

  test('args: answers by topic, by nothing at all, and to nobody', async () => {
    const { connection, told, say, pass } = open()
    await pass(100)
    connection.subscribe(['a', 'b', 'c'])
    await pass(500)
    say({ kind: 'subscribed', topic: 'b' })
    say({ kind: 'subscribed', topic: 'a' })
    say({ kind: 'subscribed', topic: 'z' })
    say({ kind: 'subscribed', id: 99 })
    say({ kind: 'refused', code: 'REFUSED', nativeCode: '', nativeMessage: 'no' })
    expect(told).toEqual(['ready', 'subscribed b', 'subscribed a', 'refused c no'])
    await pass(60_000)
    expect(told).toHaveLength(4)
  })

  test('args: a binary frame', async () => {
    const { told, say, settle } = open()
    await settle()
    say(new TextEncoder().encode('{"kind":"data","topic":"a","value":1}'))
    expect(told).toEqual(['ready', ['a', 1]])
  })

  test('behavior: no more commands a second than the exchange takes', async () => {
    const { connection, sent, pass } = open({
      limits: { topicsPerConnection: 9, requestsPerSecond: 2 },
    })
    await pass(100)
    connection.subscribe(['a', 'b', 'c'])
    expect(sent()).toHaveLength(1)
    await pass(500)
    expect(sent()).toHaveLength(2)
    await pass(500)
    expect(sent()).toEqual(['sub 1 a', 'sub 2 b', 'sub 3 c'])
  })

  test('behavior: login comes first, and its token goes with what follows', async () => {
    const { connection, told, say, settle, sent } = open({
      protocol: { ...protocol, login: ({ apiKey }, now, host) => `login ${apiKey} ${now} ${host}` },
    })
    await settle()
    expect([told, sent()]).toEqual([[], ['login k 1000000 toy']])
    say({ kind: 'loggedIn', token: 't' })
    say({ kind: 'loggedIn', token: 'u' })
    connection.subscribe(['a'])
    expect([told, sent()?.[1]]).toEqual([['ready'], 'sub 1 a t'])
  })

  test('behavior: a heartbeat, a question, and what they need for an answer', async () => {
    const { told, say, sent, pass } = open({
      protocol: {
        ...protocol,
        heartbeat: { everyMs: 1_000, frame: (id) => `beat ${id}`, answerWithinMs: 500 },
      },
    })
    await pass(1_000)
    expect(sent()).toEqual(['beat 1'])
    say({ kind: 'question', answer: 'still here' })
    await pass(1_100)
    expect([sent(), told]).toEqual([['beat 1', 'still here', 'beat 2'], ['ready']])
    await pass(500)
    expect(told.at(-1)).toBe('ended: a heartbeat was not answered')
  })

  test('behavior: a heartbeat without a frame is a ping', async () => {
    const { sent, pass } = open({ protocol: { ...protocol, heartbeat: { everyMs: 1_000 } } })
    await pass(2_000)
    expect(sent()).toEqual(['(ping)', '(ping)'])
  })

  test('behavior: an exchange that speaks by itself must do so within the time told', async () => {
    const { told, say, pass } = open({
      protocol: { ...protocol, heartbeat: { everyMs: 1_000, answerWithinMs: 500 } },
    })
    await pass(1_100)
    say({ kind: 'question', answer: 'here' })
    await pass(1_300)
    expect(told).toEqual(['ready'])
    await pass(200)
    expect(told.at(-1)).toBe('ended: a heartbeat was not answered')
  })

  test('behavior: announced ends are handed on', async () => {
    const { told, say, settle } = open()
    await settle()
    say({ kind: 'expired' })
    say({ kind: 'closing' })
    expect(told).toEqual(['ready', 'expired', 'closing'])
  })

  test('behavior: after our close nothing is told', async () => {
    const { connection, told, say, sockets, pass } = open()
    await pass(100)
    connection.subscribe(['a'])
    connection.close()
    say({ kind: 'subscribed', id: 1 })
    await pass(60_000)
    expect([told, sockets.opened[0]?.isClosed]).toEqual([['ready'], true])
  })

  test('error: it never opens', async () => {
    const { told, pass, sockets } = open()
    sockets.onOpen = () => undefined
    await pass(7_900)
    expect(told).toEqual([])
    // Well within the time in which a dead connection must be noticed.
    await pass(200)
    expect(told).toEqual(['ended: it did not open'])
  })

  test('error: a subscription without an answer', async () => {
    const { connection, told, pass } = open()
    await pass(100)
    connection.subscribe(['a'])
    await pass(7_900)
    expect(told).toEqual(['ready'])
    await pass(200)
    expect(told).toEqual(['ready', 'ended: a subscription was not answered'])
  })

  test.each([
    ['{"kind":', 'ended: a frame could not be read'],
    [{ kind: 'loginRefused', nativeMessage: 'who?' }, 'ended: the login was refused who?'],
  ])('error: %o', async (message, end) => {
    const { told, say, settle } = open()
    await settle()
    say(message)
    expect(told).toEqual(['ready', end])
  })

  test('error: a login without an answer', async () => {
    const { told, pass } = open({ protocol: { ...protocol, login: () => 'login' } })
    await pass(7_900)
    expect(told).toEqual([])
    await pass(200)
    expect(told).toEqual(['ended: the login was not answered'])
  })

  test('error: the other side hangs up', async () => {
    const { told, sockets, settle } = open()
    await settle()
    sockets.opened[0]?.cut(1_012, 'restart')
    expect(told).toEqual(['ready', 'ended: closed with 1012 restart'])
  })
})
