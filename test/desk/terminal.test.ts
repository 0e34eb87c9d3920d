import { beforeAll, describe, expect, test } from 'vitest'
import {
  BIN,
  CTRL_C,
  hasTerminal,
  startTerminal,
} from '../../packages/desk/src/screen/terminal.testing.ts'
import { build } from '../commands/command.ts'
import { setDesk, temporaryHome } from './deskRun.ts'

// What somebody at a terminal sees and types. Where the pseudo-terminal's binary is not made for
// this machine, these are skipped.

beforeAll(() => build('packages/desk'), 120_000)

describe.skipIf(!hasTerminal)(
  'at a pseudo-terminal, where there is one',
  { timeout: 60_000 },
  () => {
    test('behavior: keys add asks for the secrets without showing them', async () => {
      const home = temporaryHome()
      const env = { PERPKIT_HOME: home, NO_COLOR: '1' }
      const add = startTerminal('keys add main --exchange OKX', { env })
      const answers = [
        ['API key of OKX:', 'key-c0ffee'],
        ['API secret:', 'secret-5eed'],
        ['Passphrase of the key:', 'words-0fkey'],
        ['A passphrase for the new store:', 'store-w0rds'],
        ['A passphrase for the new store, once more:', 'store-w0rds'],
      ] as const
      for (const [question, answer] of answers) {
        await add.shows(question)
        add.type(`${answer}\r`)
      }
      expect(await add.ended).toBe(0)
      expect(add.screen()).toContain('Stored main for OKX.')
      for (const [, secret] of answers) expect(add.written()).not.toContain(secret)
      expect(add.isCursorShown()).toBe(true)
    })

    test('behavior: real money wants the symbol typed; Ctrl-C sends nothing', async () => {
      const { env, truth } = await setDesk()
      const line = 'order market BTCUSDT --side buy --quantity 0.01 --live'
      const no = startTerminal(line, { env })
      await no.shows('type BTCUSDT:')
      no.type(CTRL_C)
      expect(await no.ended).toBe(4)
      expect(no.screen()).toContain('BTCUSDT was not typed; nothing was sent')
      expect(no.isCursorShown()).toBe(true)
      expect((await truth()).orders).toEqual([])

      const yes = startTerminal(line, { env })
      await yes.shows('type BTCUSDT:')
      yes.type('BTCUSDT\r')
      expect(await yes.ended).toBe(0)
      expect(yes.screen()).toMatch(/BTCUSDT +MARKET +BUY/)
      expect((await truth()).positions).toMatchObject([{ symbol: 'BTCUSDT', size: '0.01' }])
    })

    test('behavior: completion in bash offers commands and options', async () => {
      const run = startTerminal('', {
        program: { file: 'bash', args: ['--norc', '--noprofile', '-i'] },
        env: { PS1: 'ready> ', PERPKIT_HOME: temporaryHome(), HISTFILE: '/dev/null' },
      })
      await run.shows('ready>')
      run.type(`perpkit() { '${process.execPath}' '${BIN}' "$@"; }; export -f perpkit; clear\r`)
      run.type('source <(perpkit completion bash) && echo loaded\r')
      await run.shows(/^loaded$/m)
      run.type('perpkit watch positions --exch\t')
      await run.shows('perpkit watch positions --exchange')
      run.type('\u0015perpkit kli\t')
      await run.shows(/perpkit klines/)
      run.type('\u0015exit\r')
      await run.ended
    })
  },
)
