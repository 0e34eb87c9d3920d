import { expect, test } from 'vitest'
import {
  loginFrame,
  openListener,
  type Said,
  send,
  subscribe,
} from '../channels/channels.fixture.ts'
import { classic, openDesk, row, startTime } from '../desk.fixture.ts'
import { arg, ask, LIMIT, MARKET, openClassic, SECONDS } from '../trade.fixture.ts'

// docs/wire/bitget.md 8.6.

test('default: an order is placed, answered and told of like one over HTTP', async () => {
  const listener = await openListener('classic')
  const { desk, socket } = listener
  const orders = { instType: 'USDT-FUTURES', channel: 'orders', instId: 'default' }
  subscribe(socket, orders)
  const said = ask(socket, { ...MARKET, clientOid: 'mine' })
  expect(said.find(({ event }) => event === 'trade')).toEqual({
    event: 'trade',
    arg: [arg({ clientOid: 'mine', orderId: expect.stringMatching(/^\d{19}$/) })],
    code: 0,
    msg: 'Success',
    ts: startTime,
  })
  expect(said.filter((frame) => frame.action === 'snapshot')).toMatchObject([
    { arg: orders, data: [{ clientOid: 'mine', status: 'live' }] },
    { arg: orders, data: [{ clientOid: 'mine', status: 'filled' }] },
  ])
  const { productType, marginCoin } = classic
  const held = await desk.get('/api/v2/mix/position/all-position', { productType, marginCoin })
  expect(row(held)).toMatchObject({ holdSide: 'long', total: '0.01' })
  expect(await desk.unknownWords()).toEqual([])
})

test('default: a cancel is answered with the ids it was asked by', async () => {
  const listener = await openListener('classic')
  const { socket } = listener
  ask(socket, { ...LIMIT, clientOid: 'a' })
  ask(socket, { ...LIMIT, clientOid: 'b' })
  const cancel = { channel: 'cancel-order' }
  const [, { orderId } = { orderId: '' }] = (await openClassic(listener)).reverse()
  const byId = [arg({ orderId }, cancel)]
  expect(ask(socket, { orderId }, cancel)).toMatchObject([{ event: 'trade', arg: byId, code: 0 }])
  const byOwn = [arg({ clientOid: 'a' }, cancel)]
  expect(ask(socket, { clientOid: 'a' }, cancel)).toMatchObject([{ event: 'trade', arg: byOwn }])
  expect(await openClassic(listener)).toEqual([])
  const unknown = { event: 'error', arg: [arg({ orderId: '1234' }, cancel)], code: 40768 }
  expect(ask(socket, { orderId: '1234' }, cancel)).toMatchObject([unknown])
})

test('behavior: a preset comes with the order, a price to execute it at does not', async () => {
  const listener = await openListener('classic')
  const { desk, socket } = listener
  const preset = { presetStopLossPrice: '58000', presetStopLossExecutePrice: '57900' }
  expect(ask(socket, { ...LIMIT, ...preset })).toMatchObject([{ event: 'trade' }])
  expect(await openClassic(listener)).toMatchObject([
    { presetStopLossPrice: '58000', presetStopLossExecutePrice: '' },
  ])
  expect(await desk.unknownWords()).toEqual(['parameter params.presetStopLossExecutePrice'])
})

test('error: a refused order comes back as it was sent, with a number for its code', async () => {
  const listener = await openListener('classic')
  const { socket } = listener
  const cases: [Said, number][] = [
    [{ ...MARKET, tradeSide: 'open' }, 40774],
    [{ ...MARKET, size: '0.00001' }, 40808],
    [{ ...MARKET, size: '100' }, 40762],
    [{ ...MARKET, reduceOnly: 'YES' }, 22002],
    [{ side: 'buy' }, 40019],
  ]
  for (const [params, code] of cases) {
    expect(ask(socket, params)).toEqual([
      { event: 'error', arg: [arg(params)], code, msg: expect.any(String), ts: startTime },
    ])
  }
  ask(socket, { ...LIMIT, clientOid: 'mine' })
  expect(ask(socket, { ...LIMIT, clientOid: 'mine' })).toMatchObject([{ code: 40786 }])
  expect(await openClassic(listener)).toHaveLength(1)
})

test('error: what is no request for one order', async () => {
  const { desk, socket } = await openListener('classic')
  const refused: [Said, number][] = [
    [{ id: undefined }, 41101],
    [{ id: 'x'.repeat(41) }, 41101],
    [{ instType: 'usdt-futures' }, 41101],
    [{ channel: 'modify-order' }, 30001],
    [{ channel: 'place-plan-order' }, 30001],
    [{ params: 'buy' }, 30016],
  ]
  for (const [more, code] of refused) {
    const [first] = ask(socket, MARKET, more)
    const sent: unknown = JSON.parse(JSON.stringify(arg(MARKET, more)))
    expect(first).toEqual({
      event: 'error',
      code,
      arg: [sent],
      msg: expect.any(String),
      ts: startTime,
    })
  }
  await desk.advance(1_000)
  const both = { op: 'trade', args: [arg(MARKET), arg(MARKET)] }
  expect(send(socket, both)).toMatchObject([{ event: 'error', code: 30016, arg: [{}, {}] }])
  expect(send(socket, { op: 'trade' })).toMatchObject([{ event: 'error', code: 30002 }])
  expect(await desk.unknownWords()).toEqual(['value instType', 'value channel', 'value channel'])
})

test('error: who has not logged in, or has on the wrong socket, trades nothing', async () => {
  const desk = await openDesk('classic')
  const socket = desk.simulator.openSocket('bitget', '/v2/ws/private')
  expect(ask(socket, MARKET)).toMatchObject([{ event: 'error', code: 30004, arg: [arg(MARKET)] }])
  const wrong = { ...desk.keys, apiSecret: 'other' }
  expect(send(socket, loginFrame(wrong, SECONDS))).toMatchObject([{ code: 30015 }])
  expect(socket.isOpen).toBe(false)
  const open = desk.simulator.openSocket('bitget', '/v2/ws/public')
  expect(ask(open, MARKET)).toMatchObject([{ event: 'error', code: 30003 }])
  const { desk: other } = await openListener('unified')
  const lost = other.simulator.openSocket('bitget', '/v2/ws/private')
  send(lost, loginFrame(other.keys, SECONDS))
  expect(ask(lost, MARKET)).toMatchObject([{ event: 'error', code: 40085 }])
})

test('behavior: words nobody knows are ignored and noted', async () => {
  const { desk, socket } = await openListener('classic')
  const order = arg({ ...MARKET, colour: 'red', symbol: 'ETHUSDT' }, { topic: 'x' })
  const frame = { op: 'trade', apiCode: 'broker', uta: false, args: [order] }
  expect(send(socket, frame)).toMatchObject([
    { event: 'trade', arg: [{ instId: 'BTCUSDT' }], code: 0 },
  ])
  expect(await desk.unknownWords()).toEqual([
    'parameter frame.uta',
    'parameter args.topic',
    'parameter params.symbol',
    'parameter colour',
  ])
})
