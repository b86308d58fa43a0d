// Where in its script a meeting is, as its record tells.
import type { ScriptStep } from '../protocol/live'
import type { Act } from '../protocol/types'

/** What tells two steps of one act apart: whose floor, which item, which format, what kind of question. */
const ABOUT = ['seat', 'item', 'format'] as const

/** The step after the last one that was done; what was done out of the script's order changes nothing. */
export function reached(steps: readonly ScriptStep[], acts: readonly Act[]): number {
  let at = 0
  for (const act of acts) {
    const found = steps.findIndex((step, index) => index >= at && matches(step, act))
    if (found >= 0) at = found + 1
  }
  return Math.min(at, Math.max(0, steps.length - 1))
}

/** The steps from one to another that do something which the meeting has not come past; a speech may always be left out. */
export function undone(steps: readonly ScriptStep[], acts: readonly Act[], from: number, to: number): ScriptStep[] {
  const come = reached(steps, acts)
  return steps.slice(from, to).filter((step, index) => from + index >= come && step.act !== null && !SPEECH.includes(step.act))
}

/** What a speech is made of: who never asks for the floor leaves these steps undone. */
export const SPEECH: readonly (string | null)[] = ['consent_to_speak', 'give_the_floor', 'end_speech', 'extend_time']

/** Whether an act is what a step offers: a speech that its speaker ends is ended. */
export function matches(step: ScriptStep, act: Act): boolean {
  if (step.act !== (act.act === 'yield_the_floor' ? 'end_speech' : act.act)) return false
  const given = step.with as Record<string, unknown>
  const done = act as unknown as Record<string, unknown>
  if (ABOUT.some((name) => given[name] !== undefined && given[name] !== done[name])) return false
  return kind(given) === kind(done)
}

const kind = (about: Record<string, unknown>): unknown => (about['subject'] as { subject?: unknown } | undefined)?.subject
