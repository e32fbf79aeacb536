// The files of a language as areas: "./en/loan.json" is what stands under loan.
export type Area = Record<string, unknown>

export function gathered(files: Record<string, { default: Area }>): Record<string, Area> {
  return Object.fromEntries(
    Object.entries(files).map(([path, file]) => [/([^/]+)\.json$/.exec(path)![1]!, file.default]),
  )
}
