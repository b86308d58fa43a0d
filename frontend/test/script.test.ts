import { describe, expect, it } from 'vitest'
import type { ScriptStep } from '../src/protocol/live'
import type { Act } from '../src/protocol/types'
import { reached, undone } from '../src/room/script'

const step = (act: string | null, given: object = {}): ScriptStep => ({ id: '', say: {}, act, with: given }) as unknown as ScriptStep
const act = (name: string, given: object = {}): Act => ({ act: name, ...given }) as unknown as Act

const STEPS = [
  step('open_meeting'),
  step('put', { subject: { subject: 'remote_form', form: 'videoconference' } }),
  step('declare_adopted'),
  step('put', { subject: { subject: 'agenda' } }),
  step('declare_adopted'),
  step('give_the_floor', { seat: 'RU' }),
  step('give_the_floor', { seat: 'IN' }),
  step(null),
  step('close_meeting'),
]

describe('where a screen that comes anew begins', () => {
  it('at the first step while nothing was done', () => {
    expect(reached(STEPS, [])).toBe(0)
    expect(reached([], [act('open_meeting')])).toBe(0)
  })
  it('behind the last step that was done', () => {
    const done = [act('open_meeting'), act('put', { subject: { subject: 'remote_form' } }), act('declare_adopted', { window: 'w1' })]
    expect(reached(STEPS, done)).toBe(3)
  })
  it('behind a speech that was held, past one that was not', () => {
    expect(reached(STEPS, [act('open_meeting'), act('give_the_floor', { seat: 'IN' })])).toBe(7)
    expect(reached(STEPS, [act('give_the_floor', { seat: 'IN' }), act('give_the_floor', { seat: 'RU' })])).toBe(7)
  })
  it('with what the script does not have left out', () => {
    expect(reached(STEPS, [act('open_meeting'), act('give_the_floor', { seat: 'KZ' }), act('call_the_roll')])).toBe(1)
  })
  it('at the last step when the meeting is closed', () => {
    expect(reached(STEPS, [act('close_meeting')])).toBe(8)
  })
})

describe('what going on leaves undone', () => {
  const done = [act('open_meeting'), act('put', { subject: { subject: 'remote_form' } })]
  const names = (from: number, to: number) => undone(STEPS, done, from, to).map((each) => each.act)
  it('is every step with an act that the meeting has not come past', () => {
    expect(names(2, 5)).toEqual(['declare_adopted', 'put', 'declare_adopted'])
    expect(names(0, 2)).toEqual([])
  })
  it('is neither a speech that is not held nor words alone', () => {
    expect(names(5, 8)).toEqual([])
  })
})
