import { describe, expect, test } from 'vitest'
import type { Simulator } from '../assemble.ts'
import type { Fault } from '../server/faults.ts'
import { lastPrice, simulateTiny } from '../tinyVenue.fixture.ts'
import { ControlError } from './body.ts'

describe('refusals', () => {
  const BTC = { symbol: 'BTCUSDT' }
  test.each<[keyof Simulator['control'], object, string]>([
    ['createAccount', {}, 'createAccount.venue: expected a string, received nothing'],
    ['createAccount', { venue: 'okx' }, "venue 'okx' is not running: there are binance, bybit"],
    ['createAccount', { venue: 'bybit', balance: -1 }, 'createAccount: balance -1 is below 0'],
    [
      'createAccount',
      { venue: 'bybit', balance: 'x' },
      'createAccount.balance: expected a decimal',
    ],
    ...(
      [
        [{ trade: 'no' }, 'permissions.trade: expected true or false, received "no"'],
        [{ withdraw: 1 }, 'permissions.withdraw: expected true or false, received 1'],
        [{ addresses: '203.0.113.5' }, 'permissions.addresses: expected an array'],
        [{ addresses: [5] }, 'permissions.addresses[0]: expected a string, received 5'],
        [{ addresses: ['::1', 'home'] }, "permissions.addresses[1]: 'home' is no IP address"],
        [{ read: false }, 'permissions.read: not known there'],
        [['trade'], 'permissions: expected an object'],
        ['trade', 'permissions: expected an object'],
      ] as const
    ).map(([permissions, text]): [keyof Simulator['control'], object, string] => [
      'createAccount',
      { venue: 'bybit', permissions },
      `createAccount.${text}`,
    ]),
    [
      'setPrice',
      { symbol: 'FOOUSDT', price: 1 },
      "unknown symbol 'FOOUSDT': there are BTCUSDT, ETHU",
    ],
    ['setPrice', { ...BTC, price: 0 }, 'setPrice.price: 0 is not above 0'],
    ['setPrice', { ...BTC, price: '-5' }, 'setPrice.price: -5 is not above 0'],
    ['setPrice', { ...BTC, price: '0.01' }, '0.01 is below the tick size 0.1 of BTCUSDT'],
    ['setPrice', { ...BTC, price: 'high' }, 'setPrice.price: expected a decimal, received "high"'],
    ['setPrice', { ...BTC, price: 1, venu: 'x' }, 'setPrice.venu: not known there'],
    ['runPath', { ...BTC, points: [] }, 'runPath: points is empty'],
    ['runPath', { ...BTC, points: 5 }, 'runPath.points: expected an array, received 5'],
    [
      'runPath',
      {
        ...BTC,
        points: [
          [5, 1000],
          [4, 1000],
        ],
      },
      'points[1][0]: 4 is not 5 or more',
    ],
    ['runPath', { ...BTC, points: [[5]] }, 'runPath.points[0][1]: expected a decimal'],
    ['runPath', { ...BTC, points: [[5, 1000, 7]] }, 'runPath.points[0].2: not known there'],
    ['advance', {}, 'advance.ms: expected a decimal, received nothing'],
    ['advance', { ms: 1.5 }, 'advance.ms: expected a whole number, received 1.5'],
    ['setMarketStatus', { ...BTC, status: 'OPEN' }, '"OPEN" is none of TRADING, CLOSED'],
    ['clearFaults', { id: 'fault-1' }, "there was never a fault 'fault-1'"],
    ['state', {}, 'state.venue: expected a string, received nothing'],
    ['revert', { id: 'snapshot-9' }, "no snapshot 'snapshot-9': there are none yet"],
  ])('error: %s %j', async (name, body, message) => {
    const call: (body: never) => Promise<unknown> = simulateTiny().control[name]
    await expect(Reflect.apply(call, undefined, [body])).rejects.toThrow(message)
    await expect(Reflect.apply(call, undefined, [body])).rejects.toBeInstanceOf(ControlError)
  })

  test.each<[object, string]>([
    [
      { kind: 'explode' },
      'inject.kind: "explode" is none of dropBefore, dropAfter, delay, status,',
    ],
    [{ kind: 'disconnect' }, 'inject.kind: there are no sockets at binance, bybit'],
    [{}, 'inject.kind: nothing is none of'],
    [{ kind: 'delay' }, 'inject.ms: expected a decimal, received nothing'],
    [{ kind: 'delay', ms: -1 }, 'inject.ms: -1 is not 0 to 86400000'],
    [
      { kind: 'delay', ms: 1, stage: 'middle' },
      'inject.stage: "middle" is none of request, answer',
    ],
    [{ kind: 'status', code: 99 }, 'inject.code: 99 is not 200 to 599'],
    [{ kind: 'status', code: 500, body: 5 }, 'inject.body: expected an object, received 5'],
    [
      { kind: 'rejectWith', reason: 'mood' },
      'inject.reason: "mood" is none of insufficientMargin,',
    ],
    [{ kind: 'truncateBody', bytes: -1 }, 'inject.bytes: -1 is not 0 or more'],
    [{ kind: 'dropBefore', ms: 5 }, 'inject.ms: not known there'],
    [{ kind: 'dropBefore', venue: 'okx' }, "venue 'okx' is not running"],
    [{ kind: 'dropBefore', operation: 'order' }, '"order" is none of createOrder, createStop,'],
    [{ kind: 'dropBefore', path: 'v1/order' }, "inject.path: 'v1/order' must begin with /"],
    [{ kind: 'dropBefore', path: '/a*b' }, "inject.path: '/a*b' must begin with /"],
    [{ kind: 'dropBefore', account: 'nobody' }, 'inject.account: no venue knows that API key'],
    [
      { kind: 'dropBefore', operation: 'cancelAll', path: '/time' },
      'no route at /time of binance, bybit is a cancelAll',
    ],
    [{ kind: 'dropBefore', operation: 'marketData', method: 'DELETE' }, 'no route at DELETE of'],
    [{ kind: 'rateLimit', retryAfterMs: 1 }, 'no rate limits are known of binance, bybit: name a'],
    [{ kind: 'rateLimit', retryAfterMs: 1, venue: 'bybit' }, 'no rate limits are known of bybit'],
    [{ kind: 'dropBefore', times: 0 }, 'inject.times: 0 is not 1 or more'],
    [{ kind: 'dropBefore', probability: 0 }, 'inject.probability: 0 is not above 0 and up to 1'],
    [
      { kind: 'dropBefore', probability: 1.1 },
      'inject.probability: 1.1 is not above 0 and up to 1',
    ],
  ])('error: inject %j', async (fault, message) => {
    const { control } = simulateTiny()
    await expect(Reflect.apply(control.inject, undefined, [fault])).rejects.toThrow(message)
  })

  test('error: an account of another venue than the one selected', async () => {
    const { control, credentials } = simulateTiny()
    const account = credentials('bybit').apiKey
    await expect(control.inject({ kind: 'dropBefore', venue: 'binance', account })).rejects.toThrow(
      'inject.account: that API key is not of binance',
    )
  })

  test('behavior: a refused action has changed nothing', async () => {
    const simulator = simulateTiny()
    const odd: object = { symbol: 'BTCUSDT', price: '61000', odd: 1 }
    await expect(Reflect.apply(simulator.control.setPrice, undefined, [odd])).rejects.toThrow('odd')
    expect(await lastPrice(simulator)).toBe('60000')
  })

  test('args: every selector and parameter of a fault', async () => {
    const simulator = simulateTiny()
    const { apiKey: account } = simulator.credentials('bybit')
    const faults: Fault[] = [
      {
        kind: 'dropBefore',
        venue: 'bybit',
        operation: 'createStop',
        path: '/ord*',
        method: 'POST',
      },
      { kind: 'status', code: 503, body: { a: { b: [1] } }, stage: 'answer', account, times: 3 },
      { kind: 'clockSkew', ms: -5_000, probability: 0.5 },
    ]
    for (const [index, fault] of faults.entries()) {
      expect(await simulator.control.inject(fault)).toEqual({ id: `fault-${index + 1}` })
    }
    expect(await simulator.control.clearFaults({ id: 'fault-2' })).toEqual({ cleared: 1 })
    expect(await simulator.control.clearFaults({ id: 'fault-2' })).toEqual({ cleared: 0 })
    expect(await simulator.control.clearFaults()).toEqual({ cleared: 2 })
  })
})
