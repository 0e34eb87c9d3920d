import type { Answer, Handling } from '../../server/types.ts'

/** The venue's refusal of a request: thrown while it is read, answered by {@link guarded}. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: number
  readonly result: unknown

  constructor(code: number, text: string, result: unknown = {}) {
    super(text)
    this.code = code
    this.result = result
  }
}

/** What an envelope needs of a request's handling. */
export type Timed = Pick<Handling, 'clock'>

/** Parts of the envelope that differ from `0`, `'OK'` and `{}`. */
export interface Envelope {
  retCode?: number
  retMsg?: string
  retExtInfo?: unknown
}

/** The envelope of docs/wire/bybit.md 3 around a result. */
export function reply(handling: Timed, result: unknown, envelope: Envelope = {}): Answer {
  const { retCode = 0, retMsg = 'OK', retExtInfo = {} } = envelope
  return json({ retCode, retMsg, result, retExtInfo, time: handling.clock.now() })
}

/** HTTP 200, as for every business refusal: docs/wire/bybit.md 6. */
export function refusal(handling: Timed, refused: Refused): Answer {
  return reply(handling, refused.result, { retCode: refused.code, retMsg: refused.message })
}

export function json(body: unknown): Answer {
  return { status: 200, headers: JSON_HEADERS, body: JSON.stringify(body) }
}

/** An answer that is no JSON: what stands before the venue's own server. */
export function text(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}

/** A handler whose thrown {@link Refused} becomes the venue's answer. */
export function guarded(handle: (handling: Handling) => Answer): (handling: Handling) => Answer {
  return (handling) => {
    try {
      return handle(handling)
    } catch (error) {
      if (error instanceof Refused) return refusal(handling, error)
      throw error
    }
  }
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' }
