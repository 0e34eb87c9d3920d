import type { Answer, Handling } from '../../server/types.ts'
import { print } from './figures.ts'

/** A code with its text as one family of paths says it. */
export interface Words {
  code: number | string
  text: string
}

/**
 * The venue's refusal of a request: thrown while it is read, answered by {@link guarded}. Market
 * data and reference paths have words of their own for some of them (docs/wire/htx.md 3).
 */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: number
  readonly market: Words
  readonly reference: Words

  constructor(code: number, text: string, elsewhere: { market?: Words; reference?: Words } = {}) {
    super(text)
    this.code = code
    this.market = elsewhere.market ?? { code: 'bad-request', text }
    this.reference = elsewhere.reference ?? { code, text }
  }
}

/** What an envelope needs of a request's handling. */
export type Replied = Pick<Handling, 'clock' | 'request'>

/** The V5 envelope: docs/wire/htx.md 3. */
export function reply(handling: Replied, data: unknown): Answer {
  return json({ code: 200, message: 'Success', data, ts: handling.clock.now() })
}

/** The V5 envelope of the replies that come without a time: docs/wire/htx.md 3. */
export function replyTimeless(data: unknown): Answer {
  return json({ code: 200, message: null, data, success: true })
}

/** The envelope of the reference paths: docs/wire/htx.md 3. */
export function replyOk(handling: Replied, data: unknown): Answer {
  return json({ status: 'ok', data, ts: handling.clock.now() })
}

/** The envelope of market data; `content` is what stands between channel and time. */
export function replyMarket(
  handling: Replied,
  channel: string | undefined,
  content: Record<string, unknown>,
): Answer {
  const ch = channel === undefined ? {} : { ch: channel }
  return json({ ...ch, status: 'ok', ...content, ts: handling.clock.now() })
}

/** HTTP 200, as for every business refusal: docs/wire/htx.md 6. */
export function refusal(handling: Replied, refused: Refused): Answer {
  const ts = handling.clock.now()
  switch (familyOf(handling.request.path)) {
    case 'v5':
      return json({ code: refused.code, message: refused.message, data: null, ts })
    case 'market':
      return json({
        status: 'error',
        'err-code': refused.market.code,
        'err-msg': refused.market.text,
        ts,
      })
    case 'reference':
      return json({
        status: 'error',
        err_code: refused.reference.code,
        err_msg: refused.reference.text,
        ts,
      })
  }
}

export function json(body: unknown): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json;charset=utf-8' },
    body: print(body),
  }
}

/** An answer that is no JSON: what stands before the venue's own server. */
export function page(status: number, title: string): Answer {
  return {
    status,
    headers: { 'content-type': 'text/html' },
    body: `<html><head><title>${title}</title></head></html>`,
  }
}

export type Family = 'v5' | 'market' | 'reference'

/** Which of the three envelopes a path has. */
export function familyOf(path: string): Family {
  if (path.startsWith('/v5/')) return 'v5'
  return path.includes('/market/') ? 'market' : 'reference'
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
