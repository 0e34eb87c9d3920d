/** One candle; times in milliseconds since the epoch. */
export interface Candle {
  timestamp: number
  open: number
  high: number
  low: number
  close: number
  volume: number
}

export const COLUMNS: readonly (keyof Candle)[] = [
  'timestamp',
  'open',
  'high',
  'low',
  'close',
  'volume',
]

/** Plain notation: the shortest digits that are read back as the same number, never an exponent. */
export function plain(value: number): string {
  const text = String(value)
  if (!text.includes('e')) return text
  const form = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (!form) return text
  const [, sign = '', whole = '', fraction = '', power = '0'] = form
  const digits = whole + fraction
  const point = whole.length + Number(power)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return `${sign}${digits.padEnd(point, '0')}`
}

/** A candle as JSON has it: decimal strings and an ISO time. */
export function candleRow(candle: Candle): Record<string, string> {
  const { timestamp, open, high, low, close, volume } = candle
  return {
    timestamp: new Date(timestamp).toISOString(),
    open: plain(open),
    high: plain(high),
    low: plain(low),
    close: plain(close),
    volume: plain(volume),
  }
}

/** A candle as a line of CSV, without its end. */
export function csvLine(candle: Candle): string {
  return COLUMNS.map((name) => plain(candle[name])).join(',')
}

/** `undefined` for what is no whole line of numbers. */
export function readCsvLine(line: string): Candle | undefined {
  const cells = line.split(',')
  if (cells.length !== COLUMNS.length || cells.some((cell) => cell.trim() === '')) return undefined
  const [timestamp = NaN, open = NaN, high = NaN, low = NaN, close = NaN, volume = NaN] =
    cells.map(Number)
  const candle = { timestamp, open, high, low, close, volume }
  return Object.values(candle).every(Number.isFinite) ? candle : undefined
}
