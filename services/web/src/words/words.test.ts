// Both languages say the same things; what is said is used, and what is used is said; no Chinese
// stands in the code.
import { describe, expect, it } from 'vitest'

const raw = (files: Record<string, unknown>) => files as Record<string, string>
const chinese = import.meta.glob<{ default: object }>('./zh-CN/*.json', { eager: true })
const english = import.meta.glob<{ default: object }>('./en/*.json', { eager: true })
const code = raw(
  import.meta.glob(['../**/*.{ts,vue}', '!../**/*.test.ts', '!../api/schema.d.ts'], {
    eager: true,
    query: '?raw',
    import: 'default',
  }),
)

function leaves(value: unknown, path: string): string[] {
  if (typeof value === 'string') return [path]
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
}
function keysOf(files: Record<string, { default: object }>): string[] {
  return Object.entries(files)
    .flatMap(([path, file]) => leaves(file.default, /([^/]+)\.json$/.exec(path)![1]!))
    .sort()
}

const all = Object.values(code).join('\n')
/** t('a.b') and, for keys that are made, the beginning before the ${. */
const literal = new Set([...all.matchAll(/['"`]([a-z]\w*(?:\.\w+)+)['"`]/g)].map((m) => m[1]!))
const beginnings = [...all.matchAll(/`([a-z]\w*(?:\.\w+)*\.)\$\{/g)].map((m) => m[1]!)

describe('the words', () => {
  it('are the same keys in both languages', () => {
    expect(keysOf(english)).toEqual(keysOf(chinese))
  })

  it('are used, each of them', () => {
    const unused = keysOf(chinese).filter(
      (key) => !literal.has(key) && !beginnings.some((start) => key.startsWith(start)),
    )
    expect(unused).toEqual([])
  })

  it('are there, wherever the code asks for them', () => {
    const known = new Set(keysOf(chinese))
    const asked = [...all.matchAll(/\bt\(\s*['"]([\w.]+)['"]/g)].map((m) => m[1]!)
    expect(asked.filter((key) => !known.has(key))).toEqual([])
    expect(asked.length).toBeGreaterThan(50)
  })

  it('stand in the word files only', () => {
    const withoutComments = (text: string) =>
      text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|<!--[\s\S]*?-->/gm, '')
    const strays = Object.entries(code)
      .filter(([path]) => !/money\/(capital|money)\.ts$|words\/dates\.ts$/.test(path))
      .flatMap(([path, text]) =>
        [...withoutComments(text).matchAll(/.*[\u4e00-\u9fff].*/g)].map((m) => `${path}: ${m[0]}`),
      )
    expect(strays).toEqual([])
  })
})

describe('what the API knows', () => {
  // A command, a field or a choice that the description gains needs words.
  it('has words: every command, field and choice of every form', async () => {
    const { forms } = await import('@/kit/forms')
    const known = new Set(keysOf(chinese))
    const missing: string[] = []
    const want = (...keys: string[]) => {
      if (!keys.some((key) => known.has(key))) missing.push(keys[0]!)
    }
    const walk = (fields: (typeof forms)[number]['fields']) => {
      for (const field of fields) {
        want(`field.${field.field}`)
        for (const choice of field.choices ?? []) want(`choice.${choice}`, `choice.${field.field}_${choice}`)
        walk(field.fields ?? [])
      }
    }
    for (const form of forms) {
      want(`command.name.${form.operation}`)
      walk(form.fields)
    }
    expect(missing).toEqual([])
    expect(forms.length).toBeGreaterThan(50)
  })
})
