/** Each set of texts in turn, beside the texts of all the others. */
export const leftOut = <Text>(sets: ReadonlyMap<string, Text[]>) =>
  [...sets].map(([name, texts]) => ({
    name,
    texts,
    others: [...sets].flatMap(([other, known]) => (other === name ? [] : known)),
  }))
