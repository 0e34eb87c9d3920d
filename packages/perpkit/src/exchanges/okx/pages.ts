import type { Call, Endpoint, Fields } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'

/** What a list call names, and where its page begins. */
export interface PageRequest {
  filter: Fields
  /** The page holds what is older than this id; absent for the first one. */
  after?: string | undefined
}

export interface Page<Row> {
  rows: Row[]
  /** Where the next page begins; absent after the last. */
  after: string | undefined
  receivedAt: number
}

/** The most a list call gives at once. */
const PAGE_SIZE = 100

export function pageQuery({ filter, after }: PageRequest): Fields {
  return { ...filter, after, limit: PAGE_SIZE }
}

/** Rows of all pages of a list call, newest first. */
export async function readAllPages<Row>(
  call: Call,
  endpoint: Endpoint<PageRequest, Page<Row>>,
  filter: Fields,
): Promise<Row[]> {
  const { rows } = await readPages(call, endpoint, { filter }, () => false)
  return rows
}

/**
 * Rows of a list call, newest first, until they are enough or the last page is read. `after` of the
 * request says where the first page begins. A page that leads back where we were is the last one.
 */
export async function readPages<Row>(
  call: Call,
  endpoint: Endpoint<PageRequest, Page<Row>>,
  { filter, after }: PageRequest,
  isEnough: (rows: readonly Row[]) => boolean,
): Promise<Omit<Page<Row>, 'after'>> {
  const visited = new Set([after])
  let page = await call(endpoint, { filter, after })
  const rows = [...page.rows]
  while (page.after !== undefined && !visited.has(page.after) && !isEnough(rows)) {
    visited.add(page.after)
    page = await call(endpoint, { filter, after: page.after })
    rows.push(...page.rows)
  }
  return { rows, receivedAt: page.receivedAt }
}

/** One page, whose rows are numbered by `idName`; `undefined` rows are not ours and are left out. */
export function readPage<Row>(
  answer: Reader,
  idName: string,
  receivedAt: number,
  decode: (row: Reader) => Row | undefined,
): Page<Row> {
  const items = answer.at('data').items()
  return {
    rows: items.map(decode).filter((row) => row !== undefined),
    after: items.length < PAGE_SIZE ? undefined : items.at(-1)?.at(idName).id(),
    receivedAt,
  }
}
