import type { Command } from 'commander'
import type { AccountInfo, AssetBalance } from 'perpkit'
import {
  addConnectionOptions,
  addExamples,
  addPrintOptions,
  type CommonOptions,
  withConnection,
} from '../command.ts'
import type { Desk } from '../desk.ts'
import { printResult } from '../output/print.ts'
import type { Palette } from '../output/style.ts'
import { type Column, pairs, table } from '../output/table.ts'

export function addAccount(parent: Command, desk: Desk): void {
  const command = parent.command('account').action(async (options: CommonOptions) => {
    const info = await withConnection(desk, options, ({ exchange }) => exchange.getAccountInfo())
    await printResult(desk, options, info, (palette) => show(info, palette))
  })
  addPrintOptions(addConnectionOptions(command))
  addExamples(
    command,
    'perpkit account',
    'perpkit account --json --fields availableBalance,currency',
  )
}

async function show(info: AccountInfo, palette: Palette): Promise<string> {
  const { currency } = info
  const totals = await pairs(
    [
      ['wallet', `${info.totalWalletBalance} ${currency}`],
      ['with open profit', `${info.totalMarginBalance} ${currency}`],
      ['open profit', `${info.totalUnrealizedPnl} ${currency}`],
      ['available', palette.bold(`${info.availableBalance} ${currency}`)],
    ],
    palette,
  )
  if (info.assets.length === 0) return totals
  return `${totals}\n\n${await table(COLUMNS, info.assets, palette)}`
}

const COLUMNS: readonly Column<AssetBalance>[] = [
  { title: 'asset', value: ({ asset }) => asset },
  { title: 'wallet', align: 'decimal', value: ({ walletBalance }) => walletBalance },
  { title: 'available', align: 'decimal', value: ({ availableBalance }) => availableBalance },
  { title: 'open profit', align: 'decimal', value: ({ unrealizedPnl }) => unrealizedPnl },
]
