import { Argument, type Command } from 'commander'
import type { ExchangeName } from 'perpkit'
import { addExamples } from '../command.ts'

// Named here, because the library is too much to load for a key press.
const EXCHANGES: readonly ExchangeName[] = ['BINANCE', 'BYBIT', 'OKX', 'BITGET', 'HTX', 'KRAKEN']
const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT', 'DOGEUSDT']

/** What values are offered for options that take one of a few words. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  exchange: EXCHANGES,
  side: ['BUY', 'SELL'],
  'position-side': ['LONG', 'SHORT'],
  tif: ['GTC', 'IOC', 'FOK', 'GTX'],
  trigger: ['MARK', 'LAST', 'INDEX'],
}

/** The library that answers takes this command's place when it is run. */
export function addCompletion(parent: Command): void {
  const shells = ['bash', 'zsh', 'fish', 'powershell']
  const command = parent.command('completion').addArgument(new Argument('<shell>').choices(shells))
  addExamples(command, 'perpkit completion bash')
  command.addHelpText(
    'after',
    `
Setup:
  bash  perpkit completion bash > ~/.local/share/bash-completion/completions/perpkit
  zsh   perpkit completion zsh > a folder of $fpath, named _perpkit
  fish  perpkit completion fish > ~/.config/fish/completions/perpkit.fish`,
  )
}

/** Prints the script, or answers the shell's question `complete`, of the whole program. */
export async function answerCompletion(program: Command, args: readonly string[]): Promise<void> {
  if (args[0] === 'completion' && args[1] === 'bash') {
    program.configureOutput().writeOut?.(WITHOUT_BASH_COMPLETION)
  }
  const { default: addTab } = await import('@bomb.sh/tab/commander')
  const root = addTab(program, { completionCommandName: 'completion' })
  for (const command of root.commands.values()) {
    for (const [name, values] of Object.entries(VALUES)) {
      const option = command.options.get(name)
      if (!option) continue
      command.option(name, option.description, (complete) => {
        for (const value of values) complete(value, '')
      })
    }
    if (command.arguments.has('symbol')) {
      command.argument('symbol', (complete) => {
        for (const symbol of SYMBOLS) complete(symbol, '')
      })
    }
  }
}

/** The library's script calls a function of a package that is not installed everywhere. */
const WITHOUT_BASH_COMPLETION = `if ! declare -F _get_comp_words_by_ref > /dev/null; then
_get_comp_words_by_ref() {
    words=("\${COMP_WORDS[@]}")
    cword=$COMP_CWORD
    cur="\${COMP_WORDS[COMP_CWORD]}"
    prev="\${COMP_WORDS[COMP_CWORD - 1]}"
}
fi
`
