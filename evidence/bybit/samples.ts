import type { Json } from '../../test/wire/evidence.ts'

// Answers in the exchange's own words, after the samples of docs/wire/bybit.md.

type Members = { readonly [key: string]: Json }

/** Section 3: the envelope. */
export function success(result: Json): Json {
  return { retCode: 0, retMsg: 'OK', result, retExtInfo: {}, time: 1763798400001 }
}

export function refusal(retCode: number, retMsg: string): Json {
  return { retCode, retMsg, result: {}, retExtInfo: {}, time: 1763798400001 }
}

export function list(rows: readonly Json[], nextPageCursor = ''): Json {
  return success({ category: 'linear', list: rows, nextPageCursor })
}

export const ORDER_ID = 'c6f055d9-7f21-4079-913d-e6523a9cfffa'
export const STOP_ID = 'a1c18ab1-0c92-4c8f-9d52-0f2b1b3c9f11'

/** Placing, amending and cancelling are acknowledged, no more. */
export function receipt(orderId: string, orderLinkId: string): Json {
  return success({ orderId, orderLinkId })
}

/** 4.3: an order that rests. */
export function order(members: Members): Json {
  return {
    orderId: ORDER_ID,
    orderLinkId: 'tx-0001',
    parentOrderLinkId: '',
    blockTradeId: '',
    symbol: 'BTCUSDT',
    price: '59500.10',
    qty: '0.010',
    side: 'Buy',
    isLeverage: '',
    positionIdx: 0,
    orderStatus: 'New',
    createType: 'CreateByUser',
    cancelType: 'UNKNOWN',
    rejectReason: 'EC_NoError',
    avgPrice: '',
    leavesQty: '0.010',
    leavesValue: '595.001',
    cumExecQty: '0.000',
    cumExecValue: '0',
    cumExecFee: '0',
    cumFeeDetail: {},
    timeInForce: 'GTC',
    orderType: 'Limit',
    stopOrderType: '',
    orderIv: '',
    triggerPrice: '',
    takeProfit: '',
    stopLoss: '',
    tpslMode: '',
    tpLimitPrice: '',
    slLimitPrice: '',
    tpTriggerBy: '',
    slTriggerBy: '',
    triggerDirection: 0,
    triggerBy: '',
    lastPriceOnCreated: '60010.1',
    reduceOnly: false,
    closeOnTrigger: false,
    placeType: '',
    smpType: 'None',
    smpGroup: '0',
    smpOrderId: '',
    slippageToleranceType: 'UNKNOWN',
    slippageTolerance: '0',
    createdTime: '1763798400100',
    updatedTime: '1763798400200',
    extraFees: '',
    rpiTakerAccess: false,
    rpiMatchedQty: '0',
    ...members,
  }
}

/** An order that was filled at 60000.1; a market order's `price` is its protection price. */
export function filledOrder(members: Members): Json {
  return order({
    orderStatus: 'Filled',
    orderType: 'Market',
    timeInForce: 'IOC',
    price: '60600.00',
    avgPrice: '60000.1',
    leavesQty: '0.000',
    leavesValue: '0',
    cumExecQty: '0.010',
    cumExecValue: '600.001',
    cumExecFee: '0.33000055',
    cumFeeDetail: { USDT: '0.33000055' },
    ...members,
  })
}

/** 4.3: a conditional that waits. */
export function conditional(members: Members): Json {
  return order({
    orderId: STOP_ID,
    orderLinkId: 'wire-15',
    price: '0.00',
    side: 'Sell',
    orderStatus: 'Untriggered',
    createType: 'CreateByStopOrder',
    leavesValue: '0',
    timeInForce: 'IOC',
    orderType: 'Market',
    stopOrderType: 'Stop',
    triggerPrice: '58000.00',
    triggerDirection: 2,
    triggerBy: 'MarkPrice',
    reduceOnly: true,
    closeOnTrigger: true,
    ...members,
  })
}

/** 4.6: one fill. */
export function execution(members: Members): Json {
  return {
    symbol: 'BTCUSDT',
    orderId: '88d84f9a-a6b5-4ff6-b746-1cc9978afca4',
    orderLinkId: 'wire-10',
    side: 'Buy',
    orderPrice: '60600.00',
    orderQty: '0.010',
    leavesQty: '0.000',
    createType: 'CreateByUser',
    orderType: 'Market',
    stopOrderType: 'UNKNOWN',
    execFee: '0.33000055',
    feeCurrency: 'USDT',
    feeRate: '0.00055',
    execId: '0ab1bdf7-4219-438b-b30a-000000000001',
    execPrice: '60000.10',
    execQty: '0.010',
    execType: 'Trade',
    execValue: '600.001',
    execTime: '1763798393000',
    isMaker: false,
    markPrice: '60000.00',
    indexPrice: '',
    tradeIv: '',
    markIv: '',
    underlyingPrice: '',
    blockTradeId: '',
    closedSize: '',
    extraFees: '',
    seq: 37449201146,
    ...members,
  }
}

/** 4.2. */
export function position(members: Members): Json {
  return {
    positionIdx: 0,
    riskId: 1,
    riskLimitValue: '2000000',
    symbol: 'BTCUSDT',
    side: 'Buy',
    size: '0.020',
    avgPrice: '60000',
    positionValue: '1200',
    tradeMode: 0,
    positionStatus: 'Normal',
    autoAddMargin: 0,
    adlRankIndicator: 2,
    leverage: '10',
    breakEvenPrice: '60066.03',
    positionBalance: '0',
    markPrice: '60100.50',
    liqPrice: '',
    bustPrice: '',
    positionMM: '6.5',
    positionMMByMp: '6.5',
    positionIM: '121.2',
    positionIMByMp: '121.2',
    tpslMode: 'Full',
    takeProfit: '',
    stopLoss: '',
    trailingStop: '0',
    unrealisedPnl: '2.01',
    curRealisedPnl: '-0.66',
    cumRealisedPnl: '-3.1',
    seq: 814547787693,
    isReduceOnly: false,
    mmrSysUpdatedTime: '',
    leverageSysUpdatedTime: '',
    sessionAvgPrice: '',
    createdTime: '1676538056258',
    updatedTime: '1763798400012',
    openTime: 1763790000000,
    ...members,
  }
}

/** A symbol without a position is listed all the same when it is asked for by name. */
export const flatPosition: Json = flatSlot(0)

/** 1 is the long slot of hedge mode, 2 the short one. */
export function flatSlot(positionIdx: 0 | 1 | 2): Json {
  return position({
    positionIdx,
    side: '',
    size: '0',
    avgPrice: '0',
    positionValue: '',
    positionIM: '',
    positionMM: '',
    unrealisedPnl: '',
    openTime: 0,
  })
}

/** 4.1. */
export const wallet: Json = success({
  list: [
    {
      accountType: 'UNIFIED',
      accountIMRate: '0.0210',
      accountMMRate: '0.0040',
      totalEquity: '10120.55',
      totalWalletBalance: '10100.00',
      totalMarginBalance: '10120.55',
      totalAvailableBalance: '9907.12',
      totalPerpUPL: '20.55',
      totalInitialMargin: '213.43',
      totalMaintenanceMargin: '40.10',
      accountIMRateByMp: '0.0210',
      accountMMRateByMp: '0.0040',
      totalInitialMarginByMp: '213.43',
      totalMaintenanceMarginByMp: '40.10',
      accountLTV: '0',
      coin: [
        {
          coin: 'USDT',
          equity: '10120.55',
          usdValue: '10121.10',
          walletBalance: '10100.00',
          locked: '0',
          spotHedgingQty: '0',
          borrowAmount: '0',
          accruedInterest: '0',
          totalOrderIM: '12.4',
          totalPositionIM: '201.0',
          totalPositionMM: '40.1',
          unrealisedPnl: '20.55',
          cumRealisedPnl: '-3.2',
          bonus: '0',
          marginCollateral: true,
          collateralSwitch: true,
          colRes: '0',
          spotBorrow: '0',
          availableToWithdraw: '',
          availableToBorrow: '',
        },
      ],
    },
  ],
})

export const accountInfo: Json = accountInfoOf('REGULAR_MARGIN')

export function accountInfoOf(marginMode: 'REGULAR_MARGIN' | 'ISOLATED_MARGIN'): Json {
  return success({
    marginMode,
    updatedTime: '1697078946000',
    unifiedMarginStatus: 5,
    dcpStatus: 'OFF',
    timeWindow: 10,
    smpGroup: 0,
    isMasterTrader: false,
    spotHedgingStatus: 'OFF',
  })
}

/** 4.6: fractions. */
export const feeRate: Json = success({
  list: [{ symbol: 'BTCUSDT', takerFeeRate: '0.00055', makerFeeRate: '0.0002' }],
})
