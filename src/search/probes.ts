/** The words of a document as they are indexed, each text joined by spaces. */
export type Tokens = { title: string; body: string; answer: string }

/** Which documents hold all of these words? */
export type Probe = { tokens: string[]; field: 'title' | 'any'; limit: number }
