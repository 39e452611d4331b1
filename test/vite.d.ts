/** What the test runner offers beyond the language: files as text, and many modules at once. */
declare module '*?raw' {
  const text: string
  export default text
}

interface ImportMeta {
  glob: {
    <T>(pattern: string, options: { eager: true; query?: string; import?: string }): Record<string, T>
    /** The paths alone; nothing is loaded. */
    (patterns: string[]): Record<string, unknown>
  }
}
