// Days and instants in words. A business day has no time zone and is never converted; an instant is
// shown as the county's clock shows it.
const county_zone = 'Asia/Shanghai'

/** "2026-11-24" → "2026年11月24日" or "24 Nov 2026". */
export function dateText(day: string, language: string): string {
  const [year, month, date] = day.split('-').map((part) => parseInt(part, 10))
  const noon = new Date(Date.UTC(year!, month! - 1, date!, 12))
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: 'UTC',
    year: 'numeric',
    month: language === 'en' ? 'short' : 'long',
    day: 'numeric',
  }).format(noon)
}

/** "2026-11-24 10:42". */
export function instantText(instant: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: county_zone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(instant))
  return parts.replace(',', '')
}

/** The county's today: "2026-11-24". */
export function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: county_zone, dateStyle: 'short' }).format(
    new Date(),
  )
}

/** "2026-11-24T10:42" on the county's clock, as the service takes an instant. */
export function instantOf(local: string): string {
  return new Date(`${local}:00+08:00`).toISOString().replace('.000', '')
}
