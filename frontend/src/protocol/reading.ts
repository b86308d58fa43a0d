// Reading what the wire says: what it leaves out is filled in, so that nothing on a screen is undefined.

import { SHAPES, TAGS, type AnyEvent, type Deed, type EntryBody, type Meeting, type Profile } from './types'

/** The structs that are read from the wire, by the names they have in SHAPES. */
export interface Read {
  EntryBody: EntryBody
  Deed: Deed
  AnyEvent: AnyEvent
  Meeting: Meeting
  Profile: Profile
}

/** Return `given` as the struct of that name, with everything the wire left out. */
export function read<Name extends keyof Read>(name: Name, given: unknown): Read[Name] {
  return filled(name, given) as Read[Name]
}

function filled(name: string, given: unknown): unknown {
  if (given === null || typeof given !== 'object') return given
  if (name.endsWith(']')) return inList(name, given)
  const held = given as Record<string, unknown>
  if (name.endsWith('{}')) {
    const each = name.slice(0, -2)
    return Object.fromEntries(Object.entries(held).map(([key, value]) => [key, filled(each, value)]))
  }
  const tag = TAGS[name]
  const [defaults, nested] = SHAPES[tag === undefined ? name : `${name}.${String(held[tag])}`] ?? [{}, {}]
  const whole: Record<string, unknown> = { ...defaults, ...held }
  for (const field in nested) whole[field] = filled(nested[field] as string, whole[field])
  return whole
}

/** `Item[]` is a list of items; `Scope[1]` has a scope in its second place. */
function inList(name: string, given: object): unknown {
  const bracket = name.lastIndexOf('[')
  const each = name.slice(0, bracket)
  const place = name.slice(bracket + 1, -1)
  const list = given as readonly unknown[]
  if (place === '') return list.map((value) => filled(each, value))
  return list.map((value, index) => (index === Number(place) ? filled(each, value) : value))
}
