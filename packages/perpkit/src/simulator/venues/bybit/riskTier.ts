/** The one tier of every contract; it has no end that an account could reach. */
export const riskTier = { id: 1, limit: '200000000' } as const
