import type { HttpAnswer, HttpRequest, Transport } from 'perpkit'

/**
 * How answers give back what was asked. `page`: a gateway's page that shows the request; `texts`:
 * behind each text in the answer; `field`: as one more member of each object in it.
 */
export type Echo = 'page' | 'texts' | 'field'

/** A way to the wire that shows each request to `onRequest`, and whose answers may echo it. */
export interface EchoingTransport extends Transport {
  echo: Echo | undefined
}

export function createEchoingTransport(
  direct: Transport,
  onRequest: (request: HttpRequest) => void,
): EchoingTransport {
  let count = 0
  const transport: EchoingTransport = {
    echo: undefined,
    async send(request) {
      onRequest(request)
      const answer = await direct.send(request)
      count += 1
      return transport.echo ? echoed(transport.echo, answer, textOf(request, count)) : answer
    },
    close: () => direct.close(),
  }
  return transport
}

/** A request as somebody would log it; what comes first changes, so that cuts fall everywhere. */
function textOf({ method, url, headers, body }: HttpRequest, count: number): string {
  const parts = [`${method} ${url}`, JSON.stringify(headers), body, ...Object.values(headers)]
  const turned = [...parts.slice(count % parts.length), ...parts.slice(0, count % parts.length)]
  return `${'.'.repeat((count * 7) % 60)}${turned.join(' ')}`
}

function echoed(echo: Echo, answer: HttpAnswer, request: string): HttpAnswer {
  if (echo === 'page') return { ...answer, status: 502, text: `Bad gateway: ${request}` }
  let json: unknown
  try {
    json = JSON.parse(answer.text)
  } catch {
    return { ...answer, text: `${answer.text} ${request}` }
  }
  return { ...answer, text: JSON.stringify(withEcho(echo, json, request)) }
}

function withEcho(echo: Echo, value: unknown, request: string): unknown {
  if (typeof value === 'string') return echo === 'texts' ? `${value} ${request}` : value
  if (Array.isArray(value)) return value.map((item) => withEcho(echo, item, request))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([key, item]) => [key, withEcho(echo, item, request)])
  return { ...Object.fromEntries(members), ...(echo === 'field' && { echo: request }) }
}
