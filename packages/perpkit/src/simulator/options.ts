import { type Decimal, isPositive, toDecimal } from '../core/decimal.ts'
import { type Candle, loadCandles } from './market/replay.ts'
import { startPrices } from './market/startPrices.ts'
import type { LedgerEntry } from './server/ledger.ts'
import type { Venue, VenueName } from './server/types.ts'

/** How a simulator is made; everything has a default. */
export interface SimulatorOptions {
  /** Whole number from 0; the same seed gives the same bytes under a manual clock. Default 1. */
  seed?: number
  /** `real` (default) follows the machine; `manual` moves by the control action `advance` only. */
  clock?: 'real' | 'manual'
  /** Where a manual clock starts, milliseconds since the epoch. Default 2026-01-01T00:00:00Z. */
  startTime?: number
  /** Of the control server, default 7070; every venue has a fixed offset to it. 0: free ports. */
  port?: number
  /** Default: all there are. */
  venues?: readonly VenueName[]
  /** Default true. `false`: limits are counted and told in headers and verdict, never enforced. */
  rateLimits?: boolean
  /** Prints each new ledger entry as a line of JSON on stderr. Answers stay as they are. */
  strict?: boolean
  /** Is told each new ledger entry. */
  onLedgerEntry?: (entry: LedgerEntry) => void
  /** Price of a base asset at the start, in quote units: `{ BTC: '60000' }`. */
  startPrices?: Readonly<Record<string, string | number>>
  /** A CSV file (also gzipped) of candles that drives a price from its first candle on. */
  replay?: string
  /** Whose price that is. Default `'BTCUSDT'`. */
  replaySymbol?: string
  /** How many times faster than the clock. Default 1. */
  replaySpeed?: number
}

/** An option has a value that does not work; the message names it and what does. */
export class OptionError extends Error {
  override readonly name = 'OptionError'
}

export interface Replay {
  candles: readonly Candle[]
  baseAsset: string
  speed: number
}

/** Options checked and complete. */
export interface Setup {
  seed: number
  clock: 'real' | 'manual'
  startTime: number
  port: number
  venues: readonly Venue[]
  startPrices: Readonly<Record<string, Decimal>>
  /** Whether rate limits refuse. */
  rateLimits: boolean
  replay?: Replay
  onLedgerEntry?: (entry: LedgerEntry) => void
}

/** Throws an {@link OptionError} for what cannot be, and whatever a replay file is wrong with. */
export function readOptions(options: SimulatorOptions, registry: readonly Venue[]): Setup {
  const unknown = Object.keys(options).filter((name) => !OPTION_NAMES.has(name))
  if (unknown.length > 0) {
    throw new OptionError(`unknown option ${unknown.join(', ')}: there are ${list(OPTION_NAMES)}`)
  }
  const clock = options.clock ?? 'real'
  if (clock !== 'real' && clock !== 'manual') {
    throw new OptionError(`clock is '${String(clock)}': it must be 'real' or 'manual'`)
  }
  if (clock === 'real' && options.startTime !== undefined) {
    throw new OptionError("startTime needs clock: 'manual'")
  }
  const venues = chooseVenues(options.venues, registry)
  const prices = readStartPrices(options.startPrices ?? {}, venues)
  const replay = readReplay(options, venues)
  const first = replay?.candles[0]
  if (replay && first) prices[replay.baseAsset] = first.open
  const onLedgerEntry = ledgerListener(options)
  return {
    seed: wholeNumber('seed', options.seed ?? 1, 0, 4_294_967_295),
    clock,
    startTime: wholeNumber('startTime', options.startTime ?? DEFAULT_START, 0, LATEST_TIME),
    // Six venues stand above the control port.
    port: wholeNumber('port', options.port ?? 7070, 0, 65_529),
    venues,
    startPrices: prices,
    rateLimits: options.rateLimits ?? true,
    ...(replay && { replay }),
    ...(onLedgerEntry && { onLedgerEntry }),
  }
}

const DEFAULT_START = 1_767_225_600_000
// The end of the year 9999: any exchange's thirteen digits of milliseconds, and dates of four.
const LATEST_TIME = 253_402_300_799_999

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof SimulatorOptions>([
  'seed',
  'clock',
  'startTime',
  'port',
  'venues',
  'rateLimits',
  'strict',
  'onLedgerEntry',
  'startPrices',
  'replay',
  'replaySymbol',
  'replaySpeed',
])

function wholeNumber(name: string, value: number, from: number, to: number): number {
  if (Number.isInteger(value) && value >= from && value <= to) return value
  throw new OptionError(`${name} is ${String(value)}: it must be a whole number ${from} to ${to}`)
}

function chooseVenues(
  wanted: readonly VenueName[] | undefined,
  registry: readonly Venue[],
): readonly Venue[] {
  if (!wanted) return registry
  const names = registry.map((venue) => venue.name)
  const unknown = wanted.filter((name) => !names.includes(name))
  if (unknown.length > 0 || wanted.length === 0) {
    throw new OptionError(`no venue ${unknown.join(', ') || 'is wanted'}: there are ${list(names)}`)
  }
  return registry.filter((venue) => wanted.includes(venue.name))
}

function readStartPrices(
  wanted: Readonly<Record<string, string | number>>,
  venues: readonly Venue[],
): Record<string, Decimal> {
  const instruments = venues.flatMap((venue) => venue.instruments)
  const assets = new Set(instruments.map((instrument) => instrument.baseAsset))
  const prices: Record<string, Decimal> = { ...startPrices }
  for (const [asset, value] of Object.entries(wanted)) {
    const price = toDecimal(value)
    if (!assets.has(asset)) {
      throw new OptionError(`startPrices: no base asset '${asset}': there are ${list(assets)}`)
    }
    if (price === undefined || !isPositive(price)) {
      throw new OptionError(`startPrices: ${asset} at ${value} is not a price above 0`)
    }
    prices[asset] = price
  }
  return prices
}

function readReplay(options: SimulatorOptions, venues: readonly Venue[]): Replay | undefined {
  const { replay, replaySymbol = 'BTCUSDT', replaySpeed = 1 } = options
  if (replay === undefined) {
    if (options.replaySymbol === undefined && options.replaySpeed === undefined) return undefined
    throw new OptionError('replaySymbol and replaySpeed need replay, the file')
  }
  if (!(Number.isFinite(replaySpeed) && replaySpeed > 0)) {
    throw new OptionError(`replaySpeed is ${String(replaySpeed)}: it must be above 0`)
  }
  const instruments = venues.flatMap((venue) => venue.instruments)
  const instrument = instruments.find(({ symbol }) => symbol === replaySymbol)
  if (!instrument) {
    const symbols = new Set(instruments.map(({ symbol }) => symbol))
    throw new OptionError(`replaySymbol '${replaySymbol}' is unknown: there are ${list(symbols)}`)
  }
  return { candles: loadCandles(replay), baseAsset: instrument.baseAsset, speed: replaySpeed }
}

function ledgerListener(options: SimulatorOptions): ((entry: LedgerEntry) => void) | undefined {
  const { strict, onLedgerEntry } = options
  if (!strict) return onLedgerEntry
  return (entry) => {
    process.stderr.write(`${JSON.stringify(entry)}\n`)
    onLedgerEntry?.(entry)
  }
}

function list(words: Iterable<string>): string {
  return [...words].join(', ')
}
