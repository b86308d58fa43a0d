// Who has a say in a window, and for whom the gavel waits: as rules/decisions.py has it.
import type { DecisionWindow, Meeting, Profile, SeatId } from '../protocol/types'
import { documentsOf, textsOf } from './meeting'

/** Whether a seat may raise something: it is in the electorate, or came while consensus was sought. */
export const hasSay = (profile: Profile, meeting: Meeting, window: DecisionWindow, seat: SeatId): boolean =>
  window.electorate.includes(seat) || cameSince(profile, meeting, window, seat)

function cameSince(profile: Profile, meeting: Meeting, window: DecisionWindow, seat: SeatId): boolean {
  const decision = profile.procedure.decisions[window.decision]
  const place = meeting.seats[seat]
  if (window.way !== 'consensus' || !decision || !place || !decision.electorate.includes(place.kind)) return false
  const concerned = documentsOf(window).map((id) => meeting.documents[id]?.concerns ?? null)
  return decision.excluded !== 'concerned' || place.party === null || !concerned.includes(place.party)
}

/** Whose objection to these very texts stood when a window on them was set aside, as far as this viewer knows. */
export const stillObjecting = (meeting: Meeting, window: DecisionWindow): SeatId[] =>
  [...new Set(textsOf(meeting, window.subject, window.digest).flatMap((text) => meeting.objected[text] ?? []))].sort()

/** Every seat that the presiding officer looks at: the electorate, who objected before, who came and raised something. */
export function concernedBy(meeting: Meeting, window: DecisionWindow): SeatId[] {
  const raised = [...Object.keys(window.objections), ...window.aside.map(([seat]) => seat), ...window.opinions.map((each) => each.seat)]
  return [...new Set([...window.electorate, ...stillObjecting(meeting, window), ...raised, ...window.acknowledged])]
}

/** For whom the gavel waits: who is not present for the text, did not telephone, and was not gone on without. */
export function awaited(meeting: Meeting, window: DecisionWindow, connected: readonly SeatId[]): SeatId[] {
  if (window.way !== 'consensus') return []
  const objected = stillObjecting(meeting, window)
  const settled = (seat: SeatId) => window.by_telephone.includes(seat) || window.without.includes(seat)
  return [...new Set([...window.electorate, ...objected])]
    .filter((seat) => !presentForText(window, seat, connected) && !settled(seat) && (objected.includes(seat) || !meeting.seats[seat]?.left))
}

/** Whether a seat is present for the text, as the gavel counts it: also one that came back after it was gone on without. */
export const presentForText = (window: DecisionWindow, seat: SeatId, connected: readonly SeatId[]): boolean =>
  connected.includes(seat) && window.acknowledged.includes(seat)

export interface AtTheGavel {
  members: readonly SeatId[] // whom the decision rule names, whether they came or not
  present: readonly SeatId[]
  telephoned: readonly SeatId[]
  without: readonly SeatId[]
  came: readonly SeatId[] // after the question was put
  gone: readonly SeatId[] // came after it was put, or left and came back, and is not connected now
  left: readonly SeatId[] // the meeting, by an act of their own
  away: readonly SeatId[] // never came: a question that disregards them does not wait
}

/** How the members stand to a declaration made now; the first three as the record would count them. */
export function atTheGavel(profile: Profile, meeting: Meeting, window: DecisionWindow, connected: readonly SeatId[]): AtTheGavel {
  const members = Object.keys(meeting.seats).filter((seat) => window.electorate.includes(seat) || hasSay(profile, meeting, window, seat))
  const present = window.electorate.filter((seat) => presentForText(window, seat, connected))
  const others = window.electorate.filter((seat) => !present.includes(seat) && !meeting.seats[seat]?.left)
  const telephoned = others.filter((seat) => window.by_telephone.includes(seat))
  const without = others.filter((seat) => !telephoned.includes(seat) && window.without.includes(seat))
  const came = members.filter((seat) => !window.electorate.includes(seat) && connected.includes(seat))
  const absent = members.filter((seat) => ![...present, ...telephoned, ...without, ...came].includes(seat))
  const left = absent.filter((seat) => meeting.seats[seat]?.left)
  const gone = absent.filter((seat) => !left.includes(seat) && meeting.seats[seat]?.attending)
  const away = absent.filter((seat) => !left.includes(seat) && !gone.includes(seat))
  return { members, present, telephoned, without, came, gone, left, away }
}
