import type { Command } from 'commander'
import {
  addConnectionOptions,
  addExamples,
  addPrintOptions,
  type CommonOptions,
} from '../command.ts'
import type { ConnectionOptions } from '../connection.ts'
import type { Desk } from '../desk.ts'
import type { Report } from '../doctor/examine.ts'
import type { Finding, FindingStatus } from '../doctor/finding.ts'
import { DeskError, EXIT } from '../output/failure.ts'
import { printResult } from '../output/print.ts'
import type { Palette } from '../output/style.ts'
import { table } from '../output/table.ts'
import { readSettings } from '../settings.ts'

export function addDoctor(parent: Command, desk: Desk): void {
  const command = parent.command('doctor').action(async (options: CommonOptions) => {
    const { examine } = await import('../doctor/examine.ts')
    const targets = await targetsOf(desk, options)
    const reports = await Promise.all(targets.map((target) => examine(desk, target)))
    await printResult(desk, options, reports, (palette) => show(reports, palette))
    requireHealthy(reports)
  })
  addPrintOptions(addConnectionOptions(command))
  addExamples(command, 'perpkit doctor', 'perpkit doctor --json')
}

/** What is named; else all exchanges, without a key. */
async function targetsOf(desk: Desk, options: CommonOptions): Promise<ConnectionOptions[]> {
  const settings = readSettings(desk.env, options)
  if (settings.key.value !== undefined || settings.exchange.value !== undefined) return [options]
  const { EXCHANGE_NAMES } = await import('perpkit')
  return EXCHANGE_NAMES.map((exchange) => ({ ...options, exchange }))
}

const SIGNS: Readonly<Record<FindingStatus, string>> = {
  OK: '✓',
  NOTE: '·',
  WARN: '!',
  BAD: '✗',
  UNKNOWN: '?',
}

async function show(reports: readonly Report[], palette: Palette): Promise<string> {
  const parts = await Promise.all(
    reports.map(async ({ name, findings }) => {
      const rows = await table(
        [
          { title: '', value: ({ status }: Finding) => tone(status, SIGNS[status], palette) },
          { title: 'check', value: ({ check }) => check },
          { title: 'found', value: ({ found }) => found },
        ],
        findings,
        palette,
      )
      const remedies = findings
        .filter(({ remedy }) => remedy !== undefined)
        .map(({ check, remedy, status }) => `  ${tone(status, check, palette)}: ${remedy}`)
      return [palette.bold(name), rows, ...remedies].join('\n')
    }),
  )
  return parts.join('\n\n')
}

function tone(status: FindingStatus, text: string, palette: Palette): string {
  if (status === 'OK') return palette.green(text)
  if (status === 'BAD') return palette.red(text)
  return status === 'WARN' ? palette.yellow(text) : palette.dim(text)
}

function requireHealthy(reports: readonly Report[]): void {
  const bad = reports.flatMap(({ name, findings }) =>
    findings.filter(({ status }) => status === 'BAD').map(({ check }) => `${name} ${check}`),
  )
  if (bad.length === 0) return
  throw new DeskError(
    EXIT.REFUSED,
    'UNHEALTHY',
    `not well: ${bad.join(', ')}`,
    'The findings say what to do about each.',
    { isTold: true },
  )
}
