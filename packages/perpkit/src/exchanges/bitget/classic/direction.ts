import type { PositionSide, Side } from '../../../model/tokens.ts'
import { sideTokens } from '../tokens.ts'

/** Words of a request's body. */
export type Words = Record<string, string | undefined>

/** How an order moves the account. */
interface Movement {
  side: Side
  positionSide?: PositionSide
  reduceOnly: boolean
}

interface Direction {
  side: string
  tradeSide: string | undefined
  reduceOnly: string | undefined
}

/**
 * In one-way mode `side` is the direction, and `tradeSide` is refused; in hedge mode `side` is that
 * of the position: a long is closed with `buy` and `close` (docs/wire/bitget.md 4.4).
 */
export function directionWords({ side, positionSide, reduceOnly }: Movement): Direction {
  if (positionSide === undefined) {
    const onlyReduces = reduceOnly ? 'YES' : undefined
    return { side: sideTokens[side], tradeSide: undefined, reduceOnly: onlyReduces }
  }
  return {
    side: sideTokens[positionSide === 'LONG' ? 'BUY' : 'SELL'],
    tradeSide: reduceOnly ? 'close' : 'open',
    reduceOnly: undefined,
  }
}
