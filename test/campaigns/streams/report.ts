/** What a run of scripts has come to; every figure but those of work done should be 0. */
export interface StreamReport {
  exchange: string
  scripts: number
  /** Of these, without a single fault. */
  clean: number
  faults: number
  /** Connections that ended and were replaced. */
  replaced: number
  books: number
  wrongBooks: number
  /** Time during which a wrong book was the newest that was given, and the status said `LIVE`. */
  wrongBookMs: number
  /** Messages of a book that were withheld, held back or spoilt while it was `LIVE`. */
  gaps: number
  /** After them, another book was given without a resynchronisation. */
  gapsUnnoticed: number
  /** On clean runs: losses that were none. */
  falseAlarms: number
  stalls: number
  stallsUnnoticed: number
  /**
   * From the first thing that was withheld, and not learned over REST for another reason, until the
   * connection was left.
   */
  slowestStallMs: number
  /** The same where questions over REST failed meanwhile: nothing else can tell a stall from quiet. */
  slowestHamperedStallMs: number
  fills: number
  fillsRecovered: number
  fillsMissed: number
  fillsDoubled: number
  orders: number
  ordersWrong: number
  positionsWrong: number
  tradesDoubled: number
  /** Clean runs that did not tell all that was traded. */
  tradesMissed: number
  /** Streams that are not live, or whose newest book or ticker is not true, after quiet. */
  notWell: number
  /** Streams that ended with an error, as they must when a subscription is refused. */
  refused: number
  /** Streams that ended with an error without having been refused. */
  failed: number
  /** Words the venue did not understand. */
  notUnderstood: number
  limitBreaches: number
  /** What was wrong, first ones first. */
  examples: string[]
}

export function emptyReport(exchange: string): StreamReport {
  return {
    exchange,
    scripts: 0,
    clean: 0,
    faults: 0,
    replaced: 0,
    books: 0,
    wrongBooks: 0,
    wrongBookMs: 0,
    gaps: 0,
    gapsUnnoticed: 0,
    falseAlarms: 0,
    stalls: 0,
    stallsUnnoticed: 0,
    slowestStallMs: 0,
    slowestHamperedStallMs: 0,
    fills: 0,
    fillsRecovered: 0,
    fillsMissed: 0,
    fillsDoubled: 0,
    orders: 0,
    ordersWrong: 0,
    positionsWrong: 0,
    tradesDoubled: 0,
    tradesMissed: 0,
    notWell: 0,
    refused: 0,
    failed: 0,
    notUnderstood: 0,
    limitBreaches: 0,
    examples: [],
  }
}

/** How long a stall may go unnoticed while the exchange answers questions. */
export const NOTICED_WITHIN_MS = 10_000

/** What must be so of every report. */
export const FAULTLESS = {
  wrongBooks: 0,
  wrongBookMs: 0,
  gapsUnnoticed: 0,
  falseAlarms: 0,
  stallsUnnoticed: 0,
  fillsMissed: 0,
  fillsDoubled: 0,
  ordersWrong: 0,
  positionsWrong: 0,
  tradesDoubled: 0,
  tradesMissed: 0,
  notWell: 0,
  failed: 0,
  notUnderstood: 0,
  limitBreaches: 0,
  examples: [],
} as const satisfies Partial<StreamReport>
