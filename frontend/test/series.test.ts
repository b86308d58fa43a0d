import { expect, test } from 'vitest'
import type { Act } from '../src/protocol/types'
import type { Room } from '../src/room/room.svelte'
import { Series } from '../src/ui/acting.svelte'

type Answer = { state: string; message: string | null }
const sign = (document: string) => ({ of: document, act: { act: 'sign', document } as unknown as Act })

/** A room that answers each act as told, and keeps in which order they came and on whose instruction. */
function room(answers: Record<string, Answer | Error>, heard: string[]): Room {
  return {
    seat: 'IN',
    act: async (act: { document: string }, { onInstruction = false } = {}) => {
      heard.push(`${act.document}${onInstruction ? ' on instruction' : ''}`)
      const answer = answers[act.document] ?? { state: 'done', message: null }
      if (answer instanceof Error) throw answer
      return answer
    },
    note: async (to: string, text: string) => { heard.push(`${to}: ${text}`) },
  } as unknown as Room
}

test('each act is sent by itself, in order, and one that is refused holds up no other', async () => {
  const heard: string[] = []
  const series = new Series(room({ d2: { state: 'refused', message: 'It is signed already.' } }, heard))
  expect(await series.send([sign('d1'), sign('d2'), sign('d3')], 'send')).toEqual(['d2'])
  expect(heard).toEqual(['d1', 'd2', 'd3'])
  expect(series.outcomes.map((each) => each.progress)).toEqual(['done', 'refused', 'done'])
  expect(series.outcomes[1]?.message).toBe('It is signed already.')
  expect(series.sending).toBe(false)
})

test('what did not go through is told, and can be sent again without what was done', async () => {
  const heard: string[] = []
  const answers: Record<string, Answer | Error> = { d1: new Error('No answer came.') }
  const series = new Series(room(answers, heard))
  const missing = await series.send([sign('d1'), sign('d2')], 'instructed')
  expect(series.outcomes[0]).toEqual({ of: 'd1', progress: 'failed', message: 'No answer came.' })
  delete answers['d1']
  expect(await series.send(missing.map(sign), 'instructed')).toEqual([])
  expect(heard).toEqual(['d1 on instruction', 'd2 on instruction', 'd1 on instruction'])
})

test('staff whom the profile lets only prepare send nothing to the meeting', async () => {
  const heard: string[] = []
  expect(await new Series(room({}, heard)).send([sign('d1')], 'prepare')).toEqual([])
  expect(heard).toEqual(['IN: plenary:prepared {"act":"sign","document":"d1"}'])
})
