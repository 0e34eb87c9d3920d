import type { Operations } from '../../client/definition.ts'

/** What each kind of account does in its own way: all that takes a key. */
export type PrivateOperations = Required<
  Omit<
    Operations,
    | 'getServerTime'
    | 'getInstruments'
    | 'getMaxLeverage'
    | 'getTicker'
    | 'getOrderBook'
    | 'getTrades'
    | 'getKlines'
    | 'getFundingRate'
    | 'getFundingRateHistory'
    | 'getOpenInterest'
    | 'setPositionStop'
    | 'getEndedOrders'
    | 'setCancelAllAfter'
  >
>
