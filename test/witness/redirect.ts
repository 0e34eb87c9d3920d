import type { Exchange } from 'ccxt'

/** Points every address a ccxt client knows at one origin, and changes nothing else. */
export function redirect<Client extends Exchange>(client: Client, origin: string): Client {
  Object.assign(client.urls, { api: replaceOrigins(client.urls.api, origin) })
  // Its pauses are most of its time; the venues' limits are far above what a test sends.
  client.enableRateLimit = false
  return client
}

function replaceOrigins(value: unknown, origin: string): unknown {
  if (typeof value === 'string')
    return value
      .replace(/^https?:\/\/[^/]+/, origin)
      .replace(/^wss?:\/\/[^/]+/, origin.replace(/^http/, 'ws'))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, replaceOrigins(inner, origin)]),
  )
}
