import type { Operation } from './types.ts'

/** One request as it was received, without anything secret. */
export interface RequestRow {
  /** API key of a known account that it carries. */
  account?: string
  method: string
  /** Without the query. */
  path: string
  /** What it was as a message of a socket; `method` and `path` are those of its twin over HTTP. */
  socket?: string
  operation?: Operation
  /** Of the answer; 0 when the connection was cut, or as long as nothing was answered. */
  status: number
  /** One too many for a rate limit. */
  breach?: true
  /** When it arrived, milliseconds since the epoch. */
  at: number
}

/** Every request in order of arrival; of a very long run the latest half million at least. */
export class RequestLog {
  readonly #rows: RequestRow[] = []

  add(row: RequestRow): void {
    if (this.#rows.length >= MOST_ROWS) this.#rows.splice(0, MOST_ROWS / 2)
    this.#rows.push(row)
  }

  rows(): readonly RequestRow[] {
    return this.#rows
  }
}

const MOST_ROWS = 1_000_000
