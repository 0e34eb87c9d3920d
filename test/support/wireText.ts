import type { HttpRequest } from 'perpkit'
import type { WireText } from '../wire/evidence.ts'

/** A request as the bytes a server would see: URL taken apart, header names in lower case. */
export function wireTextOf(request: HttpRequest): WireText {
  // By hand: the URL class would write some characters of the query anew.
  const afterOrigin = request.url.replace(/^https?:\/\/[^/?]*/, '')
  const mark = afterOrigin.indexOf('?')
  return {
    method: request.method,
    path: mark === -1 ? afterOrigin : afterOrigin.slice(0, mark),
    query: mark === -1 ? '' : afterOrigin.slice(mark + 1),
    // A socket's client says the host of itself; one exchange signs it.
    headers: { host: new URL(request.url).host, ...lowerCased(request.headers) },
    body: request.body,
  }
}

export function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
}
