import type { Call, Endpoint, LeverageKey } from '../../client/definition.ts'
import { toFloat } from '../../core/decimal.ts'
import { ReadError } from '../../core/reader.ts'
import type { ErrorCode } from '../../model/errorCodes.ts'
import { PerpkitError } from '../../model/errors.ts'
import type { PositionSide } from '../../model/tokens.ts'
import { getPositions } from './account.ts'
import { readTargetSide, targetSide, tradeMode } from './direction.ts'

// Each margin mode of a contract has a leverage of its own, and with isolated margin in long/short
// mode each side has (docs/wire/okx.md 4.1).

/** A position tells it where the exchange does not answer the question. */
export async function getLeverage(call: Call, key: LeverageKey): Promise<number> {
  const sides = await readLeverage(call, key)
  // Where one number is wanted and the sides differ, that of the long one.
  const { leverage } = sides.find(({ positionSide }) => positionSide !== 'SHORT') ?? sides[0]
  return leverage
}

/**
 * Sends only what changes something: with orders open the exchange refuses every new value, the
 * present one too, and has no word for "it is so already" (docs/wire/okx.md 4.1).
 */
export async function setLeverage(call: Call, request: LeverageRequest): Promise<void> {
  const { marginMode, positionMode } = request
  const isApart = marginMode === 'ISOLATED' && positionMode === 'HEDGE'
  for (const positionSide of isApart ? APART : TOGETHER) {
    await setOneSide(call, { ...request, ...(positionSide && { positionSide }) })
  }
}

interface LeverageRequest extends LeverageKey {
  leverage: number
}

interface SideRequest extends LeverageRequest {
  positionSide?: PositionSide
}

const APART: readonly PositionSide[] = ['LONG', 'SHORT']
const TOGETHER = [undefined]

async function setOneSide(call: Call, request: SideRequest): Promise<void> {
  if (await hasLeverage(call, request)) return
  try {
    await call(leverageSetting, request)
  } catch (error) {
    if (!isRefusal(error, 'STATE_CONFLICT') || !(await hasLeverage(call, request))) throw error
  }
}

/** `false` also where it cannot be told. */
async function hasLeverage(call: Call, request: SideRequest): Promise<boolean> {
  try {
    const sides = await readLeverage(call, request)
    const meant = sides.filter(
      ({ positionSide: side }) =>
        request.positionSide === undefined || side === undefined || side === request.positionSide,
    )
    return meant.length > 0 && meant.every(({ leverage }) => leverage === request.leverage)
  } catch (error) {
    if (isRefusal(error, 'INVALID_REQUEST', 'UNSUPPORTED')) return false
    throw error
  }
}

interface SideLeverage {
  /** Absent where both sides have one. */
  positionSide: PositionSide | undefined
  leverage: number
}

type Sides = [SideLeverage, ...SideLeverage[]]

async function readLeverage(call: Call, key: LeverageKey): Promise<Sides> {
  try {
    return await call(leverageInfo, key)
  } catch (error) {
    // Not found on the European host, refused in portfolio margin (docs/wire/okx.md 4.1).
    if (!isRefusal(error, 'INVALID_REQUEST', 'UNSUPPORTED')) throw error
    const sides = await readPositionsLeverage(call, key)
    if (!sides) throw error
    return sides
  }
}

async function readPositionsLeverage(call: Call, key: LeverageKey): Promise<Sides | undefined> {
  const positions = await getPositions(call, { instrument: key.instrument })
  const isApart = key.positionMode === 'HEDGE'
  const [first, ...more] = positions
    .filter(({ marginMode }) => marginMode === (key.marginMode ?? 'CROSS'))
    .flatMap(({ side, leverage }) =>
      leverage === undefined ? [] : [{ positionSide: isApart ? side : undefined, leverage }],
    )
  return first && [first, ...more]
}

function isRefusal(error: unknown, ...codes: ErrorCode[]): boolean {
  return PerpkitError.is(error) && codes.includes(error.code)
}

/** https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-leverage */
const leverageInfo: Endpoint<LeverageKey, Sides> = {
  method: 'GET',
  path: '/api/v5/account/leverage-info',
  access: 'read',
  effect: 'read',
  cost: { 'GET account/leverage-info': 1 },
  encode(key) {
    return { query: { instId: key.instrument.nativeSymbol, mgnMode: tradeMode(key) } }
  },
  decode(answer, { instrument: { nativeSymbol } }) {
    const list = answer.at('data')
    const [first, ...more] = list
      .items()
      .filter((item) => item.at('instId').value === nativeSymbol)
      .map((row) => ({
        positionSide: readTargetSide(row.at('posSide')),
        leverage: toFloat(row.at('lever').decimal()),
      }))
    if (!first) throw new ReadError(list.path, `a row of ${nativeSymbol}`, list.value)
    return [first, ...more]
  },
}

/** https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-leverage */
const leverageSetting: Endpoint<SideRequest, void> = {
  method: 'POST',
  path: '/api/v5/account/set-leverage',
  access: 'trade',
  effect: 'idempotent',
  cost: { 'POST account/set-leverage': 1 },
  encode(request) {
    return {
      json: {
        instId: request.instrument.nativeSymbol,
        lever: String(request.leverage),
        mgnMode: tradeMode(request),
        posSide: targetSide(request),
      },
    }
  },
  decode(answer) {
    answer.at('data').at(0).at('lever').decimal()
  },
}
