import type { Route } from '../../../server/types.ts'
import * as account from './account.ts'
import { modifyOrder } from './amendment.ts'
import { batchPlace } from './batch.ts'
import { accountBill } from './bills.ts'
import { accountInfo } from './keyInfo.ts'
import { classicMarket } from './market.ts'
import * as queries from './orderQueries.ts'
import * as orders from './orders.ts'
import { cancelPlan, modifyPlan, modifyTpsl } from './planChanges.ts'
import { planSubOrder, plansHistory, plansPending } from './planQueries.ts'
import { placePlan } from './plans.ts'
import { allPositions, historyPosition, singlePosition } from './positions.ts'
import * as settings from './settings.ts'
import { placePositionTpsl, placeTpsl } from './tpsl.ts'

/** V2: public data for everybody, the rest for classic accounts. */
export const classicRoutes: readonly Route[] = [
  ...classicMarket,
  account.accounts,
  account.account,
  accountInfo,
  accountBill,
  account.feeRate,
  account.allFeeRates,
  settings.setLeverage,
  settings.setAllLeverage,
  settings.setMarginMode,
  settings.setPositionMode,
  settings.setMargin,
  settings.setAssetMode,
  allPositions,
  singlePosition,
  historyPosition,
  orders.placeOrder,
  orders.cancelOrder,
  orders.batchCancel,
  orders.cancelAll,
  orders.closePositions,
  batchPlace,
  modifyOrder,
  queries.orderDetail,
  queries.ordersPending,
  queries.ordersHistory,
  queries.orderFills,
  queries.fillHistory,
  placeTpsl,
  placePositionTpsl,
  placePlan,
  modifyTpsl,
  modifyPlan,
  cancelPlan,
  plansPending,
  plansHistory,
  planSubOrder,
]
