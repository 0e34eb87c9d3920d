import type { KlineInterval } from 'perpkit'
import { type Candle, plain } from './candle.ts'
import { type ColourDepth, inkOf } from './ink.ts'

export interface ChartOptions {
  symbol: string
  interval: KlineInterval
  /** Of the whole drawing, price labels included. */
  columns: number
  /** Of the candles alone; volume, times and headline need six more. */
  rows: number
  colours: ColourDepth
}

/** Candles as text. Two steps of price to a line; candles are merged where there are too many. */
export function drawChart(candles: readonly Candle[], options: ChartOptions): string {
  const [first] = candles
  const last = candles.at(-1)
  if (!first || !last) return 'No candles.'
  const high = candles.reduce((most, candle) => Math.max(most, candle.high), first.high)
  const low = candles.reduce((least, candle) => Math.min(least, candle.low), first.low)
  const places = candles.reduce((most, { close }) => Math.max(most, placesOf(close)), 0)
  const labelWidth = Math.max(...[high, low].map((price) => price.toFixed(places).length)) + 2
  const room = Math.max(1, options.columns - labelWidth)
  const { marks, each } = merge(candles, room)
  const gap = marks.length * 2 - 1 <= room ? ' ' : ''
  const scale: Scale = { high, low, places, rows: Math.max(2, options.rows) }
  const width = marks.length + (marks.length - 1) * gap.length
  return [
    ...headline(candles, { ...options, places, each }),
    ...priceLines(marks, scale, gap, options.colours).map((line, row) =>
      `${line} ${priceLabel(row, scale, last.close)}`.trimEnd(),
    ),
    '',
    ...volumeLines(marks, gap, options.colours),
    timeLine(first.timestamp, last.timestamp, width),
  ].join('\n')
}

/** So many digits after the point that the price is told. */
function placesOf(price: number): number {
  return Math.min(8, plain(price).split('.')[1]?.length ?? 0)
}

/** As few marks as have room, each of the same number of candles; the last may have fewer. */
function merge(candles: readonly Candle[], room: number): { marks: Candle[]; each: number } {
  const each = Math.ceil(candles.length / room)
  const marks: Candle[] = []
  for (let start = 0; start < candles.length; start += each) {
    const group = candles.slice(start, start + each)
    const [first] = group
    if (!first) continue
    marks.push({
      timestamp: first.timestamp,
      open: first.open,
      high: group.reduce((most, { high }) => Math.max(most, high), first.high),
      low: group.reduce((least, { low }) => Math.min(least, low), first.low),
      close: group.at(-1)?.close ?? first.close,
      volume: group.reduce((total, { volume }) => total + volume, 0),
    })
  }
  return { marks, each }
}

interface Scale {
  high: number
  low: number
  places: number
  rows: number
}

function headline(
  candles: readonly Candle[],
  options: ChartOptions & { places: number; each: number },
): string[] {
  const { symbol, interval, places, each, colours } = options
  const open = candles[0]?.open ?? 0
  const close = candles.at(-1)?.close ?? 0
  const change = open === 0 ? 0 : ((close - open) / open) * 100
  const sign = change > 0 ? '▲ +' : change < 0 ? '▼ ' : ''
  const ink = inkOf(colours, change >= 0)
  const marks = each > 1 ? `, ${each} to a mark` : ''
  const count = `${candles.length} candles${marks}`
  const words = colours === 'none' ? [count, LEGEND] : [count]
  const isOneLine = words.join(' · ').length <= options.columns
  return [
    `${symbol} ${interval}  ${close.toFixed(places)}  ${ink.paint(`${sign}${change.toFixed(2)}%`)}`,
    ...(isOneLine ? [words.join(' · ')] : words),
  ]
}

const LEGEND = '▒ rising █ falling'

/** Steps of half a line, counted from the top. */
function stepOf(price: number, { high, low, rows }: Scale): number {
  const steps = rows * 2 - 1
  return high === low ? Math.floor(steps / 2) : Math.round(((high - price) / (high - low)) * steps)
}

function priceLines(
  marks: readonly Candle[],
  scale: Scale,
  gap: string,
  colours: ColourDepth,
): string[] {
  const columns = marks.map((mark) => columnOf(mark, scale, colours))
  return Array.from({ length: scale.rows }, (_, row) =>
    columns.map((column) => column[row] ?? ' ').join(gap),
  )
}

type Part = 'body' | 'wick' | 'none'

/** One candle from top to bottom. */
function columnOf(mark: Candle, scale: Scale, colours: ColourDepth): string[] {
  const isRising = mark.close >= mark.open
  const ink = inkOf(colours, isRising)
  const [top, bottom] = [stepOf(mark.high, scale), stepOf(mark.low, scale)]
  const bodyTop = stepOf(Math.max(mark.open, mark.close), scale)
  const bodyBottom = stepOf(Math.min(mark.open, mark.close), scale)
  const partAt = (step: number): Part => {
    if (step >= bodyTop && step <= bodyBottom) return 'body'
    return step >= top && step <= bottom ? 'wick' : 'none'
  }
  return Array.from({ length: scale.rows }, (_, row) => {
    const [upper, lower] = [partAt(row * 2), partAt(row * 2 + 1)]
    const glyph = glyphOf(upper, lower)
    if (glyph === ' ') return glyph
    const isBody = upper === 'body' || lower === 'body'
    return ink.paint(isBody && ink.rising !== undefined ? ink.rising : glyph)
  })
}

/** A body hides the half of a wick that shares its cell. */
function glyphOf(upper: Part, lower: Part): string {
  if (upper === 'body') return lower === 'body' ? '█' : '▀'
  if (lower === 'body') return '▄'
  if (upper === 'wick') return lower === 'wick' ? '│' : '╵'
  return lower === 'wick' ? '╷' : ' '
}

/** At the top, the bottom, every fourth line between, and where the last close is. */
function priceLabel(row: number, scale: Scale, close: number): string {
  const { high, low, rows, places } = scale
  if (Math.floor(stepOf(close, scale) / 2) === row) return `◂${close.toFixed(places)}`
  const isLabelled = row === 0 || row === rows - 1 || (row % 4 === 0 && row < rows - 2)
  if (!isLabelled) return ''
  return ` ${(high - ((high - low) * row) / (rows - 1)).toFixed(places)}`
}

const EIGHTHS = ' ▁▂▃▄▅▆▇█'
const VOLUME_ROWS = 2

function volumeLines(marks: readonly Candle[], gap: string, colours: ColourDepth): string[] {
  const most = Math.max(...marks.map(({ volume }) => volume))
  if (most <= 0) return []
  return Array.from({ length: VOLUME_ROWS }, (_, row) =>
    marks
      .map(({ volume, open, close }) => {
        const eighths = Math.round((volume / most) * VOLUME_ROWS * 8)
        const level = Math.min(8, Math.max(0, eighths - (VOLUME_ROWS - 1 - row) * 8))
        const glyph = EIGHTHS[level] ?? ' '
        return glyph === ' ' ? glyph : inkOf(colours, close >= open).paint(glyph)
      })
      .join(gap)
      .trimEnd(),
  ).filter((line) => line !== '')
}

/** First and last time, with days where it is longer than one; UTC. */
function timeLine(first: number, last: number, width: number): string {
  const isLong = last - first >= 86_400_000
  const show = (at: number): string => {
    const iso = new Date(at).toISOString()
    return isLong ? `${iso.slice(0, 10)} ${iso.slice(11, 16)}` : iso.slice(11, 16)
  }
  const [begin, end] = [show(first), show(last)]
  if (begin === end) return `${begin} UTC`
  return `${begin}${' '.repeat(Math.max(1, width - begin.length - end.length))}${end} UTC`
}
