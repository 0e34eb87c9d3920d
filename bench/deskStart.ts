import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median, type Row } from './table.ts'

const RUNS = 15
const BIN = fileURLToPath(new URL('../../packages/desk/bin/perpkit.js', import.meta.url))

/** How long the command takes to answer from its own words, beside a process that does nothing. */
export function deskStart(): Row[] {
  // In turns, so that a busy moment of the machine falls on all of them.
  const rounds = Array.from({ length: RUNS }, () => ({
    floor: measure('-e', '0'),
    version: measure(BIN, '--version'),
    help: measure(BIN, '--help'),
  }))
  const over = (name: 'floor' | 'version' | 'help'): number =>
    median(rounds.map((round) => round[name]))
  return (['version', 'help'] as const).map((name) => ({
    claim: `start: perpkit --${name}`,
    unit: 'ms for the whole process',
    target: '< 1.9 floors',
    reached: over(name),
    floor: over('floor'),
    rivals: {},
  }))
}

function measure(...args: string[]): number {
  const begun = performance.now()
  execFileSync(process.execPath, args)
  return performance.now() - begun
}
