import type { Answer, Handling } from '../../server/types.ts'
import { iso } from './numbers.ts'

/** What an envelope needs of a request's handling. */
export type Timed = Pick<Handling, 'clock'>

/** The venue's refusal of a whole request: thrown while it is read, answered by {@link guarded}. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly toAnswer: (handling: Timed) => Answer

  constructor(text: string, toAnswer: (handling: Timed) => Answer) {
    super(text)
    this.toAnswer = toAnswer
  }
}

/** `{"result":"success",…}` around the fields of an answer. */
export function success(handling: Timed, fields: Record<string, unknown> = {}): Answer {
  return json(200, { result: 'success', ...fields, serverTime: iso(handling.clock.now()) })
}

/** Envelope A of docs/wire/kraken.md 6.1: HTTP 200 and one word. */
export function wordRefusal(error: string, status = 200): Refused {
  return new Refused(error, ({ clock }) =>
    json(status, { result: 'error', error, serverTime: iso(clock.now()) }),
  )
}

/** Envelope B of docs/wire/kraken.md 6.1: an HTTP status and a list of errors. */
export function listRefusal(httpStatus: 400 | 404 | 500, code: number, message: string): Refused {
  const status = statusWords[httpStatus]
  return new Refused(message, ({ clock }) =>
    json(httpStatus, {
      status,
      result: 'error',
      errors: [{ code, message }],
      serverTime: iso(clock.now()),
    }),
  )
}

/** Plain text, as the charts say it (envelope E). */
export function textRefusal(status: number, text: string): Refused {
  return new Refused(text, () => plainText(status, text))
}

export function json(status: number, body: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  }
}

/** Words without an envelope. */
export function plainText(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}

/** A handler whose thrown {@link Refused} becomes the venue's answer. */
export function guarded(handle: (handling: Handling) => Answer): (handling: Handling) => Answer {
  return (handling) => {
    try {
      return handle(handling)
    } catch (error) {
      if (error instanceof Refused) return error.toAnswer(handling)
      throw error
    }
  }
}

const statusWords = {
  400: 'BAD_REQUEST',
  404: 'NOT_FOUND',
  500: 'INTERNAL_SERVER_ERROR',
} as const
