// Words: every sentence on these screens passes through here.
export { _, direction, ngettext } from '../words'
