import { ProtectionError } from 'perpkit'
import type { UncoveredRow, Verdict } from 'perpkit/simulator'
import { venueRegistry } from '../../../packages/perpkit/src/simulator/venues/registry.ts'
import { openingSide, type Run, type Span, type Truth } from './run.ts'
import type { Weight } from './troubles.ts'

// Why a position was without cover, and for how long it may have been.
//
// A gap begins in one of four ways: with the entry's first fill, with a later fill of it, by a hand,
// or, where a position was there already, with the call that asks for protection. Any other beginning
// means that cover was taken away by ourselves: that is never explained, whatever was injected.
//
// A fifth is a venue's own: where it refuses a stop that is larger than the position, every target that
// fills takes the cover away until the stop has been sized (`shrunk`).
//
// It must end within the time the library needs for its calls (`MOST_CALLS` at the simulated latency,
// and `PAUSES_MS`). Only what then keeps cover
// from coming buys more: a fault that met a request while the gap was within its time, until
// `RECOVERY_MS` after that meeting; a process that was killed, until the next one has taken up; a
// private stream that was cut or silent, until the slow timer; the streams of a process that has just
// begun, which open within its budget. A chain: each must begin while the time
// of the one before is not over. Past the end of the chain everything is unexplained.

export type Cause = 'entry' | 'growth' | 'asked' | 'hand' | 'shrunk'

export interface Gap {
  cause: Cause | 'none'
  ms: number
  /** Of these, how many nothing explains. */
  unexplainedMs: number
  text: string
  /**
   * `plain`: no longer than the calls take; `faulted`: longer, by what was injected; `told`: until its
   * caller acted, who was told that nothing can be done.
   */
  kind: 'plain' | 'faulted' | 'told'
}

/** After the last request that met the fault. */
const RECOVERY_MS: Record<Weight, number> = {
  // The next look of a supervisor whose run has failed, and its calls.
  refused: 2_500,
  // What was held back, or asked to come back later.
  slow: 5_000,
  // The time-out (5 s), look-ups (1 s), and the same once more.
  lost: 8_000,
  // Until the slow timer looks.
  socket: 17_500,
  killed: 2_500,
}
/** Until the private streams of the next process tell what happens; it looks every other second. */
const STREAMS_OPEN_MS = 5_000

/** Calls one after another from what is told to the stop that stands; each takes the latency. */
const MOST_CALLS = 14
/** Of an exchange object that has never asked for anything yet. */
const FIRST_CALLS = 26
/** Pauses between looks at an order that was accepted, and for a limit of so many calls a second. */
const PAUSES_MS: Record<Cause, number> = {
  entry: 450,
  growth: 900,
  asked: 900,
  hand: 900,
  shrunk: 900,
}
/** A stream may tell of a hand's doing late, or not until it is asked. */
const HAND_MS = 4_000

/** Gaps of our position, up to now. */
export function gapsOf(run: Run, verdict: Verdict, truth: Truth): Gap[] {
  const { world, scenario } = run
  return verdict.uncovered
    .filter(({ account, side }) => account === world.account && side === scenario.side)
    .flatMap((row) => gapOf(run, verdict, truth, row) ?? [])
}

function gapOf(run: Run, verdict: Verdict, truth: Truth, row: UncoveredRow): Gap | undefined {
  const { scenario, askedAt } = run
  // Its caller has cancelled it and kept the position.
  if (run.cancelledAt !== undefined && row.from >= run.cancelledAt) return undefined
  const cause = causeOf(run, verdict, truth, row)
  const from = cause === 'asked' ? Math.max(row.from, askedAt) : row.from
  if (row.to <= from) return undefined
  const ms = row.to - from
  const text = `${cause} ${from} to ${row.to} (${ms} ms, ${row.worstSize})`
  if (cause === 'none') return { cause, ms, unexplainedMs: ms, text, kind: 'plain' }
  const calls = cause === 'asked' ? FIRST_CALLS : MOST_CALLS
  const plainUntil =
    from + calls * scenario.latencyMs + PAUSES_MS[cause] + (cause === 'hand' ? HAND_MS : 0)
  const until = chained(run, truth, from, plainUntil)
  const isTold =
    (isLeftToItsCaller(run, cause) && until >= run.answeredAt) ||
    run.reported.some((at) => from <= at && at <= until)
  const kind = row.to <= plainUntil ? 'plain' : row.to > until ? 'told' : 'faulted'
  const unexplainedMs = isTold ? 0 : Math.max(0, row.to - until)
  return { cause, ms, unexplainedMs, text, kind }
}

function causeOf(run: Run, verdict: Verdict, truth: Truth, row: UncoveredRow): Cause | 'none' {
  const { from, account, side } = row
  const position = verdict.positions.find(
    (each) =>
      each.account === account &&
      each.side === side &&
      each.openedAt <= from &&
      (each.closedAt ?? from) >= from,
  )
  if (position?.openedAt === from) return from < run.askedAt ? 'asked' : 'entry'
  if (run.hands.some((span) => span.from <= from && from <= (span.to ?? from))) return 'hand'
  const fills = truth.state.fills.filter((fill) => fill.account === account)
  const opening = openingSide(run.scenario)
  if (fills.some((fill) => fill.timestamp === from && fill.side === opening)) return 'growth'
  // A stop that is larger than the position covers nothing where the venue refuses it then; one that
  // was placed before the fill was heard of has taken the place of the one that fitted.
  const heardOf = from - run.scenario.latencyMs
  const isShrunk = fills.some(
    ({ timestamp, side: filled }) =>
      filled !== opening && heardOf <= timestamp && timestamp <= from,
  )
  return isShrunk && refusesExcess(run) ? 'shrunk' : 'none'
}

function refusesExcess({ world }: Run): boolean {
  const venue = venueRegistry.find(({ name }) => name === world.played.venue)
  return venue?.rules.reduceOnlyExcess === 'refuse'
}

/** Until when what was injected explains it. */
function chained(run: Run, truth: Truth, from: number, plainUntil: number): number {
  let until = plainUntil
  for (const { at, until: extended } of hindrances(run, truth, from)) {
    if (at <= until) until = Math.max(until, extended)
  }
  return until
}

/** What kept cover from coming from `from` on, in order. */
function hindrances(run: Run, truth: Truth, from: number): { at: number; until: number }[] {
  const { scenario, troubles, deaths, world } = run
  const { trouble, latencyMs } = scenario
  const recovery = RECOVERY_MS[trouble.weight] + MOST_CALLS * latencyMs
  const isOfSockets = trouble.weight === 'socket'
  const met = troubles.flatMap((span) => {
    const to = span.to ?? world.now()
    if (isOfSockets) return to < from - recovery ? [] : [{ at: span.from, until: to + recovery }]
    const rows = truth.state.requests.filter(
      ({ operation, at, account }) =>
        operation === trouble.fault?.operation &&
        account === world.account &&
        at >= span.from &&
        at <= to,
    )
    return rows
      .slice(0, scenario.times)
      .filter(({ at }) => at >= from - recovery)
      .map(({ at }) => ({ at, until: at + recovery }))
  })
  const died = deaths.map((span) => ({
    at: span.from,
    until: takenUpAt(span, from, world.now()) + RECOVERY_MS.killed + MOST_CALLS * latencyMs,
  }))
  return [...met, ...died].sort((one, other) => one.at - other.at)
}

/** What happens before its streams are open is found by looking. */
function takenUpAt({ to }: Span, from: number, now: number): number {
  if (to === undefined) return now
  return from >= to && from < to + STREAMS_OPEN_MS ? from : to
}

/** The caller was told that nothing protects it, and nobody is in charge. */
function isLeftToItsCaller(run: Run, cause: Cause): boolean {
  const { rejection, managed, scenario, previous } = run
  if (rejection === undefined || (managed && managed.status !== 'CANCELLED')) return false
  if (rejection instanceof ProtectionError) {
    // The stop from before was left, and its owner has taken it away.
    if (rejection.status === 'PROTECTED') return previous !== undefined && cause === 'hand'
    return rejection.status === 'UNPROTECTED' && scenario.policy === 'REPORT'
  }
  return scenario.way === 'protect'
}
