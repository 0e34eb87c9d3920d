import type { Route } from '../../../server/types.ts'
import * as account from './account.ts'
import { accountInfo } from './keyInfo.ts'
import { unifiedMarket } from './market.ts'
import * as queries from './orderQueries.ts'
import * as orders from './orders.ts'
import { currentPosition, historyPosition } from './positions.ts'
import { financialRecords } from './records.ts'
import * as settings from './settings.ts'
import { cancelStrategy, modifyStrategy } from './strategyChanges.ts'
import { placeStrategy } from './strategyPlacement.ts'
import { historyStrategies, strategySubOrders, unfilledStrategies } from './strategyQueries.ts'

/** V3: public data for everybody, the rest for unified accounts. */
export const unifiedRoutes: readonly Route[] = [
  ...unifiedMarket,
  account.accountSettings,
  account.accountAssets,
  accountInfo,
  account.feeRate,
  account.allFeeRates,
  settings.setHoldMode,
  settings.setLeverage,
  settings.setMargin,
  settings.countdownCancelAll,
  currentPosition,
  historyPosition,
  financialRecords,
  orders.placeOrder,
  orders.placeBatch,
  orders.modifyOrder,
  orders.modifyBatch,
  orders.cancelOrder,
  orders.cancelBatch,
  orders.cancelSymbol,
  orders.closePositions,
  queries.orderInfo,
  queries.unfilledOrders,
  queries.historyOrders,
  queries.fills,
  placeStrategy,
  modifyStrategy,
  cancelStrategy,
  unfilledStrategies,
  historyStrategies,
  strategySubOrders,
]
