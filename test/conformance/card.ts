import type { Played, Stage } from '../support/stage.ts'

/** One numbered behaviour, the same on every exchange. */
export interface Card {
  id: string
  title: string
  play(stage: Stage): Promise<void>
  /** Why an exchange cannot play it; `undefined` where it can. */
  unless: (played: Played) => string | undefined
}

export function card(
  id: string,
  title: string,
  play: Card['play'],
  unless: Card['unless'] = () => undefined,
): Card {
  return { id, title, play, unless }
}
