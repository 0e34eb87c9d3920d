/** `12s`, `5m`, `3h`, `2d`: how long ago, or how long until. */
export function duration(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  if (seconds < 60) return `${seconds}s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`
  return `${Math.floor(seconds / 86_400)}d`
}

/** For tables: how long ago, or the date with `--utc`. */
export function shownTime(at: number | undefined, now: number, isUtc = false): string | undefined {
  if (at === undefined) return undefined
  if (isUtc) return isoTime(at)
  return at <= now ? `${duration(now - at)} ago` : `in ${duration(at - now)}`
}

/** For JSON. */
export function isoTime(at: number): string {
  return new Date(at).toISOString()
}

/** The same object with its times in ISO form, as JSON has them. */
export function withIsoTimes(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      TIMES.has(name) && typeof member === 'number' ? isoTime(member) : member,
    ]),
  )
}

const TIMES = new Set(['timestamp', 'createdAt', 'updatedAt', 'nextFundingTime', 'since'])
