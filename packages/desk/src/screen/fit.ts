import { stripVTControlCharacters } from 'node:util'
import type { Palette } from '../output/style.ts'
import { type Column, table } from '../output/table.ts'

/** A table no wider than `width`: columns are left out in the order of `spare`, by their titles. */
export async function fittingTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { palette, width, spare }: { palette: Palette; width: number; spare: readonly string[] },
): Promise<string> {
  let shown = columns
  for (const title of [undefined, ...spare]) {
    if (title !== undefined) shown = shown.filter((column) => column.title !== title)
    const text = await table(shown, rows, palette)
    if (widthOf(text) <= width) return text
  }
  return table(shown, rows, palette)
}

/** Text that fits a screen: long lines are cut, and lines for which there is no room. */
export function fitText(text: string, columns: number, rows: number): string {
  const lines = text.split('\n').map((line) => cutLine(line, columns))
  if (lines.length <= rows) return lines.join('\n')
  const hidden = lines.length - rows + 1
  return [...lines.slice(0, rows - 1), `… ${hidden} more lines`].join('\n')
}

/** Colours go on to their end; only what is seen is counted. */
export function cutLine(line: string, width: number): string {
  if (stripVTControlCharacters(line).length <= width) return line
  let room = width - 1
  let isCut = false
  // Every other part is a colour.
  return line
    .split(COLOUR)
    .map((part, index) => {
      if (index % 2 === 1) return part
      const seen = part.slice(0, room)
      room -= seen.length
      if (isCut || seen.length === part.length) return seen
      isCut = true
      return `${seen}…`
    })
    .join('')
}

const COLOUR = new RegExp(`(${String.fromCharCode(27)}\\[[\\d;]*m)`)

function widthOf(text: string): number {
  const lines = stripVTControlCharacters(text).split('\n')
  return Math.max(...lines.map((line) => line.length))
}
