import type { CredentialSummary } from '@perpkit/store'
import type { Command } from 'commander'
import { readAddresses, rememberAddress } from '../addresses.ts'
import { addExamples, addPrintOptions, type CommonOptions } from '../command.ts'
import type { Desk } from '../desk.ts'
import { askNewSecret, keyStoreIsThere, withKeyStore } from '../keyStore.ts'
import { DeskError, EXIT, usageError } from '../output/failure.ts'
import { printResult, tell } from '../output/print.ts'
import { type Column, table } from '../output/table.ts'
import { shownTime, withIsoTimes } from '../output/times.ts'
import { confirmWord } from '../plan/confirm.ts'
import { addKeysAdd } from './keysAdd.ts'

export function addKeys(parent: Command, desk: Desk): void {
  const keys = parent.command('keys')
  addKeysAdd(keys, desk)
  addList(keys, desk)
  addRemove(keys, desk)
  addRotate(keys, desk)
}

function addList(keys: Command, desk: Desk): void {
  const command = keys
    .command('list')
    .alias('ls')
    .description('What is stored: names, never secrets')
    .action(async (options: CommonOptions) => {
      const summaries = keyStoreIsThere(desk)
        ? await withKeyStore(desk, (store) => store.credentials.list())
        : []
      const addresses = readAddresses(desk.env)
      const rows = summaries.map((summary) => ({ ...summary, for: purposeOf(summary, addresses) }))
      const now = desk.clock.now()
      await printResult(desk, options, rows.map(withIsoTimes), (palette) =>
        rows.length === 0
          ? 'No keys are stored; perpkit keys add stores one.'
          : table(columnsAt(now), rows, palette),
      )
    })
  addPrintOptions(command)
  addExamples(command, 'perpkit keys list', 'perpkit keys list --json')
}

type Row = CredentialSummary & { for: string }

function columnsAt(now: number): Column<Row>[] {
  return [
    { title: 'name', value: ({ name }) => name },
    { title: 'exchange', value: ({ exchange }) => exchange },
    {
      title: 'for',
      value: (row) => row.for,
      tone: (text, { alarm }) => (text === 'LIVE' ? alarm(text) : text),
    },
    { title: 'fingerprint', value: ({ fingerprint }) => fingerprint },
    { title: 'stored', value: ({ updatedAt }) => shownTime(updatedAt, now) },
  ]
}

function purposeOf(
  { name, testnet }: CredentialSummary,
  addresses: Readonly<Record<string, string>>,
): string {
  return addresses[name] ?? (testnet === false ? 'LIVE' : 'TESTNET')
}

function addRemove(keys: Command, desk: Desk): void {
  const command = keys
    .command('remove')
    .alias('rm')
    .description('Forgets a key; at the exchange it stays valid')
    .argument('<name>', 'as it was stored')
    .option('--yes', 'without asking')
    .action(async (name: string, options: CommonOptions & { yes?: boolean }) => {
      await confirmWord(desk, options, `remove the key ${name}`, name)
      const isRemoved =
        keyStoreIsThere(desk) &&
        (await withKeyStore(desk, (store) => store.credentials.remove(name)))
      if (!isRemoved) {
        throw new DeskError(
          EXIT.REFUSED,
          'NOT_FOUND',
          `no key is stored under the name ${JSON.stringify(name)}`,
          'perpkit keys list shows the names.',
        )
      }
      rememberAddress(desk.env, name, undefined)
      await printResult(desk, options, { name, removed: true }, () => `Removed ${name}.`)
    })
  addPrintOptions(command)
  addExamples(command, 'perpkit keys remove old --yes')
}

interface RotateOptions extends CommonOptions {
  keyFile?: string
  dataKeys?: boolean
}

function addRotate(keys: Command, desk: Desk): void {
  const command = keys
    .command('rotate')
    .description('Another passphrase for the store, and a new key for every record')
    .option('--key-file <path>', 'open it with a key file from now on; made where there is none')
    .option('--data-keys', 'new keys for the records alone; the passphrase stays')
    .action(async (options: RotateOptions) => {
      if (!keyStoreIsThere(desk)) {
        throw usageError('there is no store yet', 'perpkit keys add makes one.')
      }
      await withKeyStore(desk, async ({ credentials }) => {
        if (options.dataKeys) return credentials.rotateDataKeys()
        return credentials.rotate(await nextSecret(desk, options))
      })
      if (options.keyFile !== undefined) {
        tell(desk, `From now on: PERPKIT_STORE_KEY_FILE=${options.keyFile}. Keep a copy elsewhere.`)
      }
      await printResult(desk, options, { rotated: true }, () => 'Rotated.')
    })
  addPrintOptions(command)
  addExamples(command, 'perpkit keys rotate --data-keys', 'perpkit keys rotate')
}

async function nextSecret(
  desk: Desk,
  { keyFile }: RotateOptions,
): Promise<string | { keyFile: string }> {
  if (keyFile !== undefined) {
    const { existsSync } = await import('node:fs')
    const { createKeyFile } = await import('@perpkit/store')
    if (!existsSync(keyFile)) createKeyFile(keyFile)
    return { keyFile }
  }
  const given = desk.env.PERPKIT_STORE_NEW_PASSPHRASE
  if (given) return given
  if (desk.io.canAsk) return askNewSecret(desk, 'The new passphrase')
  throw usageError(
    'the store needs a new passphrase, and there is no terminal to ask at',
    'Set PERPKIT_STORE_NEW_PASSPHRASE, or give --key-file PATH.',
  )
}
