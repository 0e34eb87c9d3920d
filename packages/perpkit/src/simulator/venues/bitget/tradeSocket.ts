import { parseJson } from '../../../core/json.ts'
import { isRecord } from '../../../core/reader.ts'
import type { SocketLink } from '../../server/socketTypes.ts'
import { tradeClassic } from './classic/trade.ts'
import type { Generation } from './generation.ts'
import type { TradeFrame } from './tradeFrames.ts'
import { tradeUnified } from './unified/trade.ts'

/** A connection that sends orders. */
interface Trader {
  link: SocketLink
  generation: Generation
  /** Whether the account that has logged in is asked on V2. */
  isClassic: boolean
}

/** Orders over the private socket: docs/wire/bitget.md 8.6 for V2, 12.7 for V3. */
export function trade({ link, generation, isClassic }: Trader, message: string): void {
  const frame: TradeFrame = { said: read(JSON.parse, message), exact: read(parseJson, message) }
  if (generation === 3) tradeUnified(link, frame)
  else tradeClassic(link, frame, isClassic)
}

function read(parse: (text: string) => unknown, message: string): Record<string, unknown> {
  const value = parse(message)
  return isRecord(value) ? value : {}
}
