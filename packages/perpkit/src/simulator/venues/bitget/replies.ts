import type { Answer, Handling } from '../../server/types.ts'

/** The venue's refusal of a request: thrown while it is read, answered by {@link guarded}. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: string
  readonly status: number

  constructor(code: string, text: string, status = 400) {
    super(text)
    this.code = code
    this.status = status
  }
}

/** What an envelope needs of a request's handling. */
export type Timed = Pick<Handling, 'clock'>

/** The envelope of docs/wire/bitget.md 3 around `data`. */
export function reply(handling: Timed, data: unknown): Answer {
  return json(200, { code: '00000', msg: 'success', requestTime: handling.clock.now(), data })
}

/** HTTP 400 for every business refusal: docs/wire/bitget.md 6. */
export function refusal(handling: Timed, refused: Refused): Answer {
  const requestTime = handling.clock.now()
  return json(refused.status, {
    code: refused.code,
    msg: refused.message,
    requestTime,
    data: null,
  })
}

export function json(status: number, body: unknown): Answer {
  return { status, headers: JSON_HEADERS, body: JSON.stringify(body) }
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

const JSON_HEADERS = { 'content-type': 'application/json;charset=UTF-8' }
