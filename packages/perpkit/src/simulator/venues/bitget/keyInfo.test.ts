import { describe, expect, test } from 'vitest'
import {
  classic,
  code,
  type Desk,
  data,
  joinDesk,
  openDesk,
  startTime,
  unified,
} from './desk.fixture.ts'

// docs/wire/bitget.md 4.10

describe('a classic account', () => {
  const path = '/api/v2/spot/account/info'
  const keyOf = async (desk: Desk): Promise<unknown> => data(await desk.get(path))

  test('default: a key reads and trades, from anywhere', async () => {
    const desk = await openDesk('classic')
    expect(await keyOf(desk)).toEqual({
      userId: expect.stringMatching(/^\d{10}$/),
      inviterId: '',
      ips: '',
      authorities: ['coow', 'cpow'],
      parentId: 0,
      traderType: 'not_trader',
      channelCode: '',
      channel: '',
      regisTime: String(startTime),
    })
    expect(await desk.unknownWords()).toEqual([])
  })

  test('args: withdrawal without trade, bound to addresses', async () => {
    const addresses = ['203.0.113.5', '203.0.113.6']
    const permissions = { trade: false, withdraw: true, addresses }
    const desk = await joinDesk(await openDesk('classic'), 'classic', permissions)
    expect(await keyOf(desk)).toMatchObject({
      ips: '203.0.113.5,203.0.113.6',
      authorities: ['coor', 'cpor', 'wwow'],
    })
  })

  test.each([
    ['/api/v2/mix/order/place-order', { size: '0.01', side: 'buy', orderType: 'market' }],
    ['/api/v2/mix/order/place-tpsl-order', { planType: 'pos_loss', triggerPrice: '59000' }],
    ['/api/v2/mix/account/set-leverage', { leverage: '5' }],
  ])('error: %s of a key that may not trade', async (where, body) => {
    const desk = await joinDesk(await openDesk('classic'), 'classic', { trade: false })
    const answer = await desk.post(where, { ...classic, ...body })
    expect(answer.value).toMatchObject({ code: '40014', msg: 'Incorrect permissions' })
    expect((await desk.simulator.control.state({ venue: 'bitget' })).orders).toEqual([])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('error: asked of the other kind', async () => {
    const desk = await openDesk('unified')
    expect(code(await desk.get(path))).toBe('40085')
  })

  test('error: asked twice in a second', async () => {
    const desk = await openDesk('classic')
    await desk.get(path)
    expect(code(await desk.get(path))).toBe('429')
  })
})

describe('a unified account', () => {
  const path = '/api/v3/account/info'
  const keyOf = async (desk: Desk): Promise<unknown> => data(await desk.get(path))

  test('default: a key reads and trades, from anywhere', async () => {
    const desk = await openDesk('unified')
    const settings = data(await desk.get('/api/v3/account/settings'))
    expect(await keyOf(desk)).toEqual({
      uid: settings.uid,
      inviterId: '',
      parentId: '',
      channelCode: '',
      channel: '',
      ips: '',
      permType: 'read-and-write',
      permissions: ['uta_mgt', 'uta_trade'],
      regisTime: String(startTime),
    })
    expect(await desk.unknownWords()).toEqual([])
  })

  test.each([
    [{ withdraw: true }, 'read-and-write', ['uta_mgt', 'uta_trade', 'withdraw'], ''],
    [
      { trade: false, withdraw: true, addresses: ['203.0.113.5'] },
      'read-and-write',
      ['withdraw'],
      '203.0.113.5',
    ],
    [{ trade: false }, 'read-only', ['uta_mgt', 'uta_trade'], ''],
  ])('args: %j', async (wishes, permType, permissions, ips) => {
    const desk = await joinDesk(await openDesk('unified'), 'unified', wishes)
    expect(await keyOf(desk)).toMatchObject({ permType, permissions, ips })
  })

  test.each([
    ['/api/v3/trade/place-order', { qty: '0.01', side: 'buy', orderType: 'market' }],
    ['/api/v3/trade/place-batch', [{ ...unified, qty: '0.01', side: 'buy', orderType: 'market' }]],
    ['/api/v3/trade/place-strategy-order', { type: 'tpsl', stopLoss: '59000' }],
  ])('error: %s of a key that may not trade', async (where, body) => {
    const desk = await joinDesk(await openDesk('unified'), 'unified', { trade: false })
    const answer = await desk.post(where, Array.isArray(body) ? body : { ...unified, ...body })
    expect(code(answer)).toBe('40014')
    expect((await desk.simulator.control.state({ venue: 'bitget' })).orders).toEqual([])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('error: asked of the other kind', async () => {
    const desk = await openDesk('classic')
    expect(code(await desk.get(path))).toBe('40084')
  })
})
