import type { Credentials, SignedRequest, UnsignedRequest } from './definition.ts'

// What of a signed request must not be seen again: exchanges and gateways echo what they were sent.

/** What gives a key away, texts that contain others first. */
export interface Secrets {
  /** Distinctive enough to be taken out of a whole answer before anybody reads it. */
  readonly distinctive: readonly string[]
  /** All of them, for texts that people read. */
  readonly all: readonly string[]
}

export const NO_SECRETS: Secrets = { distinctive: [], all: [] }

/** The secrets of one request: the credentials, and what signing has added to it. */
export function secretsOf(
  { apiKey, apiSecret, passphrase = '' }: Credentials,
  unsigned: UnsignedRequest,
  signed: SignedRequest,
): Secrets {
  const texts = [
    ...(signed.query === unsigned.query ? [] : [signed.query]),
    ...(signed.body === unsigned.body ? [] : [signed.body]),
  ]
  const known = new Set([unsigned.query, unsigned.body].flatMap(valuesOf))
  const added = [...texts.flatMap(valuesOf), ...Object.values(signed.headers)]
  const signatures = added.filter((value) => SIGNATURE.test(value) && !known.has(value))
  const words = [apiKey, apiSecret, ...signatures].flatMap(formsOf)
  const distinctive = [...texts, ...words.filter((word) => word.length >= MIN_LENGTH)]
  const passphrases = formsOf(passphrase)
  return {
    distinctive: [...distinctive, ...passphrases.filter(isNoOrdinaryWord)],
    all: [...texts, ...words, ...passphrases].filter((text) => text !== ''),
  }
}

/** `text` without the secrets in it, and without the beginnings of those that were cut off. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce(redactOne, text)
}

/** Signatures in hex and Base64, and keys; a time or a symbol is none. */
const SIGNATURE = /^[A-Za-z0-9+/=_-]{24,}$/

/** No key is shorter; what is, somebody made up, and an answer may hold it for its own reasons. */
const MIN_LENGTH = 8

/** A passphrase may be an ordinary word. */
function isNoOrdinaryWord(text: string): boolean {
  return text.length >= MIN_LENGTH && /\d/.test(text) && /[A-Za-z]/.test(text)
}

/** A word as itself, in a URL and in JSON. */
function formsOf(word: string): string[] {
  return [word, encodeURIComponent(word), JSON.stringify(word).slice(1, -1)]
}

function valuesOf(fields: string): string[] {
  return [...new URLSearchParams(fields).values()]
}

/** So many characters are enough to know a secret by; a shorter one must be there in whole. */
const STEM_LENGTH = 12

function redactOne(text: string, secret: string): string {
  // Of a signed text only the signature is not to be known by its beginning.
  if (secret.length <= STEM_LENGTH || secret.includes('&')) {
    return text.replaceAll(secret, REDACTED)
  }
  const stem = secret.slice(0, STEM_LENGTH)
  let safe = ''
  let from = 0
  for (let at = text.indexOf(stem); at >= 0; at = text.indexOf(stem, from)) {
    let end = STEM_LENGTH
    while (end < secret.length && text[at + end] === secret[end]) end++
    safe += text.slice(from, at) + REDACTED
    from = at + end
  }
  return safe + text.slice(from)
}

const REDACTED = '[redacted]'
