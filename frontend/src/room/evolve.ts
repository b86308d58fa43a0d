// How each event changes the state of a meeting: plenary.rules.evolve, for the screens.
//
// Rule 1: evolve never refuses and never fails, also where the events before were withheld.
// Rule 2: it is told everything by the event; it decides nothing.

import type {
  AnyEvent,
  DecisionWindow,
  DocumentId,
  EventOf,
  Floor,
  FloorRequest,
  Letter,
  Meeting,
  MeetingDocument,
  Motion,
  Profile,
  Seat,
  SeatId,
  WindowId,
} from '../protocol/types'
import { dayOf, documentsOf, inOrder, textsOf, windowOf } from './meeting'

/** Return the meeting after `events`, in their order. */
export function evolveAll(profile: Profile, meeting: Meeting, events: Iterable<AnyEvent>): Meeting {
  for (const event of events) meeting = evolve(profile, meeting, event)
  return meeting
}

/** Return the meeting after `event`. */
export function evolve(profile: Profile, meeting: Meeting, event: AnyEvent): Meeting {
  switch (event.event) {
    case 'convened':
      return convened(profile, meeting, event)
    case 'guest_invited': {
      const seat = emptySeat(event.seat, profile.procedure.opening.guest_kind)
      return { ...meeting, seats: { ...meeting.seats, [event.seat]: { ...seat, titles: event.titles } } }
    }
    case 'letter_received': {
      const letter = { names: event.names, role: event.role, titles: event.titles, finding: null }
      return inSeat(meeting, event.seat, (s) => ({ ...s, letters: { ...s.letters, [event.person]: letter } }))
    }
    case 'letter_examined':
      return inSeat(meeting, event.seat, (s) => examined(s, event, profile.procedure.accreditation.may_act))
    case 'head_replaced':
      return inSeat(meeting, event.seat, (s) => ({ ...s, head: event.person, screen: null }))
    case 'seat_taken':
      return inSeat(meeting, event.seat, (s) => ({ ...s, screen: event.screen, attending: true }))
    case 'meeting_left': {
      const left = inSeat(meeting, event.seat, (s) => ({ ...s, left: true, attending: false, screen: null }))
      return onFloor(left, (f) => ({ ...f, waiting: unlisted(f, event.seat) }))
    }
    case 'returned_to_meeting':
      return inSeat(meeting, event.seat, (s) => ({ ...s, left: false, attending: true }))
    case 'acting_chair_installed':
      return { ...meeting, acting_chair: has(meeting.seats, event.seat) ? event.seat : null }
    case 'chair_restored':
      return { ...meeting, acting_chair: null }
    case 'meeting_opened':
      return { ...attending(meeting, event.present), stage: 'open' }
    case 'roll_called':
      return attending(meeting, event.present.map((line) => line.seat))
    case 'segment_opened':
      return segmentOpened(meeting, event)
    case 'meeting_suspended':
      return { ...interrupted(meeting, event.at), stage: 'suspended', suspended: event.at }
    case 'meeting_resumed': {
      const window = meeting.window // the time of a suspension does not count
      const later = window && { ...window, closes: window.closes + event.after }
      return speechGoesOn({ ...meeting, stage: 'open', suspended: null, window: later }, (meeting.suspended ?? 0) + event.after)
    }
    case 'meeting_closed':
      return { ...meeting, stage: 'closed' }
    case 'meeting_adjourned':
      return { ...meeting, adjourning: true }
    case 'item_taken_up': {
      const floor = { ...meeting.floor, closed: false, spoken: [], replies: {}, limit: null }
      return { ...meeting, item: event.item, floor }
    }
    case 'item_concluded':
      return { ...meeting, item: null, concluded: joined(meeting.concluded, event.item) }
    case 'floor_requested': {
      const { seat, delivery, recording, check_against_delivery, needs_consent, reply_to } = event
      const request = { seat, delivery, recording, check_against_delivery, needs_consent, reply_to }
      return onFloor(meeting, (f) => ({ ...f, waiting: [...f.waiting, request] }))
    }
    case 'request_withdrawn':
      return onFloor(meeting, (f) => ({ ...f, waiting: unlisted(f, event.seat) }))
    case 'list_reordered':
      return onFloor(meeting, (f) => ({ ...f, waiting: reordered(f, event.order) }))
    case 'list_closed':
      return onFloor(meeting, (f) => ({ ...f, closed: true }))
    case 'list_reopened':
      return onFloor(meeting, (f) => ({ ...f, closed: false }))
    case 'consent_given':
      return onFloor(meeting, (f) => ({
        ...f,
        waiting: f.waiting.map((each) => (each.seat === event.seat ? { ...each, needs_consent: false } : each)),
      }))
    case 'ready_signalled':
      return inSeat(meeting, event.seat, (s) => ({ ...s, ready: event.ready }))
    case 'floor_given':
      return onFloor(meeting, (f) => given(f, event))
    case 'floor_taken_back':
      return onFloor(meeting, takenBack)
    case 'time_extended':
      return onFloor(meeting, (f) => extended(f, event.seconds))
    case 'floor_ended':
      return onFloor(meeting, (f) => ended(f, event.seat))
    case 'point_of_order_raised':
      return { ...interrupted(meeting, event.at), point_of_order: event.seat }
    case 'ruling_given': {
      const ruled = { ...meeting, ruling: { number: event.number, appealed: false, rule: event.rule } }
      return event.upheld === null ? ruled : speechGoesOn({ ...ruled, point_of_order: null }, event.at)
    }
    case 'ruling_challenged':
      return { ...meeting, ruling: { ...meeting.ruling, appealed: true } }
    case 'ruling_decided':
      return { ...meeting, ruling: { ...meeting.ruling, appealed: false, rule: null } }
    case 'motion_moved': {
      const { motion: id, kind, seat, document, seconds } = event
      const motion: Motion = { id, kind, seat, document, seconds, spoken_for: 0, spoken_against: 0 }
      return { ...meeting, motions: [...meeting.motions, motion], motions_moved: meeting.motions_moved + 1 }
    }
    case 'motion_withdrawn':
    case 'motion_decided':
      return { ...meeting, motions: meeting.motions.filter((each) => each.id !== event.motion) }
    case 'spoken_on_motion':
      return { ...meeting, motions: meeting.motions.map((each) => spoken(each, event)) }
    case 'debate_adjourned':
      return { ...meeting, adjourned: joined(meeting.adjourned, event.item) }
    case 'debate_closed':
      return onFloor(meeting, (f) => ({ ...f, closed: true, waiting: [] }))
    case 'speeches_limited':
      return onFloor(meeting, (f) => ({ ...f, limit: event.seconds }))
    case 'competence_denied':
      return inDocument(meeting, event.document, (d) => ({ ...d, stage: 'rejected' }))
    case 'reconsidered':
      return inDocument(meeting, event.document, tabledAgain)
    case 'document_tabled':
      return { ...meeting, documents: { ...meeting.documents, [event.document]: tabled(event) } }
    case 'amendment_incorporated':
      return inDocument(
        inDocument(meeting, event.amendment, (d) => ({ ...d, stage: 'adopted' })),
        event.document,
        (d) => withTexts(d, event),
      )
    case 'document_amended':
      return inDocument(meeting, event.document, (d) => withTexts(d, event))
    case 'document_withdrawn':
      return inDocument(meeting, event.document, (d) => ({ ...d, stage: 'withdrawn' }))
    case 'question_put':
      return put(meeting, event)
    case 'text_acknowledged':
      return inWindow(meeting, event.window, (w) => ({ ...w, acknowledged: joined(w.acknowledged, event.seat) }))
    case 'objection_raised':
      return inWindow(meeting, event.window, (w) => ({
        ...w,
        objections: { ...w.objections, [event.seat]: event.reason },
        raised: counted(w, event.seat),
        state: 'returned',
      }))
    case 'objection_lifted':
      return inWindow(meeting, event.window, (w) => lifted(w, event.seat))
    case 'stood_aside':
      return inWindow(meeting, event.window, (w) => ({ ...w, aside: [...w.aside, [event.seat, event.scope]], raised: counted(w, event.seat) }))
    case 'opinion_placed': {
      const { seat, kind, scope, text } = event
      return inWindow(meeting, event.window, (w) => ({ ...w, opinions: [...w.opinions, { seat, kind, scope, text }], raised: counted(w, seat) }))
    }
    case 'taken_back':
      return inWindow(meeting, event.window, (w) => takenBackIn(w, event))
    case 'confirmed_by_telephone':
      return inWindow(meeting, event.window, (w) => ({ ...w, by_telephone: joined(w.by_telephone, event.seat) }))
    case 'proceeded_without':
      return inWindow(meeting, event.window, (w) => ({ ...w, without: joined(w.without, event.seat) }))
    case 'silence_broken': {
      const broken = inWindow(meeting, event.window, (w) => ({ ...w, state: 'broken' }))
      return objectionsStand(broken, event.window, [event.seat])
    }
    case 'vote_cast':
      return inWindow(meeting, event.window, (w) => ({ ...w, votes: { ...w.votes, [event.seat]: event.vote } }))
    case 'question_agreed':
      return windowEnded(meeting, event.window)
    case 'question_set_aside': {
      const objecting = Object.keys(windowOf(meeting, event.window)?.objections ?? {})
      return windowEnded(objectionsStand(meeting, event.window, objecting), event.window)
    }
    case 'vote_declared':
      return voteDeclared(meeting, event)
    case 'document_adopted':
      return adopted(meeting, event)
    case 'document_rejected':
      return inDocument(meeting, event.document, (d) => ({ ...d, stage: 'rejected' }))
    case 'form_agreed':
      return { ...meeting, form: event.form, form_agreed: true, special_rules: sorted(event.special_rules) }
    case 'agenda_adopted':
      return { ...meeting, agenda: event.items }
    case 'documents_listed':
      return { ...meeting, listed: event.documents }
    case 'rule_waived':
      return { ...meeting, waived: joined(meeting.waived, event.rule) }
    case 'chairmanship_decided':
      return { ...meeting, next_chair: event.party, chair_passes_on_closing: event.takes_effect === 'on_closing' }
    case 'statement_recorded':
      return inDocument(meeting, event.document, (d) => ({ ...d, annotations: [...d.annotations, event.annotation] }))
    case 'joined_later':
      return inDocument(meeting, event.scope.document, (d) => joinedLater(d, event))
    case 'document_signed':
      return inDocument(meeting, event.document, (d) => ({ ...d, signatures: [...d.signatures, event.seat] }))
    case 'chairmanship_passed':
    case 'report_approved':
    case 'mandate_given':
    case 'initiative_decided':
    case 'entered_late':
      return meeting // told for the reader; nothing that is decided later rests on it
    default:
      event satisfies never
      return meeting // from a later version of the rules: shown in the timeline, without effect here
  }
}

// ---- what Python has of itself ----------------------------------------------------------------

/** Whether a key is there as the record's own, not as something every JavaScript object has. */
const has = (held: object, key: string): boolean => Object.hasOwn(held, key)

const sorted = (keys: readonly string[]): string[] => [...new Set(keys)].sort()

const joined = (keys: readonly string[], key: string): readonly string[] =>
  keys.includes(key) ? keys : [...keys, key].sort()

const without = <Value>(held: Record<string, Value>, key: string): Record<string, Value> =>
  Object.fromEntries(Object.entries(held).filter(([each]) => each !== key))

const same = (one: object, other: object): boolean => {
  const held = Object.entries(one)
  const beside = other as Record<string, unknown>
  return held.length === Object.keys(beside).length && held.every(([key, value]) => beside[key] === value)
}

// ---- seats ------------------------------------------------------------------------------------

function emptySeat(id: SeatId, kind: string): Seat {
  return {
    id,
    kind,
    party: null,
    letters: {},
    head: null,
    screen: null,
    attending: false,
    left: false,
    ready: false,
    titles: null,
  }
}

function convened(profile: Profile, meeting: Meeting, event: EventOf<'convened'>): Meeting {
  const { kinds, opening } = profile.procedure
  const seats: Record<SeatId, Seat> = {}
  for (const seat of profile.organisation.seats) seats[seat.id] = emptySeat(seat.id, seat.kind)
  // in the order of the parties: that of a table of kinds does not outlast its canonical spelling
  for (const kind of new Set(profile.organisation.parties.map((party) => party.kind)))
    if ((kinds[kind]?.formats.length ?? 0) > 0)
      for (const party of inOrder(profile, kind, dayOf(event.date))) seats[party] = { ...emptySeat(party, kind), party }
  for (const [key, seat] of Object.entries(seats))
    if (seat.kind === opening.secretariat_kind) {
      const staff = (names: Letter['names']): Letter => ({ names, role: 'staff', titles: null, finding: 'accepted' })
      const letters = Object.fromEntries(Object.entries(event.secretariat).map(([key, names]) => [key, staff(names)]))
      seats[key] = { ...seat, letters, attending: true }
    }
  return {
    ...meeting,
    stage: 'convened',
    body: event.body,
    titles: event.titles,
    date: event.date,
    form: event.form,
    convened: event.at,
    seats,
    format: opening.first_format,
  }
}

function inSeat(meeting: Meeting, key: SeatId, change: (seat: Seat) => Seat): Meeting {
  const seat = has(meeting.seats, key) ? meeting.seats[key] : undefined
  return seat === undefined ? meeting : { ...meeting, seats: { ...meeting.seats, [key]: change(seat) } }
}

function examined(seat: Seat, event: EventOf<'letter_examined'>, mayAct: readonly string[]): Seat {
  const letter = has(seat.letters, event.person) ? seat.letters[event.person] : undefined
  if (letter === undefined) return seat
  const letters = { ...seat.letters, [event.person]: { ...letter, finding: event.finding } }
  const heads = letter.role === 'head' && seat.head === null && mayAct.includes(event.finding)
  return { ...seat, letters, head: heads ? event.person : seat.head }
}

function attending(meeting: Meeting, present: readonly SeatId[]): Meeting {
  const seats = { ...meeting.seats }
  for (const key of present) {
    const seat = has(seats, key) ? seats[key] : undefined
    if (seat !== undefined) seats[key] = { ...seat, attending: true }
  }
  return { ...meeting, seats }
}

// ---- the floor --------------------------------------------------------------------------------

const onFloor = (meeting: Meeting, change: (floor: Floor) => Floor): Meeting => ({
  ...meeting,
  floor: change(meeting.floor),
})

const unlisted = (floor: Floor, seat: SeatId): FloorRequest[] => floor.waiting.filter((each) => each.seat !== seat)

function reordered(floor: Floor, order: readonly SeatId[]): FloorRequest[] {
  const bySeat = new Map(floor.waiting.map((each) => [each.seat, each]))
  return order.flatMap((seat) => bySeat.get(seat) ?? [])
}

function interrupted(meeting: Meeting, at: number): Meeting {
  const speech = meeting.floor.speaking
  if (speech === null || speech.interrupted !== null) return meeting
  return onFloor(meeting, (f) => ({ ...f, speaking: { ...speech, interrupted: at } }))
}

/** A speech goes on once neither a suspension nor a point of order interrupts it. */
function speechGoesOn(meeting: Meeting, at: number): Meeting {
  const speech = meeting.floor.speaking
  if (speech === null || speech.interrupted === null || meeting.suspended !== null || meeting.point_of_order !== null) return meeting
  const paused = speech.paused + at - speech.interrupted
  return onFloor(meeting, (f) => ({ ...f, speaking: { ...speech, interrupted: null, paused } }))
}

function segmentOpened(meeting: Meeting, event: EventOf<'segment_opened'>): Meeting {
  const before = meeting.closed_segments.map((each) => ({ ...each, until: each.until ?? event.at }))
  const begun = event.closed ? [{ format: event.format, since: event.at, until: null }] : []
  return { ...meeting, format: event.format, segment_closed: event.closed, closed_segments: [...before, ...begun] }
}

function given(floor: Floor, event: EventOf<'floor_given'>): Floor {
  const { seat, delivery, recording, reply_to } = event
  const unasked = { seat, delivery, recording, check_against_delivery: null, needs_consent: false, reply_to }
  const request = floor.waiting.find((each) => each.seat === seat) ?? unasked
  const speaking = { request, since: event.at, seconds: event.seconds, interrupted: null, paused: 0 }
  return { ...floor, waiting: unlisted(floor, seat), speaking }
}

function takenBack(floor: Floor): Floor {
  if (floor.speaking === null) return floor
  return { ...floor, waiting: [floor.speaking.request, ...floor.waiting], speaking: null }
}

function extended(floor: Floor, seconds: number): Floor {
  const speech = floor.speaking
  if (speech === null || speech.seconds === null) return floor // without a limit there is nothing to extend
  return { ...floor, speaking: { ...speech, seconds: speech.seconds + seconds } }
}

function ended(floor: Floor, seat: SeatId): Floor {
  const replied = floor.speaking !== null && floor.speaking.request.reply_to !== null
  const replies = replied ? { ...floor.replies, [seat]: (floor.replies[seat] ?? 0) + 1 } : floor.replies
  return { ...floor, speaking: null, spoken: joined(floor.spoken, seat), replies }
}

// ---- motions ----------------------------------------------------------------------------------

function spoken(motion: Motion, event: EventOf<'spoken_on_motion'>): Motion {
  if (motion.id !== event.motion) return motion
  return event.against
    ? { ...motion, spoken_against: motion.spoken_against + 1 }
    : { ...motion, spoken_for: motion.spoken_for + 1 }
}

// ---- documents --------------------------------------------------------------------------------

function inDocument(
  meeting: Meeting,
  key: DocumentId,
  change: (document: MeetingDocument) => MeetingDocument,
): Meeting {
  const document = has(meeting.documents, key) ? meeting.documents[key] : undefined
  if (document === undefined) return meeting
  return { ...meeting, documents: { ...meeting.documents, [key]: change(document) } }
}

type Texts = Pick<EventOf<'document_tabled'>, 'document' | 'type' | 'titles' | 'texts' | 'digest'>

const newDocument = ({ document, type, titles, texts, digest }: Texts): MeetingDocument => ({
  id: document,
  type,
  titles,
  texts,
  digest,
  matter: '',
  stage: 'tabled',
  version: 1,
  sponsors: [],
  initiative_of: null,
  concerns: null,
  report: null,
  authorises: null,
  amends: null,
  furthest_removed: 0,
  tied: false,
  tabled_by: null,
  decision: null,
  adoption: null,
  symbols: null,
  annotations: [],
  signatures: [],
})

const tabled = (event: EventOf<'document_tabled'>): MeetingDocument => ({
  ...newDocument(event),
  matter: event.matter,
  sponsors: event.sponsors,
  initiative_of: event.initiative_of,
  concerns: event.concerns,
  report: event.report,
  authorises: event.authorises,
  amends: event.amends,
  furthest_removed: event.furthest_removed,
  tabled_by: event.seat,
})

const withTexts = (
  document: MeetingDocument,
  { texts, digest, version }: Pick<MeetingDocument, 'texts' | 'digest' | 'version'>,
): MeetingDocument => ({ ...document, texts, digest, version })

const tabledAgain = (document: MeetingDocument): MeetingDocument => ({
  ...document,
  stage: 'tabled',
  tied: false,
  adoption: null,
  decision: null,
  symbols: null,
  annotations: [],
  signatures: [],
})

function adopted(meeting: Meeting, event: EventOf<'document_adopted'>): Meeting {
  const known = has(meeting.documents, event.document) ? meeting.documents[event.document] : undefined
  const { adoption, decision, symbols, annotations } = event
  const stage = 'adopted'
  const document: MeetingDocument = { ...(known ?? newDocument(event)), stage, adoption, decision, symbols, annotations }
  return {
    ...meeting,
    documents: { ...meeting.documents, [event.document]: document },
    numbers: { ...meeting.numbers, [event.type]: event.number },
  }
}

const joinedLater = (document: MeetingDocument, event: EventOf<'joined_later'>): MeetingDocument => ({
  ...document,
  annotations: document.annotations.filter(
    (note) => !(note.kind === null && note.seat === event.seat && same(note.scope, event.scope)),
  ),
})

// ---- windows ----------------------------------------------------------------------------------

function put(meeting: Meeting, event: EventOf<'question_put'>): Meeting {
  const window: DecisionWindow = {
    id: event.window,
    subject: event.subject,
    decision: event.decision,
    way: event.way,
    digest: event.digest,
    electorate: event.electorate,
    opened: event.at,
    closes: event.closes,
    state: 'open',
    acknowledged: [],
    objections: {},
    aside: [],
    opinions: [],
    raised: {},
    by_telephone: [],
    without: [],
    votes: {},
  }
  meeting = { ...meeting, windows: meeting.windows + 1 }
  for (const key of documentsOf(window))
    meeting = inDocument(meeting, key, (d) => ({ ...d, stage: 'before_the_meeting' }))
  if (event.way === 'silence') return { ...meeting, silences: { ...meeting.silences, [event.window]: window } }
  return { ...meeting, window }
}

function inWindow(meeting: Meeting, key: WindowId, change: (window: DecisionWindow) => DecisionWindow): Meeting {
  if (meeting.window?.id === key) return { ...meeting, window: change(meeting.window) }
  const silence = has(meeting.silences, key) ? meeting.silences[key] : undefined
  return silence === undefined ? meeting : { ...meeting, silences: { ...meeting.silences, [key]: change(silence) } }
}

function windowEnded(meeting: Meeting, key: WindowId): Meeting {
  const window = windowOf(meeting, key)
  if (window === null) return meeting
  const ofTheSitting = meeting.window === window
  for (const document of documentsOf(window)) meeting = inDocument(meeting, document, backOnTheTable)
  return ofTheSitting ? { ...meeting, window: null } : { ...meeting, silences: without(meeting.silences, key) }
}

/** An objection outlives the window, so that putting the text again is no way round it. */
function objectionsStand(meeting: Meeting, key: WindowId, seats: readonly SeatId[]): Meeting {
  const window = windowOf(meeting, key)
  if (window === null || seats.length === 0) return meeting
  const objected = { ...meeting.objected }
  for (const text of textsOf(meeting, window.subject, window.digest))
    objected[text] = sorted([...((has(objected, text) && objected[text]) || []), ...seats])
  return { ...meeting, objected }
}

/** A window that ended leaves its documents tabled; their adoption is an event of its own. */
const backOnTheTable = (document: MeetingDocument): MeetingDocument =>
  document.stage === 'before_the_meeting' ? { ...document, stage: 'tabled' } : document

function voteDeclared(meeting: Meeting, event: EventOf<'vote_declared'>): Meeting {
  const window = windowOf(meeting, event.window)
  meeting = windowEnded(meeting, event.window)
  if (window !== null && event.tied)
    for (const document of documentsOf(window)) meeting = inDocument(meeting, document, (d) => ({ ...d, tied: true }))
  return meeting
}

const counted = (window: DecisionWindow, seat: SeatId): Record<SeatId, number> =>
  ({ ...window.raised, [seat]: (window.raised[seat] ?? 0) + 1 })

function lifted(window: DecisionWindow, seat: SeatId): DecisionWindow {
  const objections = without(window.objections, seat)
  return { ...window, objections, state: Object.keys(objections).length > 0 ? 'returned' : 'open' }
}

function takenBackIn(window: DecisionWindow, event: EventOf<'taken_back'>): DecisionWindow {
  if (event.what === 'stand_aside') {
    const kept = window.aside.filter(([seat, scope]) => !(seat === event.seat && same(scope, event.scope)))
    return { ...window, aside: kept }
  }
  const kept = window.opinions.filter((each) => !(each.seat === event.seat && same(each.scope, event.scope)))
  return { ...window, opinions: kept }
}
