import { abs, compare, div, fixed, mul, sub } from '../numbers.ts'
import type { Palette } from '../output/style.ts'
import { type Column, pairs, table } from '../output/table.ts'
import type { Place } from '../place.ts'
import type { Plan, PlannedOrder } from './plan.ts'

/** A plan as people read it. */
export async function describePlan(plan: Plan, palette: Palette): Promise<string> {
  const { estimate } = plan
  const { currency } = estimate
  const money = (amount: string | undefined): string | undefined =>
    amount === undefined ? undefined : `${fixed(amount, 2)} ${currency}`
  const { worstLoss } = estimate
  const isSecured = worstLoss !== undefined && compare(worstLoss, '0') < 0
  const facts = await pairs(
    [
      ['mark price', estimate.referencePrice],
      ['notional', money(estimate.notional)],
      ['leverage', leverageText(plan)],
      ['initial margin', money(estimate.initialMargin)],
      ['liquidation', estimate.liquidationPrice && `about ${estimate.liquidationPrice}`],
      [
        isSecured ? 'secured profit' : 'worst loss',
        worstLoss && (isSecured ? palette.green : palette.red)(money(abs(worstLoss)) ?? ''),
      ],
    ],
    palette,
  )
  const notes = estimate.notes.map((note) => palette.dim(`  ${note}`)).join('\n')
  const orders = await table(columnsOf(plan), plan.orders, palette)
  return [headOf(plan, palette), orders, '', facts, ...(notes === '' ? [] : [notes])].join('\n')
}

function placeText(place: Place, { alarm, cyan }: Palette): string {
  if (place === 'LIVE') return alarm(' REAL MONEY ')
  return cyan(place === 'TESTNET' ? 'testnet' : 'simulator or proxy on this machine')
}

function headOf({ summary, exchange, key, place }: Plan, palette: Palette): string {
  const who = key === undefined ? exchange : `${exchange} (${key})`
  return `${palette.bold(summary)} on ${who}, ${placeText(place, palette)}`
}

function leverageText({ estimate }: Plan): string | undefined {
  const { leverage, marginMode } = estimate
  if (leverage === undefined && marginMode === undefined) return undefined
  return [leverage === undefined ? '?' : `${leverage}x`, marginMode?.toLowerCase() ?? ''].join(' ')
}

function columnsOf({ estimate }: Plan): Column<PlannedOrder>[] {
  const { referencePrice } = estimate
  return [
    { title: 'order', value: ({ what }) => what },
    {
      title: 'side',
      value: ({ side }) => side,
      tone: (text, { green, red }) => (text === 'BUY' ? green(text) : red(text)),
    },
    { title: 'quantity', align: 'decimal', value: ({ quantity }) => quantity },
    { title: 'price', align: 'decimal', value: ({ price }) => price ?? 'market' },
    {
      title: 'from mark',
      align: 'decimal',
      value: ({ price }) => price && distance(price, referencePrice),
    },
    { title: 'worth', align: 'decimal', value: ({ value }) => fixed(value, 2) },
  ]
}

function distance(price: string, reference: string): string {
  const percent = fixed(mul(div(sub(price, reference), reference), '100'), 2)
  return `${percent.startsWith('-') ? '' : '+'}${percent}%`
}
