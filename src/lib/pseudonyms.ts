import { randomInt } from 'node:crypto'

export const newPseudonym = () => `Quiet Heron ${randomInt(1, 1000)}`
