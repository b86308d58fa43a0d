// Dates, times, numbers and lists as readers of a language write them.

/** Intl's name for a page's language. */
export const TAG: Record<string, string> = { en: 'en-GB', ru: 'ru', 'zh-hans': 'zh-Hans', 'qps-rtl': 'en-GB' }

const made = new Map<string, unknown>()

/** Formatters are slow to make and quick to use. */
function kept<Formatter>(kind: string, language: string, options: object, make: (tag: string) => Formatter): Formatter {
  const key = `${kind} ${language} ${JSON.stringify(options)}`
  if (!made.has(key)) made.set(key, make(TAG[language] ?? language))
  return made.get(key) as Formatter
}

const dates = (language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  kept('date', language, options, (tag) => new Intl.DateTimeFormat(tag, options))

export const number = (value: number, language: string, options: Intl.NumberFormatOptions = {}): string =>
  kept('number', language, options, (tag) => new Intl.NumberFormat(tag, options)).format(value)

/** 10 November 2020. */
export const date = (at: number, language: string, timeZone?: string): string =>
  dates(language, { dateStyle: 'long', ...(timeZone === undefined ? {} : { timeZone }) }).format(at)

/** The day of a meeting, such as 2020-11-10, which has no time zone. */
export const day = (iso: string, language: string): string => date(Date.parse(`${iso}T12:00:00Z`), language, 'UTC')

/** 14:05, or with seconds 14:05:09. */
export function time(at: number, language: string, options: { seconds?: boolean; timeZone?: string } = {}): string {
  const { seconds = false, timeZone } = options
  const zone = timeZone === undefined ? {} : { timeZone }
  const shown = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...zone } as const
  return dates(language, seconds ? { ...shown, second: '2-digit' } : shown).format(at)
}

/** A countdown: 4:05, 1:02:09; what is over time has a minus before it. */
export function clock(seconds: number): string {
  const whole = Math.abs(Math.trunc(seconds))
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const shown = hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
  return seconds <= -1 ? `−${shown}` : shown
}

/** How long something lasted, in words: 1 hour 2 minutes, 4 minutes 5 seconds. */
export function duration(seconds: number, language: string): string {
  const whole = Math.max(0, Math.round(seconds))
  const parts: [number, string][] = [
    [Math.floor(whole / 3600), 'hour'],
    [Math.floor(whole / 60) % 60, 'minute'],
    [whole % 60, 'second'],
  ]
  const first = parts.findIndex(([value]) => value > 0)
  const shown = first < 0 ? parts.slice(2) : parts.slice(first, first + 2).filter(([value]) => value > 0)
  const unit = (of: string): Intl.NumberFormatOptions => ({ style: 'unit', unit: of, unitDisplay: 'long' })
  return shown.map(([value, of]) => number(value, language, unit(of))).join(' ')
}

/** A, B and C. */
export const list = (items: readonly string[], language: string, type: 'conjunction' | 'disjunction' = 'conjunction'): string =>
  kept('list', language, { type }, (tag) => new Intl.ListFormat(tag, { type })).format(items)
