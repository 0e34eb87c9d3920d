import type { Answer, RawRequest } from '../server/types.ts'
import type { Simulation } from '../world.ts'
import { ControlError } from './body.ts'
import { perform } from './control.ts'

/** The control actions over HTTP: `POST /_control/<action>` with a JSON object, or nothing. */
export function respondToControl(simulation: Simulation, request: RawRequest): Answer {
  const name = /^\/_control\/(\w+)$/.exec(request.path)?.[1]
  if (name === undefined) return refuse(404, `no ${request.path}: POST /_control/<action>`)
  if (request.method !== 'POST') return refuse(405, `${name}: ${request.method} is not POST`)
  try {
    const body: unknown = request.body.trim() === '' ? {} : JSON.parse(request.body)
    return { status: 200, body: JSON.stringify(perform(simulation, name, body)) }
  } catch (error) {
    if (error instanceof ControlError) return refuse(400, error.message)
    if (error instanceof SyntaxError) return refuse(400, `${name}: the body is not JSON`)
    return refuse(500, `${name}: the simulator crashed: ${String(error)}`)
  }
}

function refuse(status: number, error: string): Answer {
  return { status, body: JSON.stringify({ error }) }
}
