import { inspect } from 'node:util'

/** A secret that was found where a user could see it; only a few characters of it are told. */
export interface Leak {
  where: string
  secret: string
  /** What stands around it, the secret taken out. */
  context: string
}

/** So many characters of a secret in a row are a leak, however it was cut. */
const PIECE = 16
const WORDS = /[\w+/=%.-]{16,}/g

/** Knows secrets in all the forms they could leak in, and finds pieces of them in texts. */
export class LeakFinder {
  readonly #kept = new Map<string, string>()
  #passing = new Map<string, string>()
  /** Secrets too short to be cut. */
  readonly #whole: [text: string, name: string][] = []

  /** A secret for the whole run: as it is, in a URL, in JSON, in Base64 and in hex. */
  keep(name: string, secret: string): void {
    const bytes = Buffer.from(secret)
    const encoded = ['base64', 'base64url', 'hex'] as const
    for (const form of [...formsOf(secret), ...encoded.map((code) => bytes.toString(code))]) {
      if (form.length < PIECE) this.#whole.push([form, name])
      else addPieces(this.#kept, form, name)
    }
  }

  /** A secret of one request, such as its signature. */
  learn(name: string, secret: string): void {
    for (const form of formsOf(secret)) addPieces(this.#passing, form, name)
  }

  /** How many pieces of passing secrets are known. */
  get passing(): number {
    return this.#passing.size
  }

  forgetPassing(): void {
    this.#passing = new Map()
  }

  findIn(where: string, text: string): Leak[] {
    const whole = this.#whole.flatMap(([secret, name]) =>
      text.includes(secret) ? [leak(where, name, text, text.indexOf(secret), secret.length)] : [],
    )
    const pieces = [...text.matchAll(WORDS)].flatMap(({ 0: word, index }) => {
      for (let at = 0; at + PIECE <= word.length; at++) {
        const piece = word.slice(at, at + PIECE)
        const name = this.#kept.get(piece) ?? this.#passing.get(piece)
        if (name !== undefined) return [leak(where, name, text, index, word.length)]
      }
      return []
    })
    return [...whole, ...pieces]
  }
}

/** Everything a user could print of a value: as text, inspected, as JSON, and each member in depth. */
export function printsOf(value: unknown): string[] {
  return [
    String(value),
    inspect(value, { depth: 10, showHidden: true, maxStringLength: null }),
    jsonOf(value),
    ...membersOf(value, new Set()),
  ]
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return ''
  }
}

/** All texts in own members, enumerable or not: message, stack, causes, what was tried, raw. */
function* membersOf(value: unknown, seen: Set<object>): Generator<string> {
  if (typeof value === 'string') yield value
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value)
  if (ArrayBuffer.isView(value)) return
  for (const key of Reflect.ownKeys(value)) {
    if (typeof key === 'string') yield key
    yield* membersOf(Reflect.get(value, key), seen)
  }
}

function formsOf(secret: string): string[] {
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]
}

function addPieces(pieces: Map<string, string>, secret: string, name: string): void {
  for (let at = 0; at + PIECE <= secret.length; at++) pieces.set(secret.slice(at, at + PIECE), name)
}

function leak(where: string, secret: string, text: string, at: number, length: number): Leak {
  const before = text.slice(Math.max(0, at - 60), at)
  return { where, secret, context: `${before}…${text.slice(at + length, at + length + 30)}` }
}
