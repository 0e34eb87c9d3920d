import type { ErrorCode } from '../../model/errorCodes.ts'

/** `UNCHANGED`: it is so already. `UNKNOWN`: perhaps executed. */
export type Meaning = ErrorCode | 'UNCHANGED' | 'UNKNOWN'

/**
 * What a code means, in an envelope or in a row of it; `undefined` for one that is not in the table.
 * https://www.okx.com/docs-v5/en/#error-code (docs/wire/okx.md 6).
 */
export function meaningOf(code: string, text: string): Meaning | undefined {
  // One code for every wrong parameter: some of them mean something to a caller.
  if (code === '51000' && /\bposSide\b/.test(text)) return 'POSITION_MODE_MISMATCH'
  if (code === '51000' && /\blever\b/.test(text)) return 'LEVERAGE_REFUSED'
  // Isolated margin is not to be had in this account.
  if (code === '51000' && /\b(tdMode|mgnMode)\b/.test(text)) return 'UNSUPPORTED'
  return CODES.get(code)
}

/** First and last of a run of codes. */
type Run = readonly [first: number, last: number]

const ROWS: readonly (readonly [Meaning, readonly (number | Run)[]])[] = [
  // 50026, 63999: an error inside, of which nobody says when it happened.
  ['UNKNOWN', [50004, 51054, 51149, 64007, 50026, 63999]],
  // The cancellation of a conditional order timed out.
  ['UNKNOWN', [51412]],
  ['EXCHANGE_UNAVAILABLE', [50001, 50005, 50013, 64008]],
  ['PERMISSION_DENIED', [[50007, 50010], 50012, [50017, 50023], [50027, 50030], 50032, 50033]],
  ['PERMISSION_DENIED', [50035, 50041, 50051, 50052, 50059, 50060, 50100, 50110, 50120, 50121]],
  ['PERMISSION_DENIED', [51009, 51024, 51155, 54092, 64003]],
  ['RATE_LIMITED', [50011, 50040, 50061, 60014, 60023]],
  ['INVALID_REQUEST', [50000, 50002, 50006, [50014, 50016], 50024, 50025, 50039, 50115, 404]],
  ['INVALID_REQUEST', [51000, 51003, 51015, 51175, 51176, 51178, 51204, 51407, 51500]],
  ['INVALID_REQUEST', [60012, 60013, 60018, 60019, 60027, 60028, 60033, 64000, 64004]],
  // Isolated margin moved where there is no position, or too much of it.
  ['INVALID_REQUEST', [59300, 59301]],
  // A price too long or out of any range; batches too long.
  ['INVALID_REQUEST', [51116, 51122, 51111, 51501]],
  // Misuse of attached, split and trailing orders and of orders for a whole position.
  [
    'INVALID_REQUEST',
    [51044, [51076, 51087], [51089, 51100], 51257, 51311, [51327, 51333], 51538, 51539, 54070],
  ],
  ['INVALID_CREDENTIALS', [50101, [50103, 50109], 50111, 50113, 50114, 50119]],
  ['INVALID_CREDENTIALS', [60005, 60007, 60009, 60024, 60032, 4001]],
  // 50036, 50037: later than the header `expTime` allowed, and so not taken.
  ['TIMESTAMP_OUT_OF_WINDOW', [50102, 50112, 60004, 60006, 50036, 50037]],
  ['UNSUPPORTED', [50038, 50046, 50053, 50062, 51298]],
  // Not possible in this kind of account.
  ['UNSUPPORTED', [50072, 51010, 51039, 51041, 51070, 59111]],
  ['UNKNOWN_SYMBOL', [51001, 51014, 51021]],
  ['MARKET_CLOSED', [51022, [51027, 51030], 51124, 51508, 54012]],
  ['INSUFFICIENT_MARGIN', [51008, 51127, 51131, 51502, 59103, 59106, 59108]],
  ['POSITION_LIMIT', [51004, [51104, 51108], 51129, 51186, 51187, 54031]],
  ['ABOVE_MAXIMUM', [51005, 51033, 51101, 51185, [51201, 51203], 51252, 51275, 51312, 54009]],
  ['BELOW_MINIMUM', [50122, 51007, 51020, 51120]],
  ['OFF_STEP', [51121, 51150, 51514]],
  ['PRICE_OUT_OF_RANGE', [51006, 51031, [51135, 51138], 51250]],
  ['DUPLICATE_CLIENT_ORDER_ID', [50071, 51011, 51016, 51065, 51068]],
  // No position to close.
  ['REDUCE_ONLY_REJECTED', [51023, 51043, 51058]],
  ['REDUCE_ONLY_REJECTED', [51112, 51148, [51169, 51171], 51205, 51206, 51521, 51522]],
  // Filled, cancelled, triggered or never seen: only a look tells which.
  ['ORDER_NOT_FOUND', [51063, 51400, 51401, 51402, 51405, 51416, 51503, 51509, 51510]],
  ['ORDER_NOT_FOUND', [51527, 51603]],
  // It is being cancelled.
  ['UNCHANGED', [51410]],
  ['WOULD_TRIGGER_IMMEDIATELY', [[51046, 51053], 51258, 51259, [51277, 51280], [51300, 51308]]],
  ['TOO_MANY_ORDERS', [51025, 51102, 51103, 51117, 51165, 51174, 51260, 51261, 51299]],
  // 51088: the position has its one order for the whole of it already.
  // 51113 and 51115 come with the status 429 and are no rate limits.
  ['STATE_CONFLICT', [51088, 51113, 51115, 59000, 59101, 59107, 59112, 59668, 59669]],
  ['LEVERAGE_REFUSED', [59102, 59104, 59105, 59109]],
  // An amendment that does not fit the order.
  ['REFUSED', [51506, 51511, 51512, 51513, [51523, 51526], [51528, 51532]]],
]

const CODES: ReadonlyMap<string, Meaning> = new Map(
  ROWS.flatMap(([meaning, codes]) =>
    codes.flatMap(numbersOf).map((code): [string, Meaning] => [String(code), meaning]),
  ),
)

function numbersOf(entry: number | Run): number[] {
  const [first, last] = typeof entry === 'number' ? [entry, entry] : entry
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
