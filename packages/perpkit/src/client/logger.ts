/** What a logger must offer; pino and console both do. Secrets and signed text never reach it. */
export interface Logger {
  debug(record: object, message: string): void
  info(record: object, message: string): void
  warn(record: object, message: string): void
  error(record: object, message: string): void
}

export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
}
