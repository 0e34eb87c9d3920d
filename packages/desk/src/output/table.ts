import type { Palette } from './style.ts'

export interface Column<Row> {
  title: string
  /** `decimal` puts the points under each other. Default `left`. */
  align?: 'left' | 'right' | 'decimal'
  /** Absent is shown as a dash. */
  value(row: Row): string | undefined
  /** The colour of a cell, by its text. */
  tone?(text: string, palette: Palette): string
}

/** Rows under titles, without borders. Loads the table library. */
export async function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  palette: Palette,
): Promise<string> {
  const { default: Table } = await import('cli-table3')
  const texts = columns.map((column) => cellsOf(column, rows))
  const view = new Table({
    chars: NO_BORDERS,
    style: { 'padding-left': 0, 'padding-right': 2, head: [], border: [] },
    head: columns.map(({ title }) => palette.dim(title)),
    colAligns: columns.map(({ align = 'left' }) => (align === 'left' ? 'left' : 'right')),
  })
  for (const index of rows.keys()) {
    view.push(
      columns.map(({ tone }, column) => {
        const text = texts[column]?.[index] ?? ''
        return tone ? tone(text, palette) : text
      }),
    )
  }
  return trimLines(view.toString())
}

/** Names and values, one pair a line. */
export async function pairs(
  rows: readonly (readonly [name: string, value: string | undefined])[],
  palette: Palette,
): Promise<string> {
  const shown = rows.filter(([, value]) => value !== undefined)
  const width = Math.max(0, ...shown.map(([name]) => name.length))
  return shown.map(([name, value]) => `${palette.dim(name.padEnd(width))}  ${value}`).join('\n')
}

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
}

function cellsOf<Row>(column: Column<Row>, rows: readonly Row[]): string[] {
  const texts = rows.map((row) => column.value(row) ?? '–')
  return column.align === 'decimal' ? alignPoints(texts) : texts
}

/** Pads on the right, so that a column set to the right has its points in one line. */
export function alignPoints(texts: readonly string[]): string[] {
  const tails = texts.map((text) => {
    const point = text.indexOf('.')
    return point === -1 ? 0 : text.length - point
  })
  const longest = Math.max(0, ...tails)
  return texts.map((text, index) => text + ' '.repeat(longest - (tails[index] ?? 0)))
}

/** Cells are padded to their column; the last one needs none. */
function trimLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
