/** What `work` yields, unless it takes longer than so many milliseconds: then it throws, and `work` goes on unheeded. */
export async function inTime<T>(work: () => Promise<T>, milliseconds: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds)
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}
