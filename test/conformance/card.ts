import type { Stage } from '../support/stage.ts'

/** One numbered behaviour, the same on every exchange. */
export interface Card {
  id: string
  title: string
  play(stage: Stage): Promise<void>
}

export function card(id: string, title: string, play: Card['play']): Card {
  return { id, title, play }
}
