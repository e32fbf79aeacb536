// The service's API, typed by its own description. ask() answers the body or throws a Problem.
import createClient from 'openapi-fetch'
import { needOf, passDoor } from './door'
import { Problem, problemOf } from './problem'
import type { components, paths } from './schema'

export type Schemas = components['schemas']

/** What an answer may take: a slow line is waited for, a dead one is not. */
const patience_ms = 30_000

const withPatience: typeof fetch = (input, init) => {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), patience_ms)
  init?.signal?.addEventListener('abort', () => stop.abort())
  return fetch(input, { ...init, signal: stop.signal }).finally(() => clearTimeout(timer))
}

export const api = createClient<paths>({
  baseUrl: typeof location === 'undefined' ? 'http://localhost' : location.origin,
  fetch: (request) => withPatience(request),
})

interface Answer<Data> {
  data?: Data
  error?: unknown
  response: Response
}

async function sent<Data>(call: () => Promise<Answer<Data>>): Promise<Answer<Data>> {
  try {
    return await call()
  } catch {
    throw new Problem('unreachable', 0)
  }
}

/** The whole answer, for whom its status or its headers matter. */
export async function askWhole<Data>(
  call: () => Promise<Answer<Data>>,
): Promise<{ data: Data; response: Response }> {
  for (;;) {
    const { data, error, response } = await sent(call)
    if (response.ok && data !== undefined) return { data, response }
    const problem = problemOf(response.status, error)
    const need = needOf(problem)
    if (!need) throw problem
    await passDoor(need, problem)
  }
}

export async function ask<Data>(call: () => Promise<Answer<Data>>): Promise<Data> {
  return (await askWhole(call)).data
}

/** A key for one intention, kept with it until it is answered: sent twice, it books once. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16)) // randomUUID is absent on plain HTTP
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
