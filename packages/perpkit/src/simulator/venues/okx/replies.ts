import { parseJson } from '../../../core/json.ts'
import type { Answer, Handling } from '../../server/types.ts'
import { type Code, Refused, textOf } from './errors.ts'

/** What a handler says before it is wrapped: a list, or the whole answer. */
export type Said = readonly unknown[] | Answer

/** The envelope of docs/wire/okx.md 3 around a list. */
function reply(data: readonly unknown[]): Answer {
  return json(200, { code: '0', msg: '', data })
}

/** A refusal of the whole request. */
export function refusal(refused: Refused): Answer {
  return json(refused.status, { code: refused.code, msg: refused.message, data: [] })
}

/** A refusal at the gateway, which knows no `data`: docs/wire/okx.md 2. */
export function gatewayRefusal(status: number, code: Code): Answer {
  return json(status, { msg: textOf(code), code })
}

export function json(status: number, body: unknown): Answer {
  return { status, headers: JSON_HEADERS, body: JSON.stringify(body) }
}

/** A handler whose list becomes an envelope and whose thrown {@link Refused} a refusal. */
export function answering(handle: (handling: Handling) => Said): (handling: Handling) => Answer {
  return (handling) => {
    try {
      // SDKs mark whatever they send as theirs: docs/wire/okx.md 2.
      if (handling.request.method === 'POST') handling.params.ignore('tag')
      refuseUnreadableBody(handling)
      const said = handle(handling)
      return 'status' in said ? said : reply(said)
    } catch (error) {
      if (error instanceof Refused) return refusal(error)
      throw error
    }
  }
}

/** Only looked at behind the door, so that a wrong signature is told first: 4.6. */
function refuseUnreadableBody({ request }: Handling): void {
  if (request.method !== 'POST') return
  if (request.body === '') throw new Refused('50000')
  if (readJson(request.body) === undefined) throw new Refused('50002')
}

/** An object or an array out of a body; `undefined` for anything else. */
export function readJson(body: string): object | undefined {
  try {
    const read = parseJson(body)
    return typeof read === 'object' && read !== null ? read : undefined
  } catch {
    return undefined
  }
}

const JSON_HEADERS = { 'content-type': 'application/json' }
