import type { Clock, FuturesExchange, StreamStatus } from 'perpkit'
import type { Palette } from '../output/style.ts'

/** What has changed, for scripts and for pipes. */
export interface Change {
  /** A line of JSON. */
  row: object
  /** A line of text. */
  text: string
}

export interface Canvas {
  palette: Palette
  now: number
  columns: number
  rows: number
}

/** Something that is watched. */
export interface View {
  readonly title: string
  /** Where its streams stand. */
  statuses(): StreamStatus[]
  draw(canvas: Canvas): Promise<string>
}

export interface Watching {
  exchange: FuturesExchange
  clock: Clock
  /** Ends it. */
  signal: AbortSignal
  /** Called after each change; without one where only the picture is another. */
  changed(change?: Change): void
  /** A stream has failed. */
  failed(error: unknown): void
}

export type OpenView = (watching: Watching) => View

/** Hands each item on until the end. */
export async function follow<Item>(
  stream: AsyncIterable<Item>,
  { signal, failed }: Pick<Watching, 'signal' | 'failed'>,
  take: (item: Item) => void,
): Promise<void> {
  try {
    for await (const item of stream) take(item)
    if (!signal.aborted) failed(new Error('the stream has ended'))
  } catch (error) {
    if (!signal.aborted) failed(error)
  }
}
