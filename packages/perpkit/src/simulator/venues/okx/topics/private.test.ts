import { describe, expect, test } from 'vitest'
import type { LocalSocket } from '../../../server/localSocket.ts'
import {
  BTC,
  type Desk,
  limit,
  lookUp,
  lookUpAlgo,
  openDesk,
  order,
  pair,
  place,
  placeAlgo,
  row,
  stop,
  withLong,
} from '../desk.fixture.ts'
import {
  listen,
  loginWords,
  openSocket,
  pushes,
  rowsIn,
  type Said,
  send,
  subscribe,
  take,
  wait,
} from '../socket.fixture.ts'

// docs/wire/okx.md 8.3.

const orders = { channel: 'orders', instType: 'ANY' }
const algos = { channel: 'orders-algo', instType: 'SWAP' }
const positions = { channel: 'positions', instType: 'SWAP' }

function welcomed(desk: Desk, ...args: readonly Said[]): { socket: LocalSocket; said: Said[] } {
  const socket = openSocket(desk, 'private')
  send(socket, { op: 'login', args: [loginWords(desk)] })
  return { socket, said: subscribe(socket, ...args) }
}

function states(said: readonly Said[]): unknown[] {
  return rowsIn(said).map(({ fillSz, state }) => (fillSz === '0' ? state : `${state} ${fillSz}`))
}

describe('orders', () => {
  test('default: a market order goes straight to filled, its fill in the same row', async () => {
    const desk = openDesk()
    const socket = listen(desk, 'private', orders)
    const ordId = await place(desk, order({ clOrdId: 'c1' }))
    const [push = {}, ...others] = take(socket)
    expect(others).toEqual([])
    expect(push.arg).toEqual({ ...orders, uid: expect.stringMatching(/^4470\d{14}$/) })
    const [said = {}] = push.data as Said[]
    const { fillMarkPx, fillIdxPx, execType, code, ...rest } = said
    const looked = await lookUp(desk, ordId)
    expect(rest).toMatchObject(looked)
    expect([execType, code, fillIdxPx, fillMarkPx]).toEqual(['T', '0', '', looked.fillPx])
    expect(said).toMatchObject({ state: 'filled', fillSz: '1', accFillSz: '1', fillPnl: '0' })
  })

  test('behavior: one push for each fill, with what had filled by then', async () => {
    const desk = openDesk()
    const socket = listen(desk, 'private', orders)
    const { asks } = row(await desk.get('market/books', { instId: BTC, sz: 2 })) as {
      asks: string[][]
    }
    const first = Number(asks[0]?.[1])
    await place(desk, order({ sz: String(first + 1) }))
    const rows = rowsIn(take(socket))
    expect(rows.map(({ state }) => state)).toEqual(['partially_filled', 'filled'])
    expect(rows.map(({ fillSz }) => fillSz)).toEqual([String(first), '1'])
    expect(rows.map(({ accFillSz }) => accFillSz)).toEqual([String(first), String(first + 1)])
    expect(rows[0]?.tradeId).not.toBe(rows[1]?.tradeId)
    expect(rows[0]?.fee).toBe(rows[0]?.fillFee)
    expect(rows[1]?.fee).not.toBe(rows[1]?.fillFee)
  })

  test('behavior: one that rests is live, amended, and filled by the market as a maker', async () => {
    const desk = openDesk()
    const socket = listen(desk, 'private', orders)
    const ordId = await place(desk, limit('59000'))
    expect(rowsIn(take(socket))).toMatchObject([{ state: 'live', avgPx: '0', fillSz: '0' }])
    await desk.post('trade/amend-order', { instId: BTC, ordId, newPx: '59500', reqId: 'r1' })
    expect(rowsIn(take(socket))).toMatchObject([
      { state: 'live', px: '59500', amendResult: '0', reqId: 'r1' },
    ])
    await desk.setPrice('59000')
    expect(rowsIn(take(socket))).toMatchObject([
      { state: 'filled', execType: 'M', fillPx: '59500', amendResult: '' },
    ])
  })

  test('behavior: an amendment that is refused is told by nobody', async () => {
    const desk = openDesk()
    const ordId = await place(desk, limit('59000'))
    const socket = listen(desk, 'private', orders)
    const newSz = '90000'
    const answer = await desk.post('trade/amend-order', { instId: BTC, ordId, newSz, reqId: 'r1' })
    expect([answer.at('code').string(), take(socket)]).toEqual(['1', []])
  })

  test('behavior: cancelled by the client, and a post-only order that would take', async () => {
    const desk = openDesk()
    const socket = listen(desk, 'private', orders)
    const ordId = await place(desk, limit('59000'))
    await desk.post('trade/cancel-order', { instId: BTC, ordId })
    await place(desk, limit('61000', { ordType: 'post_only' }))
    const rows = rowsIn(take(socket))
    expect(rows.map(({ state, cancelSource }) => [state, cancelSource])).toEqual([
      ['live', ''],
      ['canceled', '1'],
      ['live', ''],
      ['canceled', '31'],
    ])
  })

  test('behavior: amended down to what has filled, it is filled without a fill', async () => {
    const desk = openDesk()
    const { asks } = row(await desk.get('market/books', { instId: BTC, sz: 1 })) as {
      asks: string[][]
    }
    const [price = '', size = ''] = asks[0] ?? []
    const socket = listen(desk, 'private', orders)
    const ordId = await place(desk, limit(price, { sz: String(Number(size) + 1) }))
    take(socket)
    await desk.post('trade/amend-order', { instId: BTC, ordId, newSz: size })
    expect(states(take(socket))).toEqual(['filled'])
  })

  test('args: of one contract alone', async () => {
    const desk = openDesk()
    const socket = listen(desk, 'private', { ...orders, instId: 'ETH-USDT-SWAP' })
    await place(desk, order())
    expect(take(socket)).toEqual([])
    await place(desk, order({ instId: 'ETH-USDT-SWAP' }))
    expect(rowsIn(take(socket))).toMatchObject([{ instId: 'ETH-USDT-SWAP' }])
  })
})

describe('algos', () => {
  test('default: a stop waits, is amended, and takes effect; its child is of the orders', async () => {
    const desk = await withLong()
    const socket = listen(desk, 'business', algos)
    const own = listen(desk, 'private', orders)
    const algoId = await placeAlgo(desk, stop())
    const [live] = rowsIn(take(socket))
    expect(live).toMatchObject({ ...(await lookUpAlgo(desk, algoId)), amendResult: '' })
    const change = { instId: BTC, algoId, newSlTriggerPx: '58500', reqId: 'r7' }
    await desk.post('trade/amend-algos', change)
    expect(rowsIn(take(socket))).toMatchObject([
      { state: 'live', slTriggerPx: '58500', amendResult: '0', reqId: 'r7' },
    ])
    await desk.setPrice('58000')
    const [child] = rowsIn(take(own))
    expect(child).toMatchObject({ state: 'filled', algoId, source: '7' })
    const said = rowsIn(take(socket))
    expect(said).toMatchObject([{ state: 'effective', ordId: child?.ordId, actualSide: 'sl' }])
  })

  test('behavior: an oco is one algo, told of once', async () => {
    const desk = await withLong()
    const socket = listen(desk, 'business', algos)
    const algoId = await placeAlgo(desk, stop(pair))
    expect(rowsIn(take(socket))).toMatchObject([{ algoId, state: 'live', ordType: 'oco' }])
    const change = { instId: BTC, algoId, newTpTriggerPx: '62500', reqId: 'r8' }
    await desk.post('trade/amend-algos', change)
    expect(rowsIn(take(socket))).toMatchObject([{ tpTriggerPx: '62500', reqId: 'r8' }])
    await desk.post('trade/cancel-algos', [{ instId: BTC, algoId }])
    expect(rowsIn(take(socket))).toMatchObject([{ algoId, state: 'canceled' }])
    await placeAlgo(desk, stop(pair))
    take(socket)
    await desk.setPrice('62100')
    expect(rowsIn(take(socket))).toMatchObject([{ state: 'effective', actualSide: 'tp' }])
  })

  test('behavior: trailing stops have a channel of their own, with those that wait', async () => {
    const desk = await withLong()
    const plain = listen(desk, 'business', algos)
    const trailing = {
      ...order({ side: 'sell', ordType: 'move_order_stop', reduceOnly: true }),
      callbackRatio: '0.01',
    }
    const algoId = await placeAlgo(desk, trailing)
    const socket = listen(desk, 'business')
    const said = subscribe(socket, { channel: 'algo-advance', instType: 'SWAP' })
    expect(rowsIn(said)).toMatchObject([{ algoId, state: 'live', callbackRatio: '0.01' }])
    await desk.setPrice('59000')
    expect(rowsIn(take(socket))).toMatchObject([{ algoId, state: 'effective' }])
    expect(take(plain)).toEqual([])
  })
})

describe('positions', () => {
  test('default: a snapshot, what changes, and a closed one once', async () => {
    const desk = openDesk()
    const { socket, said } = welcomed(desk, positions)
    expect(pushes(said)).toMatchObject([
      { eventType: 'snapshot', curPage: 1, lastPage: true, data: [] },
    ])
    await place(desk, order({ sz: '2' }))
    const [opened] = take(socket)
    expect(opened).toMatchObject({ eventType: 'event_update', data: [{ pos: '2' }] })
    expect(opened).not.toHaveProperty('curPage')
    await place(desk, order({ side: 'sell', sz: '2', reduceOnly: true }))
    expect(rowsIn(take(socket))).toMatchObject([{ pos: '0', avgPx: '', pTime: expect.anything() }])
    await wait(desk, socket, 10_000)
    expect(take(socket)).toEqual([])
  })

  test('behavior: all of them about every five seconds, unless that is not wanted', async () => {
    const desk = await withLong()
    const quiet = { ...positions, extraParams: '{"updateInterval":"0"}' }
    const often = { ...positions, extraParams: '{"updateInterval":"2000"}' }
    const sockets = [positions, quiet, often].map((arg) => welcomed(desk, arg).socket)
    await desk.setPrice('60500')
    await desk.advance(10_000)
    expect(sockets.map((socket) => rowsIn(take(socket)).length)).toEqual([2, 0, 5])
  })

  test('behavior: funding and leverage are told with the position', async () => {
    const desk = await withLong()
    const { socket } = welcomed(desk, positions)
    await desk.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.001' })
    await desk.post('account/set-leverage', { instId: BTC, lever: '5', mgnMode: 'cross' })
    expect(rowsIn(take(socket))).toMatchObject([{ fundingFee: '-0.6' }, { lever: '5' }])
  })
})

describe('account', () => {
  test('default: a snapshot as over REST with prices, then what happens within 50 ms, then all again', async () => {
    const desk = openDesk()
    const { socket, said } = welcomed(desk, { channel: 'account' })
    const [snapshot] = pushes(said)
    expect(snapshot).toMatchObject({ eventType: 'snapshot', curPage: 1, lastPage: true })
    const { details, ...figures } = row(await desk.get('account/balance'))
    const [coin] = Object(details)
    expect(coin).not.toHaveProperty('coinUsdPrice')
    expect(snapshot?.data).toEqual([{ ...figures, details: [{ ...coin, coinUsdPrice: '1' }] }])
    await place(desk, order())
    expect(take(socket)).toEqual([])
    await desk.advance(50)
    const data = [{ details: [{ ccy: 'USDT', coinUsdPrice: '1' }] }]
    expect(take(socket)).toMatchObject([{ eventType: 'event_update', data }])
    await desk.advance(4_950)
    expect(take(socket)).toMatchObject([{ eventType: 'snapshot', data }])
  })

  test('args: one coin, and events alone', async () => {
    const desk = openDesk()
    const extraParams = '{"updateInterval":"0"}'
    const { socket, said } = welcomed(desk, { channel: 'account', ccy: 'BTC', extraParams })
    expect(rowsIn(said)).toMatchObject([{ details: [] }])
    await desk.advance(20_000)
    expect(take(socket)).toEqual([])
  })

  test('behavior: balance and position come first of all, and say what moved them', async () => {
    const desk = openDesk()
    const { socket, said } = welcomed(desk, { channel: 'balance_and_position' }, orders, positions)
    expect(rowsIn(said, 'balance_and_position')).toMatchObject([
      { eventType: 'snapshot', balData: [{ ccy: 'USDT', cashBal: '100000' }], posData: [] },
    ])
    await place(desk, order())
    const heard = take(socket)
    expect(heard.map(({ arg }) => (arg as Said).channel)).toEqual([
      'balance_and_position',
      'orders',
      'positions',
    ])
    const [filled] = rowsIn(heard, 'balance_and_position')
    const [done] = rowsIn(heard, 'orders')
    expect(filled).toMatchObject({
      eventType: 'filled',
      posData: [{ instId: BTC, pos: '1' }],
      trades: [{ instId: BTC, tradeId: done?.tradeId }],
    })
    await desk.simulator.control.liquidate({ symbol: 'BTCUSDT' })
    const last = take(socket)
    expect(rowsIn(last, 'balance_and_position')).toMatchObject([
      { eventType: 'liquidation', posData: [{ pos: '0' }] },
    ])
    expect(rowsIn(last, 'orders').at(-1)).toMatchObject({
      category: 'full_liquidation',
      execType: '',
      tradeId: expect.stringMatching(/^-/),
    })
  })

  test('behavior: a position that is short of margin is warned of', async () => {
    const desk = openDesk()
    await desk.post('account/set-leverage', { instId: BTC, lever: '100', mgnMode: 'isolated' })
    await place(desk, order({ tdMode: 'isolated' }))
    const arg = { channel: 'liquidation-warning', instType: 'SWAP' }
    const socket = listen(desk, 'private', arg)
    await desk.setPrice('59900')
    await desk.advance(5_000)
    expect(rowsIn(take(socket))).toMatchObject([{ instId: BTC, mgnMode: 'isolated' }])
  })
})
