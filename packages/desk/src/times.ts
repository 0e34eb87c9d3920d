import { usageError } from './output/failure.ts'

const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
}

/** `2d`, `12h`, `1y` before now, or an ISO date, in UTC where it names no zone. */
export function readTime(text: string, now: number): number {
  const ago = /^(\d+(?:\.\d+)?)([smhdwy])$/.exec(text.trim())
  const unit = UNITS[ago?.[2] ?? '']
  if (ago && unit !== undefined) return Math.round(now - Number(ago[1]) * unit)
  const isDate = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/
  if (isDate.test(text)) {
    const hasZone = /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10))
    const time = Date.parse(text.length === 10 || hasZone ? text : `${text.replace(' ', 'T')}Z`)
    if (Number.isFinite(time)) return time
  }
  throw usageError(
    `${JSON.stringify(text)} is no time`,
    'Write 2d, 12h, 1y, or a date such as 2026-01-31 or 2026-01-31T08:00Z.',
  )
}
