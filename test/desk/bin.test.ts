import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { build } from '../commands/command.ts'
import { setDesk, temporaryHome, wordsOf } from './deskRun.ts'

// The built command, as a shell starts it.

const BIN = fileURLToPath(new URL('../../packages/desk/bin/perpkit.js', import.meta.url))

interface Started {
  child: ChildProcess
  /** Resolves once stderr holds the text. */
  says(text: string): Promise<void>
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>
}

function start(line: string, env: Record<string, string> = {}): Started {
  const { PATH } = process.env
  const child = spawn(process.execPath, [BIN, ...wordsOf(line)], {
    env: { PATH, PERPKIT_HOME: '/nowhere', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  const listeners = new Set<() => void>()
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
    for (const listener of listeners) listener()
  })
  return {
    child,
    says: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!stderr.includes(text)) return
          listeners.delete(look)
          resolve()
        }
        listeners.add(look)
        look()
      }),
    ended: new Promise((resolve) => {
      child.on('close', (code) => resolve({ code, stdout, stderr }))
    }),
  }
}

describe('perpkit, the built command', () => {
  beforeAll(() => build('packages/desk'), 120_000)

  test('default: help and version', async () => {
    const help = await start('--help').ended
    expect([help.code, help.stderr]).toEqual([0, ''])
    for (const word of ['keys', 'doctor', 'order', 'protect', 'stop', 'completion', 'safety']) {
      expect(help.stdout).toContain(word)
    }
    const version = await start('--version').ended
    expect([version.code, version.stdout]).toEqual([0, '0.1.0\n'])
  })

  test('default: an order, and colours only where they are asked for', async () => {
    const { env } = await setDesk()
    const forced = await start('ticker BTCUSDT', { ...env, FORCE_COLOR: '1' }).ended
    expect([forced.code, forced.stderr]).toEqual([0, ''])
    expect(forced.stdout).toContain('\u001b')
    const bought = await start('order market BTCUSDT --side buy --quantity 0.01 --json', env).ended
    expect(bought.code).toBe(0)
    expect(JSON.parse(bought.stdout)).toMatchObject({ status: 'FILLED' })
    expect(bought.stderr).not.toContain('\u001b')
  })

  test('behavior: Ctrl-C waits for the fate of an order', async () => {
    const { env, simulator, venue, truth } = await setDesk()
    await simulator.control.inject({ venue, operation: 'createOrder', kind: 'delay', ms: 1500 })
    const { child, says, ended } = start('order market BTCUSDT --side buy --quantity 0.01', env)
    await says('client order id')
    child.kill('SIGINT')
    await says('waiting for its fate')
    const { code, stdout } = await ended
    expect(code).toBe(0)
    expect(stdout).toContain('FILLED')
    expect((await truth()).orders).toHaveLength(1)
  })

  test('behavior: a second Ctrl-C leaves with 3 and the id', async () => {
    const { env, simulator, venue } = await setDesk()
    await simulator.control.inject({ venue, operation: 'createOrder', kind: 'delay', ms: 3000 })
    const { child, says, ended } = start('order market BTCUSDT --side buy --quantity 0.01', env)
    await says('client order id')
    child.kill('SIGINT')
    await says('waiting for its fate')
    child.kill('SIGINT')
    const { code, stderr } = await ended
    expect(code).toBe(3)
    const [id] = /client order id (\S+)/.exec(stderr)?.slice(1) ?? []
    expect(stderr).toContain(`Ask for it: client order id ${id}`)
  })

  test.each(['bash', 'zsh', 'fish'])('default: completion for %s', async (shell) => {
    const { code, stdout } = await start(`completion ${shell}`).ended
    expect(code).toBe(0)
    expect(stdout).toContain('perpkit')
    expect(stdout).toContain('complete --')
  })

  test('default: completion offers commands, options and their values', async () => {
    const words = async (line: string): Promise<string[]> => {
      const { stdout } = await start(`complete -- ${line}`).ended
      return stdout
        .split('\n')
        .flatMap((row) => (/^[:]/.test(row) ? [] : (row.split('\t')[0] ?? [])))
    }
    expect(await words('order m')).toContain('market')
    expect(await words('doctor --exchange K')).toContain('KRAKEN')
    expect(await words('stop ""')).toEqual(expect.arrayContaining(['hold', 'clear', 'flat']))
  })

  test('error: nobody to ask for the passphrase', async () => {
    const home = temporaryHome()
    const { code, stderr, stdout } = await start('keys add main --exchange bybit', {
      PERPKIT_HOME: home,
      PERPKIT_API_KEY: 'k',
      PERPKIT_API_SECRET: 's',
    }).ended
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('PERPKIT_STORE_PASSPHRASE')
  })
})
