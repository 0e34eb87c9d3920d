import type { Command } from 'commander'
import type { FuturesOrder } from 'perpkit'
import {
  addConnectionOptions,
  addExamples,
  addPrintOptions,
  type CommonOptions,
  withConnection,
} from '../command.ts'
import { coverageOf } from '../coverage.ts'
import type { Desk } from '../desk.ts'
import { type PositionRow, positionColumns } from '../output/positions.ts'
import { printResult } from '../output/print.ts'
import type { Palette } from '../output/style.ts'
import { table } from '../output/table.ts'

export function addPositions(parent: Command, desk: Desk): void {
  const command = parent
    .command('positions')
    .argument('[symbol]', 'only this one')
    .action(async (symbol: string | undefined, options: CommonOptions) => {
      const [positions, orders] = await withConnection(desk, options, ({ exchange }) =>
        Promise.all([exchange.getPositionInfo(symbol), exchange.getOpenOrders(symbol)]),
      )
      const rows = positions.map(
        (position): PositionRow => ({ ...position, ...coverageOf(position, orders) }),
      )
      await printResult(desk, options, rows, (palette) => show(rows, orders, palette))
    })
  addPrintOptions(addConnectionOptions(command))
  addExamples(command, 'perpkit positions', 'perpkit positions BTCUSDT --json')
}

async function show(
  rows: readonly PositionRow[],
  orders: readonly FuturesOrder[],
  palette: Palette,
): Promise<string> {
  if (rows.length === 0) {
    return orders.length === 0
      ? 'No open positions.'
      : `No open positions; ${orders.length} open orders (perpkit orders).`
  }
  const covered = rows.filter(({ coverage }) => coverage === 'COVERED').length
  const { green, red } = palette
  const line = `${rows.length} positions · ${covered} covered`
  const summary =
    covered === rows.length ? green(line) : red(`${line} · ${rows.length - covered} NOT`)
  return `${await table(positionColumns, rows, palette)}\n\n${summary}`
}
