import { type KeyPermissions, keyOf, type Route } from '../../server/types.ts'
import { Refused, refusedByEngine } from './errors.ts'
import { readFields, requireToken } from './fields.ts'
import { feeGroup, fees } from './instruments.ts'
import { isHedged } from './legs.ts'
import { answering } from './replies.ts'

// What an account is set to, and what it pays: docs/wire/okx.md 4.1.

// https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-account-configuration
export const accountConfig: Route = {
  method: 'GET',
  path: '/api/v5/account/config',
  access: 'signed',
  operation: 'getAccount',
  parameters: [],
  handle: answering((handling) => {
    const { accountId, engine } = handling
    const { permissions } = keyOf(handling)
    const uid = userIdOf(accountId)
    return [
      {
        uid,
        mainUid: uid,
        acctLv: '2',
        posMode: isHedged(engine, accountId) ? 'long_short_mode' : 'net_mode',
        perm: permissionWords(permissions),
        ctIsoMode: 'automatic',
        mgnIsoMode: 'automatic',
        level: 'Lv1',
        levelTmp: '',
        kycLv: '3',
        ip: permissions.addresses.join(','),
        label: '',
        acctStpMode: 'cancel_maker',
        autoLoan: false,
        feeType: '0',
        settleCcy: 'USDC',
        settleCcyList: ['USD', 'USDC', 'USDG'],
        type: '0',
        greeksType: 'PA',
        liquidationGear: '-1',
        opAuth: '0',
        roleType: '0',
        spotRoleType: '0',
        spotOffsetType: '',
        stgyType: '0',
        traderInsts: [],
        spotTraderInsts: [],
        enableSpotBorrow: false,
        spotBorrowAutoRepay: false,
      },
    ]
  }),
}

const feeNames = ['instType', 'instId', 'instFamily', 'uly', 'groupId'] as const

// https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-fee-rates
export const tradeFee: Route = {
  method: 'GET',
  path: '/api/v5/account/trade-fee',
  access: 'signed',
  operation: 'getAccount',
  parameters: feeNames,
  handle: answering((handling) => {
    const fields = readFields(handling.params, feeNames)
    const tokens = ['SWAP', 'FUTURES', 'SPOT', 'MARGIN', 'OPTION'] as const
    const instType = requireToken(handling, fields, 'instType', tokens)
    const maker = `-${fees.maker}`
    const taker = `-${fees.taker}`
    const group = { groupId: feeGroup, maker, taker, rpiMaker: maker, elpMaker: maker }
    const isWanted = [feeGroup, undefined].includes(fields.text('groupId'))
    return [
      {
        category: '1',
        delivery: '',
        exercise: '',
        feeGroup: isWanted ? [group] : [],
        fiat: [],
        instType,
        level: 'Lv1',
        maker,
        makerU: maker,
        makerUSDC: maker,
        ruleType: 'normal',
        taker,
        takerU: taker,
        takerUSDC: taker,
        ts: String(handling.clock.now()),
      },
    ]
  }),
}

// https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-position-mode
export const setPositionMode: Route = {
  method: 'POST',
  path: '/api/v5/account/set-position-mode',
  access: 'signed',
  parameters: ['posMode'],
  handle: answering((handling) => {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, ['posMode'])
    const tokens = ['net_mode', 'long_short_mode'] as const
    const posMode = requireToken(handling, fields, 'posMode', tokens)
    const isBusy =
      engine.positions(accountId).length > 0 ||
      engine.openOrders(accountId).length > 0 ||
      engine.openConditionals(accountId).length > 0
    // The blockers answer for the present mode too.
    if (isBusy) throw new Refused('59000')
    const refused = engine.setPositionMode(accountId, posMode === 'net_mode' ? 'oneWay' : 'hedge')
    if (refused) throw refusedByEngine(refused, 'amend')
    return [{ posMode }]
  }),
}

// https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-account-mode
export const setAccountLevel: Route = {
  method: 'POST',
  path: '/api/v5/account/set-account-level',
  access: 'signed',
  parameters: ['acctLv'],
  handle: answering((handling) => {
    const fields = readFields(handling.params, ['acctLv'])
    const acctLv = requireToken(handling, fields, 'acctLv', ['1', '2', '3', '4'])
    if (acctLv !== '2') throw new Refused('51070')
    return [{ acctLv }]
  }),
}

// Clients ask for it on their way to the instruments; there are no deposits here.
// https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-currencies
export const currencies: Route = {
  method: 'GET',
  path: '/api/v5/asset/currencies',
  access: 'signed',
  parameters: ['ccy'],
  handle: answering(({ params }) => {
    params.ignore('ccy')
    return []
  }),
}

/** docs/wire/okx.md 4.7. */
function permissionWords({ trade, withdraw }: KeyPermissions): string {
  return ['read_only', ...(trade ? ['trade'] : []), ...(withdraw ? ['withdraw'] : [])].join(',')
}

/** Digits only, as the venue numbers its users. */
export function userIdOf(accountId: string): string {
  return `4470${accountId.replace(/\D/g, '').padStart(14, '0')}`
}
