import type { Clock, HttpAnswer, HttpRequest, Transport } from 'perpkit'

export interface Sample {
  /** By our clock. */
  sentAt: number
  answeredAt: number
  /** What the server's `Date` says, cut to the second. */
  date: number | undefined
}

export interface MeasuringTransport extends Transport {
  readonly samples: readonly Sample[]
  /** Origins that were asked. */
  readonly origins: ReadonlySet<string>
}

/** A transport for questions that notes when each was asked and answered. */
export async function createMeasuringTransport(clock: Clock): Promise<MeasuringTransport> {
  const { SendFailure } = await import('perpkit')
  const samples: Sample[] = []
  const origins = new Set<string>()
  return {
    samples,
    origins,
    async send(request) {
      origins.add(new URL(request.url).origin)
      const sentAt = clock.now()
      try {
        const answer = await ask(request)
        const date = Date.parse(answer.headers.date ?? '')
        samples.push({
          sentAt,
          answeredAt: clock.now(),
          date: Number.isNaN(date) ? undefined : date,
        })
        return answer
      } catch (error) {
        const isLate = error instanceof Error && error.name === 'TimeoutError'
        const detail = error instanceof Error ? causeOf(error) : String(error)
        throw new SendFailure(isLate ? 'timeout' : 'unreachable', 'maybe', detail)
      }
    },
    close: async () => {},
  }
}

export interface ClockOffset {
  /** Server minus ours, ms: somewhere between these two. */
  least: number
  most: number
}

/**
 * A `Date` of second s was written between s and s + 1 s, and between asking and answering; each
 * sample narrows it down. `undefined` when no server told a date.
 */
export function clockOffsetOf(samples: readonly Sample[]): ClockOffset | undefined {
  let least = Number.NEGATIVE_INFINITY
  let most = Number.POSITIVE_INFINITY
  for (const { date, sentAt, answeredAt } of samples) {
    if (date === undefined) continue
    least = Math.max(least, date - answeredAt)
    most = Math.min(most, date + 1000 - sentAt)
  }
  // Samples that contradict each other: the clock was set, or several servers answered.
  return Number.isFinite(least) && least <= most ? { least, most } : undefined
}

/** The middle one; `undefined` without samples. */
export function medianLatency(samples: readonly Sample[]): number | undefined {
  const sorted = samples.map(({ sentAt, answeredAt }) => answeredAt - sentAt).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

async function ask(request: HttpRequest): Promise<HttpAnswer> {
  const { method, url, headers, body, timeoutMs, signal } = request
  const late = AbortSignal.timeout(timeoutMs)
  const answer = await fetch(url, {
    method,
    headers: { ...headers },
    ...(body !== '' && { body }),
    redirect: 'manual',
    signal: signal ? AbortSignal.any([signal, late]) : late,
  })
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    text: await answer.text(),
  }
}

/** `fetch` says "fetch failed"; why stands in its cause. */
function causeOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message
}
