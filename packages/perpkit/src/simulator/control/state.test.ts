import { describe, expect, test } from 'vitest'
import { order, START, signedRequest, simulateTiny, stateOf } from '../tinyVenue.fixture.ts'

describe('state', () => {
  test('default: orders, conditional orders, fills, positions and balances', async () => {
    const simulator = simulateTiny()
    const account = simulator.credentials('binance').apiKey
    await order(simulator, { id: 'entry' })
    const resting = await order(simulator, { id: 'rest', price: '50000' })
    const stop = await order(simulator, { id: 'stop', side: 'SELL', stopPrice: '58000.00' })
    const state = await stateOf(simulator)
    const common = { account, symbol: 'BTCUSDT', quantity: '0.01', closePosition: false }
    expect(state.orders).toMatchObject([
      { ...common, clientOrderId: 'entry', type: 'MARKET', price: '0', executedQty: '0.01' },
      { ...common, clientOrderId: 'rest', type: 'LIMIT', price: '50000', executedQty: '0' },
    ])
    expect(state.orders[1]).toEqual({
      ...common,
      orderId: resting.orderId,
      clientOrderId: 'rest',
      side: 'BUY',
      type: 'LIMIT',
      executedQty: '0',
      price: '50000',
      reduceOnly: false,
      status: 'NEW',
      createdAt: START,
    })
    expect(state.conditionalOrders).toEqual([
      {
        ...common,
        orderId: stop.orderId,
        clientOrderId: 'stop',
        side: 'SELL',
        type: 'STOP_MARKET',
        executedQty: '0',
        price: '0',
        stopPrice: '58000',
        reduceOnly: true,
        status: 'PENDING',
        createdAt: START,
      },
    ])
    expect(state.fills[0]).toMatchObject({ account, clientOrderId: 'entry', side: 'BUY' })
    expect(Object.keys(state.fills[0] ?? {})).toEqual(
      'account fillId orderId clientOrderId symbol side quantity price fee timestamp'.split(' '),
    )
    expect(state.positions).toEqual([
      {
        account,
        symbol: 'BTCUSDT',
        side: 'LONG',
        size: '0.01',
        entryPrice: state.fills[0]?.price,
        markPrice: '60000',
        leverage: 20,
        marginMode: 'CROSS',
      },
    ])
  })

  test('behavior: a triggered conditional order has what became of it', async () => {
    const simulator = simulateTiny()
    await order(simulator, {})
    const stop = await order(simulator, { side: 'SELL', stopPrice: '58000' })
    await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '57000' })
    const { orders, conditionalOrders, positions } = await stateOf(simulator)
    const became = orders[1]
    expect(conditionalOrders).toMatchObject([
      {
        orderId: stop.orderId,
        status: 'FILLED',
        executedQty: '0.01',
        linkedOrderId: became?.orderId,
      },
    ])
    expect(became).toMatchObject({ type: 'MARKET', status: 'FILLED', linkedOrderId: stop.orderId })
    expect(positions).toEqual([])
  })

  test('behavior: in hedge mode both sides are there, and orders say which they move', async () => {
    const simulator = simulateTiny()
    await simulator.dispatch(
      'binance',
      signedRequest(simulator.credentials('binance'), '/hedge', {}),
    )
    await order(simulator, { positionSide: 'LONG' })
    await order(simulator, { side: 'SELL', positionSide: 'SHORT', isolated: true })
    await order(simulator, { side: 'SELL', positionSide: 'LONG', stopPrice: '58000' })
    const { orders, conditionalOrders, positions } = await stateOf(simulator)
    expect(positions).toMatchObject([
      { side: 'LONG', size: '0.01', marginMode: 'CROSS' },
      { side: 'SHORT', size: '0.01', marginMode: 'ISOLATED' },
    ])
    expect(orders.map(({ positionSide }) => positionSide)).toEqual(['LONG', 'SHORT'])
    expect(conditionalOrders).toMatchObject([{ side: 'SELL', positionSide: 'LONG' }])
  })

  test('behavior: accounts are told apart', async () => {
    const simulator = simulateTiny()
    const other = await simulator.control.createAccount({ venue: 'binance' })
    await order(simulator, {})
    await order(simulator, { side: 'SELL' }, other)
    const { positions } = await stateOf(simulator)
    expect(positions.map(({ account, side }) => [account, side])).toEqual([
      [simulator.credentials('binance').apiKey, 'LONG'],
      [other.apiKey, 'SHORT'],
    ])
  })
})
