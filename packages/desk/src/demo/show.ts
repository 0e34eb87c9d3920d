import { isZero } from '../numbers.ts'
import type { Palette } from '../output/style.ts'
import type { Column } from '../output/table.ts'
import { fittingTable } from '../screen/fit.ts'
import { type Player, signedMoney } from './play.ts'

/** All six as they stand, and the way the price has gone. */
export async function drawDemo(
  players: readonly Player[],
  prices: readonly string[],
  { palette, columns }: { palette: Palette; columns: number },
): Promise<string> {
  const { bold, dim } = palette
  const spare = ['targets', 'price', 'entry']
  const text = await fittingTable(COLUMNS, players, { palette, width: columns, spare })
  return [
    `${bold('perpkit demo')} · simulator · 0.02 BTC long on six exchanges · ${dim('Ctrl-C ends')}`,
    '',
    text,
    '',
    `BTC ${sparkline(prices.slice(-(columns - 20)))} ${prices.at(-1) ?? ''}`,
  ].join('\n')
}

const EIGHTHS = '▁▂▃▄▅▆▇█'

function sparkline(prices: readonly string[]): string {
  const numbers = prices.map(Number)
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
  return numbers
    .map((price) => EIGHTHS[high === low ? 3 : Math.round(((price - low) / (high - low)) * 7)])
    .join('')
}

const COLUMNS: readonly Column<Player>[] = [
  { title: 'exchange', value: ({ name }) => name },
  { title: 'size', align: 'decimal', value: ({ size }) => (isZero(size) ? undefined : size) },
  { title: 'entry', align: 'decimal', value: ({ entry }) => entry },
  { title: 'price', align: 'decimal', value: ({ price }) => price },
  {
    title: 'profit',
    align: 'decimal',
    value: ({ profit }) => profit && signedMoney(profit),
    tone: gain,
  },
  { title: 'stop', align: 'decimal', value: ({ stop }) => stop },
  {
    title: 'targets',
    value: ({ targets }) =>
      targets.map(({ price, isFilled }) => `${isFilled ? '✓' : '○'} ${price}`).join('  '),
  },
  {
    title: 'banked',
    align: 'decimal',
    value: ({ banked }) => banked && signedMoney(banked),
    tone: gain,
  },
  {
    title: 'state',
    value: ({ step }) => step,
    tone: (text, { green, yellow, red }) =>
      text.startsWith('NOT') ? red(text) : text === 'open' ? yellow(text) : green(text),
  },
]

function gain(text: string, { green, red }: Palette): string {
  const value = text.trim()
  return value.startsWith('-') ? red(text) : value.startsWith('+') ? green(text) : text
}
