import type { ExpectedRequest, Json } from '../../test/wire/evidence.ts'

// Requests as the wire tables expect them.

export const btc = { symbol: 'BTCUSDT' } as const

export function look(
  path: string,
  query: Readonly<Record<string, string>>,
  answer: Json,
): ExpectedRequest {
  return { method: 'GET', path, access: 'public', query, answer }
}

export function ask(
  path: string,
  query: Readonly<Record<string, string>>,
  answer: Json,
): ExpectedRequest {
  return { method: 'GET', path, access: 'signed', query, answer }
}

export function post(
  path: string,
  form: Readonly<Record<string, string | RegExp>>,
  answer: Json,
): ExpectedRequest {
  return { method: 'POST', path, access: 'signed', form, answer }
}

export function remove(
  path: string,
  query: Readonly<Record<string, string>>,
  answer: Json,
): ExpectedRequest {
  return { method: 'DELETE', path, access: 'signed', query, answer }
}

export function refuse(request: ExpectedRequest, answer: Json): ExpectedRequest {
  return { ...request, status: 400, answer }
}

/** A JSON array of flat objects as text: these members in any order, and no others. */
export function arrayText(rows: readonly Readonly<Record<string, string>>[]): RegExp {
  const objects = rows.map((row) => {
    const members = Object.entries(row).map(([name, value]) => `"${name}":"${literally(value)}"`)
    const present = members.map((member) => `(?=[^}]*${member}[,}])`).join('')
    const only = `(?:(?:${members.join('|')})(?:,(?!\\})|(?=\\}))){${members.length}}`
    return `\\{${present}${only}\\}`
  })
  return new RegExp(`^\\[${objects.join(',')}\\]$`)
}

function literally(text: string): string {
  return text.replaceAll('.', '\\.')
}
