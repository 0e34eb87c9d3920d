import { describe, expect, test } from 'vitest'
import type { LocalSocket } from '../../../server/localSocket.ts'
import { kindsOf, limitBuy, marketBuy, openStand, type Stand, stopSell } from '../wire.fixture.ts'
import { openStream, type Said, subscribe, take } from './streams.fixture.ts'

// docs/wire/binance.md 8.5 and 8.6.

async function listenKey(stand: Stand, method = 'POST'): Promise<string> {
  const key = stand.credentials.apiKey
  const said = await stand.raw({ method, path: '/fapi/v1/listenKey', key })
  return said.json.at('listenKey').string()
}

async function follow(stand: Stand): Promise<LocalSocket> {
  return openStream(stand, `/private/ws?listenKey=${await listenKey(stand)}`)
}

/** Kind and state of each event. */
function words(events: readonly Said[]): string[] {
  return events.map((event) => {
    const o = event.o as Said | undefined
    return [event.e, o?.x, o?.X].filter((word) => word !== undefined).join(' ')
  })
}

describe('listen keys', () => {
  test('default: the same key while it lives; closing it mutes every connection', async () => {
    const stand = openStand()
    const key = await listenKey(stand)
    expect([await listenKey(stand), await listenKey(stand, 'PUT')]).toEqual([key, key])
    const socket = await follow(stand)
    const apiKey = stand.credentials.apiKey
    await stand.raw({ method: 'DELETE', path: '/fapi/v1/listenKey', key: apiKey })
    await stand.post('/fapi/v1/order', limitBuy)
    await stand.simulator.control.advance({ ms: 4_000_000 })
    expect([take(socket), socket.isOpen]).toEqual([[], true])
    expect(await listenKey(stand)).not.toBe(key)
    expect(await stand.ledger()).toEqual([])
  })

  test('behavior: after an hour it expires, and says so on a connection that then is mute', async () => {
    const stand = openStand()
    const { control } = stand.simulator
    const socket = await follow(stand)
    await control.advance({ ms: 3_000_000 })
    const key = await listenKey(stand, 'PUT')
    await control.advance({ ms: 3_599_999 })
    expect(take(socket)).toEqual([])
    await control.advance({ ms: 1 })
    const { now } = await control.advance({ ms: 0 })
    expect(take(socket)).toEqual([{ e: 'listenKeyExpired', E: now, listenKey: key }])
    await stand.post('/fapi/v1/order', limitBuy)
    expect([take(socket), socket.isOpen]).toEqual([[], true])
    const late = { method: 'PUT', path: '/fapi/v1/listenKey', key: stand.credentials.apiKey }
    expect((await stand.raw(late)).body).toEqual({
      code: -1125,
      msg: 'This listenKey does not exist.',
    })
  })

  test('error: a key nobody was given is silent, and the ledger knows without its value', async () => {
    const stand = openStand()
    const socket = openStream(stand, '/private/ws?listenKey=0000')
    await stand.post('/fapi/v1/order', limitBuy)
    expect([take(socket), await stand.ledger()]).toEqual([[], ['value listenKey']])
  })

  test.each([
    ['/private/ws/KEY', false],
    ['/private/stream?listenKey=KEY', true],
    ['/private/stream?streams=', true],
  ])('args: %s', async (form, isWrapped) => {
    const stand = openStand()
    const key = await listenKey(stand)
    const socket = openStream(stand, form.replace('KEY', key))
    if (form.endsWith('=')) subscribe(socket, key)
    await stand.post('/fapi/v1/order', limitBuy)
    const [event] = take(socket)
    expect(event).toMatchObject(isWrapped ? { stream: key, data: {} } : { e: 'ORDER_TRADE_UPDATE' })
    expect(await stand.ledger()).toEqual([])
  })

  test('args: events is a list of those that are wanted', async () => {
    const stand = openStand()
    const key = await listenKey(stand)
    const socket = openStream(stand, `/private/ws?listenKey=${key}&events=ACCOUNT_UPDATE`)
    await stand.post('/fapi/v1/order', marketBuy)
    await stand.simulator.control.advance({ ms: 3_600_000 })
    expect(words(take(socket))).toEqual(['ACCOUNT_UPDATE'])
  })
})

describe('events', () => {
  test('default: a market order', async () => {
    const stand = openStand()
    const socket = await follow(stand)
    await stand.post('/fapi/v1/order', marketBuy)
    const events = take(socket)
    expect(words(events)).toEqual([
      'ORDER_TRADE_UPDATE NEW NEW',
      'TRADE_LITE',
      'ACCOUNT_UPDATE',
      'ORDER_TRADE_UPDATE TRADE FILLED',
    ])
    expect(events[2]?.a).toMatchObject({
      m: 'ORDER',
      B: [{ a: 'USDT', wb: expect.stringMatching(/^99999\.6/), bc: '0' }],
      P: [{ s: 'BTCUSDT', pa: '0.010', mt: 'cross', ps: 'BOTH' }],
    })
  })

  test('default: the keys and types of the sample', async () => {
    const stand = openStand()
    const socket = await follow(stand)
    await stand.post('/fapi/v1/order', marketBuy)
    const sample = {
      ...{ s: '', c: '', S: '', o: '', f: '', q: '', p: '', ap: '', sp: '', x: '', X: '', i: 0 },
      ...{ l: '', z: '', L: '', N: '', n: '', T: 0, t: 0, b: '', a: '', m: true, R: false },
      ...{ wt: '', ot: '', ps: '', cp: false, pP: false, si: 0, ss: 0, rp: '', V: '', pm: '' },
      ...{ gtd: 0, er: '' },
    }
    expect(kindsOf(take(socket).at(-1)?.o)).toEqual(kindsOf(sample))
  })

  test('behavior: an order that is amended and cancelled', async () => {
    const stand = openStand()
    const socket = await follow(stand)
    const { json } = await stand.post('/fapi/v1/order', limitBuy)
    const orderId = json.at('orderId').number()
    const { symbol = '', side = '' } = limitBuy
    await stand.put('/fapi/v1/order', { symbol, side, orderId, quantity: '0.010', price: '58000' })
    await stand.remove('/fapi/v1/order', { symbol, orderId })
    expect(words(take(socket))).toEqual([
      'ORDER_TRADE_UPDATE NEW NEW',
      'ORDER_TRADE_UPDATE AMENDMENT NEW',
      'ORDER_TRADE_UPDATE CANCELED CANCELED',
    ])
  })

  test('behavior: a stop from its placing to its end; a closed position arrives with nothing', async () => {
    const stand = openStand()
    await stand.post('/fapi/v1/order', marketBuy)
    const socket = await follow(stand)
    await stand.post('/fapi/v1/algoOrder', stopSell)
    await stand.setPrice(57_900)
    const events = take(socket)
    expect(words(events)).toEqual([
      'ALGO_UPDATE NEW',
      'ALGO_UPDATE TRIGGERING',
      'ORDER_TRADE_UPDATE NEW NEW',
      'ALGO_UPDATE TRIGGERED',
      'TRADE_LITE',
      'ACCOUNT_UPDATE',
      'ORDER_TRADE_UPDATE TRADE FILLED',
      'ALGO_UPDATE FINISHED',
    ])
    expect(events[5]).toMatchObject({ a: { P: [{ pa: '0' }] } })
    expect(events[7]).toMatchObject({ o: { aq: '0.010', act: 'MARKET', ai: expect.any(String) } })
    expect(events[1]?.o).not.toHaveProperty('aq')
  })

  test('behavior: leverage and funding', async () => {
    const stand = openStand()
    await stand.post('/fapi/v1/order', marketBuy)
    const socket = await follow(stand)
    await stand.post('/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 7 })
    await stand.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.001' })
    const events = take(socket)
    expect(events[0]).toMatchObject({ e: 'ACCOUNT_CONFIG_UPDATE', ac: { s: 'BTCUSDT', l: 7 } })
    expect(events[1]).toMatchObject({
      a: { m: 'FUNDING_FEE', S: 'BTCUSDT', B: [{ bc: '-0.60000000' }], P: [] },
    })
  })

  test('behavior: a liquidation arrives as an order nobody has sent', async () => {
    const stand = openStand()
    await stand.post('/fapi/v1/order', marketBuy)
    const socket = await follow(stand)
    await stand.simulator.control.liquidate({ symbol: 'BTCUSDT' })
    const orders = take(socket).filter(({ e }) => e === 'ORDER_TRADE_UPDATE')
    expect(words(orders)).toEqual([
      'ORDER_TRADE_UPDATE NEW NEW',
      'ORDER_TRADE_UPDATE CALCULATED FILLED',
    ])
    expect(orders.at(-1)).toMatchObject({ o: { c: expect.stringMatching(/^autoclose-/) } })
  })

  test('behavior: another account hears nothing of it', async () => {
    const stand = openStand()
    const socket = await follow(stand)
    stand.credentials = await stand.simulator.control.createAccount({ venue: 'binance' })
    await stand.post('/fapi/v1/order', marketBuy)
    expect(take(socket)).toEqual([])
  })
})
