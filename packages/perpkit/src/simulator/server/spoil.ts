import type { Arrival } from './arrival.ts'
import type { EndingFault } from './faults.ts'
import type { VenueHost } from './host.ts'
import type { Answer, Handling } from './types.ts'

interface Spoilt {
  arrival: Arrival
  handling: Handling
  /** Absent: nothing has been executed. */
  answer?: Answer
}

/** What a fault makes of an answer, or of there being none yet. */
export function spoil(
  host: VenueHost,
  fault: EndingFault,
  { arrival, handling, answer }: Spoilt,
): Answer | undefined {
  switch (fault.kind) {
    case 'dropBefore':
    case 'dropAfter':
      return undefined
    case 'status':
      return gatewayAnswer(fault.code, fault.body ?? '')
    case 'maintenance':
      return host.venue.maintenance(handling)
    case 'rejectWith':
      return host.venue.reject(fault.reason, handling)
    case 'rateLimit':
      return refuseByLimit(host, arrival, handling, fault.retryAfterMs)
    case 'malformed':
      return answer && { ...answer, body: `${answer.body.slice(0, -1)},"` }
    case 'truncateBody':
      return answer && { ...answer, body: firstBytes(answer.body, fault.bytes) }
  }
}

/** A path nobody has is no more limited than it is known. */
function refuseByLimit(
  host: VenueHost,
  { route, request }: Arrival,
  handling: Handling,
  retryAfterMs: number,
): Answer {
  const refusal = host.rateLimits?.refuse(handling, route, retryAfterMs)
  return refusal ?? host.venue.notFound(request, handling.clock)
}

function gatewayAnswer(status: number, body: string | Record<string, unknown>): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = /^\s*[[{]/.test(text) ? 'application/json' : 'text/html'
  return { status, headers: { 'content-type': type }, body: text }
}

function firstBytes(text: string, bytes: number): string {
  // As a stream, a character cut in two is left out; else it would grow to a replacement.
  return new TextDecoder().decode(Buffer.from(text).subarray(0, bytes), { stream: true })
}
