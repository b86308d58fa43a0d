// Sends an act, so that it is done once or not at all.
//
// Rule 1: a lost answer is asked for again with the same key, for a few seconds and no longer.
// Rule 2: nothing is queued: what cannot be sent now is not sent.

import type { ActDone, ActPosted, ActRefused } from '../protocol/live'
import { post } from './post'
import type { Surroundings } from './surroundings'

const PATIENCE = 4_000
const ONE_TRY = 2_000
const SHORTEST = 150
/** The proxy in front says that the live process is not there. */
const NOT_THERE = [502, 503, 504]

/** Why an act was not sent or not taken; what was `unanswered` may have been done. */
export type Failure = 'offline' | 'unanswered' | 'not_found' | 'malformed' | 'too_large' | 'too_many' | 'broken'

export type Outcome =
  | ({ state: 'done' } & ActDone)
  | ({ state: 'refused' } & ActRefused)
  | { state: 'failed'; failure: Failure; message: string | null }

/** Send `posted`, and return what became of it. */
export async function perform(around: Surroundings, address: string, posted: ActPosted): Promise<Outcome> {
  if (!around.online()) return failed('offline')
  const answer = await answered(around, address, posted)
  return answer === null ? failed('unanswered') : outcome(answer)
}

/** Return the answer to a post that is sent again until there is one; null where none came in time. */
export async function answered(around: Surroundings, address: string, body: unknown): Promise<Response | null> {
  const until = around.now() + PATIENCE
  for (let tries = 0; ; tries++) {
    const answer = await post(around, address, body, Math.min(ONE_TRY, until - around.now()))
    if (answer !== null && !NOT_THERE.includes(answer.status)) return answer
    const pause = SHORTEST * 2 ** tries * (0.5 + around.random() / 2)
    if (around.now() + pause >= until) return null
    await new Promise<void>((resolve) => around.later(pause, resolve))
  }
}

const failed = (failure: Failure, message: string | null = null): Outcome => ({ state: 'failed', failure, message })

const FAILURES: Record<number, Failure> = { 400: 'malformed', 404: 'not_found', 413: 'too_large', 429: 'too_many' }

async function outcome(answer: Response): Promise<Outcome> {
  const said: unknown = await answer.json().catch(() => null)
  if (answer.status === 200) return { state: 'done', ...((said ?? { number: null, at: 0 }) as ActDone) }
  if (answer.status === 409 && said !== null) return { state: 'refused', ...(said as ActRefused) }
  return failed(FAILURES[answer.status] ?? 'broken', (said as { message?: string } | null)?.message ?? null)
}
