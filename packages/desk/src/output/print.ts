import type { Desk } from '../desk.ts'
import { usageError } from './failure.ts'
import { type Palette, paletteOf } from './style.ts'

export interface PrintOptions {
  json?: boolean
  /** Comma-separated names of members. */
  fields?: string
}

/** Prints a result: as JSON for scripts, else as `show` draws it for people. */
export async function printResult(
  desk: Desk,
  options: PrintOptions,
  value: unknown,
  show: (palette: Palette) => string | Promise<string>,
): Promise<void> {
  const { stdout } = desk.io
  if (options.json || options.fields !== undefined) {
    stdout.write(`${JSON.stringify(chosen(value, options.fields), undefined, 2)}\n`)
    return
  }
  const text = await show(paletteOf(stdout, desk.env))
  stdout.write(`${text}\n`)
}

/** One line of JSON, for streams and long results. */
export function printLine(desk: Desk, options: PrintOptions, value: unknown): void {
  desk.io.stdout.write(`${JSON.stringify(chosen(value, options.fields))}\n`)
}

/** A word for people, beside the result. */
export function tell(desk: Desk, text: string): void {
  desk.io.stderr.write(`${text}\n`)
}

function chosen(value: unknown, fields: string | undefined): unknown {
  if (fields === undefined) return value
  const names = fields.split(',').map((name) => name.trim())
  return Array.isArray(value) ? value.map((row) => pick(row, names)) : pick(value, names)
}

function pick(value: unknown, names: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  const members = new Map(Object.entries(value))
  const unknown = names.find((name) => !members.has(name) && !isOptional(name, value))
  if (unknown !== undefined) {
    throw usageError(
      `there is no field ${JSON.stringify(unknown)}`,
      `The fields are ${[...members.keys()].join(', ')}.`,
    )
  }
  return Object.fromEntries(names.map((name) => [name, members.get(name) ?? null]))
}

/** Members that are absent from some rows because nothing is known of them. */
function isOptional(name: string, value: object): boolean {
  return OPTIONAL.has(name) && !(name in value)
}

const OPTIONAL = new Set([
  'averagePrice',
  'stopPrice',
  'positionSide',
  'reduceOnly',
  'closePosition',
  'createdAt',
  'updatedAt',
  'leverage',
  'marginMode',
  'liquidationPrice',
  'stop',
  'notional',
  'volume',
  'highPrice',
  'lowPrice',
  'fundingRate',
  'nextFundingTime',
])
