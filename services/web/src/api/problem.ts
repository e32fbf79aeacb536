// What the service refuses, as it says it: a stable code, a sentence in each language, the field
// and the limit. What never reached it has a code of ours.
import type { components } from './schema'

export type ProblemDocument = components['schemas']['Problem']

/** Codes that the service does not have: it was not reached, or did not answer in our form. */
export type OwnCode = 'unreachable' | 'not_understood'

export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly sentence: { zh: string; en: string } | null
  readonly field: string | null
  readonly limit: string | null
  readonly requestId: string

  constructor(code: string, status: number, document: ProblemDocument | null = null) {
    super(code)
    this.code = code
    this.status = status
    this.sentence = document && { zh: document.title_zh, en: document.title }
    this.field = document?.field ?? null
    this.limit = document?.limit ?? null
    this.requestId = document?.request_id ?? ''
  }

  /** Whether the same request may simply be sent again: nothing says that it was judged. */
  get isTemporary(): boolean {
    return this.code === 'unreachable' || this.status === 503 || this.status === 429
  }
}

function isDocument(body: unknown): body is ProblemDocument {
  return typeof body === 'object' && body !== null && 'code' in body && 'title_zh' in body
}

export function problemOf(status: number, body: unknown): Problem {
  return isDocument(body)
    ? new Problem(body.code, status, body)
    : new Problem('not_understood', status)
}
