import { type Command, InvalidArgumentError, Option } from 'commander'
import type { FuturesPosition, PositionSide, Side, TimeInForce, TriggerSource } from 'perpkit'
import { addConnectionOptions, addPrintOptions, type CommonOptions } from './command.ts'
import { readDecimal } from './numbers.ts'
import { usageError } from './output/failure.ts'

// What the commands that send orders share.

export interface OrderCommandOptions extends CommonOptions {
  side?: Side
  quantity?: string
  price?: string
  stop?: string
  tp?: string
  reduceOnly?: boolean
  positionSide?: PositionSide
  tif?: TimeInForce
  trigger?: TriggerSource
  id?: string
  plan?: boolean
  yes?: boolean
}

/** `--plan`, `--yes`, and where it goes. */
export function addSendingOptions(command: Command): Command {
  command
    .option('--plan', 'shows what would be sent, with its worst loss, and sends nothing')
    .option('--yes', 'sends real money without asking')
  return addPrintOptions(addConnectionOptions(command))
}

export function idOption(): Option {
  return new Option(
    '--id <client order id>',
    'your own id, or that of an order to repeat: if it is there, nothing is sent',
  )
}

export function sideOption(): Option {
  return upperCaseChoice('--side <side>', 'BUY or SELL', ['BUY', 'SELL'])
}

export function positionSideOption(): Option {
  return upperCaseChoice('--position-side <side>', 'hedge mode: LONG or SHORT', ['LONG', 'SHORT'])
}

export function timeInForceOption(): Option {
  const tokens = ['GTC', 'IOC', 'FOK', 'GTX']
  return upperCaseChoice('--tif <time in force>', 'GTC IOC FOK, or GTX for post-only', tokens)
}

export function triggerOption(): Option {
  const tokens = ['MARK', 'LAST', 'INDEX']
  return upperCaseChoice('--trigger <source>', 'the price that is watched: MARK LAST INDEX', tokens)
}

export function quantityOption(description: string): Option {
  return new Option('--quantity <quantity>', description).argParser((text: string) => {
    const quantity = readDecimal(text)
    if (quantity !== undefined && !quantity.startsWith('-')) return quantity
    throw new InvalidArgumentError('It is a number in the base asset, such as 0.01.')
  })
}

export function needed<Value>(value: Value | undefined, option: string): Value {
  if (value !== undefined) return value
  throw usageError(`${option} is needed`, 'See --help for the options and for examples.')
}

/** The one position a protective order is for. */
export function onlyPosition(
  positions: readonly FuturesPosition[],
  positionSide: PositionSide | undefined,
): FuturesPosition | undefined {
  const fitting = positions.filter(
    ({ side }) => positionSide === undefined || side === positionSide,
  )
  if (fitting.length <= 1) return fitting[0]
  throw usageError('both sides are open', 'Say which with --position-side LONG or SHORT.')
}

export function closingSide({ side }: FuturesPosition): Side {
  return side === 'LONG' ? 'SELL' : 'BUY'
}

function upperCaseChoice(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).argParser((text: string) => {
    const token = text.toUpperCase()
    if (choices.includes(token)) return token
    throw new InvalidArgumentError(`Allowed are ${choices.join(', ')}.`)
  })
}
