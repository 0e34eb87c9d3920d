import { isIP } from 'node:net'
import { type Decimal, isLess, isPositive } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { EngineInstrument } from '../engine/types.ts'
import { usualPermissions, type VenueHost } from '../server/host.ts'
import type { KeyPermissions } from '../server/types.ts'
import type { World } from '../world.ts'

/** A control action was refused: its message says what is wrong, with the numbers. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
}

/** The markets a symbol stands for, one or more a venue. */
export interface Markets {
  baseAsset: string
  hosts: VenueHost[]
  instruments: EngineInstrument[]
}

/** The venue named by `body.venue`. */
export function readVenue(world: World, body: Reader): VenueHost {
  return findVenue(world, body.at('venue').string())
}

/**
 * The markets of the base asset of `body.symbol`: `BTCUSDT`, `BTC/USDT`, or with a quote asset of
 * any venue (`BTCUSD`), because the market of a base asset is one wherever it is listed.
 */
export function readMarkets(world: World, body: Reader): Markets {
  const asked = body.at('symbol').string()
  const symbol = asked.toUpperCase().replace(/[/_-]/g, '')
  const everywhere = [...world.hosts.values()].flatMap(({ engine }) => engine.instruments)
  const known =
    everywhere.find((instrument) => instrument.symbol === symbol) ??
    everywhere.find(({ baseAsset }) => QUOTES.some((quote) => symbol === baseAsset + quote))
  if (!known) throw unknownSymbol(asked, everywhere)
  const { baseAsset } = known
  const hosts = readVenues(world, body).filter((host) => marketsOf(host, baseAsset).length > 0)
  if (hosts.length === 0) {
    const venue = body.at('venue').value
    throw new ControlError(`${body.path}: ${baseAsset} is not listed on ${String(venue)}`)
  }
  const instruments = hosts.flatMap((host) => marketsOf(host, baseAsset))
  return { baseAsset, hosts, instruments }
}

/** A price that every one of the markets can show. */
export function readPrice(reader: Reader, { instruments }: Markets): Decimal {
  const price = reader.decimal()
  if (!isPositive(price)) throw new ControlError(`${reader.path}: ${price} is not above 0`)
  for (const { symbol, tickSize } of instruments) {
    if (isLess(price, tickSize)) {
      throw new ControlError(
        `${reader.path}: ${price} is below the tick size ${tickSize} of ${symbol}`,
      )
    }
  }
  return price
}

/** A whole number in [from, to]. */
export function readWhole(
  reader: Reader,
  from: number,
  to: number = Number.MAX_SAFE_INTEGER,
): number {
  const read = reader.integer()
  if (read >= from && read <= to) return read
  const range = to === Number.MAX_SAFE_INTEGER ? `${from} or more` : `${from} to ${to}`
  throw new ControlError(`${reader.path}: ${read} is not ${range}`)
}

/** What a key may do, said in whole or in part. */
export function readPermissions(reader: Reader): KeyPermissions {
  // An object, and nothing else that happens to have no members.
  reader.keys()
  const [trade, withdraw, bound] = [
    reader.at('trade'),
    reader.at('withdraw'),
    reader.at('addresses'),
  ]
  return {
    trade: reader.has('trade') ? trade.boolean() : usualPermissions.trade,
    withdraw: reader.has('withdraw') ? withdraw.boolean() : usualPermissions.withdraw,
    addresses: reader.has('addresses')
      ? bound.items().map(readAddress)
      : usualPermissions.addresses,
  }
}

/** One of the words given. */
export function readWord<Word extends string>(reader: Reader, words: readonly Word[]): Word {
  const read = reader.value
  const word = words.find((known) => known === read)
  if (word !== undefined) return word
  throw new ControlError(
    `${reader.path}: ${JSON.stringify(read) ?? 'nothing'} is none of ${words.join(', ')}`,
  )
}

function readAddress(reader: Reader): string {
  const address = reader.string()
  if (isIP(address) !== 0) return address
  throw new ControlError(`${reader.path}: '${address}' is no IP address`)
}

const QUOTES = ['USDT', 'USDC', 'USD']

/** The one named by `body.venue`, or all. */
function readVenues(world: World, body: Reader): VenueHost[] {
  const name = body.at('venue').optionalString()
  return name === undefined ? [...world.hosts.values()] : [findVenue(world, name)]
}

function findVenue(world: World, name: string): VenueHost {
  for (const host of world.hosts.values()) if (host.venue.name === name) return host
  throw new ControlError(`venue '${name}' is not running: there are ${namesOf(world)}`)
}

function namesOf(world: World): string {
  return [...world.hosts.keys()].join(', ')
}

function marketsOf({ engine }: VenueHost, asset: string): EngineInstrument[] {
  return engine.instruments.filter(({ baseAsset }) => baseAsset === asset)
}

function unknownSymbol(asked: string, everywhere: readonly EngineInstrument[]): ControlError {
  const symbols = new Set(everywhere.map(({ symbol }) => symbol))
  return new ControlError(`unknown symbol '${asked}': there are ${[...symbols].join(', ')}`)
}
