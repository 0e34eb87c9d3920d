import { readFileSync } from 'node:fs'
import { fromArrow } from 'arquero'
import { parquetReadObjects } from 'hyparquet'

/** Rows of an Arrow file. */
export function readArrow(file: string): object[] {
  return fromArrow(readFileSync(file)).objects()
}

/** Rows of a Parquet file. */
export async function readParquet(file: string): Promise<Record<string, unknown>[]> {
  const bytes = readFileSync(file)
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  return parquetReadObjects({ file: buffer })
}
