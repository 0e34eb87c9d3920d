import type { Engine } from '../../engine/types.ts'
import { feeGroup, type Listing, priceLimitRatio } from './instruments.ts'

/** Keys as in the sample of docs/wire/okx.md 3.1. */
export function instrumentRow(engine: Engine, listing: Listing): Record<string, unknown> {
  const { baseAsset, maxLeverage, settleAsset, symbol, tickSize } = listing.engine
  return {
    instType: 'SWAP',
    instId: listing.instId,
    uly: listing.family,
    instFamily: listing.family,
    settleCcy: settleAsset,
    ctVal: listing.contractSize,
    ctMult: '1',
    ctValCcy: baseAsset,
    ctType: 'linear',
    baseCcy: '',
    quoteCcy: '',
    tickSz: tickSize,
    lotSz: listing.lotSize,
    minSz: listing.lotSize,
    maxLmtSz: listing.maxLimitSize,
    maxMktSz: listing.maxMarketSize,
    maxLmtAmt: '20000000',
    maxMktAmt: '',
    maxStopSz: listing.maxMarketSize,
    maxTriggerSz: padded(listing.maxLimitSize),
    maxTwapSz: padded(listing.maxLimitSize),
    maxIcebergSz: padded(listing.maxLimitSize),
    lever: String(maxLeverage),
    listTime: String(listing.listTime),
    expTime: '',
    state: engine.isTrading(symbol) ? 'live' : 'suspend',
    ruleType: 'normal',
    groupId: feeGroup,
    instIdCode: listing.instIdCode,
    instCategory: '1',
    futureSettlement: false,
    tradeQuoteCcyList: [],
    initPxLmtPct: '0.05',
    floatPxLmtPct: priceLimitRatio,
    maxPxLmtPct: '0.15',
    upcChg: [],
    category: '1',
    alias: '',
    optType: '',
    stk: '',
    openType: '',
    auctionEndTime: '',
    contTdSwTime: '',
    preMktSwTime: '',
  }
}

/** The signed variant tells the account's quotas as well; none of them is limited here. */
export function accountInstrumentRow(engine: Engine, listing: Listing): Record<string, unknown> {
  return {
    ...instrumentRow(engine, listing),
    posLmtAmt: '',
    posLmtPct: '',
    maxPlatOILmt: '',
    maxPlatOICoinLmt: '',
    longPosRemainingQuota: '',
    shortPosRemainingQuota: '',
  }
}

/** The way the venue prints three of the limits. */
function padded(size: string): string {
  return `${size}.0000000000000000`
}
