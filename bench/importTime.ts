import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median, type Row } from './table.ts'

const RUNS = 9
const root = fileURLToPath(new URL('../..', import.meta.url))

/** How long a fresh process takes to import one exchange, beyond starting at all. */
export async function importTimes(): Promise<Row[]> {
  const floor = measure('')
  const over = (specifier: string): number => measure(`await import('${specifier}')`) - floor
  return [
    {
      claim: 'import one exchange',
      unit: 'ms beyond an empty process',
      target: '< 60',
      reached: over('perpkit/binance'),
      rivals: { ccxt: over('ccxt'), 'binance SDK': over('binance') },
    },
  ]
}

function measure(script: string): number {
  const times = Array.from({ length: RUNS }, () => {
    const begun = performance.now()
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root })
    return performance.now() - begun
  })
  return median(times)
}
