import type { Clock } from '../core/clock.ts'
import { RequestError } from '../model/errors.ts'
import type { Instrument } from '../model/instrument.ts'
import type { ExchangeDefinition, Instruments } from './definition.ts'

/** The instruments of one exchange, fetched once and remembered. */
export interface Catalogue extends Instruments {
  all(): Promise<Instrument[]>
  /** The instrument a caller means. Throws `RequestError` when the exchange does not list it. */
  find(symbol: string): Promise<Instrument>
  /** Fetched at first; decoders of private answers need the names first. */
  load(): Promise<void>
  /** The instruments asked for last, newest first. */
  recent(): Instrument[]
  /** Fetched anew at the next question: the exchange has refused something for its rules. */
  expire(): void
}

/** A contract that is not listed may have been listed since: asked for anew after this long. */
const RELOAD_AFTER_MS = 60_000
const RECENT = 20

export function createCatalogue(
  definition: ExchangeDefinition,
  clock: Clock,
  fetch: () => Promise<Instrument[]>,
): Catalogue {
  let byNative = new Map<string, Instrument>()
  /** Callers' symbols arrive in upper case; some native ones are not. */
  let byUpperCase = new Map<string, Instrument>()
  let loading: Promise<void> | undefined
  let loadedAt = 0
  const recent = new Set<string>()

  async function fill(): Promise<void> {
    const instruments = await fetch()
    byNative = new Map(instruments.map((instrument) => [instrument.nativeSymbol, instrument]))
    byUpperCase = new Map([...byNative].map(([native, found]) => [native.toUpperCase(), found]))
    loadedAt = clock.now()
  }
  function load(): Promise<void> {
    loading ??= fill().catch((error: unknown) => {
      loading = undefined
      // Rules that are known serve on: a stop must not fail because a listing could not be read.
      if (byNative.size === 0) throw error
    })
    return loading
  }
  return {
    load,
    expire() {
      loading = undefined
    },
    async all() {
      await load()
      return [...byNative.values()]
    },
    async find(symbol) {
      const native = normalizeSymbol(definition, symbol)
      await load()
      let instrument = byNative.get(native) ?? byUpperCase.get(native)
      if (!instrument && clock.now() - loadedAt >= RELOAD_AFTER_MS) {
        loading = undefined
        await load()
        instrument = byNative.get(native) ?? byUpperCase.get(native)
      }
      if (!instrument) throw unknownSymbol(definition, symbol, native, [...byNative.values()])
      recent.delete(instrument.nativeSymbol)
      recent.add(instrument.nativeSymbol)
      return instrument
    },
    recent: () =>
      [...recent]
        .slice(-RECENT)
        .reverse()
        .flatMap((native) => byNative.get(native) ?? []),
    byNative: (nativeSymbol) => byNative.get(nativeSymbol),
    symbolOf: (nativeSymbol) => byNative.get(nativeSymbol)?.symbol ?? nativeSymbol,
  }
}

/** The exchange's own form of a caller's symbol. Throws `RequestError` when it cannot be one. */
export function normalizeSymbol(definition: ExchangeDefinition, symbol: string): string {
  const native =
    typeof symbol === 'string' ? definition.normalizeSymbol(symbol.trim().toUpperCase()) : undefined
  if (native === undefined) {
    throw new RequestError(
      `${definition.name}: ${JSON.stringify(symbol)} cannot be a symbol; write it like 'BTCUSDT' or 'BTC/USDT'`,
      { code: 'UNKNOWN_SYMBOL', exchange: definition.name },
    )
  }
  return native
}

function unknownSymbol(
  definition: ExchangeDefinition,
  symbol: string,
  native: string,
  listed: Instrument[],
): RequestError {
  const alike = listed
    .filter((instrument) => native.startsWith(instrument.baseAsset))
    .slice(0, 5)
    .map((instrument) => instrument.symbol)
  const hint = alike.length > 0 ? `; listed are ${alike.join(', ')}` : ''
  return new RequestError(
    `${definition.name} does not list ${JSON.stringify(symbol)} (looked for ${native} among ${listed.length} perpetual contracts)${hint}`,
    { code: 'UNKNOWN_SYMBOL', exchange: definition.name },
  )
}
