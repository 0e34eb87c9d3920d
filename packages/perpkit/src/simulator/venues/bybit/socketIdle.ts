import type { SocketLink } from '../../server/socketTypes.ts'

// The end of a connection that nobody uses: docs/wire/bybit.md 8, "Idle close".

const LONGEST_MS = 600_000

/** `max_active_time` of the address: `30s` to `600s`, also in minutes; milliseconds. */
export function readActiveTime(link: SocketLink): number {
  const query = new URLSearchParams(link.request.query)
  for (const name of query.keys()) {
    if (name !== 'max_active_time') link.unknown('parameter', name, query.get(name))
  }
  const [, count, unit] = /^(\d+)([sm])$/.exec(query.get('max_active_time') ?? '') ?? []
  const ms = Number(count ?? 0) * (unit === 'm' ? 60_000 : 1_000)
  return ms >= 30_000 && ms <= LONGEST_MS ? ms : LONGEST_MS
}

/** Cuts the connection when it has been quiet for too long; `quietSince`: asked again each time. */
export function watchIdle(link: SocketLink, idleMs: number, quietSince: () => number): void {
  const left = quietSince() + idleMs - link.clock.now()
  if (left <= 0) link.cut()
  else link.after(left, () => watchIdle(link, idleMs, quietSince))
}

/** When a frame went in either direction last. */
export function lastFrameAt({ heardAt, saidAt }: SocketLink): number {
  return Math.max(heardAt, saidAt)
}
