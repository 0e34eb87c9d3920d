import type { ErrorCode } from '../../model/errorCodes.ts'

// Every code of docs/wire/htx.md section 6.

/** `ambiguous`: perhaps executed. `unchanged`: it is so already. */
export type Meaning = ErrorCode | 'ambiguous' | 'unchanged'

/** `undefined` for a code nobody has told us of. */
export function meaningOf(code: string, text: string): Meaning | undefined {
  const byText = TEXTS.get(code)?.find(([pattern]) => pattern.test(text))
  return byText?.[1] ?? CODES.get(code)
}

// Codes that stand for several things, told apart by a loose part of their text.
const TEXTS: ReadonlyMap<string, readonly (readonly [RegExp, Meaning])[]> = new Map([
  [
    '403',
    [
      [/submission time/i, 'TIMESTAMP_OUT_OF_WINDOW'],
      [/permission|not allowed|forbidden/i, 'PERMISSION_DENIED'],
    ],
  ],
  // The field that does not fit the account's mode: 1499 and 1500 are of plain orders.
  ['1067', [[/position_side/i, 'POSITION_MODE_MISMATCH']]],
  ['1463', [[/lever/i, 'LEVERAGE_REFUSED']]],
  [
    'invalid-parameter',
    [
      [/request limit/i, 'RATE_LIMITED'],
      [/invalid symbol/i, 'UNKNOWN_SYMBOL'],
    ],
  ],
])

const CODES: ReadonlyMap<string, Meaning> = byCode([
  ['INVALID_CREDENTIALS', '403 1003 1253 12002 12003 12004 12007 12008 12009'],
  ['INVALID_CREDENTIALS', 'api-signature-not-valid api-signature-check-failed'],
  ['TIMESTAMP_OUT_OF_WINDOW', '12001 12006'],
  ['PERMISSION_DENIED', '12005 1010 1012 1220 1228 1206 1233'],
  ['PERMISSION_DENIED', '1100 1101 1104 1105 1109 1110 1113 1205 1224 1231 1086 1087 1088'],
  // The account or the call belongs to the API that ended in July 2026.
  ['PERMISSION_DENIED', '6001 6002 6023 1510 4002 4003 4004 4005 4006 4007'],
  // 1084: placing orders is banned for having cancelled nearly all of them.
  ['RATE_LIMITED', '1032 1084 base-request-exceed-frequency-limit'],
  ['EXCHANGE_UNAVAILABLE', '1000 1001 1002 1046 1108 1431'],
  // No index, no best price, no last price at the moment: not placed.
  ['EXCHANGE_UNAVAILABLE', '1015 1016 1053 1054'],
  ['ambiguous', '1004 1031 1064'],
  ['MARKET_CLOSED', '1056 1057 1058 1059 1060 1077 1078 1079 1080 1083 1097'],
  ['UNKNOWN_SYMBOL', '1013 1014 1332'],
  // 1063, 1071: executed or cancelled already. 1051: there is nothing to cancel.
  ['ORDER_NOT_FOUND', '1017 1051 1061 1063 1071'],
  // It is being cancelled.
  ['unchanged', '1062'],
  ['DUPLICATE_CLIENT_ORDER_ID', '1050'],
  ['OFF_STEP', '1038 1412'],
  ['BELOW_MINIMUM', '1040'],
  ['ABOVE_MAXIMUM', '1041'],
  // 1511: a stop too near to the liquidation price.
  ['PRICE_OUT_OF_RANGE', '1039 1055 1069 1072 1075 1511'],
  ['POSITION_LIMIT', '1042 1043 1044 1461 1462 1463'],
  ['INSUFFICIENT_MARGIN', '1047 1090 1091 1092 1093'],
  ['REDUCE_ONLY_REJECTED', '1048 1484 1492'],
  ['LEVERAGE_REFUSED', '1037 1094 1349'],
  ['STATE_CONFLICT', '1045 1493 1494 1495 1496'],
  ['POSITION_MODE_MISMATCH', '1499 1500'],
  ['WOULD_TRIGGER_IMMEDIATELY', '1405 1407'],
  ['TOO_MANY_ORDERS', '1081 1234 1235 1403 1427 1453 1454 1455 1464 1465 1468 1469 1470'],
  ['INVALID_REQUEST', '1030 1033 1034 1035 1036 1052 1065 1066 1067 1347 1491 1497 1498'],
  ['INVALID_REQUEST', '1082 1085 1401 1409 1413 1049 1502 1348 2020 1404 1408 1425 1426 2100'],
  ['INVALID_REQUEST', 'invalid-parameter bad-request'],
])

function byCode(rows: readonly (readonly [Meaning, string])[]): Map<string, Meaning> {
  return new Map(
    rows.flatMap(([meaning, codes]) => codes.split(' ').map((code) => [code, meaning] as const)),
  )
}
