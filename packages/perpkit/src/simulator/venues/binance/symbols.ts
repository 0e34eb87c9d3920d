import { type Contract, contracts, findContract } from './contracts.ts'
import { Refused } from './errors.ts'
import type { Sent } from './sent.ts'

/** The contract that `symbol` names: -1121 when there is none. */
export function readContract(sent: Sent<'symbol'>): Contract {
  return contractOf(sent.required('symbol'))
}

/** The contract that `symbol` names, or all of them without one. */
export function readContracts(sent: Sent<'symbol'>): { isOne: boolean; list: readonly Contract[] } {
  const symbol = sent.text('symbol')
  if (symbol === undefined) return { isOne: false, list: contracts }
  return { isOne: true, list: [contractOf(symbol)] }
}

/** One row for one symbol, or an array of rows. */
export function oneOrAll<Row>(sent: Sent<'symbol'>, row: (contract: Contract) => Row): Row | Row[] {
  const { isOne, list } = readContracts(sent)
  const rows = list.map(row)
  return (isOne ? rows[0] : undefined) ?? rows
}

/** The contract that `pair` names: -4144 when there is none. */
export function readPair(sent: Sent<'pair'>): Contract {
  const contract = findContract(sent.required('pair'))
  if (!contract) throw new Refused('-4144')
  return contract
}

function contractOf(symbol: string): Contract {
  const contract = findContract(symbol)
  if (!contract) throw new Refused('-1121')
  return contract
}
