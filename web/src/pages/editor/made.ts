// What an editor makes up: ids and today's date.
import { uuidFrom } from './drafts.ts'

/** Works over plain HTTP too, where `crypto.randomUUID` does not exist. */
export const newId = (): string => uuidFrom(crypto.getRandomValues(new Uint8Array(16)))
export const today = (): string => new Date().toISOString().slice(0, 10)
