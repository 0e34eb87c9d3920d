/** Adds the exchange's own answer as a non-enumerable `raw`: there to look at, not to print. */
export function withRaw<T extends object>(value: T, raw: unknown): T & { raw?: unknown } {
  return Object.defineProperty(value, 'raw', { value: raw, enumerable: false })
}
