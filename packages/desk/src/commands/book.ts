import { type Command, InvalidArgumentError } from 'commander'
import type { Level, OrderBook } from 'perpkit'
import {
  addConnectionOptions,
  addExamples,
  addPrintOptions,
  type CommonOptions,
  withConnection,
} from '../command.ts'
import type { Desk } from '../desk.ts'
import { add, fixed, sub } from '../numbers.ts'
import { printResult } from '../output/print.ts'
import type { Palette } from '../output/style.ts'
import { type Column, table } from '../output/table.ts'
import { withIsoTimes } from '../output/times.ts'

interface BookOptions extends CommonOptions {
  depth: number
}

export function addBook(parent: Command, desk: Desk): void {
  const command = parent
    .command('book')
    .argument('<symbol>')
    .option('--depth <levels>', 'a side', readDepth, 10)
    .action(async (symbol: string, options: BookOptions) => {
      const { depth } = options
      const book = await withConnection(desk, options, ({ exchange }) =>
        exchange.getOrderBook(symbol, { depth }),
      )
      await printResult(desk, options, withIsoTimes(book), (palette) => show(book, palette))
    })
  addPrintOptions(addConnectionOptions(command))
  addExamples(command, 'perpkit book BTCUSDT', 'perpkit book BTCUSDT --depth 3 --json')
}

interface Row {
  side: 'ask' | 'bid'
  price: string
  quantity: string
  /** Of this level and all better ones. */
  total: string
}

/** Best prices in the middle, asks above. */
async function show({ bids, asks, symbol }: OrderBook, palette: Palette): Promise<string> {
  const [bid] = bids
  const [ask] = asks
  const spread = bid && ask ? ` · spread ${sub(ask[0], bid[0])}` : ''
  const rows = [...summed(asks, 'ask').reverse(), ...summed(bids, 'bid')]
  return `${palette.bold(symbol)}${spread}\n${await table(COLUMNS, rows, palette)}`
}

function summed(levels: readonly Level[], side: 'ask' | 'bid'): Row[] {
  let total = '0'
  return levels.map(([price, quantity]) => {
    total = add(total, quantity)
    return { side, price, quantity, total }
  })
}

const COLUMNS: readonly Column<Row>[] = [
  {
    title: '',
    value: ({ side }) => side,
    tone: (text, { green, red }) => (text === 'bid' ? green(text) : red(text)),
  },
  { title: 'price', align: 'decimal', value: ({ price }) => price },
  { title: 'quantity', align: 'decimal', value: ({ quantity }) => fixed(quantity, 4) },
  { title: 'total', align: 'decimal', value: ({ total }) => fixed(total, 4) },
]

function readDepth(text: string): number {
  const depth = Number(text)
  if (Number.isInteger(depth) && depth > 0) return depth
  throw new InvalidArgumentError('It is a whole number above 0.')
}
