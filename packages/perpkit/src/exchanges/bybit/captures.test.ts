import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Call } from '../../client/definition.ts'
import { parseJson } from '../../core/json.ts'
import { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import { getPositions } from './account.ts'
import { classify } from './errors.ts'
import { getOrderHistory } from './history.ts'
import { getInstruments, getKlines, getOrderBook, getTrades } from './market.ts'
import { getMarginMode, getPositionMode } from './modes.ts'
import { getOpenOrders, getOrder } from './orders.ts'

// Recorded answers of other projects. They are not part of this repository.
const root = new URL('../../../../../', import.meta.url)
const folder = new URL(`${process.env.PERPKIT_CAPTURES ?? '../shared/captures'}/bybit/`, root)
const reason = existsSync(folder) ? '' : `, skipped: there is no ${fileURLToPath(folder)}`

const instrument: Instrument = {
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTCUSDT',
  baseAsset: 'BTC',
  quoteAsset: 'USDT',
  settleAsset: 'USDT',
  isTrading: true,
  tickSize: '0.1',
  stepSize: '0.001',
  minQuantity: '0.001',
  maxQuantity: '1190',
  maxMarketQuantity: '500',
  minNotional: '5',
  contractMultiplier: '1',
}

const recorded: Record<string, string> = {
  '/v5/account/info': 'http_get_account_info',
  '/v5/market/instruments-info': 'http_get_instruments_linear',
  '/v5/market/kline': 'http_get_klines_linear',
  '/v5/market/orderbook': 'http_get_orderbook',
  '/v5/market/recent-trade': 'http_get_trades_recent',
  '/v5/order/history': 'http_get_orders_history',
  '/v5/order/realtime': 'http_get_orders_realtime',
  '/v5/position/list': 'http_get_positions',
}

const replay: Call = (endpoint, params) => replayOf(recorded[endpoint.path])(endpoint, params)

const replayOf =
  (file: string | undefined): Call =>
  async (endpoint, params) => {
    endpoint.encode(params)
    const name = `${file}.json`
    const text = readFileSync(new URL(name, folder), 'utf8')
    const json = parseJson(text)
    expect(classify({ status: 200, headers: {}, text, json })).toEqual({ kind: 'answer' })
    return endpoint.decode(new Reader(json), params, {
      instruments: { byNative: () => undefined, symbolOf: (native) => native },
      receivedAt: 1,
    })
  }

describe.skipIf(reason !== '')(`recorded answers${reason}`, () => {
  test('default: instruments', async () => {
    expect(await getInstruments(replay)).toMatchObject([
      { symbol: 'BTCUSDT', tickSize: '0.5', maxMarketQuantity: '50', maxLeverage: 100 },
      { symbol: 'ETHUSDT', stepSize: '0.01', isTrading: true },
    ])
  })

  test('default: candles and book', async () => {
    const page = { instrument, interval: '1m', startTime: 0, endTime: 2e12, limit: 1 } as const
    expect(await getKlines(replay, page)).toEqual([
      {
        timestamp: 1709891679000,
        open: 27450,
        high: 27460,
        low: 27440,
        close: 27455,
        volume: 123.45,
      },
    ])
    expect(await getOrderBook(replay, { instrument, depth: 3 })).toMatchObject({
      bids: [
        ['27450.5', '1.5'],
        ['27450', '2'],
        ['27449.5', '0.75'],
      ],
      asks: [
        ['27451', '1.2'],
        ['27451.5', '3'],
        ['27452', '0.5'],
      ],
    })
  })

  test('default: positions, without the flat row', async () => {
    expect(await getPositions(replay, { instrument })).toMatchObject([
      { symbol: 'BTCUSDT', side: 'LONG', size: '0.5', percentage: '10', marginMode: 'CROSS' },
      { symbol: 'ETHUSDT', side: 'SHORT', size: '5', leverage: 5, liquidationPrice: '3500' },
    ])
  })

  test('default: open orders and an ended one', async () => {
    const open = await getOpenOrders(replay, { instrument })
    expect(open.slice(0, 2)).toMatchObject([
      { clientOrderId: 'client-open-1', type: 'LIMIT', side: 'BUY', status: 'NEW' },
      { clientOrderId: 'client-open-2', type: 'LIMIT', side: 'SELL', price: '3940.42' },
    ])
    expect(await getOrder(replay, { instrument, orderId: 'abcdef123456' })).toMatchObject({
      clientOrderId: 'client-1',
      status: 'CANCELLED',
      executedQty: '0',
    })
  })

  test('default: trades', async () => {
    expect(await getTrades(replay, { instrument, limit: 1 })).toMatchObject([
      { side: 'BUY', price: '27450.5', quantity: '0.005', timestamp: 1709891679000 },
    ])
  })

  test('default: the modes', async () => {
    expect(await getMarginMode(replay)).toBe('CROSS')
    expect(await getPositionMode(replay, { instrument })).toBe('ONE_WAY')
  })

  test('behavior: an open row in the history is left out', async () => {
    const call = replayOf('http_get_orders_history_with_duplicate')
    const query = { instrument, startTime: 0, endTime: 1, limit: 50 }
    expect(await getOrderHistory(call, query)).toMatchObject([
      { orderId: 'closed-order-1', status: 'CANCELLED', type: 'STOP' },
    ])
  })
})
