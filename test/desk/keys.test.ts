import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Ran, runLine, setDesk, temporaryHome } from './deskRun.ts'

const SECRETS = { apiKey: 'key-4f1d77aa', apiSecret: 'secret-9be20c11', passphrase: 'phrase-55d0' }
const PASSPHRASE = 'correct horse battery'

/** Opened by a key file, which is quicker than a passphrase. */
function home(): Record<string, string> {
  const folder = temporaryHome()
  return { PERPKIT_HOME: folder, PERPKIT_STORE_KEY_FILE: join(folder, 'store.key') }
}

function homeWithPassphrase(): Record<string, string> {
  return { PERPKIT_HOME: temporaryHome(), PERPKIT_STORE_PASSPHRASE: PASSPHRASE }
}

function expectNoSecrets(...texts: string[]): void {
  for (const secret of [...Object.values(SECRETS), PASSPHRASE]) {
    for (const text of texts) expect(text).not.toContain(secret)
  }
}

function outputs(...runs: Ran[]): string[] {
  return runs.flatMap(({ stdout, stderr }) => [stdout, stderr])
}

describe('keys', () => {
  test('default: stored from standard input, listed, removed; nowhere a secret', async () => {
    const env = home()
    const input = JSON.stringify(SECRETS)
    const added = await runLine('keys add main --exchange okx --stdin --json', { env, input })
    expect(added.json).toEqual({ name: 'main', exchange: 'OKX', live: false })
    const listed = await runLine('keys list --json', { env })
    expect(listed.json).toMatchObject([{ name: 'main', exchange: 'OKX', for: 'TESTNET' }])
    const shown = await runLine('keys list', { env })
    const folder = env.PERPKIT_HOME ?? ''
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'))
    expectNoSecrets(...outputs(added, listed, shown), ...files)
    expect((await runLine('keys remove main', { env })).code).toBe(2)
    expect((await runLine('keys remove main', { env, answers: ['main'] })).code).toBe(0)
    expect((await runLine('keys list --json', { env })).json).toEqual([])
  })

  test('behavior: typed at the terminal, with a passphrase typed twice', async () => {
    const env = { PERPKIT_HOME: temporaryHome() }
    const answers = [SECRETS.apiKey, SECRETS.apiSecret, SECRETS.passphrase, PASSPHRASE, PASSPHRASE]
    const added = await runLine('keys add main --exchange bitget', { env, answers })
    expect(added.code).toBe(0)
    expectNoSecrets(...outputs(added))
    const listed = await runLine('keys list --json', { env, answers: [PASSPHRASE] })
    expect(listed.json).toMatchObject([{ name: 'main' }])
    const other = [SECRETS.apiKey, SECRETS.apiSecret, 'one', 'two']
    const mistyped = await runLine('keys add main --exchange bybit', {
      env: { PERPKIT_HOME: temporaryHome() },
      answers: other,
    })
    expect(mistyped.code).toBe(2)
  })

  test('default: a simulator gives a key that needs nothing else', async () => {
    const { simulator } = await setDesk()
    const { port } = new URL(simulator.url('okx'))
    const env = home()
    // Its venues are on free ports here; on the usual ones --simulator alone is enough.
    const line = `keys add sim --exchange okx --simulator ${simulator.controlUrl} --base-url http://127.0.0.1:${port}`
    expect((await runLine(line, { env })).code).toBe(0)
    const { code, json } = await runLine('account --key sim --json', { env })
    expect(code).toBe(0)
    expect(json).toMatchObject({ assets: [{ asset: 'USDT', walletBalance: '100000' }] })
    const order = await runLine(
      'order market BTCUSDT --side buy --quantity 0.01 --key sim --json',
      { env },
    )
    expect(order.json).toMatchObject({ status: 'FILLED' })
  })

  test('error: an unknown name', async () => {
    const unknown = await runLine('account --key mian --json', { env: home() })
    expect(unknown.code).toBe(2)
    expect(unknown.json).toMatchObject({ error: { code: 'UNKNOWN_KEY' } })
  })

  test('error: a name is not taken twice without --replace', async () => {
    const env = home()
    const input = JSON.stringify(SECRETS)
    const line = 'keys add main --exchange okx --stdin'
    await runLine(line, { env, input })
    expect((await runLine(`${line} --json`, { env, input })).json).toMatchObject({
      error: { code: 'NAME_TAKEN' },
    })
    expect((await runLine(`${line} --replace`, { env, input })).code).toBe(0)
  })

  test.each([
    '--api-secret=s3cr3t',
    '--secret s3cr3t',
    '--api-key s3cr3t',
    '--passphrase s3cr3t',
    '--password=s3cr3t',
    '--apiSecret=s3cr3t',
  ])('error: an argument is no place for a secret: %s', async (argument) => {
    const { code, stdout, stderr } = await runLine(
      `keys add main --exchange bybit ${argument} --json`,
      { env: home() },
    )
    expect(code).toBe(2)
    expect(stderr).toContain('never taken from the command line')
    expect(stdout + stderr).not.toContain('s3cr3t')
  })

  test('error: what was piped in and is wrong is not repeated', async () => {
    const env = home()
    const input = `{"apiKey": "${SECRETS.apiKey}", "secret": "${SECRETS.apiSecret}"}`
    const ran = await runLine('keys add main --exchange bybit --stdin', { env, input })
    expect(ran.code).toBe(2)
    expectNoSecrets(...outputs(ran))
  })

  test('behavior: rotation changes the passphrase, or to a key file; the former opens no more', async () => {
    const env = homeWithPassphrase()
    const input = JSON.stringify(SECRETS)
    await runLine('keys add main --exchange okx --stdin', { env, input })
    const next = { ...env, PERPKIT_STORE_NEW_PASSPHRASE: 'another one' }
    expect((await runLine('keys rotate', { env: next })).code).toBe(0)
    const former = await runLine('keys list --json', { env })
    expect([former.code, former.json]).toMatchObject([1, { error: { code: 'WRONG_SECRET' } }])
    const opened = { ...env, PERPKIT_STORE_PASSPHRASE: 'another one' }
    const file = join(env.PERPKIT_HOME ?? '', 'store.key')
    expect((await runLine(`keys rotate --key-file ${file}`, { env: opened })).code).toBe(0)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const withFile = { PERPKIT_HOME: env.PERPKIT_HOME ?? '', PERPKIT_STORE_KEY_FILE: file }
    expect((await runLine('keys list --json', { env: withFile })).json).toMatchObject([
      { name: 'main' },
    ])
  }, 60_000)

  test('behavior: config tells where values come from, and no secret', async () => {
    const env = { ...home(), PERPKIT_API_SECRET: SECRETS.apiSecret, PERPKIT_KEY: 'main' }
    const ran = await runLine('config --explain --exchange okx', { env })
    expect(ran.stdout).toMatch(/exchange +okx +option --exchange/)
    expect(ran.stdout).toMatch(/key +– +hidden by --exchange/)
    expectNoSecrets(...outputs(ran))
  })
})
