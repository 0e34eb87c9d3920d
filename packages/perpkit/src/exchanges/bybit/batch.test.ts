import { describe, expect, test } from 'vitest'
import type { Call, PlainOrderIntent } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import { limits } from './limits.ts'
import { createOrders } from './newOrders.ts'

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
    expect(cost).toEqual({
      address: 1,
      [path.slice('/v5/'.length)]: Array.isArray(params) ? params.length : 1,
    })
    sent.push({ method, path, access, effect, ...endpoint.encode(params) })
    return endpoint.decode(new Reader(answers[path]?.shift()), params, {
      instruments: { byNative: () => instrument, symbolOf: (native) => native },
      receivedAt: 1_700_000_000_555,
    })
  }
  return { call, sent }
}

function ok(result: unknown): Record<string, unknown> {
  return { retCode: 0, retMsg: 'OK', result, retExtInfo: {}, time: 1_700_000_000_001 }
}

const BATCH = '/v5/order/create-batch'

const creates = { method: 'POST', path: BATCH, access: 'trade', effect: 'once' }

describe('createOrders', () => {
  const first: PlainOrderIntent = {
    instrument,
    side: 'BUY',
    type: 'MARKET',
    quantity: '0.001',
    reduceOnly: false,
    clientOrderId: 'b-1',
  }
  const second: PlainOrderIntent = {
    ...first,
    instrument: { ...instrument, symbol: 'ETHUSDT', nativeSymbol: 'ETHUSDT' },
    side: 'SELL',
    type: 'LIMIT',
    quantity: '0.5',
    price: '3000.5',
    timeInForce: 'GTX',
    reduceOnly: true,
    clientOrderId: 'b-2',
    positionSide: 'LONG',
  }
  const accepted = (orderLinkId: string): Record<string, unknown> => ({
    category: 'linear',
    symbol: 'BTCPERP',
    orderId: `id of ${orderLinkId}`,
    orderLinkId,
    createAt: '1700000000102',
  })
  const done = { code: 0, msg: 'OK' }
  const batch = (list: unknown[], codes: unknown): Record<string, unknown> => ({
    ...ok({ list }),
    retExtInfo: codes,
  })

  test('default: one call, the orders as they are sent by themselves', async () => {
    const { call, sent } = answering({
      [BATCH]: [batch([accepted('b-1'), accepted('b-2')], { list: [done, done] })],
    })
    const [market, limit] = await createOrders(call, [first, second])
    expect(market).toEqual({
      order: {
        orderId: 'id of b-1',
        clientOrderId: 'b-1',
        symbol: 'BTCUSDC',
        nativeSymbol: 'BTCPERP',
        side: 'BUY',
        type: 'MARKET',
        quantity: '0.001',
        price: '0',
        status: 'NEW',
        executedQty: '0',
        timeInForce: 'IOC',
        reduceOnly: false,
      },
    })
    expect(limit).toMatchObject({
      order: { orderId: 'id of b-2', symbol: 'ETHUSDT', price: '3000.5', positionSide: 'LONG' },
    })
    expect(sent).toEqual([
      {
        ...creates,
        path: BATCH,
        json: {
          category: 'linear',
          request: [
            {
              symbol: 'BTCPERP',
              side: 'Buy',
              orderType: 'Market',
              qty: '0.001',
              positionIdx: 0,
              orderLinkId: 'b-1',
              reduceOnly: false,
            },
            {
              symbol: 'ETHUSDT',
              side: 'Sell',
              orderType: 'Limit',
              qty: '0.5',
              price: '3000.5',
              timeInForce: 'PostOnly',
              positionIdx: 1,
              orderLinkId: 'b-2',
              reduceOnly: true,
            },
          ],
        },
      },
    ])
  })

  test('behavior: each code is judged by itself, in the order of the intents', async () => {
    const intents = ['b-1', 'b-2', 'b-3', 'b-4'].map((clientOrderId) => ({
      ...first,
      clientOrderId,
    }))
    const empty = { orderId: '', createAt: '' }
    const { call } = answering({
      [BATCH]: [
        batch(
          [
            { ...accepted('b-1'), ...empty },
            accepted('b-2'),
            { ...accepted('b-3'), ...empty },
            { ...accepted('b-4'), ...empty },
          ],
          {
            list: [
              { code: 110007, msg: 'ab not enough for new order' },
              done,
              { code: 10016, msg: 'Server error.' },
              { code: 10006, msg: 'Too many visits!' },
            ],
          },
        ),
      ],
    })
    expect(await createOrders(call, intents)).toEqual([
      {
        refusal: {
          code: 'INSUFFICIENT_MARGIN',
          nativeCode: '110007',
          nativeMessage: 'ab not enough for new order',
        },
      },
      { order: expect.objectContaining({ orderId: 'id of b-2', clientOrderId: 'b-2' }) },
      { unknown: { nativeCode: '10016', nativeMessage: 'Server error.' } },
      {
        refusal: { code: 'RATE_LIMITED', nativeCode: '10006', nativeMessage: 'Too many visits!' },
      },
    ])
  })

  test.each([
    ['no code', [accepted('b-1')], { list: [] }],
    ['no list of codes for it', [], { list: [] }],
    ['no receipt', [], { list: [done] }],
    ['a receipt without an id', [{ ...accepted('b-1'), orderId: '' }], { list: [done] }],
    ['the receipt of another order', [accepted('b-9')], { list: [done] }],
    ['a code that makes no sense here', [accepted('b-1')], { list: [{ code: 110043 }] }],
    ['a code of another type', [accepted('b-1')], { list: [{ code: '0', msg: 'OK' }] }],
  ])('error: %s leaves the fate of the order open', async (_, list, codes) => {
    const { call } = answering({ [BATCH]: [batch(list, codes)] })
    expect(await createOrders(call, [first])).toEqual([
      { unknown: { nativeCode: expect.any(String), nativeMessage: expect.any(String) } },
    ])
  })

  test.each([
    ['$.retExtInfo.list', batch([], {})],
    ['$.result.list', { ...ok({}), retExtInfo: { list: [done] } }],
  ])('error: an answer without %s cannot be read', async (path, answer) => {
    const { call } = answering({ [BATCH]: [answer] })
    await expect(createOrders(call, [first])).rejects.toThrow(`${path}: expected an array`)
  })
})
