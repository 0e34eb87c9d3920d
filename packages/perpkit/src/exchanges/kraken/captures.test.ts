import { describe, expect, it } from 'vitest'
import { Reader } from '../../core/reader.ts'
import { getOpenOrders } from './books.ts'
import { getFills, latestFills } from './fills.ts'
import { getInstruments, getKlines } from './market.ts'
import { createOrderMemory } from './memory.ts'
import { createConditionalOrder, createOrder } from './orders.ts'
import { bitcoin, readCapture, script, success } from './script.testing.ts'
import { getFundingRate, getOpenInterest } from './ticker.ts'

// Recorded answers of other projects. They are not part of this repository.

const reason = readCapture('http_futures_instruments.json')
  ? ''
  : ', skipped: the recordings are not here'

describe.skipIf(reason !== '')(`recorded answers${reason}`, () => {
  it('default: instruments, without the inverse one', async () => {
    const { call } = script({ 'GET instruments': readCapture('http_futures_instruments.json') })
    expect(await getInstruments(call)).toMatchObject([
      { symbol: 'ETHUSD', tickSize: '0.1', stepSize: '0.001', maxLeverage: 50, isTrading: true },
      {
        symbol: 'PEPEUSD',
        tickSize: '0.0000000001',
        stepSize: '1000',
        maxQuantity: '1000000000000',
      },
      { symbol: 'AAPLxUSD', nativeSymbol: 'PF_AAPLxUSD', stepSize: '0.01', maxLeverage: 5 },
    ])
  })

  it.each([
    ['http_futures_candles_trade.json', 319499],
    ['http_futures_candles_mark.json', 0],
  ])('default: candles of %s', async (name, volume) => {
    const { call } = script({ 'GET /api/charts/v1/trade/PF_XBTUSD/1h': readCapture(name) })
    const page = { instrument: bitcoin, interval: '1h', startTime: 0, endTime: 2e12 } as const
    const klines = await getKlines(call, { ...page, limit: 3 })
    expect(klines).toHaveLength(3)
    expect(klines[0]).toMatchObject({ timestamp: 1731715200000, volume })
  })

  it('default: open orders; those of inverse contracts are not ours', async () => {
    const answer = { 'GET openorders': readCapture('http_futures_open_orders.json') }
    expect(await getOpenOrders(script(answer).call, {})).toEqual([])
    const inverse = { ...bitcoin, nativeSymbol: 'PI_ETHUSD' }
    expect(await getOpenOrders(script(answer).call, { instrument: inverse })).toMatchObject([
      { type: 'LIMIT', side: 'BUY', quantity: '100', price: '1200', status: 'NEW' },
      { type: 'TAKE_PROFIT', price: '1860', stopPrice: '1880.4', status: 'PENDING' },
    ])
  })

  it('default: executions of one order', async () => {
    const { call } = script({ 'GET fills': readCapture('http_futures_fills.json') })
    const orderId = '7e60b6e8-e4c2-4ce8-bbd0-ef81e18b65bb'
    expect(await call(latestFills, { orderId })).toMatchObject([
      { quantity: '5000', price: '1764.65', isMaker: false },
    ])
  })

  it('default: executions of a window', async () => {
    const { call } = script({ 'GET fills': readCapture('http_futures_fills.json') })
    const window = { startTime: 1_680_881_000_000, endTime: 1_680_883_000_000, limit: 10 }
    const inverse = { ...bitcoin, nativeSymbol: 'PI_XBTUSD' }
    expect(await getFills(call, { instrument: inverse, ...window })).toMatchObject([
      { side: 'BUY', quantity: '5000', price: '27937.5', isMaker: true, timestamp: 1680882310739 },
      { side: 'SELL', quantity: '2500', price: '28050', isMaker: true },
    ])
  })

  it('default: funding rates and open interest of the tickers', async () => {
    const rows = new Reader(readCapture('http_futures_tickers.json')).at('tickers').items()
    const row = rows.find((ticker) => ticker.at('symbol').value === 'PF_ETHUSD')
    const answer = { 'GET tickers/PF_XBTUSD': success({ ticker: row?.value }) }
    const params = { instrument: bitcoin }
    expect(await getOpenInterest(script(answer).call, params)).toMatchObject({
      quantity: '1000000',
    })
    // 0.000015 dollars an hour at an index price of 3202.75.
    expect(await getFundingRate(script(answer).call, params)).toMatchObject({
      rate: '0.000000004683',
    })
  })

  it('default: answers to orders, one without events and one with words nobody knows', async () => {
    const intent = {
      instrument: bitcoin,
      side: 'BUY',
      quantity: '1',
      reduceOnly: false,
      clientOrderId: 'test-order-001',
    } as const
    const plain = script({ 'POST sendorder': readCapture('http_send_order_futures.json') })
    expect(
      await createOrder(plain.call, { ...intent, type: 'MARKET' }, createOrderMemory()),
    ).toMatchObject({ orderId: 'c8a35168-8d52-4609-944f-3f32bb0d5c77', status: 'NEW' })
    const strange = script({
      'POST sendorder': readCapture('http_send_order_futures_unknown_trigger.json'),
    })
    const trigger = { type: 'STOP_MARKET', stopPrice: '70000', triggerSource: 'MARK' } as const
    expect(
      await createConditionalOrder(strange.call, { ...intent, ...trigger }, createOrderMemory()),
    ).toMatchObject({ orderId: 'abc', status: 'PENDING' })
  })
})
