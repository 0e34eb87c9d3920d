import { describe, expect, test } from 'vitest'
import type { Call, ConditionalOrderIntent, PlainOrderIntent } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { TimeInForce, TriggerSource } from '../../model/tokens.ts'
import { limits } from './limits.ts'
import { createConditionalOrder, createOrder } from './newOrders.ts'

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
      [path.slice('/v5/'.length)]: 1,
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

const CREATE = '/v5/order/create'

const receipt = { orderId: 'c6f055d9-7f21-4079-913d-e6523a9cfffa', orderLinkId: 'tx-0001' }
const creates = { method: 'POST', path: CREATE, access: 'trade', effect: 'once' }

// docs/wire/bybit.md 4.2: open long, close long, open short, close short
const slots = [
  ['BUY', 'LONG', 1, false],
  ['SELL', 'LONG', 1, true],
  ['SELL', 'SHORT', 2, false],
  ['BUY', 'SHORT', 2, true],
] as const

describe('createOrder', () => {
  const market: PlainOrderIntent = {
    instrument,
    side: 'BUY',
    type: 'MARKET',
    quantity: '0.001',
    reduceOnly: false,
    clientOrderId: 'tx-0001',
  }
  const limit: PlainOrderIntent = { ...market, side: 'SELL', type: 'LIMIT', price: '25000.5' }

  test('default: a market order', async () => {
    const { call, sent } = answering({ [CREATE]: [ok(receipt)] })
    const order = await createOrder(call, market)
    expect(order).toEqual({
      orderId: receipt.orderId,
      clientOrderId: 'tx-0001',
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
    })
    expect(order.raw).toBe(receipt)
    expect(sent).toEqual([
      {
        ...creates,
        json: {
          category: 'linear',
          symbol: 'BTCPERP',
          side: 'Buy',
          orderType: 'Market',
          qty: '0.001',
          positionIdx: 0,
          orderLinkId: 'tx-0001',
          reduceOnly: false,
        },
      },
    ])
  })

  test('default: a limit order', async () => {
    const { call, sent } = answering({ [CREATE]: [ok(receipt)] })
    expect(await createOrder(call, { ...limit, reduceOnly: true })).toMatchObject({
      side: 'SELL',
      type: 'LIMIT',
      price: '25000.5',
      timeInForce: 'GTC',
      reduceOnly: true,
    })
    expect(sent).toEqual([
      {
        ...creates,
        json: {
          category: 'linear',
          symbol: 'BTCPERP',
          side: 'Sell',
          orderType: 'Limit',
          qty: '0.001',
          price: '25000.5',
          timeInForce: 'GTC',
          positionIdx: 0,
          orderLinkId: 'tx-0001',
          reduceOnly: true,
        },
      },
    ])
  })

  test.each<[TimeInForce, string]>([
    ['GTC', 'GTC'],
    ['IOC', 'IOC'],
    ['FOK', 'FOK'],
    ['GTX', 'PostOnly'],
  ])('args: %s is %s', async (timeInForce, token) => {
    const { call, sent } = answering({ [CREATE]: [ok(receipt)] })
    expect((await createOrder(call, { ...limit, timeInForce })).timeInForce).toBe(timeInForce)
    expect(sent).toMatchObject([{ json: { timeInForce: token } }])
  })

  test.each(slots)('args: in hedge mode %s to %s is slot %i', async (...slot) => {
    const [side, positionSide, positionIdx, reduceOnly] = slot
    for (const intent of [market, limit]) {
      const { call, sent } = answering({ [CREATE]: [ok(receipt)] })
      const order = await createOrder(call, { ...intent, side, positionSide, reduceOnly })
      expect(order).toMatchObject({ side, positionSide, reduceOnly })
      expect(sent).toMatchObject([
        { json: { side: side === 'BUY' ? 'Buy' : 'Sell', positionIdx, reduceOnly } },
      ])
    }
  })

  test.each<[TriggerSource, string]>([
    ['MARK', 'MarkPrice'],
    ['LAST', 'LastPrice'],
    ['INDEX', 'IndexPrice'],
  ])(
    'args: an entry brings the stop of its position, by %s',
    async (triggerSource, slTriggerBy) => {
      const stopLoss = { stopPrice: '24000', triggerSource }
      for (const intent of [market, limit]) {
        for (const positionSide of ['LONG', undefined] as const) {
          const { call, sent } = answering({ [CREATE]: [ok(receipt)] })
          const side = positionSide === undefined ? {} : { positionSide }
          const order = await createOrder(call, { ...intent, ...side, stopLoss })
          // The stop is another order: this one has no trigger.
          expect(order.stopPrice).toBeUndefined()
          expect(sent).toMatchObject([
            { json: { tpslMode: 'Full', stopLoss: '24000', slTriggerBy, reduceOnly: false } },
          ])
        }
      }
    },
  )

  test('error: a receipt without an order id', async () => {
    const { call } = answering({ [CREATE]: [ok({})] })
    await expect(createOrder(call, market)).rejects.toThrow(
      '$.result.orderId: expected an identifier',
    )
  })
})

describe('createConditionalOrder', () => {
  const stop: ConditionalOrderIntent = {
    instrument,
    side: 'SELL',
    type: 'STOP_MARKET',
    quantity: '0.003',
    stopPrice: '58000',
    triggerSource: 'LAST',
    reduceOnly: true,
    clientOrderId: 'tx-0005',
  }

  test('default: a stop that protects', async () => {
    const { call, sent } = answering({ [CREATE]: [ok(receipt)] })
    expect(await createConditionalOrder(call, stop)).toEqual({
      orderId: receipt.orderId,
      clientOrderId: 'tx-0005',
      symbol: 'BTCUSDC',
      nativeSymbol: 'BTCPERP',
      side: 'SELL',
      type: 'STOP_MARKET',
      quantity: '0.003',
      price: '0',
      status: 'PENDING',
      executedQty: '0',
      timeInForce: 'IOC',
      stopPrice: '58000',
      reduceOnly: true,
    })
    expect(sent).toEqual([
      {
        ...creates,
        json: {
          category: 'linear',
          symbol: 'BTCPERP',
          side: 'Sell',
          orderType: 'Market',
          qty: '0.003',
          triggerPrice: '58000',
          triggerDirection: 2,
          triggerBy: 'LastPrice',
          positionIdx: 0,
          orderLinkId: 'tx-0005',
          reduceOnly: true,
          closeOnTrigger: true,
        },
      },
    ])
  })

  test.each([
    ['STOP_MARKET', 'SELL', 2],
    ['STOP_MARKET', 'BUY', 1],
    ['TAKE_PROFIT_MARKET', 'SELL', 1],
    ['TAKE_PROFIT_MARKET', 'BUY', 2],
  ] as const)('behavior: %s to %s fires in direction %i', async (type, side, triggerDirection) => {
    const { call, sent } = answering({ [CREATE]: [ok(receipt)] })
    expect(await createConditionalOrder(call, { ...stop, type, side })).toMatchObject({
      type,
      side,
    })
    expect(sent).toMatchObject([{ json: { triggerDirection } }])
  })

  test.each<[TriggerSource, string]>([
    ['LAST', 'LastPrice'],
    ['MARK', 'MarkPrice'],
    ['INDEX', 'IndexPrice'],
  ])('args: %s is %s', async (triggerSource, triggerBy) => {
    const { call, sent } = answering({ [CREATE]: [ok(receipt)] })
    await createConditionalOrder(call, { ...stop, triggerSource })
    expect(sent).toMatchObject([{ json: { triggerBy } }])
  })

  test.each(slots)('args: in hedge mode %s of %s is slot %i', async (...slot) => {
    const [side, positionSide, positionIdx, reduceOnly] = slot
    const { call, sent } = answering({ [CREATE]: [ok(receipt)] })
    expect(
      await createConditionalOrder(call, { ...stop, side, positionSide, reduceOnly }),
    ).toMatchObject({ side, positionSide, reduceOnly })
    expect(sent).toMatchObject([{ json: { positionIdx, reduceOnly, closeOnTrigger: reduceOnly } }])
  })

  test('behavior: one that may open does not close on trigger', async () => {
    const { call, sent } = answering({ [CREATE]: [ok(receipt)] })
    await createConditionalOrder(call, { ...stop, reduceOnly: false })
    expect(sent).toMatchObject([{ json: { reduceOnly: false, closeOnTrigger: false } }])
  })

  test('error: a receipt of another shape', async () => {
    const { call } = answering({ [CREATE]: [ok(null)] })
    await expect(createConditionalOrder(call, stop)).rejects.toThrow('$.result: expected an object')
  })
})
