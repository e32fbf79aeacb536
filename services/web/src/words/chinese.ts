// The Chinese words that the counter does not need, loaded with the first other screen.
import { gathered } from './gathered'

export const chinese = gathered(import.meta.glob<{ default: Record<string, unknown> }>('./zh-CN/*.json', { eager: true }))
