import { describe, expect, test } from 'vitest'
import { BTC, held, limit, lookUp, openDesk, order, rows, startTime } from './desk.fixture.ts'
import { listen, loginWords, openSocket, rowsIn, send } from './socket.fixture.ts'
import { ask, coded, outcome, pendingOrders, placed } from './tradeSocket.fixture.ts'

// docs/wire/okx.md 8.4.

describe('order', () => {
  test('default: a limit order, acknowledged with the id of the message', async () => {
    const desk = openDesk()
    const socket = listen(desk, 'private')
    const reply = ask(socket, 'order', [coded(limit('59000', { clOrdId: 'lab1', tag: 'x' }))])
    const [ordId] = await pendingOrders(desk)
    expect(reply).toEqual({
      id: '1512',
      op: 'order',
      code: '0',
      msg: '',
      data: [
        {
          ordId,
          clOrdId: 'lab1',
          tag: 'x',
          ts: String(startTime),
          sCode: '0',
          sMsg: 'Order successfully placed.',
          subCode: '',
        },
      ],
      inTime: `${startTime}000`,
      outTime: `${startTime}900`,
    })
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: a market order is heard of on the private channels too', async () => {
    const desk = openDesk()
    const socket = listen(desk, 'private', { channel: 'orders', instType: 'SWAP' })
    const said = send(socket, { id: 'a1', op: 'order', args: [coded(order({ sz: '2' }))] })
    expect(rowsIn(said, 'orders')).toMatchObject([{ state: 'filled', accFillSz: '2' }])
    expect(said.filter(({ op }) => op === 'order')).toMatchObject([{ id: 'a1', code: '0' }])
    expect(await held(desk)).toBe('2')
  })

  test('args: the code may be text; the name beside it is not looked at', async () => {
    const desk = openDesk()
    const socket = listen(desk, 'private')
    const args = [{ ...limit('59000'), instIdCode: '10459', instId: 'ETH-USDT-SWAP' }]
    expect(outcome(ask(socket, 'order', args))).toBe('0')
    const { ordId } = rows(await desk.get('trade/orders-pending', {}))[0] ?? {}
    expect(await lookUp(desk, String(ordId))).toMatchObject({ instId: BTC })
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: until expTime, and not later', async () => {
    const desk = openDesk()
    const socket = listen(desk, 'private')
    const args = [coded(limit('59000'))]
    expect(outcome(ask(socket, 'order', args, { expTime: startTime + 1 }))).toBe('0')
    const late = ask(socket, 'order', args, { expTime: String(startTime - 1) })
    expect([outcome(late), late.data]).toEqual([expect.stringMatching(/^50036 /), []])
    expect(await pendingOrders(desk)).toHaveLength(1)
  })

  test.each([
    ['order', order(), '50014 Parameter instIdCode can not be empty.'],
    ['batch-orders', order(), '50014 Parameter instIdCode can not be empty.'],
    ['order', { ...order(), instIdCode: 99 }, /^51001 /],
    ['order', coded(order({ tdMode: undefined })), '50014 Parameter tdMode can not be empty.'],
    ['order', coded(order({ sz: '0' })), '51000 Parameter sz  error'],
    ['order', coded(order({ sz: '9000' })), /^51008 /],
    ['order', coded(limit('90000')), /^51006 /],
    ['order', coded(order({ reduceOnly: true })), /^51169 /],
    ['order', coded(order({ ordType: 'conditional', slTriggerPx: '58000' })), /^51000 .*ordType/],
  ])('error: %s %o is refused in its row', async (op, words, expected) => {
    const desk = openDesk()
    const reply = ask(listen(desk, 'private'), op, [words])
    expect(reply).toMatchObject({ id: '1512', op, code: '1', msg: '', data: [{ ordId: '' }] })
    expect(outcome(reply)).toMatch(expected)
    expect([await held(desk), await pendingOrders(desk)]).toEqual(['0', []])
  })

  test('error: a client order id that is pending', () => {
    const socket = listen(openDesk(), 'private')
    placed(socket, limit('59000', { clOrdId: 'lab1' }))
    const again = ask(socket, 'order', [coded(limit('59000', { clOrdId: 'lab1' }))])
    expect(outcome(again)).toMatch(/^51016 /)
    expect(again.data).toMatchObject([{ clOrdId: 'lab1' }])
  })

  test('behavior: nothing is attached to an order here', async () => {
    const desk = openDesk()
    const attachAlgoOrds = [{ slTriggerPx: '58000', slOrdPx: '-1' }]
    const ordId = placed(listen(desk, 'private'), limit('59000', { attachAlgoOrds }))
    expect(await lookUp(desk, ordId)).toMatchObject({ attachAlgoOrds: [] })
    expect(await desk.unknownWords()).toEqual(['parameter frame.args.attachAlgoOrds'])
  })

  test('error: a key that may not trade', async () => {
    const desk = openDesk()
    const permissions = { trade: false }
    const keys = await desk.simulator.control.createAccount({ venue: 'okx', permissions })
    const socket = openSocket(desk, 'private')
    const login = { op: 'login', args: [loginWords(desk, startTime / 1_000, keys)] }
    expect(send(socket, login)).toMatchObject([{ event: 'login', code: '0' }])
    const reply = ask(socket, 'order', [coded(order())])
    expect([outcome(reply), reply.data]).toEqual([expect.stringMatching(/^50120 /), []])
  })
})

describe('amend and cancel', () => {
  test('default: an order is made larger, dearer, and taken back', async () => {
    const desk = openDesk()
    const socket = listen(desk, 'private')
    const ordId = placed(socket, limit('59000', { clOrdId: 'lab1' }))
    const change = { instIdCode: 10_459, clOrdId: 'lab1', newSz: '2', newPx: '59100', reqId: 'r1' }
    expect(ask(socket, 'amend-order', [change])).toMatchObject({
      op: 'amend-order',
      code: '0',
      data: [{ ordId, clOrdId: 'lab1', reqId: 'r1', sCode: '0', sMsg: '' }],
    })
    expect(await lookUp(desk, ordId)).toMatchObject({ sz: '2', px: '59100' })
    expect(ask(socket, 'cancel-order', [{ instIdCode: 10_459, ordId }])).toMatchObject({
      op: 'cancel-order',
      code: '0',
      data: [{ ordId, clOrdId: 'lab1', sCode: '0' }],
    })
    expect(await lookUp(desk, ordId)).toMatchObject({ state: 'canceled' })
    expect(await desk.unknownWords()).toEqual([])
  })

  test.each([
    ['cancel-order', { instIdCode: 10_459, ordId: '1' }, /^51400 /],
    ['cancel-order', { instIdCode: 10_459 }, /^51407 /],
    ['cancel-order', { instId: BTC, ordId: '1' }, '50014 Parameter instIdCode can not be empty.'],
    ['amend-order', { instIdCode: 10_459, ordId: '1', newSz: '2' }, /^51503 /],
    ['amend-order', { instIdCode: 10_459, newSz: '2' }, /^51003 /],
    ['amend-order', { instId: BTC, ordId: '1', newSz: '2' }, /^50014 Parameter instIdCode /],
  ])('error: %s %o', (op, words, expected) => {
    const reply = ask(listen(openDesk(), 'private'), op, [words])
    expect(reply).toMatchObject({ code: '1', msg: '' })
    expect(outcome(reply)).toMatch(expected)
  })

  test('error: the order of another contract, and a cancel with expTime, which it does not have', async () => {
    const desk = openDesk()
    const socket = listen(desk, 'private')
    const ordId = placed(socket, limit('59000'))
    const other = ask(socket, 'cancel-order', [{ instIdCode: 10_461, ordId }])
    expect(outcome(other)).toMatch(/^51400 /)
    const expTime = String(startTime - 1)
    const late = ask(socket, 'cancel-order', [{ instIdCode: 10_459, ordId }], { expTime })
    expect(outcome(late)).toBe('0')
    expect(await desk.unknownWords()).toEqual(['parameter frame.expTime'])
  })
})

describe('batches', () => {
  test('default: items fail singly, in the order of the request', async () => {
    const desk = openDesk()
    const socket = listen(desk, 'private')
    const args = [coded(limit('59000')), coded(limit('59000', { sz: '0.001' })), order()]
    const reply = ask(socket, 'batch-orders', args)
    expect(reply).toMatchObject({ op: 'batch-orders', code: '2', msg: '' })
    expect(reply.data).toMatchObject([{ sCode: '0' }, { sCode: '51121' }, { sCode: '50014' }])
    const [ordId] = await pendingOrders(desk)
    const change = { instIdCode: 10_459, ordId, newSz: '3' }
    expect(ask(socket, 'batch-amend-orders', [change])).toMatchObject({ code: '0' })
    expect(await lookUp(desk, String(ordId))).toMatchObject({ sz: '3' })
    const cancels = [
      { instIdCode: 10_459, ordId },
      { instIdCode: 10_459, ordId: '7' },
    ]
    expect(ask(socket, 'batch-cancel-orders', cancels)).toMatchObject({
      code: '2',
      data: [
        { ordId, sCode: '0' },
        { ordId: '7', sCode: '51400' },
      ],
    })
    expect(await pendingOrders(desk)).toEqual([])
  })

  test('error: more than 20', () => {
    const socket = listen(openDesk(), 'private')
    const args = Array.from({ length: 21 }, () => coded(limit('59000')))
    expect(outcome(ask(socket, 'batch-orders', args))).toMatch(/^51111 .*20/)
    expect(outcome(ask(socket, 'batch-cancel-orders', args))).toMatch(/^51501 .*20/)
  })

  test('error: market makers alone cancel in masses', async () => {
    const desk = openDesk()
    const socket = listen(desk, 'private')
    const options = { instType: 'OPTION', instFamily: 'BTC-USD' }
    expect(outcome(ask(socket, 'mass-cancel', [options]))).toMatch(/^51010 /)
    expect(outcome(ask(socket, 'mass-cancel', [{ instType: 'SWAP' }]))).toMatch(/^51000 /)
    expect(outcome(ask(socket, 'mass-cancel', []))).toBe('60013 Invalid args')
    expect(await desk.unknownWords()).toEqual([])
  })
})
