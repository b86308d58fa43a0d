export { _, direction, inLanguage, language, LANGUAGES, ngettext, npgettext, pgettext, speak, type PageLanguage, type Values } from './words.svelte'
export { clock, date, day, duration, list, number, time } from './intl'
