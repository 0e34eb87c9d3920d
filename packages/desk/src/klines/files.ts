import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { DeskError, EXIT } from '../output/failure.ts'
import { type Candle, csvLine, readCsvLine } from './candle.ts'

// A download grows in `FILE.part`, line by line, and becomes FILE in one step when it is whole: who
// finds FILE finds all of it. What was torn at the end of a part is cut off, never believed.

/** What a part is a part of: lines of another market must not be mixed in. */
export type Origin = Readonly<Record<'exchange' | 'place' | 'symbol' | 'interval', string>>

export interface Part {
  /** From when the earlier run was asked for candles; that of this run where there was none. */
  readonly since: number
  /** What an earlier run has left, without its last candle, which may have been open. */
  readonly kept: Candle[]
  append(candles: readonly Candle[]): void
  close(): void
}

export function partOf(file: string): string {
  return `${file}.part`
}

/** Continues the part of an earlier run, or starts one. */
export function openPart(
  file: string,
  origin: Origin,
  { since, isNew }: { since: number; isNew: boolean },
): Part {
  const path = partOf(file)
  return onDisk(path, () => {
    if (isNew) rmSync(path, { force: true })
    const found = existsSync(path) ? readPart(path, origin) : undefined
    if (found) truncateSync(path, found.bytes)
    const handle = openSync(path, 'a', 0o644)
    if (!found) writeAll(handle, `${headOf(origin)}\n# since ${since}\n`)
    return {
      since: found?.since ?? since,
      kept: found?.kept ?? [],
      append: (candles) =>
        onDisk(path, () =>
          writeAll(handle, candles.map((candle) => `${csvLine(candle)}\n`).join('')),
        ),
      close: () => closeSync(handle),
    }
  })
}

/** Puts `bytes` in the place of `file` in one step, and takes its part away. */
export function finish(file: string, bytes: Uint8Array): void {
  const temporary = `${file}.tmp`
  onDisk(file, () => {
    const handle = openSync(temporary, 'w', 0o644)
    try {
      writeAll(handle, bytes)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(temporary, file)
    rmSync(partOf(file), { force: true })
  })
}

function headOf(origin: Origin): string {
  const { exchange, place, symbol, interval } = origin
  return `# ${JSON.stringify({ exchange, place, symbol, interval })}`
}

interface Found {
  since: number
  kept: Candle[]
  /** As far as it is believed. */
  bytes: number
}

/** `undefined` for one that was torn before its first candle. */
function readPart(path: string, origin: Origin): Found | undefined {
  const lines = readFileSync(path, 'utf8').split('\n')
  // What follows the last line's end is empty, or torn.
  lines.pop()
  const [head, begin, ...rows] = lines
  if (head !== undefined && head !== headOf(origin)) throw ofAnother(path, head)
  const since = Number(/^# since (\d+)$/.exec(begin ?? '')?.[1] ?? Number.NaN)
  if (head === undefined || begin === undefined || !Number.isFinite(since)) {
    truncateSync(path)
    return undefined
  }
  const kept: Candle[] = []
  for (const row of rows) {
    const candle = readCsvLine(row)
    const last = kept.at(-1)
    if (!candle || (last && candle.timestamp <= last.timestamp)) break
    kept.push(candle)
  }
  kept.pop()
  const believed = [head, begin, ...rows.slice(0, kept.length)]
  return { since, kept, bytes: Buffer.byteLength(`${believed.join('\n')}\n`) }
}

function writeAll(handle: number, content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done)
}

function ofAnother(path: string, head: string): DeskError {
  const what = head.startsWith('# {') ? ` of ${head.slice(2)}` : ''
  return new DeskError(
    EXIT.USAGE,
    'FILE_IN_THE_WAY',
    `${path} is part of another download${what}`,
    'Choose another name, or give --replace to begin anew.',
  )
}

/** What a file system says, said so that one can act on it. */
function onDisk<Result>(path: string, task: () => Result): Result {
  try {
    return task()
  } catch (error) {
    if (error instanceof DeskError || !(error instanceof Error)) throw error
    throw new DeskError(
      EXIT.REFUSED,
      'FILE',
      `${path} could not be written: ${error.message}`,
      'Make room or choose another place; the same command then goes on where it was.',
      { cause: error },
    )
  }
}
