import type { Call, Endpoint, Fields } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'

/** Rows a page may have; a fuller one is not given, and unasked it would be 10. */
const PAGE_SIZE = 100

/** Where a page begins: after the row of this id, the first page without one. */
export interface PageStart {
  from?: string | undefined
}

export interface Page<Row> {
  rows: Row[]
  /** Id of the last row; absent on the last page. */
  lastId: string | undefined
}

/** The pages of a list, one after another, each asked for when it is wanted. */
export async function* pagesOf<Params extends PageStart, Row>(
  call: Call,
  endpoint: Endpoint<Params, Page<Row>>,
  params: Params,
): AsyncGenerator<Row[], void, undefined> {
  const asked = new Set<string>()
  let from: string | undefined
  do {
    const page: Page<Row> = await call(endpoint, { ...params, from })
    yield page.rows
    // A page that ends where one has ended before brings nothing new.
    from = page.lastId === undefined || asked.has(page.lastId) ? undefined : page.lastId
    if (from !== undefined) asked.add(from)
  } while (from !== undefined)
}

export async function readAllPages<Params extends PageStart, Row>(
  call: Call,
  endpoint: Endpoint<Params, Page<Row>>,
  params: Params,
): Promise<Row[]> {
  const rows: Row[] = []
  for await (const page of pagesOf(call, endpoint, params)) rows.push(...page)
  return rows
}

/** A stretch of time of a list that has one; without it the last 48 hours are given. */
export interface Window {
  startTime: number
  endTime: number
}

/** The words that choose a page. */
export function pageFields({ from, startTime, endTime }: PageStart & Partial<Window>): Fields {
  return {
    start_time: startTime,
    end_time: endTime,
    from,
    direct: from === undefined ? undefined : 'next',
    limit: PAGE_SIZE,
  }
}

/** One page; `undefined` rows are not ours and are left out. */
export function readPage<Row>(answer: Reader, decode: (row: Reader) => Row | undefined): Page<Row> {
  const items = answer.at('data').items()
  return {
    rows: items.map(decode).filter((row) => row !== undefined),
    // The paging id of a row, which may differ from its order id (docs/wire/htx.md 4.7).
    lastId: items.length < PAGE_SIZE ? undefined : items.at(-1)?.at('id').id(),
  }
}
