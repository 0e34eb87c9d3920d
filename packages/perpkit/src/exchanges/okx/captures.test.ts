import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Call, PlainOrderIntent } from '../../client/definition.ts'
import { parseJson } from '../../core/json.ts'
import { isRecord, Reader } from '../../core/reader.ts'
import { getAccountInfo, getPositions } from './account.ts'
import { classify } from './errors.ts'
import { getFeeRates } from './fees.ts'
import { getFills } from './fills.ts'
import { getKlines } from './market.ts'
import { createOrder, pendingOrders } from './orders.ts'
import { bitcoin, context } from './script.testing.ts'
import { getInstruments } from './symbols.ts'
import { getTrades } from './trades.ts'
import { algosCancellation, pendingAlgos } from './triggers.ts'

// Recorded answers of other projects. They are not part of this repository.
const root = new URL('../../../../../', import.meta.url)
const folder = new URL(`${process.env.PERPKIT_CAPTURES ?? '../shared/captures'}/okx/`, root)
const reason = existsSync(folder) ? '' : `, skipped: there is no ${fileURLToPath(folder)}`

/** Answers everything with one recorded payload; `complete` makes an answer of what is only a row. */
function replaying(name: string, complete = (json: unknown): unknown => json): Call {
  return async (endpoint, params) => {
    endpoint.encode(params)
    const text = readFileSync(new URL(`${name}.json`, folder), 'utf8')
    const json = complete(parseJson(text))
    expect(classify({ status: 200, headers: {}, text, json })).toEqual({ kind: 'answer' })
    return endpoint.decode(new Reader(json), params, context)
  }
}

function answering(row: unknown): unknown {
  return { code: '0', msg: '', data: [row] }
}

describe.skipIf(reason !== '')(`recorded answers${reason}`, () => {
  test('default: instruments, without the inverse one', async () => {
    expect(await getInstruments(replaying('http_get_instruments_swap'))).toMatchObject([
      { symbol: 'ETHUSDT', stepSize: '0.001', contractMultiplier: '0.1', tickSize: '0.01' },
      { ...bitcoin, maxLeverage: 100 },
    ])
  })

  test('default: candles', async () => {
    const window = { startTime: 1_625_097_600_000, endTime: 1_625_097_660_000, limit: 2 }
    const page = { instrument: bitcoin, interval: '1m', ...window } as const
    expect(await getKlines(replaying('http_get_candlesticks'), page)).toMatchObject([
      { timestamp: 1_625_097_600_000, open: 33528.6, close: 33783.9 },
      { timestamp: 1_625_097_660_000, high: 33783.9, low: 33782.1 },
    ])
  })

  test('default: balance and position', async () => {
    expect(await getAccountInfo(replaying('http_get_account_balance'))).toMatchObject({
      totalWalletBalance: '94.42612990333333',
      totalMarginBalance: '99.89469657000001',
      totalUnrealizedPnl: '-0.0273000000000002',
      currency: 'USDT',
    })
    expect(await getPositions(replaying('http_get_positions'), {})).toMatchObject([
      { side: 'LONG', size: '0.005', leverage: 10, marginMode: 'ISOLATED', percentage: '0' },
    ])
  })

  test('default: open orders of both stores', async () => {
    const plain = await replaying('http_get_orders_pending')(pendingOrders, { filter: {} })
    expect(plain.rows).toMatchObject([
      { order: { orderId: '1234567890123456789', quantity: '0.001', status: 'NEW' } },
    ])
    const limits = await replaying('http_get_orders_algo_pending')(pendingAlgos, { filter: {} })
    expect(limits.rows).toMatchObject([
      { order: { orderId: 'algo:123456789', type: 'STOP', stopPrice: '40000', price: '40000' } },
    ])
    const name = 'http_get_orders_algo_pending_close_fraction'
    const whole = await replaying(name)(pendingAlgos, { filter: {} })
    expect(whole.rows).toMatchObject([{ order: { type: 'STOP_MARKET', closePosition: true } }])
  })

  test('default: an open order of an account in hedge mode', async () => {
    const plain = await replaying('http_get_orders_pending')(pendingOrders, { filter: {} })
    expect(plain.rows).toMatchObject([
      { order: { side: 'BUY', positionSide: 'LONG', reduceOnly: false } },
    ])
  })

  test('default: a receipt of an order', async () => {
    const intent: PlainOrderIntent = {
      instrument: bitcoin,
      side: 'BUY',
      type: 'MARKET',
      quantity: '0.001',
      reduceOnly: false,
      clientOrderId: 'x',
    }
    const order = await createOrder(replaying('http_place_order_response', answering), intent)
    expect(order).toMatchObject({ orderId: '12345678901234567890', status: 'NEW' })
  })

  test('default: a fill, as if it were of a contract', async () => {
    const call = replaying('http_transaction_detail', (row) =>
      answering(isRecord(row) ? { ...row, instId: bitcoin.nativeSymbol } : row),
    )
    const endTime = 1_625_097_600_000
    const [fill] = await getFills(call, { instrument: bitcoin, startTime: 0, endTime, limit: 1 })
    expect(fill).toMatchObject({
      fillId: '123456789',
      orderId: '987654321',
      clientOrderId: 'client_123',
      price: '42000.5',
      quantity: '0.00001',
      // Recorded with the sign of a rebate.
      fee: '-0.042',
      isMaker: false,
      timestamp: endTime,
    })
  })

  test('default: trades', async () => {
    const trades = await getTrades(replaying('http_get_trades'), { instrument: bitcoin, limit: 2 })
    expect(trades).toMatchObject([
      { tradeId: '734864332', side: 'BUY', price: '102537.9', quantity: '0.000000125' },
      { tradeId: '734864333', side: 'SELL', timestamp: 1_747_087_163_557 },
    ])
  })

  test('default: fee rates, from before there were groups', async () => {
    const reply = replaying('http_get_trade_fee_response')
    // The record of the contract, which comes first, is another call.
    const call: Call = async (endpoint, params) =>
      endpoint.path.endsWith('/instruments')
        ? replaying('http_get_instruments_swap')(endpoint, params)
        : reply(endpoint, params)
    expect(await getFeeRates(call, { instrument: bitcoin })).toMatchObject({
      makerRate: '0.0008',
      takerRate: '0.001',
    })
  })

  test('default: a cancellation', async () => {
    const algos = { instrument: bitcoin, algoIds: ['12345'] }
    const cancelled = replaying('http_cancel_algo_order_response')(algosCancellation, algos)
    await expect(cancelled).resolves.toBeUndefined()
  })
})
