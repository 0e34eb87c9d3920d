import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type Decimal, isGreater, isNegative, isPositive, toDecimal } from '../../core/decimal.ts'

/** One row of a price file; `start` in ms since the epoch. */
export interface Candle {
  start: number
  open: Decimal
  high: Decimal
  low: Decimal
  close: Decimal
  volume: Decimal
}

/**
 * Reads candles from a CSV file, plain or gzipped, with a header row. Columns are found by name, in
 * any order and case: `timestamp` (or `time`, `date`), `open`, `high`, `low`, `close`, `volume`. Times
 * are seconds or milliseconds since the epoch, or `2021-12-31 23:01:00` in UTC. Throws an Error that
 * names the line and the column of what is wrong.
 */
export function loadCandles(file: string): Candle[] {
  const bytes = readFileSync(file)
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  return parseCandles((isGzip ? gunzipSync(bytes) : bytes).toString('utf8'), file)
}

/** {@link loadCandles} for text that is there already; `file` is its name in errors. */
export function parseCandles(text: string, file: string): Candle[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const columns = findColumns(lines[0] ?? '', file)
  const candles: Candle[] = []
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (line.trim() === '') continue
    const row: Row = { cells: splitRow(line), columns, where: `${file} line ${index + 1}` }
    const candle = readCandle(row)
    const previous = candles.at(-1)
    if (previous && candle.start <= previous.start) {
      throw wrong(row, 'time', `${cell(row, 'time')} is not after the row before`)
    }
    candles.push(candle)
  }
  if (candles.length === 0) throw new Error(`${file}: no candles in it`)
  return candles
}

type Column = 'time' | 'open' | 'high' | 'low' | 'close' | 'volume'

const columnNames: Record<Column, readonly string[]> = {
  time: ['timestamp', 'time', 'date'],
  open: ['open'],
  high: ['high'],
  low: ['low'],
  close: ['close'],
  volume: ['volume'],
}

/** Where each column stands, and what the file calls it. */
type Columns = Record<Column, { index: number; name: string }>

interface Row {
  cells: string[]
  columns: Columns
  where: string
}

function findColumns(header: string, file: string): Columns {
  const names = splitRow(header)
  const find = (column: Column): { index: number; name: string } => {
    const wanted = columnNames[column]
    const index = names.findIndex((name) => wanted.includes(name.toLowerCase()))
    const name = names[index]
    if (name !== undefined) return { index, name }
    throw new Error(`${file} line 1: no column ${wanted.join(' or ')} in "${header.trim()}"`)
  }
  return {
    time: find('time'),
    open: find('open'),
    high: find('high'),
    low: find('low'),
    close: find('close'),
    volume: find('volume'),
  }
}

function readCandle(row: Row): Candle {
  const candle: Candle = {
    start: readTime(row),
    open: readPrice(row, 'open'),
    high: readPrice(row, 'high'),
    low: readPrice(row, 'low'),
    close: readPrice(row, 'close'),
    volume: readNumber(row, 'volume'),
  }
  if (isNegative(candle.volume)) throw wrong(row, 'volume', `${candle.volume} is below zero`)
  for (const column of ['low', 'open', 'close'] as const) {
    if (isGreater(candle[column], candle.high)) {
      throw wrong(row, 'high', `${candle.high} is below ${column} ${candle[column]}`)
    }
    if (isGreater(candle.low, candle[column])) {
      throw wrong(row, 'low', `${candle.low} is above ${column} ${candle[column]}`)
    }
  }
  return candle
}

function readTime(row: Row): number {
  const text = cell(row, 'time')
  const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
  // Seconds reach 1e11 in the year 5138, milliseconds were there in 1973.
  if (number !== undefined) return Math.round(number < 1e11 ? number * 1000 : number)
  const parts = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?Z?$/.exec(text)
  const time = parts ? Date.parse(`${parts[1]}T${parts[2]}Z`) : Number.NaN
  if (Number.isNaN(time)) throw wrong(row, 'time', `"${text}" is not a time`)
  return time + Math.floor(Number(`0${parts?.[3] ?? ''}`) * 1000)
}

function readPrice(row: Row, column: Column): Decimal {
  const price = readNumber(row, column)
  if (!isPositive(price)) throw wrong(row, column, `${price} is not above zero`)
  return price
}

function readNumber(row: Row, column: Column): Decimal {
  const text = cell(row, column)
  const number = toDecimal(text)
  if (number === undefined) throw wrong(row, column, `"${text}" is not a number`)
  return number
}

function cell(row: Row, column: Column): string {
  return row.cells[row.columns[column].index] ?? ''
}

function wrong(row: Row, column: Column, what: string): Error {
  return new Error(`${row.where}, column ${row.columns[column].name}: ${what}`)
}

function splitRow(line: string): string[] {
  return line.split(',').map((one) => one.trim().replace(/^"(.*)"$/, '$1'))
}
