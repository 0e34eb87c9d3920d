import type { FuturesPosition } from 'perpkit'
import type { Coverage } from '../coverage.ts'
import { compare, isZero } from '../numbers.ts'
import type { Palette } from './style.ts'
import type { Column } from './table.ts'

export type PositionRow = FuturesPosition & Coverage

export const positionColumns: readonly Column<PositionRow>[] = [
  { title: 'symbol', value: ({ symbol }) => symbol },
  {
    title: 'side',
    value: ({ side }) => side,
    tone: (text, { green, red }) => (text === 'LONG' ? green(text) : red(text)),
  },
  { title: 'size', align: 'decimal', value: ({ size }) => size },
  { title: 'entry', align: 'decimal', value: ({ entryPrice }) => entryPrice },
  { title: 'mark', align: 'decimal', value: ({ markPrice }) => markPrice },
  { title: 'profit', align: 'decimal', value: ({ pnl }) => signed(pnl), tone: gain },
  { title: '%', align: 'decimal', value: ({ percentage }) => signed(percentage), tone: gain },
  {
    title: 'lev',
    align: 'right',
    value: ({ leverage }) => (leverage === undefined ? undefined : `${leverage}x`),
  },
  { title: 'liquidation', align: 'decimal', value: ({ liquidationPrice }) => liquidationPrice },
  { title: 'stop', align: 'decimal', value: ({ stop }) => stop },
  {
    title: 'cover',
    value: ({ coverage }) => coverage,
    tone: (text, { green, red, yellow }) =>
      text === 'COVERED' ? green(text) : text === 'PARTLY' ? yellow(text) : red(text),
  },
]

/** With a sign before what is above zero, too. */
export function signed(value: string): string {
  return compare(value, '0') > 0 ? `+${value}` : value
}

function gain(text: string, { green, red }: Palette): string {
  const value = text.trim()
  if (/^[+-]?[\d.]+$/.test(value) && isZero(value)) return text
  return value.startsWith('-') ? red(text) : green(text)
}
