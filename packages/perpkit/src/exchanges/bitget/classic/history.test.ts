import { describe, expect, test } from 'vitest'
import type { HistoryQuery } from '../../../client/definition.ts'
import { bitcoin, InTurn, no, ok, script } from '../script.testing.ts'
import { getFills, getOrderHistory } from './history.ts'

const ORDERS = 'GET /api/v2/mix/order/orders-history'
const PLANS = 'GET /api/v2/mix/order/orders-plan-history'
const FILLS = 'GET /api/v2/mix/order/fills'
const DETAIL = 'GET /api/v2/mix/order/detail'

const START = 1_763_700_000_000
const END = 1_763_790_000_000
const query: HistoryQuery = { instrument: bitcoin, startTime: START, endTime: END, limit: 500 }
const OF = 'productType=USDT-FUTURES&symbol=BTCUSDT'
const TIMES = `startTime=${START}&endTime=${END}`
const none = ok({ entrustedList: null, endId: null })

const plain = {
  symbol: 'BTCUSDT',
  size: '0.01',
  orderId: '11',
  clientOid: 'mine',
  baseVolume: '0.01',
  price: '60000',
  priceAvg: '60000',
  status: 'filled',
  side: 'buy',
  force: 'gtc',
  posSide: 'net',
  reduceOnly: 'NO',
  tradeSide: 'buy_single',
  posMode: 'one_way_mode',
  orderType: 'limit',
  orderSource: 'normal',
  cTime: String(END - 1000),
  uTime: String(END - 900),
}
const child = {
  ...plain,
  orderId: '12',
  clientOid: '12',
  side: 'sell',
  orderType: 'market',
  priceAvg: '54990.5',
  orderSource: 'loss_market',
  cTime: String(END - 500),
}
const plan = {
  planType: 'loss_plan',
  symbol: 'BTCUSDT',
  size: '0.01',
  orderId: '7',
  clientOid: 'guard',
  price: '',
  triggerPrice: '55000',
  planStatus: 'executed',
  executeOrderId: '12',
  side: 'sell',
  posSide: 'net',
  posMode: 'one_way_mode',
  orderType: 'market',
  cTime: String(END - 2000),
  uTime: String(END - 500),
}

function plansOf(...rows: object[]) {
  return {
    [`${PLANS}?${OF}&planType=profit_loss&${TIMES}&limit=100`]: ok({ entrustedList: rows }),
    [`${PLANS}?${OF}&planType=normal_plan&${TIMES}&limit=100`]: none,
    [`${PLANS}?${OF}&planType=track_plan&${TIMES}&limit=100`]: none,
  }
}

describe('getOrderHistory', () => {
  test('default: plain and conditional; what a trigger placed is told once', async () => {
    const { call, lines, sent } = script({
      ...plansOf(plan),
      [ORDERS]: ok({ entrustedList: [child, plain], endId: '11' }),
    })
    const orders = await getOrderHistory(call, query)
    expect(lines.at(-1)).toBe(`${ORDERS}?${OF}&${TIMES}&limit=100`)
    expect(lines).toHaveLength(4)
    expect(sent[0]).toEqual({ access: 'read', effect: 'read' })
    expect(orders).toMatchObject([
      { orderId: '11', status: 'FILLED' },
      {
        orderId: 'algo:7',
        clientOrderId: 'guard',
        type: 'STOP_MARKET',
        status: 'FILLED',
        averagePrice: '54990.5',
      },
    ])
  })

  test('behavior: a child is known by its parent too', async () => {
    const silent = { ...child, orderSource: '' }
    const { call } = script({
      ...plansOf(plan),
      [ORDERS]: ok({ entrustedList: [silent, plain], endId: '11' }),
    })
    const orders = await getOrderHistory(call, query)
    expect(orders.map(({ orderId }) => orderId)).toEqual(['11', 'algo:7'])
  })

  test('behavior: of a child that is not in the list, it is asked', async () => {
    const { status: _status, ...rest } = child
    const { call } = script({
      ...plansOf(plan),
      [ORDERS]: none,
      [DETAIL]: ok({ ...rest, state: 'filled' }),
    })
    expect(await getOrderHistory(call, query)).toMatchObject([
      { orderId: 'algo:7', averagePrice: '54990.5' },
    ])
  })

  test('behavior: what is still open has not ended', async () => {
    const { status: _status, ...rest } = child
    const { call } = script({
      ...plansOf(plan),
      [ORDERS]: none,
      [DETAIL]: ok({ ...rest, state: 'live', baseVolume: '0' }),
    })
    expect(await getOrderHistory(call, query)).toEqual([])
  })

  test('behavior: one whose child nobody knows is left out', async () => {
    const { call } = script({ ...plansOf(plan), [ORDERS]: none, [DETAIL]: no('40109') })
    expect(await getOrderHistory(call, query)).toEqual([])
  })

  test.each([
    ['cancelled', 'CANCELLED'],
    ['fail_execute', 'REJECTED'],
  ])('args: one that was %s without a child', async (planStatus, status) => {
    const ended = { ...plan, planStatus, executeOrderId: '' }
    const { call } = script({ ...plansOf(ended), [ORDERS]: none })
    expect(await getOrderHistory(call, query)).toMatchObject([{ orderId: 'algo:7', status }])
  })

  test.each(['profit_limit', 'pos_loss_market', 'plan_market', 'move_market', 'tracking_market'])(
    'behavior: an order of source %s is told by its parent alone',
    async (orderSource) => {
      const { call } = script({
        ...plansOf(),
        [ORDERS]: ok({ entrustedList: [{ ...child, orderSource }] }),
      })
      expect(await getOrderHistory(call, query)).toEqual([])
    },
  )

  test('behavior: pages go on by id alone', async () => {
    const full = Array.from({ length: 100 }, (_, i) => ({ ...plain, orderId: String(500 - i) }))
    const { call, lines } = script({
      ...plansOf(),
      [ORDERS]: new InTurn(
        ok({ entrustedList: full, endId: '401' }),
        ok({ entrustedList: [plain, { ...plain, orderId: '10', cTime: String(START - 1) }] }),
      ),
    })
    expect(await getOrderHistory(call, query)).toHaveLength(101)
    expect(lines.at(-1)).toBe(`${ORDERS}?${OF}&idLessThan=401&limit=100`)
  })

  test('behavior: enough conditional orders are enough', async () => {
    const many = [plan, { ...plan, orderId: '6', executeOrderId: '', planStatus: 'cancelled' }]
    const { call, lines } = script({
      ...plansOf(...many),
      [ORDERS]: ok({ entrustedList: [child] }),
    })
    const orders = await getOrderHistory(call, { ...query, limit: 1 })
    expect(orders.map(({ orderId }) => orderId)).toEqual(['algo:7'])
    expect(lines.some((line) => line.startsWith(DETAIL))).toBe(false)
  })

  test('error: a row without its time', async () => {
    const { call } = script({
      ...plansOf(),
      [ORDERS]: ok({ entrustedList: [{ ...plain, cTime: '' }] }),
    })
    await expect(getOrderHistory(call, query)).rejects.toThrow('$.data.entrustedList[0].cTime')
  })
})

describe('getFills', () => {
  // docs/wire/bitget.md 4.5
  const row = {
    tradeId: '9',
    symbol: 'BTCUSDT',
    marginCoin: 'USDT',
    orderId: '11',
    price: '60000.50',
    baseVolume: '0.010',
    feeDetail: [
      { deduction: 'no', feeCoin: 'USDT', totalDeductionFee: '0', totalFee: '-0.02161596' },
    ],
    side: 'sell',
    quoteVolume: '600.005',
    profit: '0.0252',
    enterPointSource: 'api',
    tradeSide: 'sell_single',
    posMode: 'one_way_mode',
    tradeScope: 'taker',
    cTime: String(END - 1),
  }

  async function fill(changes: object) {
    const { call } = script({ [FILLS]: ok({ fillList: [{ ...row, ...changes }] }) })
    const [read] = await getFills(call, query)
    return read
  }

  test('default: a fee that was paid is positive', async () => {
    const { call, lines, sent } = script({ [FILLS]: ok({ fillList: [row], endId: '9' }) })
    const fills = await getFills(call, query)
    expect(lines).toEqual([`${FILLS}?${OF}&${TIMES}&limit=100`])
    expect(sent).toEqual([{ access: 'read', effect: 'read' }])
    expect(fills).toEqual([
      {
        fillId: '9',
        orderId: '11',
        symbol: 'unified BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        side: 'SELL',
        quantity: '0.01',
        price: '60000.5',
        fee: '0.02161596',
        feeAsset: 'USDT',
        isMaker: false,
        realizedPnl: '0.0252',
        timestamp: END - 1,
      },
    ])
    expect(fills[0]?.raw).toBe(row)
  })

  test.each([
    [{ side: 'buy', tradeSide: 'open' }, 'BUY', 'LONG'],
    [{ side: 'buy', tradeSide: 'close' }, 'SELL', 'LONG'],
    [{ side: 'sell', tradeSide: 'open' }, 'SELL', 'SHORT'],
    [{ side: 'sell', tradeSide: 'close' }, 'BUY', 'SHORT'],
  ])('args: in hedge mode %j trades %s of the %s', async (changes, side, positionSide) => {
    const hedge = await fill({ ...changes, posMode: 'hedge_mode' })
    expect(hedge).toMatchObject({ side, positionSide })
  })

  test('args: a maker with a rebate', async () => {
    const feeDetail = [{ feeCoin: 'USDT', totalFee: '0.01' }]
    expect(await fill({ tradeScope: 'MAKER', feeDetail })).toMatchObject({
      fee: '-0.01',
      isMaker: true,
    })
  })

  test.each([[null], [[]], [[{ feeCoin: '', totalFee: '' }]]])(
    'behavior: fees in %j are not told',
    async (feeDetail) => {
      expect(await fill({ feeDetail })).not.toHaveProperty('fee')
    },
  )

  test('behavior: all pages', async () => {
    const full = Array.from({ length: 100 }, (_, i) => ({ ...row, tradeId: String(500 - i) }))
    const { call, lines } = script({
      [FILLS]: new InTurn(ok({ fillList: full, endId: '401' }), ok({ fillList: [row] })),
    })
    expect(await getFills(call, query)).toHaveLength(101)
    expect(lines.at(-1)).toBe(`${FILLS}?${OF}&idLessThan=401&limit=100`)
  })

  test('behavior: none', async () => {
    const { call } = script({ [FILLS]: ok({ fillList: null, endId: null }) })
    expect(await getFills(call, query)).toEqual([])
  })

  test.each(['tradeId', 'orderId', 'price', 'baseVolume', 'side', 'cTime'])(
    'error: %s is needed',
    async (name) => {
      await expect(fill({ [name]: undefined })).rejects.toMatchObject({ name: 'ReadError' })
    },
  )
})
