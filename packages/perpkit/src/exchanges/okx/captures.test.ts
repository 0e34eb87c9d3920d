import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Call } from '../../client/definition.ts'
import { parseJson } from '../../core/json.ts'
import { Reader } from '../../core/reader.ts'
import { getAccountInfo, getPositions } from './account.ts'
import { classify } from './errors.ts'
import { getKlines } from './market.ts'
import { pendingOrders } from './orders.ts'
import { bitcoin, context } from './script.testing.ts'
import { getInstruments } from './symbols.ts'
import { algosCancellation, pendingAlgos } from './triggers.ts'

// Recorded answers of other projects. They are not part of this repository.
const root = new URL('../../../../../', import.meta.url)
const folder = new URL(`${process.env.PERPKIT_CAPTURES ?? '../shared/captures'}/okx/`, root)
const reason = existsSync(folder) ? '' : `, skipped: there is no ${fileURLToPath(folder)}`

/** Answers everything with one recorded payload. */
function replaying(name: string): Call {
  return async (endpoint, params) => {
    endpoint.encode(params)
    const text = readFileSync(new URL(`${name}.json`, folder), 'utf8')
    const json = parseJson(text)
    expect(classify({ status: 200, headers: {}, text, json })).toEqual({ kind: 'answer' })
    return endpoint.decode(new Reader(json), params, context)
  }
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

  test('default: a cancellation', async () => {
    const algos = { instrument: bitcoin, algoIds: ['12345'] }
    const cancelled = replaying('http_cancel_algo_order_response')(algosCancellation, algos)
    await expect(cancelled).resolves.toBeUndefined()
  })
})
