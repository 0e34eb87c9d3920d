/** What is said of a request: docs/wire/bitget.md 6.1. */
export type Situation =
  | 'idMissing'
  | 'symbolUnknown'
  | 'suspended'
  | 'modeMismatch'
  | 'scale'
  | 'offStep'
  | 'offTick'
  | 'sizeTooSmall'
  | 'sizeTooLarge'
  | 'notionalTooSmall'
  | 'priceTooHigh'
  | 'priceTooLow'
  | 'marginShort'
  | 'flat'
  | 'closeTooLarge'
  | 'sideMissing'
  | 'reduceOnlyHedged'
  | 'marginToAdd'
  | 'marginToTake'
  | 'duplicateClientId'
  | 'clientIdMalformed'
  | 'orderUnknownOnRead'
  | 'orderUnknown'
  | 'finishedOnCancel'
  | 'finishedOnAmend'
  | 'noPlansToCancel'
  | 'amendUnchanged'
  | 'amendReduceOnly'
  | 'leverageTooHigh'
  | 'leverageMargin'
  | 'marginModeLocked'
  | 'positionModeLocked'
  | 'positionModeOrders'
  | 'protectionFlat'
  | 'secondTake'
  | 'secondStop'
  | 'protectionTooLarge'
  | 'planUnknown'
  | 'triggerUnknown'
  | 'tooManyOrders'
  | 'tooManyPlans'
  | 'presetOnClose'
  | 'strategyUnchanged'
  | 'rangeTooLong'
  | 'batchTooBig'
  | 'takeLongLast'
  | 'takeLongMark'
  | 'takeShortLast'
  | 'takeShortMark'
  | 'stopLongLast'
  | 'stopLongMark'
  | 'stopShortLast'
  | 'stopShortMark'
  | 'permission'
  | 'leverageUnchanged'
  | 'busy'
  | 'timedOut'
  | 'maintenance'

/** In the codes of both generations. */
export const situations: Readonly<
  Record<Situation, readonly [classic: string, unified: string, text: string, unifiedText?: string]>
> = {
  idMissing: [
    '40913',
    '400172',
    'orderId or clientOid must be passed one',
    'Parameter verification failed',
  ],
  symbolUnknown: ['40034', '25100', 'Parameter symbol does not exist'],
  suspended: ['40844', '25102', 'The contract is under temporary maintenance'],
  modeMismatch: [
    '40774',
    '25236',
    'The order type for unilateral position must also be the unilateral position type.',
  ],
  scale: ['40808', '25200', 'Parameter verification exception'],
  offStep: ['22038', '25200', 'The order size must be a multiple of the size step'],
  offTick: ['45115', '25244', 'The price you enter should be a multiple of the tick size'],
  sizeTooSmall: ['45111', '25207', 'Less than the minimum order quantity'],
  sizeTooLarge: ['45112', '25208', 'More than the maximum order quantity'],
  notionalTooSmall: ['45110', '45110', 'less than the minimum amount 5 USDT'],
  priceTooHigh: ['40815', '25206', 'The order price is higher than the highest bid price'],
  priceTooLow: ['40816', '25205', 'The order price is lower than the lowest ask price'],
  marginShort: ['40762', '40762', 'The order amount exceeds the balance'],
  flat: ['22002', '25227', 'No position to close'],
  closeTooLarge: ['40757', '25231', 'Insufficient position available to close'],
  sideMissing: [
    '40808',
    '40019',
    'Parameter verification exception hold side is null',
    'DOUBLE_SIDE_HOLD afterShortLeverage and afterLongLeverage none validation error',
  ],
  reduceOnlyHedged: [
    '40774',
    '25238',
    'reduceOnly is not supported in hedge mode, please use posSide',
  ],
  marginToAdd: ['40711', '25202', 'Insufficient contract account balance'],
  marginToTake: ['40712', '25203', 'Insufficient margin amount'],
  duplicateClientId: ['40786', '25212', 'Duplicate clientOid'],
  clientIdMalformed: ['40305', '400172', 'client_oid format error'],
  orderUnknownOnRead: [
    '40109',
    '25204',
    'The data of the order cannot be found, please confirm the order number',
  ],
  orderUnknown: ['40768', '25204', 'Order does not exist'],
  finishedOnCancel: ['22001', '25204', 'No order to cancel'],
  finishedOnAmend: ['40922', '25568', 'Only work orders can be modified'],
  noPlansToCancel: ['43004', '25597', 'There is no order to cancel'],
  amendUnchanged: ['40923', '25571', 'Order size and price have not changed'],
  amendReduceOnly: ['40922', '25568', 'Only work orders can be modified'],
  leverageTooHigh: ['45045', '25223', 'The leverage is not within the range allowed'],
  leverageMargin: ['40893', '25228', 'Insufficient margin for that leverage'],
  marginModeLocked: [
    '45117',
    '25107',
    'Currently holding positions or orders, the margin mode cannot be adjusted',
  ],
  positionModeLocked: [
    '40920',
    '25107',
    'Position or order exists, the position mode cannot be switched',
  ],
  positionModeOrders: [
    '40920',
    '25570',
    'Position or order exists, the position mode cannot be switched',
  ],
  protectionFlat: ['43023', '25601', 'Insufficient position, can not set profit or stop loss'],
  secondTake: ['43030', '25594', 'The whole-position take profit order exists already'],
  secondStop: ['43031', '25594', 'The whole-position stop loss order exists already'],
  protectionTooLarge: ['40891', '25595', 'The take profit and stop loss size exceeds the position'],
  planUnknown: ['43020', '25597', 'The take profit or stop loss order does not exist'],
  triggerUnknown: ['43025', '25597', 'Plan order does not exist'],
  tooManyOrders: ['40912', '25567', 'Too many orders'],
  tooManyPlans: ['40889', '25599', 'The number of plan orders exceeds the maximum limit'],
  presetOnClose: [
    '40020',
    '25612',
    'Preset take profit and stop loss are not supported on closing orders',
  ],
  strategyUnchanged: ['40923', '25600', 'Nothing to modify'],
  rangeTooLong: ['40705', '400172', 'The start and end time cannot exceed the limit'],
  batchTooBig: ['40306', '400172', 'Batch processing orders can only process up to the limit'],
  takeLongLast: [
    '40830',
    '25585',
    'The take profit price of the long position should be higher than the current price',
  ],
  takeLongMark: [
    '40915',
    '25589',
    'The take profit price of the long position should be higher than the mark price',
  ],
  takeShortLast: [
    '40832',
    '25587',
    'The take profit price of the short position should be lower than the current price',
  ],
  takeShortMark: [
    '45135',
    '25591',
    'The take profit price of the short position should be lower than the mark price',
  ],
  stopLongLast: [
    '40834',
    '25586',
    'The stop loss price of the long position should be lower than the current price',
  ],
  stopLongMark: [
    '40917',
    '25590',
    'The stop loss price of the long position should be lower than the mark price',
  ],
  stopShortLast: [
    '40836',
    '25588',
    'The stop loss price of the short position should be higher than the current price',
  ],
  stopShortMark: [
    '45122',
    '25592',
    'The stop loss price of the short position should be higher than the mark price',
  ],
  permission: ['40014', '40014', 'Incorrect permissions'],
  leverageUnchanged: ['40814', '40814', 'No change in leverage'],
  busy: ['40725', '25000', 'service return an error'],
  timedOut: ['40010', '25001', 'Request timed out'],
  maintenance: ['40200', '40200', 'Server upgrade, please try again later'],
}
