// Why the gavel cannot fall yet, in the words of the presiding officer's screen; null: it can.
import type { DecisionWindow, SeatId } from '../protocol/types'
import type { Room } from '../room/room.svelte'
import { awaited } from '../room/saying'
import { list, seatName } from './names'
import { _, ngettext } from './say'

export function held(room: Room, window: DecisionWindow): string | null {
  const names = (seats: readonly SeatId[]): string => list(seats.map((seat) => seatName(room, seat)), room.language)
  const left = Math.ceil((window.closes - room.now) / 1000)
  const objecting = Object.keys(window.objections)
  const running = left > 0 ? ngettext('%(n)s second is left for objections.', '%(n)s seconds are left for objections.', left) : null
  if (window.state === 'broken') return _('The silence was broken.')
  if (objecting.length > 0) return ngettext('An objection stands: %(names)s.', 'Objections stand: %(names)s.', objecting.length, { names: names(objecting) })
  if (running) return running
  const missing = awaited(room.meeting, window, room.presence?.connected ?? [])
  if (missing.length > 0) return _('Not present for the text: %(names)s.', { names: names(missing) })
  if (room.meeting.point_of_order !== null) return _('A point of order waits for a ruling')
  return room.meeting.stage !== 'open' && window.way !== 'silence' ? _('The meeting is not sitting') : null
}
