import { describe, expect, test } from 'vitest'
import { read } from '../src/protocol/reading'
import { evolve, evolveAll } from '../src/room/evolve'
import { inOrder, newMeeting } from '../src/room/meeting'
import { changed, golden, heldFor, sentTo } from './golden'

describe.each(['summit', 'assembly'] as const)('the %s', (name) => {
  const { profile, viewers, lines } = golden(name)

  test.each(viewers)('is for viewer %j what Python says after every entry', (viewer) => {
    let meeting = newMeeting()
    let expected = newMeeting()
    for (const line of lines) {
      if ('held' in line) {
        const mine = evolveAll(profile, meeting, heldFor(viewer, line).flatMap((deed) => deed.events))
        expect(mine).toStrictEqual(changed(expected, line.changes[viewer] ?? []))
        continue
      }
      const entry = sentTo(viewer, line)
      if (!('body' in entry)) continue
      const { deeds } = read('EntryBody', JSON.parse(entry.body))
      meeting = evolveAll(profile, meeting, deeds.flatMap((deed) => deed.events))
      expected = changed(expected, line.changes[viewer] ?? [])
      expect(meeting, `entry ${entry.number}`).toStrictEqual(expected)
    }
    expect(meeting.stage).toBe('closed')
  })

  test('is folded without changing what was there before', () => {
    let meeting = newMeeting()
    for (const line of lines) {
      if ('held' in line) continue
      for (const deed of read('EntryBody', JSON.parse(line.entry.body)).deeds)
        for (const event of deed.events) {
          const before = structuredClone(meeting)
          const after = evolve(profile, meeting, event)
          expect(meeting).toStrictEqual(before)
          meeting = after
        }
    }
  })

  test('can be folded from any single event, whatever was withheld before', () => {
    for (const line of lines)
      if ('entry' in line)
        for (const deed of read('EntryBody', JSON.parse(line.entry.body)).deeds)
          for (const event of deed.events) expect(() => evolve(profile, newMeeting(), event)).not.toThrow()
  })
})

test('an event of a later version changes nothing', () => {
  const { profile } = golden('summit')
  expect(evolve(profile, newMeeting(), { event: 'something_new' } as never)).toStrictEqual(newMeeting())
})

test('keys that every object has are no seats', () => {
  const { profile } = golden('summit')
  const event = { event: 'ready_signalled', seat: 'constructor', ready: true } as const
  expect(evolve(profile, newMeeting(), event)).toStrictEqual(newMeeting())
})

test('members stand in the order of the organisation', () => {
  const { profile } = golden('summit')
  expect(inOrder(profile, 'member')).toEqual(['IN', 'KZ', 'CN', 'KG', 'PK', 'RU', 'TJ', 'UZ'])
})

test('a ruling of the chair\'s own motion leaves a point of order pending', () => {
  const { profile } = golden('summit')
  const ruling = { event: 'ruling_given', number: 1, rule: 'speaking', ruling: 'R', upheld: null, ground: 'G' } as const
  const pending = { ...newMeeting(), point_of_order: 'RU' }
  expect(evolve(profile, pending, ruling).point_of_order).toBe('RU')
  expect(evolve(profile, pending, { ...ruling, upheld: false }).point_of_order).toBeNull()
})

test('a snapshot is read with everything the wire leaves out', () => {
  const window = { id: 'w1', subject: { subject: 'agenda', items: [{ id: '1', titles: {} }] }, aside: [['RU', { document: 'd' }]] }
  const meeting = read('Meeting', { stage: 'open', window })
  expect(meeting.window?.aside).toEqual([['RU', { document: 'd', paragraph: null, project: null }]])
  expect(meeting.window?.subject).toEqual({ subject: 'agenda', items: [{ id: '1', titles: {}, documents: [] }] })
  expect(meeting.floor).toEqual(newMeeting().floor)
})
