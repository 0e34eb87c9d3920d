import { type Decimal, toDecimal } from './decimal.ts'

/** A value was not what its reader asked for. */
export class ReadError extends Error {
  override readonly name = 'ReadError'
  readonly path: string
  readonly expected: string
  readonly received: string

  constructor(path: string, expected: string, received: unknown) {
    const shown = shorten(received)
    super(`${path}: expected ${expected}, received ${shown}`)
    this.path = path
    this.expected = expected
    this.received = shown
  }
}

/**
 * Reads unknown JSON field by field. Each accessor returns the type in its name or throws a
 * {@link ReadError} with the path; `optional…` accessors return `undefined` for what is absent,
 * `null` or an empty text. It remembers the keys it was asked for: {@link Reader.unread} lists the
 * rest.
 */
export class Reader {
  readonly path: string
  readonly value: unknown
  readonly #asked = new Set<string>()
  readonly #children = new Map<string, Reader>()

  constructor(value: unknown, path = '$') {
    this.value = value
    this.path = path
  }

  /** The member `key` of this object, or the element at that index of this array. */
  at(key: string | number): Reader {
    const name = String(key)
    this.#asked.add(name)
    const known = this.#children.get(name)
    if (known) return known
    const child = new Reader(
      this.#member(key),
      typeof key === 'number' ? `${this.path}[${key}]` : `${this.path}.${key}`,
    )
    this.#children.set(name, child)
    return child
  }

  has(key: string): boolean {
    return isRecord(this.value) && this.value[key] !== undefined && this.value[key] !== null
  }

  isArray(): boolean {
    return Array.isArray(this.value)
  }

  isAbsent(): boolean {
    return this.value === undefined || this.value === null || this.value === ''
  }

  string(): string {
    if (typeof this.value !== 'string') throw this.#wrong('a string')
    return this.value
  }

  number(): number {
    if (typeof this.value !== 'number') throw this.#wrong('a number')
    return this.value
  }

  boolean(): boolean {
    if (typeof this.value !== 'boolean') throw this.#wrong('true or false')
    return this.value
  }

  /** A decimal that the wire carries as text or as a number; plain notation. */
  decimal(): Decimal {
    const { value } = this
    const read =
      typeof value === 'string' || typeof value === 'number' ? toDecimal(value) : undefined
    if (read === undefined) throw this.#wrong('a decimal')
    return read
  }

  /** A whole number that the wire carries as text or as a number, such as a time. */
  integer(): number {
    const read = Number(this.decimal())
    if (!Number.isSafeInteger(read)) throw this.#wrong('a whole number')
    return read
  }

  /** An identifier that the wire carries as text or as a number. */
  id(): string {
    const { value } = this
    if (typeof value === 'string' && value !== '') return value
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
    throw this.#wrong('an identifier')
  }

  /** The readers of an array's elements. */
  items(): Reader[] {
    if (!Array.isArray(this.value)) throw this.#wrong('an array')
    return this.value.map((_, index) => this.at(index))
  }

  keys(): string[] {
    if (!isRecord(this.value)) throw this.#wrong('an object')
    return Object.keys(this.value)
  }

  optionalString(): string | undefined {
    return this.isAbsent() ? undefined : this.string()
  }

  optionalDecimal(): Decimal | undefined {
    return this.isAbsent() ? undefined : this.decimal()
  }

  optionalInteger(): number | undefined {
    return this.isAbsent() ? undefined : this.integer()
  }

  optionalBoolean(): boolean | undefined {
    return this.isAbsent() ? undefined : this.boolean()
  }

  optionalId(): string | undefined {
    return this.isAbsent() ? undefined : this.id()
  }

  /** Paths of all members nobody asked for, in depth. */
  unread(): string[] {
    if (!isRecord(this.value) && !Array.isArray(this.value)) return []
    return Object.keys(this.value).flatMap((key) => {
      const child = this.#children.get(key)
      if (child) return child.unread()
      return this.#asked.has(key) ? [] : [`${this.path}.${key}`]
    })
  }

  #member(key: string | number): unknown {
    if (typeof key === 'number') return Array.isArray(this.value) ? this.value[key] : undefined
    if (!isRecord(this.value)) throw this.#wrong('an object')
    return this.value[key]
  }

  #wrong(expected: string): ReadError {
    return new ReadError(this.path, expected, this.value)
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shorten(value: unknown): string {
  if (value === undefined) return 'nothing'
  const shown = JSON.stringify(value) ?? String(value)
  return shown.length > 80 ? `${shown.slice(0, 77)}…` : shown
}
