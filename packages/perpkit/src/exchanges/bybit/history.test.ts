import { describe, expect, test } from 'vitest'
import type { Call, HistoryQuery } from '../../client/definition.ts'
import { isRecord, Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import { getFills, getFundingRateHistory, getOrderHistory } from './history.ts'

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

const DAY = 86_400_000
const NOW = 1_700_000_000_000

type Answer = (query: Record<string, unknown>) => unknown

/** Answers with what `answer` makes of each query, and keeps the queries. */
function answering(answer: Answer): { call: Call; sent: unknown[]; queries: unknown[] } {
  const sent: unknown[] = []
  const queries: unknown[] = []
  const call: Call = async (endpoint, params) => {
    const { method, path, access, effect, cost } = endpoint
    const { query } = endpoint.encode(params)
    sent.push({ method, path, access, effect, cost })
    queries.push({ ...query })
    return endpoint.decode(new Reader(answer({ ...query })), params, {
      instruments: {
        byNative: (native) => (native === 'BTCPERP' ? instrument : undefined),
        symbolOf: (native) => `unified ${native}`,
      },
      receivedAt: NOW,
    })
  }
  return { call, sent, queries }
}

function inTurn(...answers: unknown[]): Answer {
  return () => answers.shift()
}

function page(list: unknown[], nextPageCursor = ''): unknown {
  return { retCode: 0, retMsg: 'OK', result: { category: 'linear', list, nextPageCursor } }
}

function query(more: Partial<HistoryQuery> = {}): HistoryQuery {
  return { instrument, startTime: NOW - DAY, endTime: NOW, limit: 100, ...more }
}

// docs/wire/bybit.md 4.6
const fill = {
  symbol: 'BTCPERP',
  orderId: 'o-1',
  orderLinkId: 'tx-2',
  side: 'Sell',
  execFee: '-0.0365',
  feeCurrency: 'USDT',
  execId: 'e-1',
  execPrice: '66473.50',
  execQty: '0.001',
  execType: 'Trade',
  execTime: '1700000000000',
  isMaker: true,
}
// docs/wire/bybit.md 4.3
const order = {
  orderId: 'o-1',
  orderLinkId: 'tx-0001',
  symbol: 'BTCPERP',
  price: '60000.00',
  qty: '0.010',
  side: 'Buy',
  positionIdx: 0,
  orderStatus: 'Filled',
  avgPrice: '60000',
  cumExecQty: '0.010',
  timeInForce: 'GTC',
  orderType: 'Limit',
  stopOrderType: '',
  triggerPrice: '',
  triggerDirection: 0,
  reduceOnly: false,
  closeOnTrigger: false,
  createdTime: '1699999999000',
  updatedTime: '1700000000000',
}

/** An exchange that holds `fills` and hands them out as documented, `size` at once. */
function exchangeWith(
  fills: readonly { execId: string; execTime: string }[],
  size: number,
): Answer {
  return ({ startTime, endTime, cursor }) => {
    expect(Number(endTime) - Number(startTime)).toBeLessThanOrEqual(7 * DAY)
    const inside = fills
      .filter(({ execTime }) => Number(execTime) >= Number(startTime))
      .filter(({ execTime }) => Number(execTime) <= Number(endTime))
      .toSorted((a, b) => Number(b.execTime) - Number(a.execTime))
    const from = cursor === undefined ? 0 : Number(cursor)
    const rest = from + size < inside.length ? String(from + size) : ''
    return page(inside.slice(from, from + size), rest)
  }
}

function fillsAt(...times: number[]): (typeof fill)[] {
  return times.map((time, index) => ({ ...fill, execId: `e-${index}`, execTime: String(time) }))
}

describe('getFills', () => {
  test('default: of one symbol and window, without funding', async () => {
    const { call, sent, queries } = answering(inTurn(page([fill])))
    const fills = await getFills(call, query())
    expect(fills).toEqual([
      {
        fillId: 'e-1',
        orderId: 'o-1',
        clientOrderId: 'tx-2',
        symbol: 'unified BTCPERP',
        nativeSymbol: 'BTCPERP',
        side: 'SELL',
        quantity: '0.001',
        price: '66473.5',
        fee: '-0.0365',
        feeAsset: 'USDT',
        isMaker: true,
        timestamp: NOW,
      },
    ])
    expect(fills[0]?.raw).toBe(fill)
    expect(sent).toEqual([
      {
        method: 'GET',
        path: '/v5/execution/list',
        access: 'read',
        effect: 'read',
        cost: { address: 1, 'execution/list': 1 },
      },
    ])
    expect(queries).toEqual([
      {
        category: 'linear',
        symbol: 'BTCPERP',
        startTime: NOW - DAY,
        endTime: NOW,
        execType: 'Trade',
        limit: 100,
      },
    ])
  })

  test('args: an empty fee asset is what the contract settles in', async () => {
    const rows = [
      { ...fill, feeCurrency: '' },
      { ...fill, execId: 'e-2', symbol: 'ETHUSDT', feeCurrency: '' },
      { ...fill, execId: 'e-3', execFee: '', orderLinkId: '' },
    ]
    const { call } = answering(inTurn(page(rows)))
    const [settled, unlisted, free] = await getFills(call, query())
    expect(settled?.feeAsset).toBe('USDC')
    expect(unlisted).not.toHaveProperty('feeAsset')
    expect(free).not.toHaveProperty('fee')
    expect(free).not.toHaveProperty('feeAsset')
    expect(free).not.toHaveProperty('clientOrderId')
  })

  test('behavior: a page of rows that are no trades does not end the list', async () => {
    const funding = { ...fill, execId: 'f-1', execType: 'Funding', orderType: 'UNKNOWN' }
    const { call, queries } = answering(inTurn(page([funding], 'next'), page([fill])))
    expect(await getFills(call, query())).toMatchObject([{ fillId: 'e-1' }])
    expect(queries).toMatchObject([{}, { cursor: 'next' }])
  })

  test('behavior: windows of seven days are walked until the start, no row lost between', async () => {
    const seam = NOW - 7 * DAY
    // Three in the millisecond two windows meet at, and more than a page of them.
    const fills = fillsAt(NOW, seam + 1, seam, seam, seam, seam - 1, NOW - 20 * DAY)
    const { call, queries } = answering(exchangeWith(fills, 2))
    const found = await getFills(call, query({ startTime: NOW - 20 * DAY }))
    expect(new Set(found.map((one) => one.fillId))).toEqual(new Set(fills.map((one) => one.execId)))
    const windows = queries.flatMap((one) =>
      isRecord(one) && one.cursor === undefined ? [[one.startTime, one.endTime]] : [],
    )
    expect(windows).toEqual([
      [seam, NOW],
      [NOW - 14 * DAY, seam],
      [NOW - 20 * DAY, NOW - 14 * DAY],
    ])
  })

  test('behavior: ends once the newest are certain', async () => {
    const fills = fillsAt(NOW, NOW - 1, NOW - 2, NOW - 3, NOW - 8 * DAY)
    const { call, queries } = answering(exchangeWith(fills, 2))
    const found = await getFills(call, query({ startTime: 0, limit: 3 }))
    expect(found.slice(0, 3).map((one) => one.fillId)).toEqual(['e-0', 'e-1', 'e-2'])
    expect(queries).toHaveLength(2)
  })

  test('behavior: nothing is asked for that is older than two years', async () => {
    const { call, queries } = answering(() => page([]))
    expect(await getFills(call, query({ startTime: 0 }))).toEqual([])
    expect(queries).toHaveLength(105)
    expect(queries.at(-1)).toMatchObject({ startTime: NOW - 730 * DAY })
  })

  test.each([
    ['stands still', ['a', 'a', 'a']],
    ['goes in a circle', ['a', 'b', 'a', 'b']],
  ])('behavior: a cursor that %s ends the window', async (_, cursors) => {
    let calls = 0
    const { call } = answering(() => {
      const row = { ...fill, execId: `e-${calls}` }
      const cursor = cursors[calls]
      calls += 1
      return page([row], cursor)
    })
    await getFills(call, query())
    expect(calls).toBeLessThan(cursors.length)
  })

  test('behavior: the same rows under ever new cursors end the window', async () => {
    let calls = 0
    const { call } = answering(() => {
      calls += 1
      return page([fill], `c-${calls}`)
    })
    expect(await getFills(call, query())).toHaveLength(1)
    expect(calls).toBe(2)
  })

  test.each([
    ['execId', '', 'an identifier'],
    ['side', '', 'Buy or Sell'],
    ['execPrice', '', 'a decimal'],
    ['execType', undefined, 'a string'],
    ['isMaker', 'false', 'true or false'],
  ])('error: %s is %j', async (name, value, expected) => {
    const { call } = answering(inTurn(page([{ ...fill, [name]: value }])))
    await expect(getFills(call, query())).rejects.toThrow(
      `$.result.list[0].${name}: expected ${expected}`,
    )
  })
})

describe('getOrderHistory', () => {
  test('default: plain and conditional orders that have ended', async () => {
    const stop = {
      ...order,
      orderId: 'o-2',
      side: 'Sell',
      positionIdx: 1,
      orderType: 'Market',
      timeInForce: 'IOC',
      stopOrderType: 'Stop',
      triggerPrice: '58000.00',
      triggerDirection: 2,
      reduceOnly: true,
    }
    const { call, sent, queries } = answering(inTurn(page([stop, order])))
    expect(await getOrderHistory(call, query())).toMatchObject([
      {
        orderId: 'o-2',
        type: 'STOP_MARKET',
        status: 'FILLED',
        stopPrice: '58000',
        positionSide: 'LONG',
      },
      { orderId: 'o-1', type: 'LIMIT', status: 'FILLED', symbol: 'unified BTCPERP' },
    ])
    expect(sent).toMatchObject([
      { path: '/v5/order/history', effect: 'read', cost: { address: 1, 'order/history': 1 } },
    ])
    expect(queries).toEqual([
      {
        category: 'linear',
        symbol: 'BTCPERP',
        startTime: NOW - DAY,
        endTime: NOW,
        limit: 50,
      },
    ])
  })

  test('behavior: open rows are left out and do not count', async () => {
    const open = { ...order, orderId: 'o-9', orderStatus: 'New', cumExecQty: '0' }
    const { call, queries } = answering(inTurn(page([open], 'next'), page([order])))
    expect(await getOrderHistory(call, query({ limit: 1 }))).toMatchObject([{ orderId: 'o-1' }])
    expect(queries).toHaveLength(2)
  })

  test('behavior: a doubled row is one order and does not count twice', async () => {
    const other = { ...order, orderId: 'o-2' }
    const { call } = answering(inTurn(page([order, order], 'next'), page([order, other])))
    const ids = (await getOrderHistory(call, query({ limit: 2 }))).map((one) => one.orderId)
    expect(ids).toEqual(['o-1', 'o-2'])
  })

  test('error: a row that cannot be read fails the list', async () => {
    const { call } = answering(inTurn(page([{ ...order, qty: '' }])))
    await expect(getOrderHistory(call, query())).rejects.toThrow(
      '$.result.list[0].qty: expected a decimal',
    )
  })
})

describe('getFundingRateHistory', () => {
  const row = { symbol: 'BTCPERP', fundingRate: '-0.00010', fundingRateTimestamp: String(NOW) }
  /** One rate every hour before now, as many as asked for. */
  const hourly: Answer = ({ startTime, endTime, limit }) => {
    const list: unknown[] = []
    for (let time = NOW; time >= Number(startTime) && list.length < Number(limit); ) {
      if (time <= Number(endTime)) list.push({ ...row, fundingRateTimestamp: String(time) })
      time -= 3_600_000
    }
    return page(list)
  }

  test('default: both ends are sent', async () => {
    const { call, sent, queries } = answering(inTurn(page([row])))
    const rates = await getFundingRateHistory(call, query())
    expect(rates).toEqual([
      { symbol: 'BTCUSDC', nativeSymbol: 'BTCPERP', rate: '-0.0001', timestamp: NOW },
    ])
    expect(rates[0]?.raw).toBe(row)
    expect(sent).toEqual([
      {
        method: 'GET',
        path: '/v5/market/funding/history',
        access: 'public',
        effect: 'read',
        cost: { address: 1 },
      },
    ])
    expect(queries).toEqual([
      {
        category: 'linear',
        symbol: 'BTCPERP',
        startTime: NOW - DAY,
        endTime: NOW,
        limit: 100,
      },
    ])
  })

  test.each([
    [1, 1],
    [200, 1],
    [201, 2],
    [450, 3],
    [1000, 3],
  ])('behavior: of 500 the newest %i take %i calls', async (limit, calls) => {
    const { call, queries } = answering(hourly)
    const startTime = NOW - 499 * 3_600_000
    const rates = await getFundingRateHistory(call, query({ startTime, limit }))
    const times = new Set(rates.map((rate) => rate.timestamp))
    expect(times.size).toBe(rates.length)
    expect(rates.length).toBeGreaterThanOrEqual(Math.min(limit, 500))
    expect(Math.max(...times) - Math.min(...times)).toBe((rates.length - 1) * 3_600_000)
    expect(queries).toHaveLength(calls)
  })

  test('behavior: an end that does not move ends it', async () => {
    const same = page(Array.from({ length: 200 }, () => row))
    let calls = 0
    const { call } = answering(() => {
      calls += 1
      return same
    })
    expect(await getFundingRateHistory(call, query({ limit: 400 }))).toHaveLength(1)
    expect(calls).toBe(1)
  })

  test('error: a rate without a time', async () => {
    const { call } = answering(inTurn(page([{ ...row, fundingRateTimestamp: '' }])))
    await expect(getFundingRateHistory(call, query())).rejects.toThrow(
      '$.result.list[0].fundingRateTimestamp: expected a decimal',
    )
  })
})
