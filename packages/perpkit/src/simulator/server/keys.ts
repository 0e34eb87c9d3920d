import type { KeyRing, KeyRow } from './types.ts'

/** The keys of one venue: one key an account. */
export class Keys implements KeyRing {
  #byKey = new Map<string, KeyRow>()
  #byAccount = new Map<string, KeyRow>()

  find(apiKey: string): KeyRow | undefined {
    return this.#byKey.get(apiKey)
  }

  add(row: KeyRow): void {
    this.#byKey.set(row.credentials.apiKey, row)
    this.#byAccount.set(row.accountId, row)
  }

  ofAccount(accountId: string): KeyRow | undefined {
    return this.#byAccount.get(accountId)
  }

  /** The API key of an account. */
  keyOf(accountId: string): string | undefined {
    return this.ofAccount(accountId)?.credentials.apiKey
  }

  /** Whether the text contains a key, secret or passphrase of this venue. */
  isIn(text: string): boolean {
    for (const { credentials } of this.#byKey.values()) {
      const { apiKey, apiSecret, passphrase } = credentials
      if (text.includes(apiKey) || text.includes(apiSecret)) return true
      if (passphrase !== undefined && text.includes(passphrase)) return true
    }
    return false
  }

  rows(): KeyRow[] {
    return [...this.#byKey.values()]
  }

  replace(rows: readonly KeyRow[]): void {
    this.#byKey = new Map()
    this.#byAccount = new Map()
    for (const row of rows) this.add(row)
  }
}
