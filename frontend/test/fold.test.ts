import { describe, expect, test } from 'vitest'
import { read } from '../src/protocol/reading'
import { evolve, evolveAll } from '../src/room/evolve'
import { dayOf, inOrder, newMeeting } from '../src/room/meeting'
import { inWords } from '../src/ui/names'
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

test('what was adopted has its symbol in the language of each reader, from its adoption alone', () => {
  const { profile, lines } = golden('summit')
  const adopted = lines
    .flatMap((line) => ('entry' in line ? read('EntryBody', JSON.parse(line.entry.body)).deeds : []))
    .flatMap((deed) => deed.events)
    .filter((event) => event.event === 'document_adopted')
  const { documents } = evolveAll(profile, newMeeting(), adopted)
  const symbols = (language: string) =>
    Object.values(documents).filter((each) => each.type === 'decision').map((each) => inWords(each.symbols, language))
  expect(symbols('en')).toEqual(['No. 1', 'No. 2', 'No. 3'])
  expect(symbols('ru')).toEqual(['№ 1', '№ 2', '№ 3'])
  expect(symbols('zh-hans')).toEqual(['第1号', '第2号', '第3号'])
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
  const ruling = { event: 'ruling_given', number: 1, at: 0, rule: 'speaking', ruling: 'R', upheld: null, ground: 'G' } as const
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

test('a day is one that the calendar has', () => {
  expect(['2020-11-10', '2020-02-29'].map(dayOf)).toEqual(['2020-11-10', '2020-02-29'])
  for (const none of ['', '2021-02-29', '2020-13-01', '20201110', '0000-01-01']) expect(dayOf(none)).toBeUndefined()
})

test('whose letter may not act does not head a delegation', () => {
  const { profile } = golden('summit')
  const seat = { id: 'KZ', kind: 'member', letters: { p: { names: {}, role: 'head', titles: null } } }
  const before = read('Meeting', { seats: { KZ: seat } })
  const found = (finding: 'contested' | 'accepted') =>
    evolve(profile, before, { event: 'letter_examined', seat: 'KZ', person: 'p', finding, note: null, office: null } as never)
  expect(profile.procedure.accreditation.may_act).not.toContain('contested')
  expect(found('contested').seats.KZ?.head).toBeNull()
  expect(found('accepted').seats.KZ?.head).toBe('p')
})

test('a speech without a limit is not extended', () => {
  const { profile } = golden('summit')
  const given = { event: 'floor_given', seat: 'KZ', delivery: 'live', recording: null, reply_to: null, seconds: null, at: 1 } as never
  const speaking = evolve(profile, newMeeting(), given)
  expect(evolve(profile, speaking, { event: 'time_extended', seat: 'KZ', seconds: 60 } as never)).toStrictEqual(speaking)
})

test('an objection outlives the window that was set aside, by the text it was to', () => {
  const { profile } = golden('summit')
  const document = { id: 'd', digest: 'of d' }
  const subject = { subject: 'texts', documents: ['d', 'unknown'] }
  const window = { id: 'w1', subject, digest: 'of both', objections: { RU: null, KZ: null } }
  const before = read('Meeting', { documents: { d: document }, window, objected: { 'of d': ['CN'] } })
  const after = evolve(profile, before, { event: 'question_set_aside', window: 'w1', why: 'decisions', ground: null })
  expect(after).toMatchObject({ window: null, objected: { 'of d': ['CN', 'KZ', 'RU'] } })
})
