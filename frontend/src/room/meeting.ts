// The state of a meeting: what the record so far amounts to, in the shape of plenary.rules.meeting.

import { read } from '../protocol/reading'
import type { DecisionRule, DecisionWindow, ItemGiven, Kind, Meeting, PartyId, PersonId, Profile, Seat, Speech, Subject, WindowId } from '../protocol/types'

/** Return the state before entry 0. */
export const newMeeting = (): Meeting => read('Meeting', {})

/** How many milliseconds a speech may still take at `now`; null where it has no limit. What interrupts it does not count. */
export const timeLeft = (speech: Speech | null, now: number): number | null =>
  speech === null || speech.seconds === null ? null : speech.since + speech.paused + speech.seconds * 1000 - (speech.interrupted ?? now)

/** Return what the profile says of the kind of a seat. */
export const kindOf = (profile: Profile, seat: Seat): Kind | undefined => profile.procedure.kinds[seat.kind]

/** Return the presiding officer's seat, once the meeting is convened. */
export const presiding = (profile: Profile, meeting: Meeting): Seat | undefined =>
  Object.values(meeting.seats).find((seat) => seat.kind === profile.procedure.opening.presiding_kind)

/** Return who heads a seat now: in the presiding seat that may be an acting chair. */
export function headOf(profile: Profile, meeting: Meeting, seat: Seat): PersonId | null {
  const acts = meeting.acting_chair !== null && seat.kind === profile.procedure.opening.presiding_kind
  return (acts ? meeting.seats[meeting.acting_chair as string]?.head : seat.head) ?? null
}

/** Return the open window of that identifier, of the sitting or of a silence procedure. */
export function windowOf(meeting: Meeting, key: WindowId): DecisionWindow | null {
  if (meeting.window?.id === key) return meeting.window
  return Object.hasOwn(meeting.silences, key) ? (meeting.silences[key] ?? null) : null
}

/** Return the decision rule a window follows. */
export const decisionOf = (profile: Profile, window: DecisionWindow): DecisionRule | undefined =>
  profile.procedure.decisions[window.decision]

/** Return the documents that a window would adopt. */
export const documentsOf = (window: DecisionWindow): readonly string[] =>
  window.subject.subject === 'texts' ? window.subject.documents : []

/** Return the item that documents wait under while another is taken up, or none is; null: nothing stands apart. */
export function itemApart(meeting: Meeting, documents: readonly string[]): ItemGiven | null {
  const agenda = meeting.agenda ?? []
  const taken = agenda.find((item) => item.id === meeting.item)?.documents ?? []
  const apart = documents.filter((id) => !taken.includes(id))
  return agenda.find((item) => !meeting.concluded.includes(item.id) && item.documents.some((id) => apart.includes(id))) ?? null
}

/** Return the digests of the texts that a subject, itself of that digest, puts to the meeting. */
export function textsOf(meeting: Meeting, subject: Subject, digest: string): string[] {
  if (subject.subject !== 'texts') return [digest]
  return subject.documents.flatMap((key) => (Object.hasOwn(meeting.documents, key) ? (meeting.documents[key]?.digest ?? []) : []))
}

/** Return the day that a date such as 2020-11-10 names; undefined where there is no such day. */
export function dayOf(date: string): string | undefined {
  const at = /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date) ? date : undefined
}

/** Whether a day such as 2020-11-10 lies between two dates, both included; null is open. */
export const within = (day: string, since: string | null, until: string | null): boolean =>
  (since === null || since <= day) && (until === null || day <= until)

/** Return the parties of one kind on a day (else the profile's), in the organisation's order. */
export function inOrder(profile: Profile, kind: string, on: string = profile.organisation.as_of): PartyId[] {
  const { ordering, parties } = profile.organisation
  const alphabet = [...ordering.alphabet.toLowerCase()]
  const there = parties.filter((party) => party.kind === kind && within(on, party.since, party.until))
  const placed = there.map((party) => {
    const name = (ordering.name === 'short' ? party.short : party.long)[ordering.language] ?? ''
    return { id: party.id, place: [...name.toLowerCase()].map((each) => alphabet.indexOf(each)).filter((at) => at >= 0) }
  })
  return placed.sort((one, other) => compared(one.place, other.place)).map((each) => each.id)
}

function compared(one: readonly number[], other: readonly number[]): number {
  for (let at = 0; at < Math.min(one.length, other.length); at++) {
    const apart = (one[at] as number) - (other[at] as number)
    if (apart !== 0) return apart
  }
  return one.length - other.length
}
