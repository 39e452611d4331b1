import type { TestProject } from 'vitest/node'
import { forget, newPlace, startServer } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the shared server listens. It holds the demo term; a test adds rows of its own and changes no others. */
    url: string
  }
}

/** One server, filled with the demo term, for all files that need no start of their own. */
export default async function shareServer(project: TestProject) {
  const place = await newPlace()
  const server = await startServer(place)
  project.provide('url', server.url)
  return async () => {
    await server.stop()
    forget(place)
  }
}
