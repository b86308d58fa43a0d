export { _, direction, inLanguage, language, learn, LANGUAGES, ngettext, npgettext, pgettext, speak, type PageLanguage, type Values } from './words.svelte'
export { choose } from './choosing'
export { clock, date, day, duration, list, number, time } from './intl'
