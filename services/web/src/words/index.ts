// Words in Chinese and English, one file an area, keys by meaning. What the counter says is there at
// once in Chinese, the rest with the first other screen, English when somebody wants it.
import { createI18n } from 'vue-i18n'
import { type Area, gathered } from './gathered'

export type Language = 'zh-CN' | 'en'

const chosen = 'daifu.language'

const first = gathered(
  import.meta.glob<{ default: Area }>('./zh-CN/{counter,door,find,kit,loan,money,shell,today}.json', { eager: true }),
)

export const words = createI18n({
  legacy: false,
  locale: 'zh-CN' as string,
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': first } as Record<string, Record<string, Area>>,
})

let rest: Promise<void> | undefined
/** Before any screen but the counter is drawn. A line that broke is tried again. */
export function allWords(): Promise<void> {
  rest ??= import('./chinese').then(
    ({ chinese }) => words.global.setLocaleMessage('zh-CN', chinese),
    (fault: unknown) => {
      rest = undefined
      throw fault
    },
  )
  return rest
}

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
