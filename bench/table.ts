/** One measured claim. */
export interface Row {
  claim: string
  unit: string
  target: string
  reached: number
  /** The same work without a library, where there is such a thing. */
  floor?: number
  rivals: Record<string, number>
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export function printTable(rows: readonly Row[]): void {
  for (const { claim, unit, target, reached, floor, rivals } of rows) {
    const cells = [
      `reached ${show(reached)}`,
      ...(floor === undefined ? [] : [`floor ${show(floor)}`]),
      ...Object.entries(rivals).map(([name, value]) => `${name} ${show(value)}`),
    ]
    process.stdout.write(`${claim} (${unit})\n  target ${target}; ${cells.join('; ')}\n`)
  }
}

function show(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2)
}
