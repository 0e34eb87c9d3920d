import type { Reporter, TestCase, TestModule } from 'vitest/node'

/**
 * Prints cards × exchanges after `npm test -- conformance`. A cell is empty only where a reason
 * stands below the table.
 */
export default class TableReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const isAlone = modules.every(({ moduleId }) => moduleId.includes('/test/conformance/'))
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    if (isAlone && tests.length > 0) process.stdout.write(`\n${tableOf(tests)}\n`)
  }
}

function tableOf(tests: readonly TestCase[]): string {
  const rows = new Map<string, Map<string, string>>()
  const exchanges: string[] = []
  const reasons: string[] = []
  for (const test of tests) {
    const { parent } = test
    if (parent.type !== 'suite') continue
    const [exchange = ''] = parent.name.split(' ')
    if (!exchanges.includes(exchange)) exchanges.push(exchange)
    const row = rows.get(test.name) ?? new Map<string, string>()
    rows.set(test.name, row)
    row.set(exchange, worse(row.get(exchange), markOf(test, reasons)))
  }
  const width = Math.max(...[...rows.keys()].map((name) => name.length))
  const line = (name: string, cells: readonly string[]): string =>
    `${name.padEnd(width)}  ${cells.map((cell) => cell.padEnd(11)).join('')}`.trimEnd()
  return [
    line('', exchanges),
    ...[...rows].map(([name, row]) =>
      line(
        name,
        exchanges.map((exchange) => row.get(exchange) ?? ''),
      ),
    ),
    ...reasons.map((reason, index) => `[${index + 1}] ${reason}`),
  ].join('\n')
}

function markOf(test: TestCase, reasons: string[]): string {
  const result = test.result()
  if (result.state === 'passed') return 'yes'
  if (result.state !== 'skipped') return 'FAILED'
  const reason = result.note ?? 'not run'
  if (!reasons.includes(reason)) reasons.push(reason)
  return `[${reasons.indexOf(reason) + 1}]`
}

/** Both ways of playing a card count as one. */
function worse(known: string | undefined, mark: string): string {
  if (known === undefined || mark === 'FAILED') return mark
  return known === 'yes' ? mark : known
}
