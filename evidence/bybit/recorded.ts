import type { Recorded } from '../../test/wire/evidence.ts'
import { ask, btc, look, openLong, post, restingBuy } from './words.ts'

const NEWER = 'younger than the recording: docs/wire/bybit.md 3, 4 and 10 have it'
const ENVELOPE = 'some recordings lack parts of the envelope: docs/wire/bybit.md 3'
const NULLED = 'null where a string is documented: docs/wire/bybit.md 11'
const ABRIDGED = "the sheet's sample is abridged: docs/wire/bybit.md 4.6"

const newerInstrument = {
  'result.list[].copyTrading': NEWER,
  'result.list[].upperFundingRate': NEWER,
  'result.list[].lowerFundingRate': NEWER,
  'result.list[].isPreListing': NEWER,
  'result.list[].preListingInfo': NEWER,
  'result.list[].riskParameters': NEWER,
  'result.list[].displayName': NEWER,
  'result.list[].forbidUplWithdrawal': NEWER,
  'result.list[].skipCallAuction': NEWER,
}

const olderOrder = {
  'result.category': ENVELOPE,
  'result.list[].blockTradeId': NULLED,
  'result.list[].avgPrice': NULLED,
  'result.list[].orderIv': NULLED,
  'result.list[].smpGroup': 'a number before 2026-08, a string since: docs/wire/bybit.md 4.3',
  'result.list[].parentOrderLinkId': NEWER,
  'result.list[].createType': NEWER,
  'result.list[].cumFeeDetail': NEWER,
  'result.list[].slippageToleranceType': NEWER,
  'result.list[].slippageTolerance': NEWER,
  'result.list[].extraFees': NEWER,
  'result.list[].rpiTakerAccess': NEWER,
  'result.list[].rpiMatchedQty': NEWER,
}

/** Recorded payloads the simulator's answers are laid beside, and what may differ, with reasons. */
export const recorded: readonly Recorded[] = [
  {
    file: 'http_get_account_info.json',
    send: ask('/v5/account/info'),
    allowed: { retExtInfo: ENVELOPE, time: ENVELOPE },
  },
  {
    file: 'http_get_instruments_linear.json',
    send: look('/v5/market/instruments-info', { category: 'linear' }),
    allowed: {
      ...newerInstrument,
      'result.nextPageCursor': NULLED,
      'result.category': ENVELOPE,
      'result.list[].symbolId': NEWER,
      'result.list[].symbolType': NEWER,
    },
  },
  {
    file: 'http_get_instruments_linear_symbol_type.json',
    send: look('/v5/market/instruments-info', { category: 'linear' }),
    allowed: {
      ...newerInstrument,
      'result.list[].lotSizeFilter.maxMktOrderQty': 'left out by hand: docs/wire/bybit.md 11',
    },
  },
  {
    file: 'http_get_klines_linear.json',
    send: look('/v5/market/kline', { ...btc, interval: '1' }),
    allowed: {},
  },
  {
    file: 'http_get_orderbook.json',
    send: look('/v5/market/orderbook', btc),
    allowed: { retExtInfo: ENVELOPE },
  },
  {
    file: 'http_get_orders_realtime.json',
    before: [restingBuy],
    send: ask('/v5/order/realtime', btc),
    allowed: olderOrder,
  },
  {
    file: 'http_get_orders_history.json',
    before: [restingBuy, post('/v5/order/cancel', { ...btc, orderLinkId: 'resting-1' })],
    send: ask('/v5/order/history', btc),
    allowed: olderOrder,
  },
  {
    file: 'http_get_positions.json',
    before: [openLong],
    send: ask('/v5/position/list', btc),
    allowed: {
      'result.list[].breakEvenPrice': NEWER,
      'result.list[].positionMMByMp': NEWER,
      'result.list[].positionIMByMp': NEWER,
      'result.list[].sessionAvgPrice': NEWER,
      'result.list[].openTime': NEWER,
    },
  },
  {
    file: 'http_get_trades_recent.json',
    before: [openLong],
    send: look('/v5/market/recent-trade', btc),
    allowed: {
      retExtInfo: ENVELOPE,
      'result.list[].isRPITrade': NEWER,
      'result.list[].seq': NEWER,
    },
  },
  {
    file: 'http_get_user_query_api.json',
    send: ask('/v5/user/query-api'),
    allowed: {
      'result.permissions': 'depends on what the key may do',
      'result.inviterID': ABRIDGED,
      'result.mktMakerLevel': ABRIDGED,
      'result.affiliateID': ABRIDGED,
      'result.rsaPublicKey': ABRIDGED,
      'result.kycLevel': ABRIDGED,
      'result.userIDInt64': ABRIDGED,
      'result.inviterIDInt64': ABRIDGED,
      'result.affiliateIDInt64': ABRIDGED,
    },
  },
]
