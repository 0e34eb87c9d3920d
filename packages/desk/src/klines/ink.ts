import type { Environment, Output } from '../desk.ts'
import { isColoured } from '../output/style.ts'

/** How many colours a terminal has. */
export type ColourDepth = 'none' | '16' | '256'

export interface Ink {
  paint(text: string): string
  /** Where there are no colours, a rising body is told by its pattern. */
  rising: string | undefined
}

/** As https://force-color.org and terminals' `TERM` and `COLORTERM` say it. */
export function colourDepthOf(output: Output, env: Environment): ColourDepth {
  if (!isColoured(output, env)) return 'none'
  if (env.FORCE_COLOR === '2' || env.FORCE_COLOR === '3') return '256'
  if (env.FORCE_COLOR) return '16'
  const isRich = /256|truecolor|24bit/.test(`${env.TERM ?? ''} ${env.COLORTERM ?? ''}`)
  return isRich ? '256' : '16'
}

export function inkOf(colours: ColourDepth, isRising: boolean): Ink {
  if (colours === 'none') return { paint: (text) => text, rising: isRising ? '▒' : undefined }
  const code = CODES[colours][isRising ? 'rising' : 'falling']
  return { paint: (text) => `\u001B[${code}m${text}\u001B[39m`, rising: undefined }
}

const CODES = {
  16: { rising: '32', falling: '31' },
  256: { rising: '38;5;35', falling: '38;5;167' },
} as const
