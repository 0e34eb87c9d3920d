import type { ErrorCode } from '../../model/errorCodes.ts'

/** `ambiguous`: perhaps executed. `unchanged`: it was so already. */
export type Meaning = ErrorCode | 'ambiguous' | 'unchanged'

/** Our word for a native code; `undefined` for one this table does not know. */
export function meaningOf(code: string, message: string): Meaning | undefined {
  const byText = TEXTS.get(code)?.find(([pattern]) => pattern.test(message))
  return byText?.[1] ?? CODES.get(code)
}

// docs/wire/bitget.md 6, row by row. V2 and V3 answer from one space of numbers.
// https://www.bitget.com/api-doc/common/error-code/restapi
const ROWS: readonly (readonly [meaning: Meaning, codes: string])[] = [
  ['INVALID_CREDENTIALS', '40001 40002 40003 40011'],
  ['INVALID_CREDENTIALS', '40006 40037 40041'],
  ['INVALID_CREDENTIALS', '40009 40012 40036 40099'],
  ['TIMESTAMP_OUT_OF_WINDOW', '40004 40005 40008 40078 40079'],
  ['PERMISSION_DENIED', '40014 40040 40018 40038 22010'],
  ['PERMISSION_DENIED', '40013 40016 40022 40023 40024 40025 40026 40031 40916 45107 45108 45009'],
  ['PERMISSION_DENIED', '40103 40104'],
  // The other kind of account: accountKind.ts learns from these.
  ['PERMISSION_DENIED', '40085 40084 25245 40731'],
  ['INVALID_REQUEST', '30032 40404'],
  // Not in demo trading.
  ['PERMISSION_DENIED', '40110 40081 22030'],
  ['RATE_LIMITED', '429 25004 30007 22035 40918'],
  // The same id was cancelled within the last second.
  ['RATE_LIMITED', '45129'],
  ['INSUFFICIENT_MARGIN', '40711 40712 40754 40800 43012 45002 45004 45120 40762 25202 25203'],
  ['REDUCE_ONLY_REJECTED', '40755 40757 45003 45005 45006 43029 25225 25226 25231 25595'],
  ['REDUCE_ONLY_REJECTED', '22002 43043 25227'],
  ['REDUCE_ONLY_REJECTED', '40837 40891 43023 45068 25601'],
  ['REDUCE_ONLY_REJECTED', '40939 25232 25574 22042'],
  ['UNKNOWN_SYMBOL', '40034 40072 40102 41113 25100 45025 40309 40845 25104'],
  ['INVALID_REQUEST', '40007 40017 40019 40020 400171 400172 40808 40812 40913'],
  ['INVALID_REQUEST', '41101 43011 43111 25200'],
  // Section 6.1: a time range that is too long, amends that say too little, a preset on a close.
  ['INVALID_REQUEST', '40705 22003 40925 25612'],
  ['POSITION_MODE_MISMATCH', '40774 45021 43075 45020 25236 25237 25238'],
  ['OFF_STEP', '41103 43028 45035 45115 22038 25244 25606 25607 25608 25609 25610'],
  ['PRICE_OUT_OF_RANGE', '40815 40816 22006 22007 22008 22009 22046 22047 43008 43009 25205 25206'],
  ['BELOW_MINIMUM', '43006 45111 25207'],
  ['ABOVE_MAXIMUM', '43007 45112 25208'],
  ['BELOW_MINIMUM', '43010 43027 43037 45110 45114 22034 25611'],
  ['TOO_MANY_ORDERS', '40306 40912 45113 43038 40921 45116 45118 43005 43128 43071 40889 40890'],
  ['TOO_MANY_ORDERS', '25211 25229 25230 25233 25567 25599'],
  ['ORDER_NOT_FOUND', '40109 40768 40819 43001 45057 31007 25204 24056'],
  ['ORDER_NOT_FOUND', '43020 43025 43033 25597'],
  // Nothing to cancel; then those that have ended already.
  ['ORDER_NOT_FOUND', '22001 43004'],
  ['ORDER_NOT_FOUND', '43021 43026 45031 45055 50062 45134 25596 25598'],
  ['ORDER_NOT_FOUND', '40922 25568'],
  ['DUPLICATE_CLIENT_ORDER_ID', '40708 40786 43118 45034 50060 25212'],
  ['INVALID_REQUEST', '40304 40305'],
  ['WOULD_TRIGGER_IMMEDIATELY', '40829 40830 40831 40832 40833 40834 40835 40836'],
  ['WOULD_TRIGGER_IMMEDIATELY', '40915 40917 45122 45135 43013 43014 43015 43016 43034 43035'],
  ['WOULD_TRIGGER_IMMEDIATELY', '45060 45061 45062 45063 45064 45065 45066 45067'],
  ['WOULD_TRIGGER_IMMEDIATELY', '25579 25580 25581 25582 25585 25586 25587 25588 25589 25590'],
  ['WOULD_TRIGGER_IMMEDIATELY', '25591 25592 25650 25651 25652'],
  // A stop or take-profit for the whole position stands on this side already.
  ['STATE_CONFLICT', '43030 43031 43024 25594'],
  ['unchanged', '40814 45054 22020 40923 25571 25600'],
  ['STATE_CONFLICT', '40920 45117 40872 40730 45097 25010 25107 25570'],
  ['LEVERAGE_REFUSED', '43050 45044 45045 40914 25223'],
  // The margin does not carry that leverage.
  ['INSUFFICIENT_MARGIN', '40893 25228'],
  // A cancel or amend of it is under way: the same question has an answer a moment later.
  ['EXCHANGE_UNAVAILABLE', '25113 25114 25572 25653'],
  ['PERMISSION_DENIED', '40115 40128'],
  ['MARKET_CLOSED', '40200 40308 40844 41114 43115 43120 45043 45119 22067 22044'],
  ['MARKET_CLOSED', '25101 25102 25103 25105 25106'],
  // Refused or not, nobody says: reads are repeated, what creates is looked up.
  ['ambiguous', '40015 40725 45001 40604 25000'],
  ['ambiguous', '40010 40908 40910 25001 25003'],
]

const CODES: ReadonlyMap<string, Meaning> = new Map(
  ROWS.flatMap(([meaning, codes]) => codes.split(' ').map((code) => [code, meaning] as const)),
)

/** Codes that stand for several things; the text tells which. */
const TEXTS: ReadonlyMap<string, readonly (readonly [pattern: RegExp, meaning: Meaning])[]> =
  new Map([
    [
      '40808',
      [
        [/checkBDScale/i, 'OFF_STEP'],
        // Leverage of both sides at once, where each has its own.
        [/hold side is null/i, 'POSITION_MODE_MISMATCH'],
      ],
    ],
    ['40019', [[/_SIDE_HOLD/, 'POSITION_MODE_MISMATCH']]],
  ])
