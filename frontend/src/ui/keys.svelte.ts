// Single-key shortcuts: a control that is on the screen has its key; nothing fires while somebody types.
import type { Attachment } from 'svelte/attachments'

const STORE = 'plenary.keys'
const stored = (): boolean => { try { return localStorage.getItem(STORE) !== 'off' } catch { return true } }

class Keys {
  on = $state(stored())
  turn(on: boolean): void {
    this.on = on
    try { localStorage.setItem(STORE, on ? 'on' : 'off') } catch { /* a private window keeps nothing */ }
  }
}
export const keys = new Keys()

/** The help is one for every seat: the header opens it, the frame shows it. */
export const trays = $state({ help: false })

const bound = new Map<HTMLElement, { key: string; says: string }>()

/** Binds a key to a control: pressing it focuses and clicks the control. */
export const shortcut = (key: string | undefined, says = ''): Attachment<HTMLElement> => (node) => {
  if (!key) return
  bound.set(node, { key: key.toUpperCase(), says })
  node.setAttribute('aria-keyshortcuts', key === 'Escape' ? 'Escape' : key)
  return () => { bound.delete(node) }
}

const onScreen = (node: HTMLElement): boolean => node.isConnected && node.getClientRects().length > 0

/** What can be pressed now, for the help. */
export const bindings = (): { key: string; says: string }[] =>
  [...bound].filter(([node]) => onScreen(node) && node.getAttribute('aria-disabled') !== 'true').map(([node, each]) => ({ key: each.key, says: each.says || (node.dataset['says'] ?? node.textContent ?? '').trim() }))

/** The letter printed on the key where the layout is Latin, else the key's place: F is F on a Russian keyboard too. */
export const letter = (event: KeyboardEvent): string => {
  if (/^[a-z0-9?\[\]]$/i.test(event.key)) return event.key.toUpperCase()
  if (event.code.startsWith('Key')) return event.code.slice(3)
  return event.code === 'Slash' && event.shiftKey ? '?' : event.key.toUpperCase()
}

/** Whether the hand is in a part of the screen, or nowhere: only then may the focus be moved on. */
export const handIn = (part: HTMLElement | undefined): boolean =>
  document.activeElement === document.body || part?.contains(document.activeElement) === true

/** Whether letters are somebody's words: in a field, and on whatever else stands in a form that is not sent yet. */
const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('form[data-armed]') !== null)

export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
  const pressed = letter(event)
  if (pressed !== 'ESCAPE' && (!keys.on || typing(event.target))) return
  const found = [...bound].reverse().find(([node, each]) => each.key === pressed && onScreen(node) && node.getAttribute('aria-disabled') !== 'true')
  if (!found) return
  event.preventDefault()
  found[0].focus()
  found[0].click()
}
