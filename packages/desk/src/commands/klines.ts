import { existsSync } from 'node:fs'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { KlineInterval } from 'perpkit'
import {
  addConnectionOptions,
  addExamples,
  addPrintOptions,
  type CommonOptions,
  withConnection,
} from '../command.ts'
import type { Connection } from '../connection.ts'
import type { Desk } from '../desk.ts'
import { type Candle, candleRow, plain } from '../klines/candle.ts'
import { drawChart } from '../klines/chart.ts'
import { downloadCandles, expectedCount, newestCandles, type Span } from '../klines/download.ts'
import { finish, openPart, type Part, partOf } from '../klines/files.ts'
import { encode, formatOf } from '../klines/formats.ts'
import { colourDepthOf } from '../klines/ink.ts'
import { endOf, INTERVALS } from '../klines/intervals.ts'
import { DeskError, EXIT, usageError } from '../output/failure.ts'
import { printLine, tell } from '../output/print.ts'
import { paletteOf } from '../output/style.ts'
import { type Column, table } from '../output/table.ts'
import { startProgress } from '../screen/progress.ts'
import { readTime } from '../times.ts'

interface KlinesOptions extends CommonOptions {
  interval: KlineInterval
  since?: string
  until?: string
  limit?: number
  out?: string
  replace?: boolean
  chart?: boolean
  height: number
}

export function addKlines(parent: Command, desk: Desk): void {
  const command = parent
    .command('klines')
    .argument('<symbol>')
    .addOption(
      new Option('-i, --interval <length>', 'of a candle').choices(INTERVALS).default('1h'),
    )
    .option('--since <time>', 'from 2y, 2d, 12h or a date on; default: the newest')
    .option('--until <time>', 'up to then; default: now')
    .option('--limit <number>', 'so many of the newest', readCount)
    .option('--out <file>', '.csv, .arrow or .parquet; goes on where an earlier run was stopped')
    .option('--replace', 'a file that is there already; also begins anew')
    .option('--chart', 'drawn in the terminal')
    .option('--height <lines>', 'of the chart', readCount, 16)
    .action((symbol: string, options: KlinesOptions) => runKlines(desk, symbol, options))
  addPrintOptions(addConnectionOptions(command))
  addExamples(
    command,
    'perpkit klines BTCUSDT --interval 15m --chart',
    'perpkit klines BTCUSDT --since 2d --json --fields timestamp,close',
    'perpkit klines BTCUSDT --interval 1h --since 30d --out btc.parquet',
  )
}

async function runKlines(desk: Desk, symbol: string, options: KlinesOptions): Promise<void> {
  checkOptions(options)
  const now = desk.clock.now()
  const until = Math.min(now, options.until === undefined ? now : readTime(options.until, now))
  const since = options.since === undefined ? undefined : readTime(options.since, now)
  if (since !== undefined && since > until) {
    throw usageError('--since is after --until', 'The earlier time goes into --since.')
  }
  const { interval, out } = options
  await withConnection(desk, options, async (connection) => {
    const span: Span | undefined =
      since === undefined ? undefined : { symbol, interval, since, until }
    if (out !== undefined && span) return save(desk, connection, { ...options, out }, span)
    const candles = span
      ? download(desk, connection, span)
      : single(
          newestCandles(connection.exchange, { symbol, interval, until }, countOf(desk, options)),
        )
    if (isJson(options)) {
      for await (const part of candles) {
        for (const candle of part) printLine(desk, options, candleRow(candle))
      }
      return
    }
    await show(desk, options, symbol, (await collect(candles)).flat())
  })
}

function checkOptions(options: KlinesOptions): void {
  const { since, limit, out, chart } = options
  if (since !== undefined && limit !== undefined) {
    throw usageError('--since and --limit were both given', 'Choose one: from when, or how many.')
  }
  if (chart && isJson(options)) throw usageError('--chart is no JSON', 'Leave one of them out.')
  if (out === undefined) return
  formatOf(out)
  if (since === undefined) throw usageError('--out needs --since', 'Say from when: --since 30d.')
  if (chart || isJson(options)) {
    throw usageError('--out writes a file and prints nothing', 'Leave out --chart and --json.')
  }
  if (existsSync(out) && !options.replace) {
    throw new DeskError(
      EXIT.USAGE,
      'FILE_IN_THE_WAY',
      `${out} is there already`,
      'Choose another name, or give --replace.',
    )
  }
}

function isJson({ json, fields }: CommonOptions): boolean {
  return json === true || fields !== undefined
}

/** As many as there is room for in a chart, or lines in a table. */
function countOf({ io }: Desk, { limit, chart }: KlinesOptions): number {
  if (limit !== undefined) return limit
  return chart ? Math.max(20, (io.stdout.columns ?? 80) - 14) : 24
}

async function* single(candles: Promise<Candle[]>): AsyncGenerator<Candle[]> {
  yield await candles
}

async function collect(parts: AsyncIterable<Candle[]>): Promise<Candle[][]> {
  const all: Candle[][] = []
  for await (const part of parts) all.push(part)
  return all
}

/** With a bar on stderr where somebody looks. */
async function* download(
  desk: Desk,
  { exchange }: Connection,
  span: Span,
): AsyncGenerator<Candle[]> {
  const { signal } = desk.interrupts
  const progress = await startProgress(desk, expectedCount(span), 'candles')
  try {
    yield* downloadCandles(exchange, span, { signal, onProgress: progress.update })
  } finally {
    progress.stop()
  }
}

async function save(
  desk: Desk,
  connection: Connection,
  { out, replace, interval }: KlinesOptions & { out: string },
  span: Span,
): Promise<void> {
  const { exchange, name, place } = connection
  const symbol = exchange.normalizeSymbol(span.symbol)
  const part = openPart(
    out,
    { exchange: name, place, symbol, interval },
    { since: span.since, isNew: replace === true },
  )
  let candles: Candle[] = []
  try {
    const rest = restOf(span, part, out)
    if (part.kept.length > 0) tell(desk, `Going on after ${part.kept.length} candles.`)
    candles = whatOf(part.kept, span)
    for await (const more of download(desk, connection, rest)) {
      part.append(more)
      for (const candle of more) candles.push(candle)
    }
  } finally {
    part.close()
  }
  const now = desk.clock.now()
  const closed = candles.filter(({ timestamp }) => endOf(timestamp, interval) <= now)
  finish(out, await encode(closed, formatOf(out)))
  tell(desk, `${out}: ${closed.length} candles${spanText(closed)}.${gapText(closed, interval)}`)
}

/** What is still to come; candles that were kept are not asked for again. */
function restOf(span: Span, part: Part, out: string): Span {
  if (part.since > endOf(span.since, span.interval)) {
    throw new DeskError(
      EXIT.USAGE,
      'FILE_IN_THE_WAY',
      `${partOf(out)} begins only at ${iso(part.since)}`,
      'Ask from there on, or give --replace to begin anew.',
    )
  }
  const last = part.kept.at(-1)
  return last
    ? { ...span, since: Math.max(span.since, endOf(last.timestamp, span.interval)) }
    : span
}

/** Of what was kept, what is asked for now. */
function whatOf(kept: readonly Candle[], { since, until }: Span): Candle[] {
  return kept.filter(({ timestamp }) => timestamp >= since && timestamp <= until)
}

function spanText(candles: readonly Candle[]): string {
  const [first] = candles
  const last = candles.at(-1)
  return first && last ? ` from ${iso(first.timestamp)} to ${iso(last.timestamp)}` : ''
}

function gapText(candles: readonly Candle[], interval: KlineInterval): string {
  let gaps = 0
  for (const [index, candle] of candles.entries()) {
    const next = candles[index + 1]
    if (next && next.timestamp > endOf(candle.timestamp, interval)) gaps++
  }
  return gaps === 0 ? '' : ` The exchange has none in ${gaps} gaps.`
}

async function show(
  desk: Desk,
  options: KlinesOptions,
  symbol: string,
  candles: readonly Candle[],
): Promise<void> {
  const { stdout } = desk.io
  if (options.chart) {
    const { interval, height } = options
    const colours = colourDepthOf(stdout, desk.env)
    const rows = stdout.rows === undefined ? height : Math.min(height, Math.max(4, stdout.rows - 7))
    const columns = stdout.columns ?? 80
    const drawing = { symbol: symbol.toUpperCase(), interval, columns, rows, colours }
    stdout.write(`${drawChart(candles, drawing)}\n`)
    return
  }
  const text = candles.length === 0 ? 'No candles.' : undefined
  stdout.write(`${text ?? (await table(COLUMNS, candles, paletteOf(stdout, desk.env)))}\n`)
}

const COLUMNS: readonly Column<Candle>[] = [
  { title: 'start (UTC)', value: ({ timestamp }) => iso(timestamp).replace('T', ' ') },
  { title: 'open', align: 'decimal', value: ({ open }) => plain(open) },
  { title: 'high', align: 'decimal', value: ({ high }) => plain(high) },
  { title: 'low', align: 'decimal', value: ({ low }) => plain(low) },
  { title: 'close', align: 'decimal', value: ({ close }) => plain(close) },
  {
    title: '',
    value: ({ open, close }) => (close > open ? '▲' : close < open ? '▼' : '='),
    tone: (text, { green, red }) => (text === '▲' ? green(text) : text === '▼' ? red(text) : text),
  },
  { title: 'volume', align: 'decimal', value: ({ volume }) => plain(volume) },
]

/** To the minute: candles start on one. */
function iso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16)}`
}

function readCount(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count > 0) return count
  throw new InvalidArgumentError('It is a whole number above 0.')
}
