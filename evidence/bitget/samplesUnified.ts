import type { Json } from '../../test/wire/evidence.ts'
import { type Members, ORDER_ID, ok, PLAN_ID } from './samples.ts'

// Answers to a unified account, after the samples of docs/wire/bitget.md 12.

/** 12.2: lists come with a cursor; an empty one may be `null`. */
export function list(rows: readonly Json[], cursor: Json = ''): Json {
  return ok({ list: rows.length === 0 ? null : rows, cursor })
}

/** 12.4, one-way mode: an order that rests. */
export function order(members: Members): Json {
  return {
    orderId: ORDER_ID,
    clientOid: 'mock-0002',
    category: 'USDT-FUTURES',
    symbol: 'BTCUSDT',
    orderType: 'limit',
    side: 'buy',
    price: '59500.1',
    qty: '0.01',
    amount: '0',
    cumExecQty: '0',
    cumExecValue: '0',
    avgPrice: '0',
    timeInForce: 'gtc',
    orderStatus: 'new',
    posSide: 'net',
    holdMode: 'one_way_mode',
    tradeSide: 'open',
    delegateType: 'normal',
    reduceOnly: 'NO',
    marginMode: 'crossed',
    feeDetail: [{ feeCoin: '', fee: '' }],
    createdTime: '1763798400100',
    updatedTime: '1763798400200',
    cancelReason: '',
    execType: 'normal',
    stpMode: 'none',
    tpTriggerBy: null,
    slTriggerBy: null,
    takeProfit: null,
    stopLoss: null,
    tpOrderType: null,
    slOrderType: null,
    tpLimitPrice: null,
    slLimitPrice: null,
    ...members,
  }
}

/** A market order of 0.01 BTC, filled at 60000.1; what was paid is positive. */
export function filledOrder(members: Members): Json {
  return order({
    orderType: 'market',
    price: '0',
    orderStatus: 'filled',
    cumExecQty: '0.01',
    cumExecValue: '600.001',
    avgPrice: '60000.1',
    feeDetail: [{ feeCoin: 'USDT', fee: '0.3600006' }],
    ...members,
  })
}

/**
 * 12.5: a stop-loss of 0.01 BTC that waits. The row has no side but that of the position, which it
 * names in one-way mode too.
 */
export function strategy(members: Members): Json {
  return {
    orderId: PLAN_ID,
    clientOid: 'wire-15',
    category: 'USDT-FUTURES',
    symbol: 'BTCUSDT',
    qty: '0.01',
    posSide: 'long',
    type: 'tpsl',
    status: 'pending',
    tpTriggerBy: '',
    slTriggerBy: 'mark',
    takeProfit: '',
    stopLoss: '58000',
    tpOrderType: '',
    slOrderType: 'market',
    tpLimitPrice: '',
    slLimitPrice: '',
    triggerBy: '',
    triggerPrice: '',
    triggerOrderType: '',
    triggerOrderPrice: '',
    trailingStopParams: [],
    createdTime: '1763798400100',
    updatedTime: '1763798400200',
    ...members,
  }
}

const noStop: Members = { stopLoss: '', slTriggerBy: '', slOrderType: '' }

export function takeProfit(members: Members): Json {
  return strategy({ ...noStop, tpOrderType: 'market', ...members })
}

/** Its client order id is one the exchange made. */
export const trailing: Json = strategy({
  ...noStop,
  orderId: '1300000000000000103',
  clientOid: '1300000000000000103',
  type: 'trailing_stop',
  side: 'sell',
  posSide: '',
  reduceOnly: 'yes',
  trailingStopParams: [
    {
      activationPrice: '61000',
      activationType: 'market',
      trailType: 'ratio',
      trailVariance: '1.5',
      preOrderType: 'market',
      preOrderPrice: '',
    },
  ],
})

/** 12.5: the order a strategy placed. */
export function subOrders(subOrderId: string): Json {
  return list([
    {
      subOrderId,
      subClientOid: '1300000000000000202',
      category: 'USDT-FUTURES',
      symbol: 'BTCUSDT',
      price: '0',
      qty: '0.01',
      cumExecQty: '0.01',
      avgPrice: '57990',
      side: 'sell',
      posSide: 'long',
      status: 'filled',
    },
  ])
}

/** 12.3: one row for each symbol and margin mode that was ever set. */
export function settings(members: Members = {}): Json {
  return ok({
    uid: '1111111111',
    accountMode: 'unified',
    assetMode: 'multi_assets',
    accountLevel: 'advanced',
    holdMode: 'one_way_mode',
    stpMode: 'none',
    symbolConfigList: [
      {
        category: 'USDT-FUTURES',
        symbol: 'BTCUSDT',
        marginMode: 'isolated',
        leverage: '5',
        longLeverage: '5',
        shortLeverage: '5',
      },
      { category: 'USDT-FUTURES', symbol: 'BTCUSDT', marginMode: 'crossed', leverage: '15' },
    ],
    coinConfigList: [{ coin: 'USDT', leverage: '6' }],
    ...members,
  })
}

function asset(members: Members): Json {
  return { debt: '0', locked: '0', bonus: '0', ...members }
}

/** 12.3: totals over all assets, counted in USDT; one key has another spelling than the rest. */
export const assets: Json = ok({
  accountEquity: '10320.99',
  usdtEquity: '10320.55',
  btcEquity: '0.104',
  unrealisedPnl: '20.56',
  usdtUnrealisedPnl: '20.55',
  btcUnrealizedPnl: '0.0002',
  effEquity: '10310',
  mmr: '4.8',
  imr: '202.88',
  mgnRatio: '0.0005',
  positionMgnRatio: '0.02',
  assets: [
    asset({
      coin: 'USDT',
      equity: '10120.55',
      usdValue: '10121.01',
      balance: '10100',
      available: '9917.67',
    }),
    asset({ coin: 'USDC', equity: '200', usdValue: '199.98', balance: '200', available: '-3' }),
  ],
})

/** 12.3: long 0.02 BTC at 60000; the size has no sign in either mode. */
export function position(members: Members): Json {
  return {
    category: 'USDT-FUTURES',
    symbol: 'BTCUSDT',
    marginCoin: 'USDT',
    holdMode: 'one_way_mode',
    posSide: 'long',
    marginMode: 'crossed',
    positionBalance: '100',
    available: '0.02',
    frozen: '0',
    total: '0.02',
    leverage: '12',
    curRealisedPnl: '0',
    avgPrice: '60000',
    positionStatus: 'normal',
    unrealisedPnl: '2',
    liquidationPrice: '40321.5',
    mmr: '0.004',
    profitRate: '0.02',
    markPrice: '60100',
    breakEvenPrice: '60072.04',
    totalFunding: '0',
    openFeeTotal: '-0.72',
    closeFeeTotal: '0',
    cashDividend: '0',
    createdTime: '1763790000000',
    updatedTime: '1763798400000',
    ...members,
  }
}

/** 12.4: what was paid is positive; the category is in small letters. */
export function fill(members: Members): Json {
  return {
    execId: '1300000000000000301',
    execLinkId: '1300000000000000391',
    orderId: ORDER_ID,
    clientOid: 'wire-10',
    category: 'usdt-futures',
    symbol: 'BTCUSDT',
    orderType: 'market',
    side: 'buy',
    posSide: 'net',
    execPrice: '60000.1',
    execQty: '0.01',
    execValue: '600.001',
    tradeScope: 'taker',
    tradeSide: 'open',
    feeDetail: [{ feeCoin: 'USDT', fee: '0.3600006' }],
    createdTime: '1763798393000',
    updatedTime: '1763798393000',
    execPnl: '0',
    isRPI: 'no',
    ...members,
  }
}
