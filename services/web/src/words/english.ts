// The English words, loaded when they are asked for.
const files = import.meta.glob<{ default: Record<string, unknown> }>('./en/*.json', { eager: true })

export const english = Object.fromEntries(
  Object.entries(files).map(([path, file]) => [/([^/]+)\.json$/.exec(path)![1]!, file.default]),
)
