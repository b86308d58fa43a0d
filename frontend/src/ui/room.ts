// The room every component speaks with: set once by App, taken by everything below it.
import { getContext, setContext } from 'svelte'
import type { Room } from '../room/room.svelte'

const KEY = Symbol('room')

export const provideRoom = (room: () => Room): void => { setContext(KEY, room) }

/** The room of this screen. Call while a component is being made. */
export const useRoom = (): Room => getContext<() => Room>(KEY)()

/** Whether `kind` decides: the profile lists it in some electorate. */
export const decides = (room: Room, kind: string): boolean =>
  Object.values(room.profile.procedure.decisions).some((rule) => rule.electorate.includes(kind))

/** The time zone of the place of the meeting, where the page says it; else the reader's own. */
export const placeZone = (): string | undefined => document.querySelector<HTMLElement>('[data-timezone]')?.dataset['timezone'] || undefined
