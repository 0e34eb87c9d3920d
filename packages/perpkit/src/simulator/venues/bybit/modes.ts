import type { Engine, Refusal } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { invalidParameter, parameterError, refusedByEngine } from './errors.ts'
import { namesOf, readFields, readToken } from './fields.ts'
import { listings } from './instruments.ts'
import { json, Refused, reply } from './replies.ts'
import { readCategory, readListing } from './scope.ts'

// Margin mode of the account and position mode of its contracts: docs/wire/bybit.md 4.1 and 4.2.

const marginModeTable = { setMarginMode: 'string' } as const

const marginModes = ['REGULAR_MARGIN', 'ISOLATED_MARGIN', 'PORTFOLIO_MARGIN'] as const

/** `marginMode` of account/info: one for the whole account (trap 27). */
export function marginModeText(engine: Engine, accountId: string): (typeof marginModes)[number] {
  return isIsolated(engine, accountId) ? 'ISOLATED_MARGIN' : 'REGULAR_MARGIN'
}

/** Whether the account's positions have margin of their own. */
export function isIsolated(engine: Engine, accountId: string): boolean {
  return symbols.some((symbol) => engine.marginMode(accountId, symbol) === 'ISOLATED')
}

// https://bybit-exchange.github.io/docs/v5/account/set-margin-mode
export const setMarginMode: Route = {
  method: 'POST',
  path: '/v5/account/set-margin-mode',
  access: 'signed',
  parameters: namesOf(marginModeTable),
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, marginModeTable)
    const wanted = readToken(handling, fields, 'setMarginMode', marginModes)
    if (wanted === undefined) throw parameterError()
    if (wanted !== marginModeText(engine, accountId)) {
      // The engine has no portfolio margin, and cannot move what is open to another mode.
      const isRefused =
        wanted === 'PORTFOLIO_MARGIN' ||
        keepingLeverage(engine, accountId, symbols, () =>
          engine.setMarginMode(accountId, wanted === 'ISOLATED_MARGIN' ? 'ISOLATED' : 'CROSS'),
        ) !== undefined
      // This reply has neither `retExtInfo` nor `time`.
      if (isRefused) return json(marginModeRefusal)
    }
    return reply(handling, { reasons: [] }, { retMsg: 'Request accepted' })
  },
}

const switchModeTable = {
  category: 'string',
  symbol: 'string',
  coin: 'string',
  mode: 'number',
} as const

const coins = ['USDT', 'USDC'] as const

// https://bybit-exchange.github.io/docs/v5/position/position-mode
export const switchMode: Route = {
  method: 'POST',
  path: '/v5/position/switch-mode',
  access: 'signed',
  parameters: namesOf(switchModeTable),
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, switchModeTable)
    const category = readCategory(handling, fields)
    const bySymbol = fields.has('symbol') ? readListing(handling, fields) : undefined
    const mode = fields.number('mode')
    if ((!bySymbol && !fields.has('coin')) || mode === undefined) throw parameterError()
    const isHedge = readIsHedge(handling, mode)
    if (bySymbol) {
      const { symbol } = bySymbol.engine
      if ((engine.positionMode(accountId, symbol) === 'hedge') === isHedge) {
        throw new Refused(110025, 'Position mode is not modified')
      }
      const refused = switchTo(engine, accountId, symbol, isHedge)
      if (refused) throw refusedByEngine(refused)
      return reply(handling, {})
    }
    const coin = category === 'linear' ? readToken(handling, fields, 'coin', coins) : undefined
    for (const listing of listings) {
      // Contracts with positions or orders stay behind, and nobody is told (trap 38).
      if (listing.engine.settleAsset === coin) {
        switchTo(engine, accountId, listing.engine.symbol, isHedge)
      }
    }
    return reply(handling, {})
  },
}

const symbols = listings.map(({ engine }) => engine.symbol)

const marginModeRefusal = {
  retCode: 3400045,
  retMsg: 'Set margin mode failed',
  result: { reasons: [{ reasonCode: '110073', reasonMsg: 'Set margin mode failed' }] },
} as const

function readIsHedge(handling: Handling, mode: number): boolean {
  if (mode === 0 || mode === 3) return mode === 3
  handling.unknownWord('mode', mode)
  throw invalidParameter('mode')
}

function switchTo(
  engine: Engine,
  accountId: string,
  symbol: string,
  isHedge: boolean,
): Refusal | undefined {
  if ((engine.positionMode(accountId, symbol) === 'hedge') === isHedge) return undefined
  return keepingLeverage(engine, accountId, [symbol], () =>
    engine.setPositionMode(accountId, isHedge ? 'hedge' : 'oneWay', [symbol]),
  )
}

/** A change of mode; leverage is the contract's, whatever its mode (docs/wire/bybit.md 4.2). */
function keepingLeverage(
  engine: Engine,
  accountId: string,
  changing: readonly string[],
  change: () => Refusal | undefined,
): Refusal | undefined {
  const sides = ['SHORT', 'LONG'] as const
  const kept = changing.flatMap((symbol) =>
    sides.map((positionSide) => {
      const leg = { positionSide }
      const leverage = engine.chosenLeverage(accountId, symbol, leg) ?? ('default' as const)
      return { symbol, leg, leverage }
    }),
  )
  const refused = change()
  if (refused) return refused
  // Where both sides share one leverage, the long one comes last and stays.
  for (const { symbol, leg, leverage } of kept) {
    engine.setLeverage(accountId, symbol, leverage, leg)
  }
  return undefined
}
