import type { Instruments, UserContext, UserEvent } from '../../client/definition.ts'
import { abs, isNegative, isZero } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { AccountInfo, FuturesPosition } from '../../model/account.ts'
import { withRaw } from '../../model/raw.ts'
import { readAssets } from './account.ts'
import { priceOrNone } from './fields.ts'
import { toPosition } from './position.ts'
import { isPerpetual, readSymbols } from './symbols.ts'

// What the private feeds tell of positions and money: docs/wire/kraken.md 8.4.

export type PositionEvent = Extract<UserEvent, { kind: 'position' }>

/**
 * The whole list each time: a symbol that was in the last one and is not in this one is flat.
 * https://docs.kraken.com/api-reference/account/open-positions
 */
export function readPositions(
  frame: Reader,
  listed: ReadonlySet<string>,
  { instruments, receivedAt }: UserContext,
): PositionEvent[] {
  const timestamp = frame.at('timestamp').optionalInteger() ?? receivedAt
  // A message without the list is a broken one, and never means flat.
  const positions = frame
    .at('positions')
    .items()
    .filter(
      (row) => isPerpetual(row.at('instrument').string()) && !isZero(row.at('balance').decimal()),
    )
    .map((row) => readPosition(row, instruments))
  const there = new Set(positions.map(({ nativeSymbol }) => nativeSymbol))
  const closed = [...listed].filter((nativeSymbol) => !there.has(nativeSymbol))
  return [
    ...closed.map((nativeSymbol) => ({ kind: 'position', timestamp, nativeSymbol }) as const),
    ...positions.map((position) => {
      const { nativeSymbol } = position
      return { kind: 'position', timestamp, nativeSymbol, position } as const
    }),
  ]
}

function readPosition(row: Reader, instruments: Instruments): FuturesPosition {
  const balance = row.at('balance').decimal()
  const names = readSymbols(row.at('instrument'), instruments)
  const position = toPosition(
    {
      ...names,
      side: isNegative(balance) ? 'SHORT' : 'LONG',
      size: abs(balance),
      entryPrice: row.at('entry_price').decimal(),
      pnl: row.at('pnl').decimal(),
      fixedLeverage: row.at('max_fixed_leverage').optionalDecimal(),
      instrument: instruments.byNative(names.nativeSymbol),
      row: row.value,
    },
    row.at('mark_price').decimal(),
  )
  const liquidationPrice = priceOrNone(row.at('liquidation_threshold'))
  if (liquidationPrice === undefined) return position
  return withRaw({ ...position, liquidationPrice }, row.value)
}

/** https://docs.kraken.com/api-reference/account/balances */
export function readBalances(frame: Reader, { receivedAt }: UserContext): UserEvent[] {
  // Only the part that has changed is told; the others are not of the linear contracts.
  if (!frame.has('flex_futures')) return []
  const wallet = frame.at('flex_futures')
  const timestamp = frame.at('timestamp').optionalInteger() ?? receivedAt
  if (TOTALS.some((name) => !wallet.has(name))) return [{ kind: 'account', timestamp }]
  return [{ kind: 'account', timestamp, account: readWallet(wallet) }]
}

const TOTALS = ['balance_value', 'available_margin', 'pnl', 'margin_equity']

function readWallet(wallet: Reader): AccountInfo {
  return withRaw(
    {
      totalWalletBalance: wallet.at('balance_value').decimal(),
      availableBalance: wallet.at('available_margin').decimal(),
      totalUnrealizedPnl: wallet.at('pnl').decimal(),
      totalMarginBalance: wallet.at('margin_equity').decimal(),
      currency: 'USD',
      assets: wallet.has('currencies') ? readAssets(wallet.at('currencies')) : [],
    },
    wallet.value,
  )
}
