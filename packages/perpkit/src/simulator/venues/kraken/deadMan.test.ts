import { describe, expect, test } from 'vitest'
import { type Desk, openDesk, placed, rows } from './desk.fixture.ts'

const path = '/cancelallordersafter'

async function openOrders(desk: Desk): Promise<number> {
  return rows((await desk.get('/openorders')).at('openOrders')).length
}

describe("the dead man's switch", () => {
  test('default: at its time all orders of the account go, triggers included', async () => {
    const desk = openDesk()
    const plain = await placed(desk, { orderType: 'lmt', limitPrice: 59000, cliOrdId: 'rests' })
    await placed(desk, { orderType: 'stp', side: 'sell', stopPrice: 58000, cliOrdId: 'waits' })
    await placed(desk, { orderType: 'lmt', symbol: 'PF_ETHUSD', size: 1, limitPrice: 1000 })
    const armed = await desk.post(path, { timeout: 60 })
    expect(armed.at('status').value).toEqual({
      currentTime: '2026-01-05T00:00:30.000Z',
      triggerTime: '2026-01-05T00:01:30.000Z',
    })
    await desk.advance(59_999)
    expect(await openOrders(desk)).toBe(3)
    await desk.advance(1)
    expect(await openOrders(desk)).toBe(0)
    const found = await desk.post('/orders/status', { cliOrdIds: ['rests', 'waits'] })
    expect(rows(found.at('orders'))).toMatchObject([
      { order: { orderId: plain }, status: 'CANCELLED', updateReason: 'DEAD_MAN_SWITCH' },
      { order: { type: 'TRIGGER_ORDER' }, updateReason: 'DEAD_MAN_SWITCH' },
    ])
    const reasons = async (name: string): Promise<unknown[]> => {
      const answer = await desk.get(`/api/history/v3/${name}`, {
        closed: true,
        tradeable: 'PF_XBTUSD',
      })
      return rows(answer.at('elements')).map(({ event }) => event)
    }
    expect(await reasons('orders')).toMatchObject([
      { OrderCancelled: { reason: 'dead_man_switch' } },
    ])
    expect(await reasons('triggers')).toMatchObject([
      { OrderTriggerCancelled: { reason: 'dead_man_switch' } },
    ])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: a new time takes the place of the old one, 0 disarms', async () => {
    const desk = openDesk()
    await placed(desk, { orderType: 'lmt', limitPrice: 59000 })
    await desk.post(path, { timeout: 10 })
    await desk.advance(9_000)
    await desk.post(path, { timeout: 10 })
    await desk.advance(9_000)
    expect(await openOrders(desk)).toBe(1)
    const off = await desk.post(path, { timeout: 0 })
    expect(off.at('status').at('triggerTime').string()).toBe('0')
    await desk.advance(60_000)
    expect(await openOrders(desk)).toBe(1)
  })

  test('behavior: it has run out once', async () => {
    const desk = openDesk()
    await desk.post(path, { timeout: 1 })
    await desk.advance(1_000)
    await placed(desk, { orderType: 'lmt', limitPrice: 59000 })
    await desk.advance(60_000)
    expect(await openOrders(desk)).toBe(1)
  })

  test.each([
    ['nothing', {}, 'requiredArgumentMissing'],
    ['a fraction', { timeout: 1.5 }, 'invalidArgument: timeout'],
    ['less than none', { timeout: -1 }, 'invalidArgument: timeout'],
    ['more than a day', { timeout: 86_401 }, 'invalidArgument: timeout'],
  ])('error: %s as timeout', async (_name, body, error) => {
    expect((await openDesk().post(path, body)).at('error').string()).toBe(error)
  })
})
