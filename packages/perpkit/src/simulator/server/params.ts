/**
 * Parameters of one request. Every name that is read is remembered; what stays unread was a word
 * the venue does not know, and goes into the ledger.
 */
export class Params {
  readonly #fields: Readonly<Record<string, unknown>>
  readonly #read = new Set<string>()

  constructor(fields: Readonly<Record<string, unknown>>) {
    this.#fields = fields
  }

  /** The value as it came, or `undefined`. */
  get(name: string): unknown {
    this.#read.add(name)
    return this.#fields[name]
  }

  /** The value when it came as text, else `undefined`. */
  text(name: string): string | undefined {
    const value = this.get(name)
    return typeof value === 'string' ? value : undefined
  }

  has(name: string): boolean {
    this.#read.add(name)
    return this.#fields[name] !== undefined
  }

  /** Looks without having read: for deciding what a request is before its handler reads it. */
  peek(name: string): unknown {
    return this.#fields[name]
  }

  /** Names the venue knows and deliberately makes nothing of. */
  ignore(...names: string[]): void {
    for (const name of names) this.#read.add(name)
  }

  unread(): { name: string; value: unknown }[] {
    return Object.entries(this.#fields)
      .filter(([name]) => !this.#read.has(name))
      .map(([name, value]) => ({ name, value }))
  }
}
