type Trail = { category: { id: number }; ancestors: { id: number }[] }

/** The ids of a category and of all above it. */
export const categoryIdsOf = ({ category, ancestors }: Trail) => [category.id, ...ancestors.map(({ id }) => id)]
