import { usageError } from '../output/failure.ts'
import { type Candle, COLUMNS, csvLine } from './candle.ts'

export type Format = 'csv' | 'arrow' | 'parquet'

/** By the end of a file's name. */
export function formatOf(file: string): Format {
  const end = /\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase()
  if (end === 'csv' || end === 'arrow' || end === 'parquet') return end
  throw usageError(
    `${JSON.stringify(file)} does not say what kind of file it is to be`,
    'Let its name end in .csv, .arrow or .parquet.',
  )
}

/** A whole file. Times are milliseconds since the epoch in CSV and Arrow (int64). */
export async function encode(candles: readonly Candle[], format: Format): Promise<Uint8Array> {
  if (format === 'csv') return encodeCsv(candles)
  return format === 'arrow' ? encodeArrow(candles) : encodeParquet(candles)
}

const LINES_AT_ONCE = 10_000

/** In pieces: the text of a million lines in one is more than it needs. */
function encodeCsv(candles: readonly Candle[]): Uint8Array {
  const pieces = [Buffer.from(`${COLUMNS.join(',')}\n`)]
  for (let start = 0; start < candles.length; start += LINES_AT_ONCE) {
    const lines = candles.slice(start, start + LINES_AT_ONCE).map((each) => `${csvLine(each)}\n`)
    pieces.push(Buffer.from(lines.join('')))
  }
  return Buffer.concat(pieces)
}

async function encodeArrow(candles: readonly Candle[]): Promise<Uint8Array> {
  const { table } = await import('arquero')
  const times = BigInt64Array.from(candles, ({ timestamp }) => BigInt(timestamp))
  const numbers = NUMBERS.map((name) => [name, column(candles, name)] as const)
  const columns = { timestamp: times, ...Object.fromEntries(numbers) }
  return table(columns, [...COLUMNS]).toArrowIPC({ format: 'file' })
}

async function encodeParquet(candles: readonly Candle[]): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const times = candles.map(({ timestamp }) => new Date(timestamp))
  const buffer = parquetWriteBuffer({
    columnData: [
      { name: 'timestamp', data: times, type: 'TIMESTAMP', nullable: false },
      ...NUMBERS.map((name) => ({
        name,
        data: column(candles, name),
        type: 'DOUBLE' as const,
        nullable: false,
      })),
    ],
    createdBy: 'perpkit',
  })
  return new Uint8Array(buffer)
}

const NUMBERS = ['open', 'high', 'low', 'close', 'volume'] as const

function column(candles: readonly Candle[], name: (typeof NUMBERS)[number]): Float64Array {
  return Float64Array.from(candles, (candle) => candle[name])
}
