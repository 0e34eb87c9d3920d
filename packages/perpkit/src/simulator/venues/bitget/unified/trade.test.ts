import { expect, test } from 'vitest'
import { loginFrame, openListener, type Said, send, take } from '../channels/channels.fixture.ts'
import { data, joinDesk, row, startTime, unified } from '../desk.fixture.ts'
import { askUnified, ORDER, openUnified, RESTING, SECONDS } from '../trade.fixture.ts'

// docs/wire/bitget.md 12.7.

test('default: an order is placed, with all that an answer says', async () => {
  const listener = await openListener('unified')
  const { desk, socket } = listener
  const clientOid = 'mine'
  const [first, ...more] = askUnified(socket, 'place-order', [{ ...ORDER, clientOid }])
  expect([first, more]).toEqual([
    {
      ...{ event: 'trade', id: '7', category: 'usdt-futures', topic: 'place-order' },
      args: [
        {
          symbol: 'BTCUSDT',
          orderId: expect.stringMatching(/^\d{19}$/),
          clientOid,
          cTime: String(startTime),
        },
      ],
      ...{ code: '0', msg: 'Success', connId: expect.stringMatching(/^[0-9a-f]{32}$/) },
      ts: String(startTime),
      receiveTime: `${startTime}000`,
      pushTime: `${startTime}000`,
      rateLimit: [{ limit: '10', remaining: '9' }],
    },
    [],
  ])
  const held = await desk.get('/api/v3/position/current-position', unified)
  expect(row(held, 'list')).toMatchObject({ posSide: 'long', total: '0.01' })
  expect(await desk.unknownWords()).toEqual([])
})

test('default: an order is changed and cancelled, with or without a category', async () => {
  const listener = await openListener('unified')
  const { desk, socket } = listener
  askUnified(socket, 'place-order', [RESTING])
  const change = { clientOid: 'mine', price: '58000', autoCancel: 'no' }
  const said = { id: '7', args: [{ clientOid: 'mine' }], code: '0' }
  const [changed] = askUnified(socket, 'modify-order', [change])
  expect(changed).toMatchObject({ ...said, topic: 'modify-order' })
  expect(changed).not.toHaveProperty('category')
  expect(await openUnified(listener)).toMatchObject([{ price: '58000' }])
  const ids = [{ clientOid: 'mine' }]
  const none = { category: undefined }
  expect(askUnified(socket, 'cancel-order', ids, none)).toMatchObject([said])
  expect(await openUnified(listener)).toEqual([])
  expect(askUnified(socket, 'cancel-order', ids)).toEqual([
    { event: 'error', id: '7', code: '25204', msg: expect.any(String) },
  ])
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: of a batch each order has an outcome of its own', async () => {
  const listener = await openListener('unified')
  const { socket } = listener
  const two = [RESTING, { ...RESTING, clientOid: 'other', price: '1' }]
  const ok = { code: '0', msg: 'Success', orderId: expect.stringMatching(/^\d+$/) }
  const no = { msg: expect.any(String) }
  const [placed] = askUnified(socket, 'batch-place', two)
  expect(placed).toMatchObject({ event: 'trade', category: 'usdt-futures', code: '0' })
  expect(placed?.args).toEqual([
    { ...ok, symbol: 'BTCUSDT', clientOid: 'mine' },
    { ...no, code: '45110', symbol: 'BTCUSDT', orderId: '', clientOid: 'other' },
  ])
  const changes = [{ clientOid: 'mine' }, { clientOid: 'mine', qty: '0.02' }]
  expect(askUnified(socket, 'batch-modify', changes)[0]?.args).toEqual([
    { ...no, code: '25571', orderId: '', clientOid: 'mine' },
    { ...ok, clientOid: 'mine' },
  ])
  const ids = [{ clientOid: 'mine' }, { orderId: '12' }]
  const [ended] = askUnified(socket, 'batch-cancel', ids, { category: undefined })
  expect(ended).toMatchObject({ event: 'trade', topic: 'batch-cancel', code: '0' })
  expect(ended?.args).toEqual([
    { ...ok, clientOid: 'mine' },
    { ...no, code: '25204', orderId: '12', clientOid: '' },
  ])
  expect(await openUnified(listener)).toEqual([])
  const many = Array.from({ length: 21 }, () => ({ orderId: '1' }))
  expect(askUnified(socket, 'batch-cancel', many)).toMatchObject([
    { event: 'error', id: '7', code: '400172' },
  ])
})

test('behavior: an id comes back in its own type, a long one is not rounded', async () => {
  const listener = await openListener('unified')
  const { socket } = listener
  const id = 1_750_034_396_082
  const [placed] = askUnified(socket, 'place-order', [RESTING], { id })
  expect(placed).toMatchObject({ event: 'trade', id })
  const [{ orderId } = { orderId: '' }] = await openUnified(listener)
  socket.send(`{"op":"trade","id":8,"topic":"cancel-order","args":[{"orderId":${orderId}}]}`)
  expect(take(socket)).toMatchObject([{ event: 'trade', id: 8, args: [{ orderId }] }])
})

test('behavior: an order that comes after its window is made and cancelled at once', async () => {
  const { desk, socket } = await openListener('unified')
  const place = (receiveWindow: string, sentAt: number, clientOid: string): Said[] =>
    askUnified(socket, 'place-order', [{ ...ORDER, clientOid, receiveWindow }], {
      requestTime: String(sentAt),
    })
  expect(place('1000', startTime - 1_001, 'late')).toMatchObject([{ event: 'trade', code: '0' }])
  expect(place('1000', startTime - 1_000, 'punctual')).toMatchObject([{ event: 'trade' }])
  expect(place('9', startTime, 'hasty')).toMatchObject([{ event: 'error', code: '41101' }])
  const find = async (clientOid: string): Promise<Said> =>
    data(await desk.get('/api/v3/trade/order-info', { clientOid }))
  expect(await find('late')).toMatchObject({
    orderStatus: 'cancelled',
    cumExecQty: '0',
    cancelReason: 'cancel_receiveWindow',
  })
  expect(await find('punctual')).toMatchObject({ orderStatus: 'filled' })
  expect(await desk.unknownWords()).toEqual([])
})

test('error: what is no request, and what its twin refuses', async () => {
  const { desk, socket } = await openListener('unified')
  const cases: [unknown, Said, string][] = [
    [[ORDER], { id: undefined }, '41101'],
    [[ORDER], { category: 'USDT-FUTURES' }, '41101'],
    [[ORDER], { category: undefined }, '41101'],
    [[ORDER], { category: 'spot' }, '25100'],
    [[ORDER], { topic: 'batch-place-order' }, '30001'],
    [[ORDER, ORDER], {}, '30016'],
    [ORDER, {}, '30002'],
    [[{ ...ORDER, qty: '100' }], {}, '40762'],
  ]
  for (const [args, more, code] of cases) {
    const { id = undefined } = { id: '7', ...more }
    const [first, ...others] = askUnified(socket, 'place-order', args, more)
    expect(others).toEqual([])
    expect(first).toEqual({ event: 'error', ...(id && { id }), code, msg: expect.any(String) })
  }
  expect(await desk.unknownWords()).toEqual(['value category', 'value topic'])
  await desk.advance(1_000)
  askUnified(socket, 'place-order', [RESTING])
  expect(askUnified(socket, 'place-order', [RESTING])).toMatchObject([{ code: '25212' }])
  const stranger = desk.simulator.openSocket('bitget', '/v3/ws/private')
  expect(askUnified(stranger, 'place-order', [ORDER])).toEqual([
    { event: 'error', id: '7', code: '30004', msg: 'User needs to log in' },
  ])
})

test('error: a key that may only read sends no order', async () => {
  const { desk, socket } = await openListener('unified')
  const reader = await joinDesk(desk, 'unified', { trade: false })
  // A second login is answered like the first, and counts.
  expect(send(socket, loginFrame(reader.keys, SECONDS))).toMatchObject([{ event: 'login' }])
  expect(askUnified(socket, 'place-order', [ORDER])).toMatchObject([{ code: '40014' }])
  send(socket, loginFrame(desk.keys, SECONDS))
  expect(askUnified(socket, 'place-order', [ORDER])).toMatchObject([{ event: 'trade' }])
})
