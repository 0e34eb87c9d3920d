import { createHash } from 'node:crypto'
import type { Gap } from './gaps.ts'
import type { Ended } from './script.ts'

/** What a campaign has found out about one exchange; `findings` and `unexplainedMs` must be 0. */
export interface ProtectionReport {
  exchange: string
  scenarios: number
  /** Their fault met the venue, or could have. */
  troubled: number
  killed: number
  rejected: number
  /** Scenarios in which something was not as it must be. */
  findings: number
  unexplainedMs: number
  /** What was wrong, first ones first. */
  examples: string[]
  /** Milliseconds from the entry's first fill to cover, by simulated latency. */
  entry: Map<number, number[]>
  /** Other gaps that are explained, by what has begun them, or made longer by something injected. */
  others: Map<Gap['cause'] | Gap['kind'], number[]>
  /** Of everything that was said and done. */
  hash: string
}

const MOST_EXAMPLES = 12

/** Puts scenarios together, one after another. */
export class Reporter {
  readonly #hash = createHash('sha256')
  readonly #report: ProtectionReport

  constructor(exchange: string) {
    this.#report = {
      exchange,
      ...{ scenarios: 0, troubled: 0, killed: 0, rejected: 0, findings: 0, unexplainedMs: 0 },
      ...{ examples: [], entry: new Map(), others: new Map(), hash: '' },
    }
  }

  add(ended: Ended): void {
    const report = this.#report
    report.scenarios += 1
    if (ended.wasTroubled) report.troubled += 1
    if (ended.deaths > 0) report.killed += 1
    if (ended.wasRejected) report.rejected += 1
    for (const { ms, latencyMs, isPlain } of ended.entryGaps) {
      if (isPlain) listOf(report.entry, latencyMs).push(ms)
    }
    for (const { cause, ms, unexplainedMs, kind } of ended.gaps) {
      report.unexplainedMs += unexplainedMs
      if (unexplainedMs > 0) continue
      if (kind !== 'plain') listOf(report.others, kind).push(ms)
      else if (cause !== 'entry') listOf(report.others, cause).push(ms)
    }
    for (const line of ended.transcript) this.#hash.update(`${line}\n`)
    if (ended.findings.length === 0) return
    report.findings += 1
    if (report.examples.length < MOST_EXAMPLES) {
      report.examples.push(`${ended.text}: ${ended.findings.join('; ')}`)
    }
  }

  end(): ProtectionReport {
    return { ...this.#report, hash: this.#hash.digest('hex').slice(0, 16) }
  }
}

/** One line an exchange. */
export function tableOf(reports: readonly ProtectionReport[]): string {
  const head = [
    ...['exchange', 'scenarios', 'troubled', 'killed', 'rejected', 'findings', 'unexplained ms'],
    ...['entry 0 ms', 'entry 20 ms', 'entry 100 ms'],
    ...['growth', 'asked', 'hand', 'shrunk', 'faulted', 'told'],
    'hash',
  ]
  const rows = reports.map((report) => [
    report.exchange,
    ...[report.scenarios, report.troubled, report.killed, report.rejected].map(String),
    ...[report.findings, report.unexplainedMs].map(String),
    ...[0, 20, 100].map((latency) => spread(report.entry.get(latency))),
    ...(['growth', 'asked', 'hand', 'shrunk', 'faulted', 'told'] as const).map((cause) =>
      spread(report.others.get(cause)),
    ),
    report.hash,
  ])
  const all = [head, ...rows]
  const widths = head.map((_, place) => Math.max(...all.map((row) => (row[place] ?? '').length)))
  return all
    .map((row) => row.map((cell, place) => cell.padEnd(widths[place] ?? 0)).join('  '))
    .join('\n')
}

/** p50/p90/max of so many. */
function spread(values: readonly number[] = []): string {
  if (values.length === 0) return '-'
  const sorted = [...values].sort((one, other) => one - other)
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0
  return `${at(0.5)}/${at(0.9)}/${at(1)} (${sorted.length})`
}

function listOf<Key>(lists: Map<Key, number[]>, key: Key): number[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}
