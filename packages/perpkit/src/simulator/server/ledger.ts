import type { RawRequest, VenueName } from './types.ts'

/**
 * A word that a venue did not understand. `parameter`: nobody read it; `header`: neither HTTP's nor
 * the venue's; `value`: a token the venue does not know; `path`: no such route; `crash`: not the
 * client's fault, the simulator broke while answering.
 */
export interface LedgerEntry {
  venue: VenueName
  where: 'parameter' | 'header' | 'value' | 'path' | 'crash'
  name: string
  /** Shortened; absent for headers, and wherever it is, or may be, a secret. */
  value?: string
  /** Method and path of the request: `'POST /fapi/v1/order'`. */
  request: string
}

/** What has not been understood, each word of each route once; 10 000 entries at most. */
export class Ledger {
  readonly #entries = new Map<string, LedgerEntry>()
  readonly #onEntry: ((entry: LedgerEntry) => void) | undefined

  constructor(onEntry?: (entry: LedgerEntry) => void) {
    this.#onEntry = onEntry
  }

  /** Notes a word. `isSecret` tells whether a text contains a secret of the venue. */
  note(entry: LedgerEntry, value: unknown, isSecret: (text: string) => boolean): void {
    const hide = (text: string): string => (isSecret(text) ? '…' : shorten(text))
    const noted = { ...entry, name: hide(entry.name), request: hide(entry.request) }
    const shown = show(value)
    if (shown !== undefined && !SECRET_NAME.test(entry.name) && !isSecret(shown)) {
      noted.value = shorten(shown)
    }
    const word = entry.where === 'value' ? `${noted.name}=${noted.value}` : noted.name
    const identity = `${noted.venue} ${noted.where} ${noted.request} ${word}`
    if (this.#entries.has(identity) || this.#entries.size >= MOST_ENTRIES) return
    this.#entries.set(identity, noted)
    this.#onEntry?.(noted)
  }

  entries(): LedgerEntry[] {
    return [...this.#entries.values()]
  }
}

/** Names of the headers that neither HTTP nor the venue knows. */
export function unknownHeaders(request: RawRequest, known: ReadonlySet<string>): string[] {
  return Object.keys(request.headers).filter(
    (name) => !known.has(name) && !HTTP_HEADERS.has(name) && !name.startsWith('sec-'),
  )
}

/** How an error of the simulator itself is noted. */
export function crashOf(error: unknown): {
  where: 'crash'
  name: string
  place: string | undefined
} {
  const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const place = error instanceof Error ? error.stack?.split('\n')[1]?.trim() : undefined
  return { where: 'crash', name, place }
}

const MOST_ENTRIES = 10_000

const SECRET_NAME = /key|sign|secret|pass|token|auth|cookie/i

// Headers that clients, their runtimes and proxies send to any server; RFC 9110 and usual practice.
const HTTP_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'content-length',
  'content-type',
  'date',
  'dnt',
  'expect',
  'forwarded',
  'from',
  'host',
  'if-modified-since',
  'if-none-match',
  'keep-alive',
  'origin',
  'pragma',
  'priority',
  'proxy-connection',
  'referer',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'upgrade-insecure-requests',
  'user-agent',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
])

function show(value: unknown): string | undefined {
  if (value === undefined) return undefined
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
