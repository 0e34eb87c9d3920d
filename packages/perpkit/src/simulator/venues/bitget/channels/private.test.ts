import { describe, expect, test } from 'vitest'
import { classic, data, joinDesk } from '../desk.fixture.ts'
import { openListener, rowsOf, type Said, speakers, subscribe, take } from './channels.fixture.ts'

// Private channels of classic accounts: docs/wire/bitget.md 8.5.

const instType = 'USDT-FUTURES'

function arg(channel: string, instId = 'default'): Record<string, string> {
  return { instType, channel, instId }
}

const ACCOUNT = { instType, channel: 'account', coin: 'default' }
const ALL = [
  ...['orders-algo', 'orders', 'fill', 'positions', 'positions-history'].map((one) => arg(one)),
  ACCOUNT,
  { instType, channel: 'equity' },
]

const marketBuy = {
  ...{ ...classic, marginMode: 'crossed', size: '0.01' },
  ...{ side: 'buy', orderType: 'market', clientOid: 'entry-1' },
}
const PLACE = '/api/v2/mix/order/place-order'
const PLACE_TPSL = '/api/v2/mix/order/place-tpsl-order'
const stop = {
  ...{ ...classic, planType: 'loss_plan', triggerPrice: '59000', triggerType: 'mark_price' },
  ...{ holdSide: 'buy', size: '0.01', clientOid: 'stop-1' },
}

describe('classic', () => {
  test('default: what is there first; then order, fill, positions and account of one order', async () => {
    const { desk, socket } = await openListener('classic')
    const first = subscribe(socket, ...ALL).slice(ALL.length)
    expect(speakers(first)).toEqual(['positions', 'account', 'equity'])
    expect(first[0]?.data).toEqual([])
    expect(rowsOf(first[1])).toMatchObject([{ marginCoin: 'USDT', equity: '100000', frozen: '0' }])
    await desk.post(PLACE, marketBuy)
    const said = take(socket)
    expect(speakers(said)).toEqual(['orders', 'orders', 'fill', 'positions', 'account', 'equity'])
    expect(said.every(({ action }) => action === 'snapshot')).toBe(true)
    const [live, filled, fill, positions] = said.map((one) => rowsOf(one)[0])
    expect(live).toMatchObject({ status: 'live', accBaseVolume: '0', price: '0', reduceOnly: 'no' })
    expect(live).not.toHaveProperty('baseVolume')
    expect(filled).toMatchObject({
      ...{ status: 'filled', accBaseVolume: '0.01', baseVolume: '0.01', tradeScope: 'T' },
      ...{ clientOid: 'entry-1', leverage: expect.any(String), side: 'buy', posSide: 'net' },
    })
    expect(filled?.tradeId).toBe(fill?.tradeId)
    expect(Object.keys(filled ?? {}).sort()).toEqual(ORDER_KEYS)
    expect(fill).toMatchObject({ symbol: 'BTCUSDT', clientOid: 'entry-1', tradeScope: 'taker' })
    expect(positions).toMatchObject({ posId: fill?.tradeId, total: '0.01', holdSide: 'long' })
    expect(positions?.leverage).toEqual(expect.any(Number))
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: a position that is closed is absent, and told of once with the same id', async () => {
    const { desk, socket } = await openListener('classic')
    await desk.post(PLACE, marketBuy)
    const [first] = subscribe(socket, arg('positions'), arg('positions-history')).slice(2)
    const [open] = rowsOf(first)
    await desk.post(PLACE, { ...marketBuy, clientOid: 'exit-1', side: 'sell', reduceOnly: 'YES' })
    const said = take(socket)
    expect(speakers(said)).toEqual(['positions', 'positions-history'])
    expect(said[0]?.data).toEqual([])
    expect(rowsOf(said[1])).toMatchObject([
      { posId: open?.posId, openSize: '0.01', closeSize: '0.01', holdSide: 'long' },
    ])
  })

  test('behavior: a cancelled order has no average price; each fill is told apart', async () => {
    const { desk, socket } = await openListener('classic')
    subscribe(socket, arg('orders'))
    const resting = { ...marketBuy, orderType: 'limit', price: '59000', force: 'gtc' }
    const { orderId } = data(await desk.post(PLACE, resting))
    await desk.post('/api/v2/mix/order/cancel-order', { ...classic, orderId })
    const [live, gone] = take(socket).map((one) => rowsOf(one)[0])
    expect([live?.status, live?.priceAvg]).toEqual(['live', ''])
    expect(gone).toMatchObject({ status: 'canceled', cancelReason: 'normal_cancel' })
    expect(gone).not.toHaveProperty('priceAvg')
    await desk.post(PLACE, { ...marketBuy, clientOid: 'big-1', size: '20' })
    const states = take(socket).map((one) => rowsOf(one)[0])
    expect(states.length).toBeGreaterThan(3)
    expect(states.map((row) => row?.status)).toEqual([
      'live',
      ...states.slice(2).map(() => 'partially_filled'),
      'filled',
    ])
    const filled = states.slice(1).map((row) => Number(row?.baseVolume))
    expect(filled.reduce((sum, one) => sum + one, 0)).toBeCloseTo(20, 4)
    expect(new Set(states.slice(1).map((row) => row?.tradeId)).size).toBe(filled.length)
  })

  test('behavior: plans when they are made, changed, fired and cancelled', async () => {
    const { desk, socket } = await openListener('classic')
    await desk.post(PLACE, marketBuy)
    subscribe(socket, arg('orders-algo'), arg('orders'))
    const { orderId } = data(await desk.post(PLACE_TPSL, stop))
    const [made] = take(socket)
    expect(rowsOf(made)).toMatchObject([
      {
        ...{
          orderId,
          clientOid: 'stop-1',
          planType: 'sl',
          status: 'live',
          tradeSide: 'sell_single',
        },
        ...{ triggerPrice: '59000.000000000', size: '0.010000000', executePrice: '0' },
        ...{ stopLossTriggerPrice: '59000.000000000', stopLossPrice: '0' },
      },
    ])
    const change = { ...classic, orderId, triggerPrice: '59500', size: '0.01' }
    await desk.post('/api/v2/mix/order/modify-tpsl-order', change)
    expect(rowsOf(take(socket)[0])).toMatchObject([
      { status: 'live', triggerPrice: '59500.000000000' },
    ])
    await desk.setPrice('59400')
    const fired = take(socket)
    expect(speakers(fired)).toEqual(['orders-algo', 'orders-algo', 'orders', 'orders'])
    expect(fired.map((one) => rowsOf(one)[0]?.status)).toEqual([
      ...['executing', 'executed', 'live', 'filled'],
    ])
    await desk.post(PLACE, { ...marketBuy, clientOid: 'entry-2' })
    await desk.post(PLACE_TPSL, { ...stop, triggerPrice: '58000', clientOid: 'stop-2' })
    take(socket)
    await desk.post(PLACE, { ...marketBuy, clientOid: 'exit-2', side: 'sell', reduceOnly: 'YES' })
    expect(rowsOf(take(socket)[0])).toMatchObject([{ clientOid: 'stop-2', status: 'cancelled' }])
  })

  test('behavior: in hedge mode a fill tells the direction, an order the position side', async () => {
    const { desk, socket } = await openListener('classic')
    const mode = { productType: instType, posMode: 'hedge_mode' }
    await desk.post('/api/v2/mix/account/set-position-mode', mode)
    await desk.post(PLACE, { ...marketBuy, tradeSide: 'open' })
    subscribe(socket, arg('orders'), arg('fill'))
    await desk.post(PLACE, { ...marketBuy, clientOid: 'exit-1', tradeSide: 'close' })
    const [, filled, fill] = take(socket).map((one) => rowsOf(one)[0])
    expect(filled).toMatchObject({ side: 'buy', posSide: 'long', tradeSide: 'close' })
    expect(fill).toMatchObject({ side: 'sell', posMode: 'hedge_mode', tradeSide: 'close' })
  })

  test('args: a contract, a coin or a kind narrows what is heard, and accounts are apart', async () => {
    const { desk, socket } = await openListener('classic')
    const others = [
      arg('orders', 'ETHUSDT'),
      { ...arg('orders'), instType: 'USDC-FUTURES' },
      { ...ACCOUNT, instType: 'USDC-FUTURES' },
    ]
    const said = subscribe(socket, ...others, arg('orders', 'BTCUSDT'), {
      ...ACCOUNT,
      coin: 'USDT',
    })
    expect(said.slice(0, 5).every(({ event }) => event === 'subscribe')).toBe(true)
    await desk.post(PLACE, marketBuy)
    expect(take(socket).map((one) => one.arg)).toEqual([
      arg('orders', 'BTCUSDT'),
      arg('orders', 'BTCUSDT'),
      { ...ACCOUNT, coin: 'USDT' },
    ])
    const stranger = await joinDesk(desk, 'classic')
    await stranger.post(PLACE, marketBuy)
    expect(take(socket)).toEqual([])
    for (const bad of [
      { ...ACCOUNT, coin: 'BTC' },
      arg('account'),
      arg('order'),
      arg('orders', 'NOUSDT'),
    ]) {
      expect(subscribe(socket, bad)).toMatchObject([{ code: 30001 }])
    }
  })

  test('args: equity takes a selector and does not say it back', async () => {
    const { desk, socket } = await openListener('classic')
    const [ack, first] = subscribe(socket, arg('equity'))
    expect(ack).toEqual({ event: 'subscribe', arg: arg('equity') })
    expect(first).toMatchObject({ data: [{ usdtEquity: '100000', unrealizedPL: '0' }] })
    expect(first?.arg).toEqual({ instType, channel: 'equity' })
    expect(subscribe(socket, { instType, channel: 'adl-noti', uid: '1' })).toMatchObject([
      { code: 30001 },
    ])
    await desk.post(PLACE, marketBuy)
    expect(take(socket)).toMatchObject([
      { arg: first?.arg, data: [{ unrealizedPL: expect.any(String) }] },
    ])
  })

  test('behavior: funding moves the account and the position', async () => {
    const { desk, socket } = await openListener('classic')
    await desk.post(PLACE, marketBuy)
    subscribe(socket, arg('positions'), ACCOUNT)
    await desk.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.001' })
    const [positions, account] = take(socket).map((one) => rowsOf(one)[0])
    expect([positions?.totalFee, account?.marginCoin]).toEqual(['-0.6', 'USDT'])
  })
})

const ORDER_KEYS = [
  ...['accBaseVolume', 'baseVolume', 'cTime', 'cancelReason', 'clientOid', 'enterPointSource'],
  ...['feeDetail', 'fillFee', 'fillFeeCoin', 'fillNotionalUsd', 'fillPrice', 'fillTime', 'force'],
  ...[
    'instId',
    'leverage',
    'marginCoin',
    'marginMode',
    'notionalUsd',
    'orderId',
    'orderType',
    'pnl',
  ],
  ...['posMode', 'posSide', 'presetStopLossExecutePrice', 'presetStopLossPrice'],
  ...['presetStopLossType', 'presetStopSurplusExecutePrice', 'presetStopSurplusPrice'],
  ...['presetStopSurplusType', 'price', 'priceAvg', 'reduceOnly', 'side', 'size', 'status'],
  ...['stpMode', 'totalProfits', 'tradeId', 'tradeScope', 'tradeSide', 'uTime'],
].sort()

describe('faults', () => {
  test('behavior: private pushes come late, twice or not at all, as a fault has it', async () => {
    const { desk, socket } = await openListener('classic')
    subscribe(socket, arg('fill'))
    const { control } = desk.simulator
    const trade = async (clientOid: string): Promise<Said[]> => {
      await desk.post(PLACE, { ...marketBuy, clientOid })
      return take(socket)
    }
    await control.inject({ venue: 'bitget', kind: 'skipMessage', times: 1 })
    expect(await trade('one')).toEqual([])
    await control.inject({ venue: 'bitget', kind: 'duplicateMessage', times: 1 })
    const [said, again] = await trade('two')
    expect(again).toEqual(said)
    await control.inject({ venue: 'bitget', kind: 'delayPrivate', ms: 700, times: 1 })
    expect(await trade('three')).toEqual([])
    await desk.advance(700)
    expect(rowsOf(take(socket)[0])).toMatchObject([{ clientOid: 'three' }])
    await control.inject({ venue: 'bitget', kind: 'stall', times: 1 })
    expect(await trade('four')).toEqual([])
    socket.send('ping')
    expect(socket.take()).toEqual(['pong'])
    await control.inject({ venue: 'bitget', kind: 'disconnect', times: 1 })
    expect(socket.end?.code).toBe(1006)
  })

  test('error: no message has a checksum that could be corrupted', async () => {
    const { desk } = await openListener('classic')
    const { control } = desk.simulator
    await expect(control.inject({ venue: 'bitget', kind: 'corruptChecksum' })).rejects.toThrow(
      'no message with a checksum',
    )
  })
})
