/** `UNKNOWN`: perpkit cannot tell, and the remedy says how to. */
export type FindingStatus = 'OK' | 'NOTE' | 'WARN' | 'BAD' | 'UNKNOWN'

export interface Finding {
  check: string
  status: FindingStatus
  found: string
  /** What to do about it. */
  remedy?: string
}

export function ok(check: string, found: string): Finding {
  return { check, status: 'OK', found }
}

export function finding(
  status: FindingStatus,
  check: string,
  found: string,
  remedy: string,
): Finding {
  return { check, status, found, remedy }
}
