import type { Call, Endpoint, Fields } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import { rowsIn } from './fields.ts'

// Lists come newest first in pages of a hundred; a page that is not full is the last
// (docs/wire/bitget.md 4.5, 12.2). V2 goes on before the last id of a page, V3 at a cursor.

/** What a list call names, and where its page begins. */
export interface PageRequest {
  filter: Fields
  /** Absent for the first page. */
  from?: string | undefined
}

export interface Page<Row> {
  rows: Row[]
  /** Where the next page begins; absent after the last. */
  next: string | undefined
}

/** The most a page holds. */
export const PAGE_SIZE = 100

/** Rows of all pages of a list call. */
export async function readAllPages<Row>(
  call: Call,
  endpoint: Endpoint<PageRequest, Page<Row>>,
  filter: Fields,
): Promise<Row[]> {
  const rows: Row[] = []
  let from: string | undefined
  do {
    const page: Page<Row> = await call(endpoint, { filter, from })
    rows.push(...page.rows)
    if (page.next === from) break
    from = page.next
  } while (from !== undefined)
  return rows
}

export function readPage<Row>(
  answer: Reader,
  names: { list: string; next: string },
  decode: (row: Reader) => Row,
): Page<Row> {
  const data = answer.at('data')
  const rows = rowsIn(data, names.list)
  return {
    rows: rows.map(decode),
    next: rows.length < PAGE_SIZE ? undefined : data.at(names.next).optionalId(),
  }
}
