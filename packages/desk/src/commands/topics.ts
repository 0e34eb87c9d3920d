import type { Command } from 'commander'
import type { Desk } from '../desk.ts'

/** Pages of help that belong to no command: `perpkit help safety`. */
export function addTopics(parent: Command, desk: Desk): void {
  for (const { name, text } of TOPICS) {
    parent
      .command(name, { hidden: true })
      .configureHelp({ formatHelp: () => text })
      .action(() => desk.io.stdout.write(text))
  }
  const names = TOPICS.map(({ name }) => `perpkit help ${name}`).join('\n  ')
  parent.addHelpText(
    'after',
    `\nTopics:\n  ${names}\n\nThe examples of each command run on the simulator; perpkit help environment says how.`,
  )
}

const TOPICS: readonly { name: string; text: string }[] = [
  {
    name: 'exit-codes',
    text: `Exit codes

  0    done
  1    refused, by the exchange or by perpkit; the message says why and what to do
  2    the command line was wrong, or an answer is needed and nobody is there to give it
  3    the outcome is unknown: an order may stand. Its client order id is on stderr and,
       with --json, in error.clientOrderId; so is the command that asks again.
       Do not send it anew under another id
  4    nothing was sent, or only questions were; safe to run again
  130  ended by Ctrl-C

With --json, stdout holds the result or { "error": { code, message, remedy, clientOrderId? } }
and nothing else. The codes are those of docs/errors.md.
`,
  },
  {
    name: 'environment',
    text: `Environment

An option wins over a variable, a variable over the file, the file over the default;
perpkit config --explain shows what holds and where it comes from.

  PERPKIT_EXCHANGE            as --exchange
  PERPKIT_KEY                 as --key
  PERPKIT_BASE_URL            as --base-url
  PERPKIT_API_KEY  PERPKIT_API_SECRET  PERPKIT_API_PASSPHRASE
                              credentials without a store
  PERPKIT_STORE               where keys are kept: file:PATH or postgres://…
  PERPKIT_STORE_PASSPHRASE    opens the store; else you are asked
  PERPKIT_STORE_KEY_FILE      opens it instead of a passphrase
  PERPKIT_STORE_NEW_PASSPHRASE  the next one, for perpkit keys rotate
  PERPKIT_HOME                folder of store, configuration and kill switch (~/.perpkit)
  PERPKIT_CONFIG              the configuration, JSON (config.json in that folder)
  NO_COLOR  FORCE_COLOR       colours, whatever the output is

There is no variable for --live: real money is asked for each time.

On the simulator:

  perpkit sim                 in one terminal
  perpkit keys add sim --exchange BYBIT --simulator
  export PERPKIT_KEY=sim      from here on every example works
`,
  },
  {
    name: 'safety',
    text: `Safety

  Test money unless --live is given. An address that is neither of this machine nor a
  testnet's needs --live too, and a stored key belongs to one side of that line.

  Every order is shown before it is sent: prices as they will be, what it is worth,
  leverage, where it would be liquidated, what can be lost. --plan shows and sends nothing.
  With --live it wants the symbol typed, or --yes; without a terminal and without --yes it
  ends with 2.

  The client order id comes first. Repeat the command with --id and that id: if the order
  is there you are shown it, and nothing is sent twice.

  perpkit stop hold     no order that adds risk, until perpkit stop release; protection goes on
  perpkit stop clear    hold, and cancel the entries; stops stay
  perpkit stop flat     clear, close all positions, remove the stops last, and look that it is so

  Secrets are typed unseen, piped in, or in variables: never in arguments, never in output.
`,
  },
]
