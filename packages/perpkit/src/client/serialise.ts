import type { Endpoint, Fields, UnsignedRequest } from './definition.ts'

/** An endpoint's words as the very text that will be signed and sent. */
export function serialise<Params>(
  endpoint: Endpoint<Params, unknown>,
  params: Params,
  origin: string,
): UnsignedRequest {
  const { query, form, json } = endpoint.encode(params)
  const { method, path } = endpoint
  const base = { method, host: new URL(origin).host, path, query: toQuery(query) }
  if (json !== undefined) {
    return { ...base, body: JSON.stringify(json), contentType: 'application/json' }
  }
  if (form !== undefined) {
    return { ...base, body: toQuery(form), contentType: 'application/x-www-form-urlencoded' }
  }
  return { ...base, body: '', contentType: '' }
}

function toQuery(fields: Fields | undefined): string {
  return Object.entries(fields ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&')
}
