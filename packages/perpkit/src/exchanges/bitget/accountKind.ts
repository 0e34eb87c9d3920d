import type { Call, Operation } from '../../client/definition.ts'
import { ExchangeError } from '../../model/errors.ts'
import * as classic from './classic/operations.ts'
import type { PrivateOperations } from './privateOperations.ts'
import { createUnifiedOperations } from './unified/operations.ts'
import { accountMode } from './unified/settings.ts'

// An account is classic, with a V2 interface of its own, or unified, with V3; each refuses the
// other's calls, before it looks at the signature (docs/wire/bitget.md 12.1).

type AccountKind = 'classic' | 'unified'

/** The private operations of one key: the kind of its account is asked for once and remembered. */
export function createPrivateOperations(): PrivateOperations {
  const kinds: Record<AccountKind, PrivateOperations> = {
    classic,
    unified: createUnifiedOperations(),
  }
  let known: AccountKind | undefined

  function routed<Params, Result>(
    pick: (operations: PrivateOperations) => Operation<Params, Result>,
  ): Operation<Params, Result> {
    return async (call, params) => {
      known ??= await askKind(call)
      const assumed = known
      try {
        return await pick(kinds[assumed])(call, params)
      } catch (error) {
        if (!isOfOtherKind(error)) throw error
        // The account was switched since: nothing was executed, so the same may be asked again.
        known = await askKind(call)
        if (known === assumed) throw error
        return pick(kinds[known])(call, params)
      }
    }
  }
  return {
    getAccountInfo: routed((operations) => operations.getAccountInfo),
    getKeyPermissions: routed((operations) => operations.getKeyPermissions),
    getPositions: routed((operations) => operations.getPositions),
    getLeverage: routed((operations) => operations.getLeverage),
    setLeverage: routed((operations) => operations.setLeverage),
    getMarginMode: routed((operations) => operations.getMarginMode),
    setMarginMode: routed((operations) => operations.setMarginMode),
    getPositionMode: routed((operations) => operations.getPositionMode),
    setPositionMode: routed((operations) => operations.setPositionMode),
    getFeeRates: routed((operations) => operations.getFeeRates),
    createOrder: routed((operations) => operations.createOrder),
    createConditionalOrder: routed((operations) => operations.createConditionalOrder),
    createTrailingOrder: routed((operations) => operations.createTrailingOrder),
    createOrders: routed((operations) => operations.createOrders),
    amendOrder: routed((operations) => operations.amendOrder),
    getOrder: routed((operations) => operations.getOrder),
    getOpenOrders: routed((operations) => operations.getOpenOrders),
    getOrderHistory: routed((operations) => operations.getOrderHistory),
    getFills: routed((operations) => operations.getFills),
    cancelOrder: routed((operations) => operations.cancelOrder),
    cancelAllOrders: routed((operations) => operations.cancelAllOrders),
  }
}

/**
 * Only a plain yes or no is an answer: taking an account for classic because the network failed
 * would make every later call fail.
 */
export async function askKind(call: Call): Promise<AccountKind> {
  try {
    if ((await call(accountMode, undefined)) !== 'switching') return 'unified'
  } catch (error) {
    if (kindTold(error) === 'classic') return 'classic'
    throw error
  }
  throw new ExchangeError(
    'BITGET is switching this account from unified to classic; nothing was sent',
    { code: 'EXCHANGE_UNAVAILABLE', exchange: 'BITGET' },
  )
}

function isOfOtherKind(error: unknown): boolean {
  return kindTold(error) !== undefined
}

/** Some servers swap the two numbers, so the text counts before them. */
function kindTold(error: unknown): AccountKind | undefined {
  if (!(error instanceof ExchangeError)) return undefined
  const [, word] = /in (classic|unified) account mode/i.exec(error.nativeMessage ?? '') ?? []
  if (word !== undefined) return word.toLowerCase() === 'classic' ? 'classic' : 'unified'
  return CODES.get(error.nativeCode ?? '')
}

const CODES: ReadonlyMap<string, AccountKind> = new Map([
  ['40084', 'classic'],
  ['25245', 'classic'],
  ['40085', 'unified'],
  // Seen on V2 with the keys of unified copy traders.
  ['40731', 'unified'],
])
