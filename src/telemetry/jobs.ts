// All jobs of the room.
import { jobs as keeping } from './keeping/operations.ts'
import { jobs as saved } from './saved/operations.ts'

export const jobs = [...keeping, ...saved]
