import type { Call, Endpoint, Fields } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'

/** What a list call names, and where its page begins. */
export interface PageRequest {
  filter: Fields
  /** Absent for the first page. */
  cursor?: string | undefined
}

export interface Page<Row> {
  rows: Row[]
  /** Where the next page begins; absent after the last. */
  cursor: string | undefined
}

/** Rows of all pages of a list call. */
export async function readAllPages<Row>(
  call: Call,
  endpoint: Endpoint<PageRequest, Page<Row>>,
  filter: Fields,
): Promise<Row[]> {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const page: Page<Row> = await call(endpoint, { filter, cursor })
    rows.push(...page.rows)
    if (page.cursor === cursor) break
    cursor = page.cursor
  } while (cursor !== undefined)
  return rows
}

/** One page of `result`; `undefined` rows are not ours and are left out. */
export function readPage<Row>(answer: Reader, decode: (row: Reader) => Row | undefined): Page<Row> {
  const result = answer.at('result')
  const items = result.at('list').items()
  return {
    rows: items.map(decode).filter((row) => row !== undefined),
    // An empty page ends the list whatever the cursor says (docs/wire/bybit.md 3).
    cursor: items.length === 0 ? undefined : readCursor(result.at('nextPageCursor')),
  }
}

// It arrives percent-encoded. Decoded once here and encoded once on the way out, it goes back as it
// came (docs/wire/bybit.md 2).
function readCursor(field: Reader): string | undefined {
  const cursor = field.optionalString()
  if (cursor === undefined) return undefined
  try {
    return decodeURIComponent(cursor)
  } catch {
    return cursor
  }
}
