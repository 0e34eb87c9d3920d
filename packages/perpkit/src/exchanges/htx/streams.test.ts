import { describe, expect, test } from 'vitest'
import { collect, type Rig } from '../../client/streams/rig.testing.ts'
import { childRow, filledRow, plainRow, stopRow } from './rows.testing.ts'
import { done } from './script.testing.ts'
import { answer, BALANCE, book, htxRig, say } from './streams.testing.ts'

// docs/wire/htx.md 8 on a whole client.

async function liveBook() {
  const rig = htxRig()
  const stream = rig.client.watchOrderBook('BTCUSDT', { depth: 50 })
  const seen = collect(stream)
  await rig.settle()
  const far = rig.side('/linear-swap-ws')
  say(far, book('snapshot', 500, [[100, 10]], [[101, 20]]))
  await rig.settle()
  return { ...rig, stream, seen, far, last: () => seen.items.at(-1) }
}

/** Time passes while the exchange asks now and then whether we live. */
async function passAlive(rig: Rig, part: string, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5_000) {
    say(rig.side(part), { ping: passed })
    await rig.pass(5_000)
  }
}

describe('an order book', () => {
  test('default: a snapshot, then numbered changes, in the base asset', async () => {
    const { far, settle, stream, last } = await liveBook()
    expect(far.sent).toEqual([
      '{"sub":"market.BTC-USDT.depth.size_150.high_freq","id":"1","data_type":"incremental"}',
    ])
    expect([stream.status, last()?.bids]).toEqual(['LIVE', [['100', '0.01']]])
    say(far, book('update', 501, [[100, 0]], [[100.5, 3]]))
    await settle()
    expect(last()).toMatchObject({
      ...{ bids: [], timestamp: 501 },
      asks: [
        ['100.5', '0.003'],
        ['101', '0.02'],
      ],
    })
  })

  test('behavior: a missing number is noticed at once and the topic asked for anew', async () => {
    const { far, settle, pass, stream, seen, last } = await liveBook()
    say(far, book('update', 500, [[99, 1]], []))
    expect(stream.status).toBe('LIVE')
    say(far, book('update', 502, [[99, 1]], []))
    expect(stream.status).toBe('RESYNCING')
    const told = seen.items.length
    say(far, book('update', 503, [[98, 1]], []))
    await pass(500)
    expect(seen.items).toHaveLength(told)
    expect(far.sent.slice(1).map((text) => Object.keys(JSON.parse(text))[0])).toEqual([
      'unsub',
      'sub',
    ])
    say(far, book('snapshot', 9, [[90, 1]], [[91, 1]]))
    await settle()
    expect([stream.status, last()?.bids]).toEqual(['LIVE', [['90', '0.001']]])
  })

  test('behavior: numbers of another connection are its own', async () => {
    const rig = await liveBook()
    rig.far.cut()
    expect(rig.stream.status).toBe('RESYNCING')
    await rig.pass(1_000)
    const again = rig.side('/linear-swap-ws')
    say(again, book('update', 501, [[1, 1]], []))
    expect(rig.stream.status).toBe('RESYNCING')
    say(again, book('snapshot', 3, [[95, 1]], [[96, 1]]))
    await rig.settle()
    expect([rig.stream.status, rig.last()?.bids]).toEqual(['LIVE', [['95', '0.001']]])
  })

  test('behavior: pings are answered, and their silence is the end of a connection', async () => {
    const rig = await liveBook()
    const asks = [[101, 20]]
    rig.answers['GET /linear-swap-ex/market/depth'] = () => ({
      ...{ status: 'ok', tick: { bids: [[100, 10]], asks, ts: 1 } },
    })
    await passAlive(rig, '/linear-swap-ws', 30_000)
    expect(rig.far.sent).toContain('{"pong":25000}')
    expect([rig.far.isClosed, rig.stream.status]).toEqual([false, 'LIVE'])
    await rig.pass(16_000)
    expect(rig.far.isClosed).toBe(true)
  })

  test('error: a frame that cannot be read ends the connection', async () => {
    const rig = await liveBook()
    rig.far.say(new Uint8Array([1, 2, 3]))
    expect([rig.far.isClosed, rig.stream.status]).toEqual([true, 'RESYNCING'])
    rig.stream.close()
  })

  test('error: a refused topic', async () => {
    const rig = htxRig()
    rig.sockets.onFrame = (side, text) => {
      const refusal = { status: 'error', 'err-code': 'bad-request', 'err-msg': 'invalid topic' }
      say(side, { ...refusal, id: JSON.parse(text).id, ts: 1 })
    }
    const stream = rig.client.watchTrades('BTCUSDT')
    const seen = collect(stream)
    await rig.pass(500)
    expect(seen.error()).toMatchObject({ code: 'INVALID_REQUEST', nativeCode: 'bad-request' })
  })
})

describe('the ticker', () => {
  const frame = (name: string, ts: number, tick: object) => ({
    ...{ ch: `market.BTC-USDT.${name}`, ts, tick },
  })
  const tellMarket = (rig: Rig, bid: number): void => {
    const day = { close: 100, high: 110, low: 90, amount: 5 }
    say(rig.side('/linear-swap-ws'), frame('detail', 1, day))
    say(rig.side('/linear-swap-ws'), frame('bbo', 2, { bid: [bid, 1], ask: [101, 1] }))
  }
  const tellIndex = (rig: Rig, close: string): void => {
    say(rig.side('/ws_index'), frame('mark_price.1min', 3, { id: 1, close }))
    say(rig.side('/ws_index'), frame('index.1min', 4, { id: 1, close }))
  }

  test('default: from two sockets; each tells once and then what changes', async () => {
    const rig = htxRig()
    const stream = rig.client.watchTicker('BTCUSDT')
    const seen = collect(stream)
    await rig.pass(500)
    tellMarket(rig, 99)
    tellIndex(rig, '100.5')
    await rig.settle()
    expect(seen.items.at(-1)).toMatchObject({ bidPrice: '99', markPrice: '100.5', price: '100' })
    // Of the other socket nothing has to be told again.
    rig.side('/ws_index').cut()
    await rig.settle()
    expect(stream.status).toBe('RESYNCING')
    await rig.pass(1_000)
    tellIndex(rig, '100.6')
    await rig.settle()
    expect([stream.status, seen.items.at(-1)]).toMatchObject([
      'LIVE',
      { bidPrice: '99', markPrice: '100.6' },
    ])
  })
})

describe('private streams', () => {
  const FILL = {
    ...{ id: '1-1512509978516443136-1', contract_code: 'BTC-USDT', trade_id: '77' },
    ...{ order_id: plainRow.order_id, direction: 'buy', position_side: 'both', role: 'taker' },
    ...{ trade_volume: '5', trade_price: '63105.3', trade_fee: '0.1', fee_currency: 'USDT' },
  }
  const notify = (topic: string, data: unknown, ts = 1): object => ({
    ...{ op: 'notify', topic, contract_code: 'BTC-USDT', ts, uid: '1', data },
  })

  async function live() {
    const rig = htxRig()
    const streams = [rig.client.watchOrders(), rig.client.watchFills()] as const
    const [orders, fills] = [collect(streams[0]), collect(streams[1])]
    await rig.client.getSymbolPrecision('BTCUSDT')
    await rig.pass(1_000)
    return { ...rig, streams, orders, fills, far: rig.side('/ws/v5/notification') }
  }

  test('default: login, every topic of its own, and every event once', async () => {
    const { far, orders, fills, clock, settle } = await live()
    const [login, ...commands] = far.sent
      .filter((text) => text !== '(ping)')
      .map((text) => JSON.parse(text))
    expect(login).toMatchObject({ op: 'auth', AccessKeyId: 'key', SignatureVersion: '2' })
    expect(commands).toEqual([
      { op: 'sub', cid: '1', topic: 'orders', contract_code: '*' },
      { op: 'sub', cid: '2', topic: 'trade_detail', contract_code: '*' },
      { op: 'sub', cid: '3', topic: 'positions', contract_code: '*' },
      { op: 'sub', cid: '4', topic: 'account' },
      { op: 'sub', cid: '5', topic: 'algo_orders', contract_code: '*' },
    ])
    const created_time = String(clock.now())
    for (let time = 0; time < 2; time++) {
      far.say(notify('orders', filledRow))
      far.say(notify('trade_detail', [{ ...FILL, created_time }]))
    }
    far.say({ op: 'ping', ts: '1645202800015' })
    await settle()
    expect(far.sent.at(-1)).toBe('{"op":"pong","ts":"1645202800015"}')
    expect(orders.items.map(({ orderId, status }) => [orderId, status])).toEqual([
      [plainRow.order_id, 'FILLED'],
    ])
    expect(fills.items.map(({ fillId, quantity }) => [fillId, quantity])).toEqual([
      [`77-${plainRow.order_id}-1`, '0.005'],
    ])
  })

  test('behavior: a fill read after a loss is the one the stream tells, whatever its id there', async () => {
    const rig = await live()
    rig.far.cut()
    const created_time = String(rig.clock.now())
    const read = { ...FILL, id: '1513834754679549965', side: 'buy', role: 'TAKER', created_time }
    rig.answers['GET /v5/trade/order/details'] = () => done([read])
    await rig.pass(2_000)
    const again = rig.side('/ws/v5/notification')
    again.say(notify('trade_detail', [{ ...FILL, created_time }]))
    await rig.settle()
    expect(again).not.toBe(rig.far)
    expect(rig.fills.items).toEqual([
      expect.objectContaining({ fillId: `77-${plainRow.order_id}-1`, recovered: true }),
    ])
  })

  test('behavior: a conditional order keeps its id when it triggers', async () => {
    const { far, orders, settle } = await live()
    far.say(notify('algo_orders', [stopRow]))
    far.say(notify('orders', childRow))
    await settle()
    expect(orders.items.map(({ orderId, status }) => [orderId, status])).toEqual([
      ['algo:1512871666507657216', 'PENDING'],
      ['algo:1512871666507657216', 'FILLED'],
    ])
  })

  test('behavior: the account is read when it has changed', async () => {
    const rig = htxRig()
    const account = collect(rig.client.watchAccount())
    await rig.pass(1_000)
    const details = [{ ...BALANCE.details[0], equity: '90' }]
    rig.answers['GET /v5/account/balance'] = () => done({ ...BALANCE, details })
    rig.side('/ws/v5/notification').say(notify('account', { version: 2 }))
    await rig.pass(1_000)
    expect(account.items.map(({ totalWalletBalance }) => totalWalletBalance)).toEqual(['100', '90'])
  })

  test('behavior: an announced end is forestalled', async () => {
    const { far, sockets, pass, streams } = await live()
    far.say({ op: 'close', ts: 1 })
    await pass(3_000)
    expect([sockets.opened.length, far.isClosed, streams[0].status]).toEqual([2, true, 'LIVE'])
  })

  test.each([
    [2003, 'CLOSED', 'INVALID_CREDENTIALS'],
    [2030, 'LIVE', undefined],
  ])('error: a login refused with %i leaves the stream %s', async (code, status, error) => {
    const rig = htxRig()
    let isFirst = true
    rig.sockets.onFrame = (side, text) => {
      if (isFirst) side.say({ op: 'auth', type: 'api', 'err-code': code, 'err-msg': 'no', ts: 1 })
      else answer(side, text)
      isFirst = false
    }
    const stream = rig.client.watchOrders()
    const seen = collect(stream)
    await rig.pass(3_000)
    expect(stream.status).toBe(status)
    if (error !== undefined) expect(seen.error()).toMatchObject({ code: error })
    stream.close()
  })
})
