// User events, and the rows of the calls that tell the same (docs/wire/binance.md 8.6).

export const T: number = 1_763_798_400_129

export function orderEvent(change: object, at = T): object {
  return {
    e: 'ORDER_TRADE_UPDATE',
    E: at + 1,
    T: at,
    o: {
      s: 'BTCUSDT',
      c: 't1-0001',
      S: 'BUY',
      o: 'LIMIT',
      f: 'GTC',
      q: '0.010',
      p: '60000.10',
      ap: '0',
      sp: '0',
      x: 'NEW',
      X: 'NEW',
      i: 22542179,
      l: '0',
      z: '0',
      L: '0',
      T: at,
      t: 0,
      m: false,
      R: false,
      ot: 'LIMIT',
      ps: 'BOTH',
      cp: false,
      rp: '0',
      ...change,
    },
  }
}

export const FILLED = {
  x: 'TRADE',
  X: 'FILLED',
  l: '0.010',
  z: '0.010',
  L: '60000.10',
  ap: '60000.10',
  N: 'USDT',
  n: '0.12000020',
  t: 12345678,
  m: true,
}

export function algoEvent(X: string, change: object = {}, at = T): object {
  const o = {
    caid: 'stop-1',
    aid: 1000000033225453,
    at: 'CONDITIONAL',
    o: 'STOP_MARKET',
    s: 'BTCUSDT',
    S: 'SELL',
    ps: 'BOTH',
    f: 'GTC',
    q: '0.01',
    X,
    ai: '',
    tp: '59000',
    p: '0',
    cp: false,
    R: true,
    ...change,
  }
  return { e: 'ALGO_UPDATE', T: at, E: at, o }
}

/** A row of the calls for the same order. */
export function orderRow(change: object): object {
  return {
    symbol: 'BTCUSDT',
    orderId: 22542179,
    clientOrderId: 't1-0001',
    side: 'BUY',
    positionSide: 'BOTH',
    type: 'LIMIT',
    origType: 'LIMIT',
    timeInForce: 'GTC',
    origQty: '0.010',
    price: '60000.10',
    avgPrice: '0',
    stopPrice: '0',
    status: 'NEW',
    executedQty: '0',
    reduceOnly: false,
    closePosition: false,
    time: T,
    updateTime: T,
    ...change,
  }
}

export function fillRow(id: number, time: number): object {
  return {
    id,
    orderId: 22542179,
    symbol: 'BTCUSDT',
    side: 'BUY',
    positionSide: 'BOTH',
    qty: '0.01',
    price: '60000.1',
    commission: '0.12',
    commissionAsset: 'USDT',
    maker: true,
    realizedPnl: '0',
    time,
  }
}

export function positionRow(change: object = {}): object {
  return {
    symbol: 'BTCUSDT',
    positionSide: 'BOTH',
    positionAmt: '0.01',
    entryPrice: '60000.1',
    markPrice: '60010.1',
    unRealizedProfit: '0.1',
    liquidationPrice: '0',
    notional: '600.101',
    positionInitialMargin: '30',
    ...change,
  }
}

export const SETTINGS = {
  symbol: 'BTCUSDT',
  leverage: 20,
  marginType: 'CROSSED',
  isAutoAddMargin: false,
}
