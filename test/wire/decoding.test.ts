import { createFuturesExchange, type FuturesExchange } from 'perpkit'
import { describe, expect, it } from 'vitest'
import { wire as binanceWire } from '../../evidence/binance/wire.ts'
import { wire as bybitWire } from '../../evidence/bybit/wire.ts'
import { createEagerClock } from '../support/eagerClock.ts'
import { recordingTransport } from '../support/recordingTransport.ts'
import { capturesTitle, hasCaptures, readCapture } from './captures.ts'
import { WIRE_TIME } from './cases.ts'
import { requestLine } from './compare.ts'
import type { WireEvidence } from './evidence.ts'

// Recorded payloads through the public interface of the client.

/** An exchange that answers these requests with recordings, and time and instruments by hand. */
function exchangeWith(
  name: string,
  { preliminaries }: WireEvidence,
  recordings: Readonly<Record<string, string>>,
): FuturesExchange {
  const answers = new Map<string, unknown>(
    preliminaries.map((request) => [requestLine(request), request.answer]),
  )
  for (const [line, file] of Object.entries(recordings)) answers.set(line, readCapture(file))
  return createFuturesExchange(name, {
    apiKey: 'fictional-api-key-0001',
    apiSecret: 'fictional-secret-0001',
    baseUrl: 'http://exchange.test',
    rateLimit: false,
    clock: createEagerClock(WIRE_TIME),
    transport: recordingTransport((sent) => {
      const answer = answers.get(requestLine(sent))
      return { status: 200, headers: {}, text: JSON.stringify(answer ?? []) }
    }),
  })
}

describe.skipIf(!hasCaptures)(`decoders on ${capturesTitle}`, () => {
  const bybit = (recordings: Record<string, string>): FuturesExchange =>
    exchangeWith('BYBIT', bybitWire, recordings)
  const binance = (recordings: Record<string, string>): FuturesExchange =>
    exchangeWith('BINANCE', binanceWire, recordings)

  it('behavior: bybit instruments', async () => {
    const exchange = bybit({
      'GET /v5/market/instruments-info': 'bybit/http_get_instruments_linear.json',
    })
    expect(await exchange.getInstruments()).toMatchObject([
      { symbol: 'BTCUSDT', tickSize: '0.5', stepSize: '0.001', maxMarketQuantity: '50' },
      { symbol: 'ETHUSDT', tickSize: '0.05', minNotional: '5' },
    ])
  })

  it('behavior: bybit instruments, a row without its largest market order', async () => {
    const exchange = bybit({
      'GET /v5/market/instruments-info': 'bybit/http_get_instruments_linear_symbol_type.json',
    })
    expect(await exchange.getInstruments()).toMatchObject([
      { symbol: 'TSLAUSDT', maxQuantity: '100', maxMarketQuantity: '100' },
    ])
  })

  it('behavior: bybit order book', async () => {
    const exchange = bybit({ 'GET /v5/market/orderbook': 'bybit/http_get_orderbook.json' })
    expect(await exchange.getOrderBook('BTCUSDT')).toMatchObject({
      bids: [
        ['27450.5', '1.5'],
        ['27450', '2'],
        ['27449.5', '0.75'],
      ],
      timestamp: 1709891679000,
    })
  })

  it('behavior: bybit positions', async () => {
    const exchange = bybit({
      'GET /v5/position/list': 'bybit/http_get_positions.json',
      'GET /v5/account/info': 'bybit/http_get_account_info.json',
    })
    const [first, second] = await exchange.getPositions()
    expect(first).toMatchObject({
      symbol: 'BTCUSDT',
      side: 'LONG',
      size: '0.5',
      liquidationPrice: '45000',
      leverage: 10,
      marginMode: 'CROSS',
    })
    expect(second).toMatchObject({ symbol: 'ETHUSDT', side: 'SHORT', size: '5', pnl: '250' })
  })

  it('behavior: bybit open orders', async () => {
    const exchange = bybit({ 'GET /v5/order/realtime': 'bybit/http_get_orders_realtime.json' })
    const orders = await exchange.getOpenOrders('BTCUSDT')
    expect(orders.length).toBeGreaterThan(1)
    expect(orders[0]).toMatchObject({
      orderId: 'open-order-1',
      clientOrderId: 'client-open-1',
      side: 'BUY',
      type: 'LIMIT',
      status: 'NEW',
      price: '3930.41',
      executedQty: '0',
    })
  })

  it('behavior: binance account of the second version', async () => {
    const exchange = binance({ 'GET /fapi/v3/account': 'binance/account_info_v2.json' })
    expect(await exchange.getAccountInfo()).toMatchObject({
      totalWalletBalance: '23.72469206',
      availableBalance: '23.72469206',
      totalUnrealizedPnl: '0',
      assets: [{ asset: 'USDT', walletBalance: '23.72469206' }],
    })
  })

  it('behavior: binance order', async () => {
    const exchange = binance({ 'GET /fapi/v1/order': 'binance/order_response.json' })
    expect(await exchange.getOrder({ symbol: 'BTCUSDT', orderId: '12345678' })).toMatchObject({
      orderId: '12345678',
      clientOrderId: 'testOrder123',
      status: 'NEW',
      price: '50000',
      quantity: '0.001',
      createdAt: 1625474304765,
    })
  })
})
