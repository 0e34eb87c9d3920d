import type { Channel } from '../../../server/socketTypes.ts'
import { logRows } from '../accountLog.ts'
import { type Account, isOf } from './accounts.ts'

/**
 * The newest rows of the account log, then each one: docs/wire/kraken.md 8.4.
 * https://docs.kraken.com/api/docs/futures-api/websocket/account_log
 */
export function accountLogChannel(account: Account): Channel {
  let told = logRows(account).at(-1)?.id ?? 0
  return {
    isPrivate: true,
    rank: 5,
    welcome: () => [
      {
        feed: 'account_log_snapshot',
        logs: logRows(account)
          .filter(({ id }) => id <= told)
          .slice(-MOST_ROWS)
          .reverse(),
      },
    ],
    hear(events) {
      const isBooked = events.some(
        (event) => (event.kind === 'fill' || event.kind === 'funding') && isOf(account, event),
      )
      if (!isBooked) return []
      const fresh = logRows(account).filter(({ id }) => id > told)
      told = fresh.at(-1)?.id ?? told
      return fresh.map((new_entry) => ({ feed: 'account_log', new_entry }))
    },
  }
}

const MOST_ROWS = 500
