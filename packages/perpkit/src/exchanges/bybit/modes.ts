import type { Call, Endpoint, Fields, RawAnswer, Verdict } from '../../client/definition.ts'
import { isRecord, ReadError, type Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { MarginMode, PositionMode } from '../../model/tokens.ts'
import { accountInfo, positionList } from './account.ts'
import { classify } from './errors.ts'
import { getOpenOrders } from './orders.ts'
import { type Page, type PageRequest, readAllPages, readPage } from './pages.ts'
import { listScopes } from './symbols.ts'
import { marginModeTokens, positionModeTokens, readPositionSide } from './tokens.ts'

/** Of the account: there is none per symbol. */
export function getMarginMode(call: Call): Promise<MarginMode | undefined> {
  return call(accountInfo, undefined)
}

/**
 * Asks first: an account in portfolio margin is in cross margin already, and must not leave it
 * unasked.
 */
export async function setMarginMode(
  call: Call,
  { marginMode }: { marginMode: MarginMode },
): Promise<void> {
  if ((await call(accountInfo, undefined)) === marginMode) return
  await call(marginModeSetting, marginMode)
}

/** Each symbol has its own; that of BTCUSDT stands for the account (docs/wire/bybit.md 4.2). */
export function getPositionMode(
  call: Call,
  { instrument }: { instrument?: Instrument },
): Promise<PositionMode> {
  return call(modeOfSymbol, instrument?.nativeSymbol ?? REFERENCE_SYMBOL)
}

/**
 * Switches all symbols of both settle assets. Symbols with positions or orders stay behind without
 * a word (docs/wire/bybit.md 9, trap 38); switched by themselves they tell why.
 */
export async function setPositionMode(
  call: Call,
  { positionMode }: { positionMode: PositionMode },
): Promise<void> {
  for (const scope of SETTLE_ASSETS) {
    await call(positionModeSwitch, { scope, positionMode })
  }
  for (const symbol of await symbolsLeftBehind(call, positionMode)) {
    await call(positionModeSwitch, { scope: { symbol }, positionMode })
  }
}

const REFERENCE_SYMBOL = 'BTCUSDT'

const SETTLE_ASSETS: readonly Fields[] = [{ coin: 'USDT' }, { coin: 'USDC' }]

/** https://bybit-exchange.github.io/docs/v5/account/set-margin-mode */
const marginModeSetting: Endpoint<MarginMode, void> = {
  method: 'POST',
  path: '/v5/account/set-margin-mode',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'account/set-margin-mode': 1 },
  encode(marginMode) {
    return { json: { setMarginMode: marginModeTokens[marginMode] } }
  },
  decode() {},
  unchanged() {},
  classify: classifyMarginMode,
}

// Why it was refused stands in a list of reasons; where there is one, it was
// (docs/wire/bybit.md 4.1).
function classifyMarginMode(answer: RawAnswer): Verdict {
  const verdict = classify(answer)
  const reasons = reasonsOf(answer.json)
  if (reasons.length === 0 || (verdict.kind !== 'answer' && verdict.kind !== 'refusal')) {
    return verdict
  }
  const told = verdict.kind === 'refusal' ? verdict.nativeMessage : 'Set margin mode failed'
  return {
    kind: 'refusal',
    code: verdict.kind === 'refusal' ? verdict.code : 'STATE_CONFLICT',
    nativeCode: verdict.kind === 'refusal' ? verdict.nativeCode : '0',
    nativeMessage: `${told}: ${reasons.join('; ')}`,
  }
}

function reasonsOf(json: unknown): string[] {
  if (!isRecord(json) || !isRecord(json.result)) return []
  const { reasons } = json.result
  if (!Array.isArray(reasons)) return []
  return reasons.map((reason) =>
    isRecord(reason) ? `${reason.reasonCode} ${reason.reasonMsg}` : String(reason),
  )
}

interface ModeSwitch {
  /** One symbol, or every idle symbol of a settle asset. */
  scope: Fields
  positionMode: PositionMode
}

/** https://bybit-exchange.github.io/docs/v5/position/position-mode */
const positionModeSwitch: Endpoint<ModeSwitch, void> = {
  method: 'POST',
  path: '/v5/position/switch-mode',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'position/switch-mode': 1 },
  encode({ scope, positionMode }) {
    return { json: { category: 'linear', ...scope, mode: positionModeTokens[positionMode] } }
  },
  decode() {},
  unchanged() {},
}

/**
 * Asked by symbol, rows come flat or not: one in one-way mode, one for each side in hedge mode.
 * https://bybit-exchange.github.io/docs/v5/position
 */
const modeOfSymbol: Endpoint<string, PositionMode> = {
  ...positionList,
  encode(symbol) {
    return { query: { category: 'linear', symbol } }
  },
  decode(answer, symbol) {
    const list = answer.at('result').at('list')
    const row = list.items().find((item) => item.at('symbol').value === symbol)
    if (!row) throw new ReadError(list.path, `a row of ${symbol}`, list.value)
    return readSymbolMode(row).positionMode
  },
}

interface SymbolMode {
  symbol: string
  positionMode: PositionMode
}

/** https://bybit-exchange.github.io/docs/v5/position */
const modesOfPositions: Endpoint<PageRequest, Page<SymbolMode>> = {
  ...positionList,
  encode({ filter, cursor }) {
    return { query: { category: 'linear', ...filter, limit: 200, cursor } }
  },
  decode(answer) {
    return readPage(answer, readSymbolMode)
  },
}

function readSymbolMode(row: Reader): SymbolMode {
  return {
    symbol: row.at('symbol').string(),
    positionMode: readPositionSide(row.at('positionIdx')) === undefined ? 'ONE_WAY' : 'HEDGE',
  }
}

// The reference symbol is looked at besides: a mode that cannot be had at all shows there.
async function symbolsLeftBehind(call: Call, wanted: PositionMode): Promise<Set<string>> {
  const [reference, orders, ...positions] = await Promise.all([
    call(modeOfSymbol, REFERENCE_SYMBOL),
    getOpenOrders(call, {}),
    ...listScopes(undefined).map((scope) => readAllPages(call, modesOfPositions, scope)),
  ])
  const busy: SymbolMode[] = [
    { symbol: REFERENCE_SYMBOL, positionMode: reference },
    ...positions.flat(),
    ...orders.map(
      ({ nativeSymbol, positionSide }): SymbolMode => ({
        symbol: nativeSymbol,
        positionMode: positionSide === undefined ? 'ONE_WAY' : 'HEDGE',
      }),
    ),
  ]
  return new Set(busy.filter((one) => one.positionMode !== wanted).map((one) => one.symbol))
}
