// The language that a reader chooses at a screen is spoken at once, and kept for the pages and for the next time.

import { speak, type PageLanguage } from './words.svelte'

/** The cookie of the pages (`LANGUAGE_COOKIE_NAME`), and how long they keep it. */
const COOKIE = 'plenary_language'
const A_YEAR = 60 * 60 * 24 * 365

/** Speak another language from now on; rejects, and changes nothing, where its words cannot be fetched. */
export async function choose(wanted: PageLanguage): Promise<void> {
  await speak(wanted)
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `${COOKIE}=${wanted}; Path=/; Max-Age=${A_YEAR}; SameSite=Lax${secure}`
  const here = new URL(location.href)
  if (!here.searchParams.has('language')) return
  here.searchParams.delete('language') // it goes before the cookie, at the next reload too
  history.replaceState(history.state, '', here)
}
