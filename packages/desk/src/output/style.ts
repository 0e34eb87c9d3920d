import * as colors from 'yoctocolors'
import type { Environment, Output } from '../desk.ts'

export interface Palette {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
  cyan(text: string): string
  /** Money on a red ground: real. */
  alarm(text: string): string
}

const PLAIN: Palette = {
  bold: (text) => text,
  dim: (text) => text,
  red: (text) => text,
  green: (text) => text,
  yellow: (text) => text,
  cyan: (text) => text,
  alarm: (text) => text,
}

const COLOURED: Palette = {
  bold: colors.bold,
  dim: colors.dim,
  red: colors.red,
  green: colors.green,
  yellow: colors.yellow,
  cyan: colors.cyan,
  alarm: (text) => colors.bold(colors.bgRed(colors.white(text))),
}

/** Colours for a terminal that wants them. */
export function paletteOf(output: Output, env: Environment): Palette {
  return isColoured(output, env) ? COLOURED : PLAIN
}

/** https://no-color.org and https://force-color.org; `--no-color` comes in as `NO_COLOR`. */
export function isColoured(output: Output, env: Environment): boolean {
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0'
  return output.isTerminal && env.TERM !== 'dumb'
}
