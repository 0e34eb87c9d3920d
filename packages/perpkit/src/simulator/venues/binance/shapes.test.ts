import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { binance } from './index.ts'
import {
  limitBuy,
  marketBuy,
  openStand,
  START,
  type Stand,
  stopSell,
  type Words,
  without,
} from './wire.fixture.ts'

// Whole answers, word by word. The first order buys 0.010 BTC at the best ask, 60000.10.

let venue: Stand
beforeEach(() => {
  venue = openStand()
})
afterEach(async () => {
  expect(await venue.ledger()).toEqual([])
})

const ORDER = '/fapi/v1/order'
const ALGO = '/fapi/v1/algoOrder'

describe('answers', () => {
  const shared = {
    clientOrderId: 'm-1',
    executedQty: '0.010',
    orderId: 4_000_000_001,
    origQty: '0.010',
    price: '0',
    reduceOnly: false,
    side: 'BUY',
    positionSide: 'BOTH',
    status: 'FILLED',
    stopPrice: '0',
    closePosition: false,
    symbol: 'BTCUSDT',
    timeInForce: 'GTC',
    type: 'MARKET',
    origType: 'MARKET',
    updateTime: START,
    workingType: 'CONTRACT_PRICE',
    priceProtect: false,
    priceMatch: 'NONE',
    selfTradePreventionMode: 'EXPIRE_MAKER',
    goodTillDate: 0,
  }
  const queried = { ...shared, avgPrice: '60000.10000', cumQuote: '600.00100', time: START }

  test('default: an order placed, queried and in the history', async () => {
    const { body } = await venue.post(ORDER, { ...marketBuy, newClientOrderId: 'm-1' })
    expect(body).toEqual({ ...shared, cumQty: '0.010' })
    const name = { symbol: 'BTCUSDT', orderId: 4_000_000_001 }
    expect((await venue.get(ORDER, name)).body).toEqual(queried)
    expect((await venue.get('/fapi/v1/allOrders')).body).toEqual([
      { ...queried, pair: 'BTCUSDT', cumBase: '0' },
    ])
  })

  test('default: its fill, its income and its position', async () => {
    await venue.post(ORDER, marketBuy)
    expect((await venue.get('/fapi/v1/userTrades', { symbol: 'BTCUSDT' })).body).toEqual([
      {
        buyer: true,
        commission: '0.30000050',
        commissionAsset: 'USDT',
        id: 700_000_001,
        maker: false,
        orderId: 4_000_000_001,
        price: '60000.10',
        qty: '0.010',
        quoteQty: '600.00100',
        baseQty: '0',
        marginAsset: 'USDT',
        realizedPnl: '0.00000000',
        side: 'BUY',
        positionSide: 'BOTH',
        symbol: 'BTCUSDT',
        pair: 'BTCUSDT',
        time: START,
      },
    ])
    expect((await venue.get('/fapi/v1/income')).body).toEqual([
      {
        symbol: 'BTCUSDT',
        incomeType: 'COMMISSION',
        income: '-0.30000050',
        asset: 'USDT',
        info: 'COMMISSION',
        time: START,
        tranId: 1_400_000_003,
        tradeId: '700000001',
      },
    ])
    expect((await venue.get('/fapi/v3/positionRisk')).body).toEqual([
      {
        symbol: 'BTCUSDT',
        positionSide: 'BOTH',
        positionAmt: '0.010',
        entryPrice: '60000.1',
        breakEvenPrice: '60030.10005',
        markPrice: '60000.00000000',
        unRealizedProfit: '-0.00100000',
        liquidationPrice: '0',
        isolatedMargin: '0',
        notional: '600.00000000',
        marginAsset: 'USDT',
        isolatedWallet: '0',
        initialMargin: '30.00000000',
        maintMargin: '2.40000000',
        positionInitialMargin: '30.00000000',
        openOrderInitialMargin: '0',
        adl: 0,
        bidNotional: '0',
        askNotional: '0',
        updateTime: START,
      },
    ])
  })

  test('default: a conditional order placed, queried and listed', async () => {
    const words = { ...stopSell, type: 'STOP', price: '57900', clientAlgoId: 's-1' }
    const common = {
      algoId: 1_000_000_033_000_001,
      clientAlgoId: 's-1',
      algoType: 'CONDITIONAL',
      orderType: 'STOP',
      symbol: 'BTCUSDT',
      side: 'SELL',
      positionSide: 'BOTH',
      timeInForce: 'GTC',
      quantity: '0.010',
      algoStatus: 'NEW',
      triggerPrice: '58000.00',
      price: '57900.00',
      icebergQuantity: null,
      selfTradePreventionMode: 'EXPIRE_MAKER',
      workingType: 'CONTRACT_PRICE',
      priceMatch: 'NONE',
      closePosition: false,
      priceProtect: false,
      reduceOnly: true,
      createTime: START,
      updateTime: START,
      triggerTime: 0,
      goodTillDate: 0,
    }
    const { body } = await venue.post(ALGO, words)
    expect(body).toEqual({ ...common, activatePrice: '', callbackRate: '' })
    const shown = { ...common, actualOrderId: '', actualPrice: '0.00000' }
    expect((await venue.get(ALGO, { clientAlgoId: 's-1' })).body).toEqual(shown)
    const unused = {
      tpTriggerPrice: '0.00',
      tpPrice: '0.00',
      slTriggerPrice: '0.00',
      slPrice: '0.00',
      tpOrderType: '',
    }
    expect((await venue.get('/fapi/v1/openAlgoOrders')).body).toEqual([{ ...shown, ...unused }])
  })

  test('behavior: a liquidation is an order and a trade of the system', async () => {
    await venue.post('/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 100 })
    await venue.post(ORDER, { ...marketBuy, quantity: '10' })
    await venue.setPrice(49_000)
    expect((await venue.get('/fapi/v3/positionRisk')).body).toEqual([])
    const { body, json } = await venue.get('/fapi/v1/allOrders')
    expect(body).toMatchObject([
      {},
      {
        clientOrderId: `autoclose-${START}`,
        type: 'LIMIT',
        timeInForce: 'IOC',
        side: 'SELL',
        status: 'FILLED',
        executedQty: '10.000',
      },
    ])
    expect(Number(json.at(1).at('price').string())).toBeGreaterThan(49_000)
  })
})

describe('words that are taken', () => {
  test.each<[string, string]>([
    ['side', 'SELL'],
    ['positionSide', 'BOTH'],
    ['newOrderRespType', 'ACK'],
    ['newOrderRespType', 'RESULT'],
    ['timeInForce', 'GTX'],
    ['timeInForce', 'IOC'],
    ['selfTradePreventionMode', 'NONE'],
    ['selfTradePreventionMode', 'EXPIRE_TAKER'],
    ['selfTradePreventionMode', 'EXPIRE_BOTH'],
    ['reduceOnly', 'FALSE'],
    ['priceMatch', 'NONE'],
  ])('args: %s %s of a plain order', async (name, word) => {
    const price = word === 'SELL' ? { price: '61000' } : {}
    const { status, body } = await venue.post(ORDER, { ...limitBuy, ...price, [name]: word })
    expect({ status, body }).toMatchObject({ status: 200 })
    const isShown = name !== 'newOrderRespType' && name !== 'reduceOnly'
    expect(body).toMatchObject(isShown ? { [name]: word } : {})
  })

  test.each<[string, Words]>([
    ['STOP_MARKET', {}],
    ['STOP', { price: '58000' }],
    ['TAKE_PROFIT_MARKET', { triggerPrice: '62000' }],
    ['TAKE_PROFIT', { triggerPrice: '62000', price: '62000' }],
    ['TRAILING_STOP_MARKET', { callbackRate: '20' }],
  ])('args: a conditional order of type %s', async (type, words) => {
    const bare = type === 'TRAILING_STOP_MARKET' ? without(stopSell, 'triggerPrice') : stopSell
    expect((await venue.post(ALGO, { ...bare, type, ...words })).body).toMatchObject({
      orderType: type,
    })
  })

  test.each<[string, string]>([
    ['timeInForce', 'GTC'],
    ['timeInForce', 'IOC'],
    ['timeInForce', 'FOK'],
    ['timeInForce', 'GTX'],
    ['workingType', 'MARK_PRICE'],
    ['workingType', 'CONTRACT_PRICE'],
    ['selfTradePreventionMode', 'EXPIRE_BOTH'],
    ['positionSide', 'BOTH'],
    ['priceMatch', 'NONE'],
  ])('args: %s %s of a conditional order', async (name, word) => {
    expect((await venue.post(ALGO, { ...stopSell, [name]: word })).body).toMatchObject({
      [name]: word,
    })
  })
})

test('default: what faults call each route', () => {
  const named = Object.fromEntries(
    binance.routes
      .filter(({ access, operation }) => access === 'signed' && operation !== undefined)
      .map(({ method, path, operation }) => [`${method} ${path}`, operation]),
  )
  expect(named).toEqual({
    'POST /fapi/v1/order': 'createOrder',
    'POST /fapi/v1/batchOrders': 'createOrder',
    'POST /fapi/v1/algoOrder': 'createStop',
    'PUT /fapi/v1/order': 'amendOrder',
    'PUT /fapi/v1/batchOrders': 'amendOrder',
    'DELETE /fapi/v1/order': 'cancelOrder',
    'DELETE /fapi/v1/batchOrders': 'cancelOrder',
    'DELETE /fapi/v1/algoOrder': 'cancelOrder',
    'DELETE /fapi/v1/allOpenOrders': 'cancelAll',
    'DELETE /fapi/v1/algoOpenOrders': 'cancelAll',
    'POST /fapi/v1/countdownCancelAll': 'cancelAll',
    'GET /fapi/v1/order': 'getOrder',
    'GET /fapi/v1/openOrder': 'getOrder',
    'GET /fapi/v1/allOrders': 'getOrder',
    'GET /fapi/v1/orderAmendment': 'getOrder',
    'GET /fapi/v1/forceOrders': 'getOrder',
    'GET /fapi/v1/algoOrder': 'getOrder',
    'GET /fapi/v1/allAlgoOrders': 'getOrder',
    'GET /fapi/v1/openOrders': 'getOpenOrders',
    'GET /fapi/v1/openAlgoOrders': 'getOpenOrders',
    'GET /fapi/v3/positionRisk': 'getPositions',
    'GET /fapi/v2/positionRisk': 'getPositions',
    'GET /fapi/v1/adlQuantile': 'getPositions',
    'GET /fapi/v3/account': 'getAccount',
    'GET /fapi/v2/account': 'getAccount',
    'GET /fapi/v3/balance': 'getAccount',
    'GET /fapi/v2/balance': 'getAccount',
    'GET /fapi/v1/accountConfig': 'getAccount',
    'GET /fapi/v1/symbolConfig': 'getAccount',
    'POST /fapi/v1/leverage': 'setLeverage',
  })
  const others = binance.routes.filter(
    ({ access, path }) =>
      access !== 'signed' && path !== '/fapi/v1/listenKey' && !path.startsWith('/ws-fapi'),
  )
  expect(new Set(others.map(({ operation }) => operation))).toEqual(new Set(['marketData']))
})
