import type { Json } from '../../test/wire/evidence.ts'
import { list } from './samples.ts'

// The account after the samples of docs/wire/okx.md 4.1.

type Members = { readonly [key: string]: Json }

/** 4.1: two contracts long at 60000; in net mode the sign of `pos` is the direction. */
export function position(members: Members): Json {
  return {
    instType: 'SWAP',
    instId: 'BTC-USDT-SWAP',
    posId: '2497956918703120300',
    mgnMode: 'cross',
    posSide: 'net',
    pos: '2',
    availPos: '',
    avgPx: '60000',
    markPx: '60100',
    last: '60100.1',
    idxPx: '60102',
    lever: '12.0',
    liqPx: '40321.5',
    upl: '2',
    uplRatio: '0.02',
    uplLastPx: '2.002',
    imr: '100.1666666666666667',
    margin: '',
    mmr: '4.8',
    mgnRatio: '48.1',
    notionalUsd: '1202.1',
    adl: '1',
    ccy: 'USDT',
    tradeId: '1518905529',
    bePx: '60060.03',
    realizedPnl: '-0.6',
    pnl: '0',
    fee: '-0.6',
    fundingFee: '0',
    liqPenalty: '0',
    settledPnl: '',
    closeOrderAlgo: [],
    cTime: '1763790000000',
    uTime: '1763798400000',
    ...members,
  }
}

/** Asked for by name, what was closed is shown for 30 days. */
export const closedPosition: Json = position({
  posId: '2497956918703120200',
  mgnMode: 'isolated',
  pos: '0',
  avgPx: '',
  upl: '',
  uplRatio: '',
  imr: '',
  mmr: '',
  notionalUsd: '',
})

/** One row in net mode, and the leverage with eight places. */
export function leverage(lever: string): Json {
  return list([
    {
      ccy: '',
      instId: 'BTC-USDT-SWAP',
      mgnMode: 'cross',
      posSide: 'net',
      lever: `${lever}.00000000`,
    },
  ])
}

function assetBalance(members: Members): Json {
  return {
    isoEq: '0',
    isoUpl: '0',
    ordFrozen: '0',
    imr: '0',
    mmr: '0',
    mgnRatio: '',
    notionalLever: '0',
    disEq: '0',
    uTime: '1744498994783',
    collateralEnabled: false,
    ...members,
  }
}

/** Futures mode: the account's own totals stand empty. */
export const balance: Json = list([
  {
    totalEq: '10320.99',
    isoEq: '0',
    adjEq: '',
    availEq: '',
    imr: '',
    mmr: '',
    mgnRatio: '',
    upl: '',
    ordFroz: '',
    notionalUsd: '',
    uTime: '1744499648556',
    details: [
      assetBalance({
        ccy: 'USDC',
        eq: '200',
        cashBal: '200',
        availEq: '200',
        availBal: '200',
        frozenBal: '0',
        upl: '0',
        eqUsd: '199.98',
      }),
      assetBalance({
        ccy: 'USDT',
        eq: '10120.55',
        cashBal: '10100',
        availEq: '9907.12',
        availBal: '9907.12',
        frozenBal: '213.43',
        upl: '20.55',
        eqUsd: '10121.01',
      }),
    ],
  },
])

/** 4.1. */
export const config = {
  uid: '44705892343619584',
  mainUid: '44705892343619584',
  acctLv: '2',
  posMode: 'net_mode',
  perm: 'read_only,trade',
  ctIsoMode: 'automatic',
  level: 'Lv1',
  kycLv: '3',
  ip: '',
  label: '',
  acctStpMode: 'cancel_maker',
  autoLoan: false,
  feeType: '0',
  settleCcy: 'USDC',
  settleCcyList: ['USD', 'USDC', 'USDG'],
  type: '0',
  greeksType: 'PA',
  levelTmp: '',
  liquidationGear: '-1',
  mgnIsoMode: 'automatic',
  opAuth: '0',
  roleType: '0',
  spotRoleType: '0',
  stgyType: '0',
  spotOffsetType: '',
  traderInsts: [],
  spotTraderInsts: [],
  enableSpotBorrow: false,
  spotBorrowAutoRepay: false,
} as const

/** The instrument's group is the fourth. */
export const feeRates: Json = {
  level: 'Lv1',
  feeGroup: [
    { groupId: '5', maker: '-0.0003', taker: '-0.0007', rpiMaker: '', elpMaker: '' },
    { groupId: '4', maker: '-0.0002', taker: '-0.0005', rpiMaker: '', elpMaker: '' },
  ],
  instType: 'SWAP',
  maker: '',
  taker: '',
  makerU: '',
  takerU: '',
  makerUSDC: '',
  takerUSDC: '',
  category: '1',
  delivery: '',
  exercise: '',
  fiat: [],
  ruleType: 'normal',
  ts: '1763979985847',
}
