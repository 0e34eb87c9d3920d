import { describe, expect, test } from 'vitest'
import type { HistoryQuery } from '../../../client/definition.ts'
import { bitcoin, InTurn, no, ok, script } from '../script.testing.ts'
import { getFills, getOrderHistory } from './history.ts'

const ORDERS = 'GET /api/v3/trade/history-orders'
const STRATEGIES = 'GET /api/v3/trade/history-strategy-orders'
const CHILDREN = 'GET /api/v3/trade/strategy-sub-orders'
const INFO = 'GET /api/v3/trade/order-info'
const FILLS = 'GET /api/v3/trade/fills'

const DAY = 86_400_000
const START = 1_763_700_000_000
const END = 1_763_790_000_000
const query: HistoryQuery = { instrument: bitcoin, startTime: START, endTime: END, limit: 500 }
const TIMES = `startTime=${START}&endTime=${END}`
const none = ok({ list: null, cursor: '' })

const plain = {
  orderId: '11',
  clientOid: 'mine',
  symbol: 'BTCUSDT',
  orderType: 'limit',
  side: 'buy',
  price: '50000',
  qty: '0.001',
  cumExecQty: '0.001',
  avgPrice: '50000',
  timeInForce: 'gtc',
  orderStatus: 'filled',
  posSide: 'net',
  reduceOnly: 'NO',
  createdTime: String(END - 1000),
  updatedTime: String(END - 900),
}
const child = {
  ...plain,
  orderId: '12',
  clientOid: '12',
  orderType: 'market',
  side: 'sell',
  avgPrice: '111990.5',
}
const strategy = {
  orderId: '7',
  clientOid: 'guard',
  symbol: 'BTCUSDT',
  qty: '0.001',
  posSide: 'long',
  type: 'tpsl',
  status: 'success',
  takeProfit: '',
  stopLoss: '112000',
  slOrderType: 'market',
  createdTime: String(END - 2000),
  updatedTime: String(END - 1000),
}
const children = ok({ list: [{ subOrderId: '12' }], cursor: '' })

describe('getOrderHistory', () => {
  test('default: plain and conditional; what a trigger placed is told once', async () => {
    const odd = { ...strategy, orderId: '8', type: 'twap', stopLoss: '' }
    const other = { ...strategy, orderId: '9', symbol: 'ETHUSDT' }
    const { call, lines, sent } = script({
      [STRATEGIES]: new InTurn(ok({ list: [strategy, odd, other], cursor: '' }), none),
      [CHILDREN]: children,
      [ORDERS]: ok({ list: [child, plain], cursor: '' }),
    })
    const orders = await getOrderHistory(call, query)
    // Those that waited for up to 30 days before the stretch are asked for too.
    expect(lines).toEqual([
      `${STRATEGIES}?category=USDT-FUTURES&startTime=${END - 30 * DAY}&endTime=${END}&limit=100`,
      `${STRATEGIES}?category=USDT-FUTURES&startTime=${START - 30 * DAY}&endTime=${END - 30 * DAY - 1}&limit=100`,
      `${CHILDREN}?orderId=7`,
      `${ORDERS}?category=USDT-FUTURES&symbol=BTCUSDT&${TIMES}&limit=100`,
    ])
    expect(sent[0]).toEqual({ access: 'read', effect: 'read' })
    expect(orders).toMatchObject([
      { orderId: '11', status: 'FILLED' },
      { orderId: 'algo:7', clientOrderId: 'guard', status: 'FILLED', averagePrice: '111990.5' },
    ])
  })

  test('behavior: one placed before the stretch keeps its child out of the plain ones', async () => {
    const early = { ...strategy, createdTime: String(START - DAY) }
    const { call } = script({
      [STRATEGIES]: new InTurn(ok({ list: [early] }), none),
      [CHILDREN]: children,
      [ORDERS]: ok({ list: [child, plain] }),
    })
    const orders = await getOrderHistory(call, query)
    expect(orders.map(({ orderId }) => orderId)).toEqual(['11'])
  })

  test('behavior: one that ended before the stretch is not asked about', async () => {
    const old = {
      ...strategy,
      createdTime: String(START - DAY),
      updatedTime: String(START - DAY),
    }
    const { call, lines } = script({
      [STRATEGIES]: new InTurn(ok({ list: [old] }), none),
      [ORDERS]: none,
    })
    expect(await getOrderHistory(call, query)).toEqual([])
    expect(lines.some((line) => line.startsWith(CHILDREN))).toBe(false)
  })

  test.each([
    ['filled meanwhile', ok(child), 1],
    ['still open', ok({ ...child, orderStatus: 'new', cumExecQty: '0' }), 0],
    ['not to be seen', no('25204'), 0],
  ])('behavior: a child outside the list that is %s', async (_what, info, count) => {
    const { call } = script({
      [STRATEGIES]: new InTurn(ok({ list: [strategy] }), none),
      [CHILDREN]: children,
      [ORDERS]: none,
      [INFO]: info,
    })
    expect(await getOrderHistory(call, query)).toHaveLength(count)
  })

  test.each([
    ['cancelled', 'CANCELLED'],
    ['failed', 'REJECTED'],
  ])('args: one that %s placed nothing', async (status, expected) => {
    const { call, lines } = script({
      [STRATEGIES]: new InTurn(ok({ list: [{ ...strategy, status }] }), none),
      [ORDERS]: none,
    })
    expect(await getOrderHistory(call, query)).toMatchObject([{ status: expected }])
    expect(lines).toHaveLength(3)
  })

  test('behavior: all pages, by cursor and within the times', async () => {
    const full = Array.from({ length: 100 }, (_, i) => ({ ...plain, orderId: String(500 - i) }))
    const { call, lines } = script({
      [STRATEGIES]: none,
      [ORDERS]: new InTurn(ok({ list: full, cursor: '401' }), ok({ list: [plain], cursor: '' })),
    })
    expect(await getOrderHistory(call, query)).toHaveLength(101)
    expect(lines.at(-1)).toBe(
      `${ORDERS}?category=USDT-FUTURES&symbol=BTCUSDT&${TIMES}&limit=100&cursor=401`,
    )
  })
})

describe('getFills', () => {
  // docs/wire/bitget.md 12.4
  const row = {
    execId: '1322441401010528257',
    execLinkId: '1322441401010528258',
    orderId: '11',
    clientOid: 'mine',
    category: 'usdt-futures',
    symbol: 'BTCUSDT',
    orderType: 'market',
    side: 'sell',
    posSide: 'long',
    execPrice: '107005.40',
    execQty: '0.0001',
    execValue: '10.7005',
    tradeScope: 'taker',
    tradeSide: 'close',
    feeDetail: [{ feeCoin: 'USDT', fee: '0.00642032' }],
    createdTime: String(END - 5),
    updatedTime: String(END),
    execPnl: '0.00017',
  }

  async function fill(changes: object) {
    const { call } = script({ [FILLS]: ok({ list: [{ ...row, ...changes }] }) })
    const [read] = await getFills(call, query)
    return read
  }

  test('default: of the symbol alone, a fee that was paid is positive', async () => {
    const { call, lines } = script({
      [FILLS]: ok({ list: [{ ...row, symbol: 'ETHUSDT', execId: '5' }, row], cursor: '' }),
    })
    expect(await getFills(call, query)).toEqual([
      {
        fillId: '1322441401010528257',
        orderId: '11',
        clientOrderId: 'mine',
        symbol: 'unified BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        side: 'SELL',
        positionSide: 'LONG',
        quantity: '0.0001',
        price: '107005.4',
        fee: '0.00642032',
        feeAsset: 'USDT',
        isMaker: false,
        realizedPnl: '0.00017',
        timestamp: END - 5,
      },
    ])
    expect(lines).toEqual([`${FILLS}?category=USDT-FUTURES&${TIMES}&limit=100`])
  })

  test.each(['net', '', null])('behavior: position %j is one-way mode', async (posSide) => {
    expect(await fill({ posSide })).not.toHaveProperty('positionSide')
  })

  test('behavior: amounts that are not told are left out', async () => {
    const read = await fill({ feeDetail: [{ feeCoin: 'USDT', fee: null }], execPnl: '' })
    expect(read).not.toHaveProperty('fee')
    expect(read).not.toHaveProperty('realizedPnl')
  })

  test('behavior: pages of other symbols are read over', async () => {
    const full = Array.from({ length: 100 }, (_, i) => ({
      ...row,
      symbol: 'ETHUSDT',
      execId: String(500 - i),
    }))
    const { call } = script({
      [FILLS]: new InTurn(ok({ list: full, cursor: '401' }), ok({ list: [row], cursor: '' })),
    })
    expect(await getFills(call, { ...query, limit: 1 })).toHaveLength(1)
  })

  test.each(['execId', 'orderId', 'execPrice', 'execQty', 'side', 'createdTime'])(
    'error: %s is needed',
    async (name) => {
      await expect(fill({ [name]: undefined })).rejects.toMatchObject({ name: 'ReadError' })
    },
  )
})
