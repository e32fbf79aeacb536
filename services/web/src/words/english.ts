// The English words, loaded when they are asked for.
import { gathered } from './gathered'

export const english = gathered(import.meta.glob<{ default: Record<string, unknown> }>('./en/*.json', { eager: true }))
