import type { LedgerEntry } from 'perpkit/simulator'
import type { TourResult } from './tour.ts'

const WIDTHS = [9, 20, 62, 8] as const

export function startTable(): void {
  row('exchange', 'step', 'what happened', 'ms')
  row(...WIDTHS.map((width) => '-'.repeat(width)))
}

export function row(...cells: string[]): void {
  const line = cells.map((cell, index) => {
    const width = WIDTHS[index] ?? 0
    return index === WIDTHS.length - 1 ? cell.padStart(width) : cell.padEnd(width)
  })
  process.stdout.write(`${line.join('  ').trimEnd()}\n`)
}

export function printResults(results: readonly TourResult[], ledger: readonly LedgerEntry[]): void {
  process.stdout.write('\n')
  for (const { name, isFlat, summary, ms } of results) {
    process.stdout.write(`${isFlat ? 'ok  ' : 'FAIL'}  ${name.padEnd(8)}  ${summary}  (${ms} ms)\n`)
  }
  process.stdout.write(`ledger: ${ledger.length} words not understood\n`)
  for (const entry of ledger) process.stdout.write(`  ${JSON.stringify(entry)}\n`)
}
