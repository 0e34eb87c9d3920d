import { describe, expect, test } from 'vitest'
import { assembleSimulator } from '../../assemble.ts'
import type { Charge, Venue, VenueLimits } from '../../server/types.ts'
import { openDesk, startTime } from './desk.fixture.ts'
import { bybit } from './index.ts'
import { limits } from './limits.ts'
import { ask, connect, limit, message, openOrders, send } from './tradeSocket.fixture.ts'

// docs/wire/bybit.md 8, "Order entry over WS": what limits and faults say there.

const create = 'order.create'

/** The venue's own, but one message an address; what it would be is left in `seen`. */
function narrowed(seen: Charge[]): VenueLimits {
  return {
    ...limits,
    charges(handling, route) {
      const all = limits.charges(handling, route)
      seen.push(...all.filter(({ scope }) => scope === 'address'))
      const [own, ...shared] = all
      return [own, ...shared.map((charge) => ({ ...charge, limit: 1, windowMs: 60_000 }))]
    },
  }
}

describe('limits', () => {
  test('error: the eleventh order of a second, beside those over HTTP', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    for (let index = 0; index < 5; index++) ask(desk, socket, create, limit)
    for (let index = 0; index < 5; index++) await desk.post('/v5/order/create', limit)
    expect(ask(desk, socket, create, limit)).toMatchObject({
      retCode: 10006,
      retMsg: 'Too many visits!',
      header: {
        'X-Bapi-Limit': '10',
        'X-Bapi-Limit-Status': '0',
        'X-Bapi-Limit-Reset-Timestamp': String(startTime + 1_000),
      },
    })
    await desk.advance(1_000)
    expect(ask(desk, socket, create, limit).retCode).toBe(0)
  })

  test('error: a message too many for the address', () => {
    const seen: Charge[] = []
    const narrow: Venue = { ...bybit, limits: narrowed(seen) }
    const options = { clock: 'manual', startTime } as const
    const { simulator } = assembleSimulator(options, [narrow])
    const socket = connect({ simulator })
    ask({ simulator }, socket, create, limit)
    expect(seen).toEqual([
      expect.objectContaining({ scope: 'address', limit: 3_000, windowMs: 1_000, amount: 1 }),
    ])
    expect(ask({ simulator }, socket, create, limit)).toMatchObject({ retCode: 10403, data: {} })
  })

  test('behavior: an address that is barred from HTTP is told so here too', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    for (let index = 0; index < 601; index++) await desk.send({ path: '/v5/market/time' })
    expect(ask(desk, socket, create, limit).retCode).toBe(10403)
    await desk.advance(600_000)
    expect(ask(desk, connect(desk), create, limit).retCode).toBe(0)
  })
})

describe('faults', () => {
  const fault = { venue: 'bybit', operation: 'createOrder', times: 1 } as const

  test.each([
    ['dropBefore', []],
    ['dropAfter', ['lost']],
  ] as const)('behavior: %s cuts the connection', async (kind, standing) => {
    const desk = openDesk()
    const socket = connect(desk)
    await desk.simulator.control.inject({ ...fault, kind })
    expect(send(socket, message(desk, create, { ...limit, orderLinkId: 'lost' }))).toEqual([])
    expect(socket.end?.code).toBe(1006)
    expect(await openOrders(desk)).toEqual(standing)
  })

  test.each([
    [{ kind: 'rejectWith', reason: 'insufficientMargin' }, 110007],
    [{ kind: 'rateLimit', retryAfterMs: 500 }, 10006],
    [{ kind: 'maintenance' }, 10019],
    [{ kind: 'status', code: 429 }, 10429],
    [{ kind: 'status', code: 502, body: '<html>' }, 10016],
    [{ kind: 'clockSkew', ms: 6_000 }, 10002],
  ] as const)('behavior: %o has a code', async (effect, retCode) => {
    const desk = openDesk()
    const socket = connect(desk)
    await desk.simulator.control.inject({ ...fault, ...effect })
    expect(ask(desk, socket, create, limit, { reqId: 'f' })).toMatchObject({
      reqId: 'f',
      retCode,
      op: create,
      data: {},
    })
    expect([await openOrders(desk), socket.isOpen]).toEqual([[], true])
  })

  test('behavior: a spoilt answer comes as it is', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    await desk.simulator.control.inject({ ...fault, kind: 'truncateBody', bytes: 10 })
    socket.send(JSON.stringify(message(desk, create, limit)))
    expect(socket.take()).toEqual(['{"retCode"'])
  })
})

test('error: a key that may not trade, without the id of the message (trap 34)', async () => {
  const desk = openDesk()
  const { control } = desk.simulator
  const keys = await control.createAccount({ venue: 'bybit', permissions: { trade: false } })
  const said = ask(desk, connect(desk, keys), create, limit)
  expect(said).toMatchObject({ retCode: 10005, op: create, data: {} })
  expect(Object.keys(said)).not.toContain('reqId')
})
