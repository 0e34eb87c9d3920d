import { describe, expect, test } from 'vitest'
import type { Call } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import { OrderNotFoundError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import { limits } from './limits.ts'
import { getOpenOrders, getOrder } from './orders.ts'

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
    return endpoint.decode(new Reader(answers[path]?.shift()), params, {
      instruments: { byNative: () => instrument, symbolOf: (native) => `unified ${native}` },
      receivedAt: 1_700_000_000_555,
    })
  }
  return { call, sent }
}

function ok(result: unknown): Record<string, unknown> {
  return { retCode: 0, retMsg: 'OK', result, retExtInfo: {}, time: 1_700_000_000_001 }
}

const REALTIME = '/v5/order/realtime'
const HISTORY = '/v5/order/history'

const receipt = { orderId: 'c6f055d9-7f21-4079-913d-e6523a9cfffa', orderLinkId: 'tx-0001' }
const reads = { method: 'GET', access: 'read', effect: 'read' }

const row = {
  ...receipt,
  symbol: 'BTCPERP',
  price: '60000.00',
  qty: '0.010',
  side: 'Buy',
  orderStatus: 'New',
  avgPrice: '',
  cumExecQty: '0',
  timeInForce: 'GTC',
  orderType: 'Limit',
  stopOrderType: '',
  triggerPrice: '',
  triggerDirection: 0,
  reduceOnly: false,
  closeOnTrigger: false,
  createdTime: '1700000000100',
  updatedTime: '1700000000200',
}

function pageOf(list: unknown[], nextPageCursor = ''): unknown {
  return ok({ category: 'linear', list, nextPageCursor })
}

describe('getOrder', () => {
  const { orderId } = receipt

  test('default: among open and recent orders, by order id', async () => {
    const { call, sent } = answering({ [REALTIME]: [pageOf([row])] })
    expect(await getOrder(call, { instrument, orderId })).toMatchObject({
      orderId,
      clientOrderId: 'tx-0001',
      symbol: 'unified BTCPERP',
      status: 'NEW',
    })
    expect(sent).toEqual([
      { ...reads, path: REALTIME, query: { category: 'linear', symbol: 'BTCPERP', orderId } },
    ])
  })

  test('behavior: then in the history, by client order id', async () => {
    const { call, sent } = answering({
      [REALTIME]: [pageOf([])],
      [HISTORY]: [pageOf([{ ...row, orderStatus: 'Filled', cumExecQty: '0.010' }])],
    })
    expect(await getOrder(call, { instrument, clientOrderId: 'tx-0001' })).toMatchObject({
      status: 'FILLED',
    })
    const query = { category: 'linear', symbol: 'BTCPERP', orderLinkId: 'tx-0001' }
    expect(sent).toEqual([
      { ...reads, path: REALTIME, query },
      { ...reads, path: HISTORY, query },
    ])
  })

  test('args: with both ids the order id decides', async () => {
    const { call, sent } = answering({ [REALTIME]: [pageOf([row])] })
    await getOrder(call, { instrument, orderId, clientOrderId: 'another' })
    expect(sent).toEqual([
      { ...reads, path: REALTIME, query: { category: 'linear', symbol: 'BTCPERP', orderId } },
    ])
  })

  test('behavior: a row of another order is not taken', async () => {
    const other = { ...row, orderId: 'other', orderLinkId: 'tx-0002' }
    const { call } = answering({ [REALTIME]: [pageOf([other, row])] })
    expect(await getOrder(call, { instrument, clientOrderId: 'tx-0001' })).toMatchObject({
      orderId,
    })
  })

  test('error: neither has it', async () => {
    const { call, sent } = answering({
      [REALTIME]: [pageOf([])],
      [HISTORY]: [pageOf([{ ...row, orderId: 'other' }])],
    })
    const missing = getOrder(call, { instrument, orderId })
    await expect(missing).rejects.toThrow(OrderNotFoundError)
    await expect(missing).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND', exchange: 'BYBIT' })
    await expect(missing).rejects.toThrow(`BYBIT knows no order ${orderId} of BTCUSDC`)
    expect(sent).toHaveLength(2)
  })
})

describe('getOpenOrders', () => {
  const conditional = {
    ...row,
    orderId: 'a1',
    side: 'Sell',
    orderStatus: 'Untriggered',
    timeInForce: 'IOC',
    orderType: 'Market',
    stopOrderType: 'Stop',
    triggerPrice: '58000.00',
    triggerDirection: 2,
  }

  test('default: plain and conditional ones of a symbol come in one list', async () => {
    const { call, sent } = answering({ [REALTIME]: [pageOf([row, conditional])] })
    expect(await getOpenOrders(call, { instrument })).toMatchObject([
      { type: 'LIMIT', status: 'NEW' },
      { type: 'STOP_MARKET', status: 'PENDING' },
    ])
    expect(sent).toEqual([
      { ...reads, path: REALTIME, query: { category: 'linear', symbol: 'BTCPERP', limit: 50 } },
    ])
  })

  test('behavior: reads all pages of both settle assets', async () => {
    const { call, sent } = answering({
      [REALTIME]: [
        pageOf([row], '1%3A1%2C1%3A1'),
        pageOf([{ ...row, orderId: 'usdc' }]),
        pageOf([conditional], 'end%3A0'),
        pageOf([], 'end%3A1'),
      ],
    })
    const ids = (await getOpenOrders(call, {})).map((order) => order.orderId)
    expect(ids).toEqual([receipt.orderId, 'a1', 'usdc'])
    expect(sent).toMatchObject([
      { query: { category: 'linear', settleCoin: 'USDT', limit: 50 } },
      { query: { category: 'linear', settleCoin: 'USDC', limit: 50 } },
      { query: { category: 'linear', settleCoin: 'USDT', limit: 50, cursor: '1:1,1:1' } },
      { query: { category: 'linear', settleCoin: 'USDT', limit: 50, cursor: 'end:0' } },
    ])
  })

  test('behavior: rows that have ended are left out', async () => {
    const ended = { ...row, orderStatus: 'Cancelled' }
    const { call } = answering({ [REALTIME]: [pageOf([ended])] })
    expect(await getOpenOrders(call, { instrument })).toEqual([])
  })

  test('error: a row that cannot be read fails the list', async () => {
    const { call } = answering({ [REALTIME]: [pageOf([row, { ...row, side: undefined }])] })
    await expect(getOpenOrders(call, { instrument })).rejects.toThrow(
      '$.result.list[1].side: expected Buy or Sell',
    )
  })
})
