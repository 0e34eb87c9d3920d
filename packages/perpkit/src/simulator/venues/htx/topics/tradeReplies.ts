import { parseJson } from '../../../../core/json.ts'
import { isRecord } from '../../../../core/reader.ts'
import type { Answer } from '../../../server/types.ts'
import { print } from '../figures.ts'
import { socketErrors } from './socketErrors.ts'

/** `cid` of a request, or nothing where it had none. */
type Tag = Readonly<Record<string, string | number>>

/**
 * The answer of the twin over HTTP as order entry says it: with `cid`, and with the limits that stand
 * in headers there (docs/wire/htx.md 8.3). What is not of the venue's making stays as it is.
 */
export function tradeReply(tag: Tag, { body, headers = {} }: Answer): string {
  const said = readObject(body)
  if (said?.code === undefined) return body
  const { ts, ...rest } = said
  return print({ ...tag, ...rest, ...rateLimit(headers), ts })
}

/** The refusal of a request before the login. */
export function loginMissing(tag: Tag, now: number): Readonly<Record<string, unknown>> {
  return { ...tag, code: 2002, message: socketErrors[2002], data: null, ts: now }
}

function readObject(body: string): Record<string, unknown> | undefined {
  try {
    const read = parseJson(body)
    return isRecord(read) ? read : undefined
  } catch {
    return undefined
  }
}

/** Absent where nothing was counted. */
function rateLimit(headers: Readonly<Record<string, string>>): Record<string, unknown> {
  const figures = ['limit', 'interval', 'remaining', 'reset'].flatMap((name) => {
    const figure = headers[`ratelimit-${name}`]
    return figure === undefined ? [] : [[name, Number(figure)]]
  })
  return figures.length === 0 ? {} : { rate_limit: Object.fromEntries(figures) }
}
