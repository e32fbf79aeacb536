// Words in Chinese and English, one file an area, keys by meaning. Chinese is there at once,
// English when somebody wants it.
import { createI18n } from 'vue-i18n'

export type Language = 'zh-CN' | 'en'
type Area = Record<string, unknown>

const chosen = 'daifu.language'

function gathered(files: Record<string, { default: Area }>): Record<string, Area> {
  const areas: Record<string, Area> = {}
  for (const [path, file] of Object.entries(files))
    areas[/([^/]+)\.json$/.exec(path)![1]!] = file.default
  return areas
}

const chinese = gathered(import.meta.glob('./zh-CN/*.json', { eager: true }))

export const words = createI18n({
  legacy: false,
  locale: 'zh-CN' as string,
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': chinese } as Record<string, Record<string, Area>>,
})

export async function speak(language: Language): Promise<void> {
  if (language === 'en' && !words.global.availableLocales.includes('en')) {
    const { english } = await import('./english')
    words.global.setLocaleMessage('en', english)
  }
  words.global.locale.value = language
  document.documentElement.lang = language
  localStorage.setItem(chosen, language)
}

export function preferred(): Language {
  return localStorage.getItem(chosen) === 'en' ? 'en' : 'zh-CN'
}
