import { describe, expect, test } from 'vitest'
import type { AmendIntent, Call } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { limits } from './limits.ts'
import { amendOrder, cancelAllOrders, cancelOrder } from './orders.ts'

const instrument: Instrument = {
  symbol: 'BTCUSDC',
  nativeSymbol: 'BTCPERP',
  baseAsset: 'BTC',
  quoteAsset: 'USDC',
  settleAsset: 'USDC',
  isTrading: true,
  tickSize: '0.1',
  stepSize: '0.001',
  minQuantity: '0.001',
  maxQuantity: '300',
  maxMarketQuantity: '100',
  minNotional: '5',
  contractMultiplier: '1',
}

const names = limits.map((limit) => limit.name)

/** Answers each path in turn, and keeps what was asked. */
function answering(answers: Record<string, unknown[]>): { call: Call; sent: unknown[] } {
  const sent: unknown[] = []
  const call: Call = async (endpoint, params) => {
    const { method, path, access, effect, cost } = endpoint
    expect(names).toContain(path.slice('/v5/'.length))
    expect(cost).toEqual({ address: 1, [path.slice('/v5/'.length)]: 1 })
    sent.push({ method, path, access, effect, ...endpoint.encode(params) })
    const answer = answers[path]?.shift()
    if (answer === 'unchanged' && endpoint.unchanged) return endpoint.unchanged(params)
    return endpoint.decode(new Reader(answer), params, {
      instruments: { byNative: () => instrument, symbolOf: (native) => native },
      receivedAt: 1_700_000_000_555,
    })
  }
  return { call, sent }
}

function ok(result: unknown): Record<string, unknown> {
  return { retCode: 0, retMsg: 'OK', result, retExtInfo: {}, time: 1_700_000_000_001 }
}

const AMEND = '/v5/order/amend'
const CANCEL = '/v5/order/cancel'
const CANCEL_ALL = '/v5/order/cancel-all'

const receipt = { orderId: 'c6f055d9-7f21-4079-913d-e6523a9cfffa', orderLinkId: 'tx-0001' }

describe('amendOrder', () => {
  const order: FuturesOrder = withRaw(
    {
      orderId: receipt.orderId,
      clientOrderId: 'tx-0001',
      symbol: 'BTCUSDC',
      nativeSymbol: 'BTCPERP',
      side: 'BUY',
      type: 'LIMIT',
      quantity: '0.01',
      price: '60000',
      status: 'PARTIALLY_FILLED',
      executedQty: '0.004',
      timeInForce: 'GTC',
    } as const,
    'row',
  )
  const intent: AmendIntent = { instrument, order, newClientOrderId: 'unused' }
  const amends = { method: 'POST', path: AMEND, access: 'trade', effect: 'idempotent' }
  const named = { category: 'linear', symbol: 'BTCPERP', orderId: receipt.orderId }

  test.each<[Partial<AmendIntent>, Record<string, string>]>([
    [{ quantity: '0.02' }, { qty: '0.02' }],
    [{ price: '59000.5' }, { price: '59000.5' }],
    [{ stopPrice: '58000' }, { triggerPrice: '58000' }],
    [
      { quantity: '0.02', price: '59000' },
      { qty: '0.02', price: '59000' },
    ],
  ])('default: %j sends only what changes', async (change, words) => {
    const { call, sent } = answering({ [AMEND]: [ok(receipt)] })
    const changed = await amendOrder(call, { ...intent, ...change })
    expect(changed).toEqual({ ...order, ...change })
    expect(changed.raw).toBe(receipt)
    expect(sent).toEqual([{ ...amends, json: { ...named, ...words } }])
  })

  test('behavior: no change is done', async () => {
    const { call } = answering({ [AMEND]: ['unchanged'] })
    const same = await amendOrder(call, { ...intent, price: '60000' })
    expect(same).toEqual(order)
    expect(same.raw).toBe('row')
  })

  test('error: an answer that names no order is no success', async () => {
    const { call } = answering({ [AMEND]: [ok({})] })
    await expect(amendOrder(call, { ...intent, price: '1' })).rejects.toThrow(
      '$.result.orderId: expected an identifier',
    )
  })
})

describe('cancelOrder', () => {
  test('default: one call for plain and conditional orders', async () => {
    const { call, sent } = answering({ [CANCEL]: [ok(receipt)] })
    await expect(
      cancelOrder(call, { instrument, orderId: receipt.orderId }),
    ).resolves.toBeUndefined()
    expect(sent).toEqual([
      {
        method: 'POST',
        path: CANCEL,
        access: 'trade',
        effect: 'idempotent',
        json: { category: 'linear', symbol: 'BTCPERP', orderId: receipt.orderId },
      },
    ])
  })

  test('error: an answer that names no order is no success', async () => {
    const { call } = answering({ [CANCEL]: [ok({})] })
    await expect(cancelOrder(call, { instrument, orderId: 'x' })).rejects.toThrow(
      '$.result.orderId: expected an identifier',
    )
  })
})

describe('cancelAllOrders', () => {
  const cancelled = (count: number): unknown =>
    ok({ list: Array.from({ length: count }, () => receipt), success: '1' })
  const request = {
    method: 'POST',
    path: CANCEL_ALL,
    access: 'trade',
    effect: 'idempotent',
    json: { category: 'linear', symbol: 'BTCPERP' },
  }

  test.each([0, 1, 500])('default: one call without a filter cancels %i', async (count) => {
    const { call, sent } = answering({ [CANCEL_ALL]: [cancelled(count)] })
    await expect(cancelAllOrders(call, { instrument })).resolves.toBeUndefined()
    expect(sent).toEqual([request])
  })

  test('error: an answer without a list is no success', async () => {
    const { call } = answering({ [CANCEL_ALL]: [ok({ success: '1' })] })
    await expect(cancelAllOrders(call, { instrument })).rejects.toThrow(
      '$.result.list: expected an array',
    )
  })
})
