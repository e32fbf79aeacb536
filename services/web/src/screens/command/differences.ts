// The figures in which two states differ, in the order in which the service gives them.
export interface Difference {
  name: string
  before: string
  after: string
}

/** Parts that have a table of their own, or that only repeat others. */
const leftOut = new Set(['as_of', 'positions', 'instalments', 'events', 'booked_positions'])

function text(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function differences(before: unknown, after: unknown, prefix = ''): Difference[] {
  const [old, now] = [isGroup(before) ? before : {}, isGroup(after) ? after : {}]
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])]
  return names.flatMap((name) => {
    if (leftOut.has(name)) return []
    if (isGroup(old[name]) || isGroup(now[name]))
      return differences(old[name], now[name], `${prefix}${name}_`)
    const [was, is] = [text(old[name]), text(now[name])]
    return was === is ? [] : [{ name: prefix + name, before: was, after: is }]
  })
}
