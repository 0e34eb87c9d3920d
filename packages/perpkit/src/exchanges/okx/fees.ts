import type { Call, Endpoint } from '../../client/definition.ts'
import { negate } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { FeeRates } from '../../model/account.ts'
import type { Instrument } from '../../model/instrument.ts'
import { withRaw } from '../../model/raw.ts'

/** Rates are those of a group of contracts; which group it is the contract's record tells. */
export async function getFeeRates(
  call: Call,
  { instrument }: { instrument: Instrument },
): Promise<FeeRates> {
  const groupId = await call(feeGroup, { instrument })
  return call(tradeFee, { instrument, groupId })
}

/** https://www.okx.com/docs-v5/en/#public-data-rest-api-get-instruments */
const feeGroup: Endpoint<{ instrument: Instrument }, string | undefined> = {
  method: 'GET',
  path: '/api/v5/public/instruments',
  access: 'public',
  effect: 'read',
  cost: { 'GET public/instruments': 1 },
  encode({ instrument }) {
    return { query: { instType: 'SWAP', instId: instrument.nativeSymbol } }
  },
  decode(answer) {
    return answer.at('data').at(0).at('groupId').optionalId()
  },
}

interface FeeRequest {
  instrument: Instrument
  groupId: string | undefined
}

/** https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-fee-rates */
const tradeFee: Endpoint<FeeRequest, FeeRates> = {
  method: 'GET',
  path: '/api/v5/account/trade-fee',
  access: 'read',
  effect: 'read',
  cost: { 'GET account/trade-fee': 1 },
  encode({ instrument: { baseAsset, quoteAsset } }) {
    return { query: { instType: 'SWAP', instFamily: `${baseAsset}-${quoteAsset}` } }
  },
  decode(answer, { instrument, groupId }) {
    const row = answer.at('data').at(0)
    const [maker, taker] = readRates(row, groupId)
    return withRaw(
      {
        symbol: instrument.symbol,
        nativeSymbol: instrument.nativeSymbol,
        // Theirs are negative where one pays.
        makerRate: negate(maker.decimal()),
        takerRate: negate(taker.decimal()),
      },
      row.value,
    )
  },
}

function readRates(row: Reader, groupId: string | undefined): [maker: Reader, taker: Reader] {
  const groups = row.at('feeGroup')
  if (groups.isArray()) {
    const items = groups.items()
    const [only, ...more] = items
    const isClear = groupId === undefined && more.length === 0
    const own = items.find((item) => item.at('groupId').optionalId() === groupId)
    const group = own ?? (isClear ? only : undefined)
    if (!group) throw new ReadError(groups.path, `the fee group ${groupId}`, groups.value)
    return [group.at('maker'), group.at('taker')]
  }
  // Before there were groups: contracts in USDT had fields of their own.
  const isOwn = !row.at('makerU').isAbsent()
  return isOwn ? [row.at('makerU'), row.at('takerU')] : [row.at('maker'), row.at('taker')]
}
