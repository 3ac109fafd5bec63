// What the operating system's error codes mean, in words that help.
import { Fault } from '#kernel'

const meanings: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EADDRINUSE: 'the address is in use already',
  ECONNREFUSED: 'nothing answers there',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'it exists already',
  EIO: 'the disk reports an error',
  EISDIR: 'it is a folder',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'it does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is not a folder',
  ENOTFOUND: 'the name cannot be resolved',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ETIMEDOUT: 'no answer in time',
}

/** The code of a system error (`ENOENT`), or an empty text. */
export const systemErrorCode = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''

/** A system error in words: `it does not exist`. Other errors keep their own message. */
export const systemErrorText = (thrown: unknown): string => {
  const known = meanings[systemErrorCode(thrown)]
  if (known !== undefined) return known
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/** A Fault that a file or folder of ours cannot be used. */
export const storeFault = (what: string, thrown: unknown): Fault =>
  thrown instanceof Fault ? thrown : new Fault('STORE_DOWN', `${what}: ${systemErrorText(thrown)}`, { cause: thrown })
