import type { Command } from 'commander'
import {
  addConnectionOptions,
  addExamples,
  addPrintOptions,
  type CommonOptions,
} from '../command.ts'
import type { Desk } from '../desk.ts'
import { printResult } from '../output/print.ts'
import { table } from '../output/table.ts'
import { homeOf, readSettings, SECRET_VARIABLES } from '../settings.ts'

interface ConfigOptions extends CommonOptions {
  explain?: boolean
}

interface Row {
  name: string
  value: string | null
  from: string
}

export function addConfig(parent: Command, desk: Desk): void {
  const command = parent
    .command('config')
    .option('--explain', 'where each comes from')
    .action(async (options: ConfigOptions) => {
      const rows = rowsOf(desk, options)
      const shown = options.explain ? rows : rows.filter(({ value }) => value !== null)
      await printResult(desk, options, rows, (palette) =>
        table(
          [
            { title: 'setting', value: ({ name }) => name },
            { title: 'value', value: ({ value }) => value ?? undefined },
            ...(options.explain ? [{ title: 'from', value: ({ from }: Row) => from }] : []),
          ],
          shown,
          palette,
        ),
      )
    })
  addPrintOptions(addConnectionOptions(command))
  addExamples(command, 'perpkit config --explain', 'perpkit config --json')
}

function rowsOf({ env }: Desk, options: ConfigOptions): Row[] {
  const settings = Object.entries(readSettings(env, options)).map(([name, { value, from }]) => ({
    name,
    value: value === undefined ? null : withoutPassword(value),
    from,
  }))
  const secrets = SECRET_VARIABLES.map((variable) => ({
    name: variable,
    value: env[variable] ? '[hidden]' : null,
    from: env[variable] ? 'environment' : 'not set',
  }))
  const live = { name: 'live', value: String(options.live === true), from: 'option --live alone' }
  return [
    ...settings,
    { name: 'home', value: homeOf(env), from: homeSource(env) },
    live,
    ...secrets,
  ]
}

function homeSource(env: Desk['env']): string {
  return env.PERPKIT_HOME ? 'environment PERPKIT_HOME' : 'default'
}

/** A database URL may carry one. */
function withoutPassword(value: string): string {
  return value.replace(/^(\w+:\/\/[^:/@]*):[^@]*@/, '$1:[hidden]@')
}
