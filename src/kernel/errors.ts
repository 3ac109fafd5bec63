// The error table: code → how every door shows it. docs/reference/errors.md, HTTP statuses and exit codes are read from it.

/** Exit codes of every command: clean, findings, unreadable material, bad configuration or arguments, our fault. */
export const exitCodes = { clean: 0, findings: 1, unreadable: 2, configuration: 3, fault: 70 } as const

interface Entry {
  readonly status: number
  readonly exit: number
  /** `%s` is replaced by what the thrower says. */
  readonly text: string
  readonly help: string
}

const table = {
  BUG: { status: 500, exit: 70, text: 'broken promise: %s', help: 'this is our fault; please report it with the log' },
  CANCELLED: { status: 499, exit: 70, text: 'cancelled: %s', help: 'it was asked to stop; run it again when ready' },
  CONFIG_INVALID: { status: 400, exit: 3, text: 'configuration: %s', help: 'see docs/reference/configuration.md' },
  CONFLICT: { status: 409, exit: 3, text: 'conflict: %s', help: 'read the present state and try again' },
  FORBIDDEN: { status: 403, exit: 3, text: 'not allowed: %s', help: 'ask an admin for a role that may do this' },
  INPUT_INVALID: {
    status: 400,
    exit: 3,
    text: 'invalid input: %s',
    help: 'see --help of the command or the OpenAPI description',
  },
  LEDGER_BROKEN: {
    status: 500,
    exit: 1,
    text: 'the ledger does not verify: %s',
    help: 'keep a copy of the ledger folder and compare it with a checkpoint kept elsewhere',
  },
  NOT_FOUND: { status: 404, exit: 2, text: 'no %s', help: 'list what exists with the matching list command' },
  PASSWORD_WRONG: {
    status: 401,
    exit: 3,
    text: 'wrong name or password',
    help: 'after several tries the account waits; an admin can set a new password',
  },
  RATE_LIMITED: {
    status: 429,
    exit: 3,
    text: 'too many requests: %s',
    help: 'wait for the time in the Retry-After header',
  },
  SECRET_KEY_WRONG: {
    status: 500,
    exit: 3,
    text: 'the secrets key does not open this store: %s',
    help: 'restore the key file the store was made with',
  },
  STORE_BUSY: {
    status: 503,
    exit: 3,
    text: 'the store is in use: %s',
    help: 'another castellan process has it open; stop that one or talk to it',
  },
  STORE_DOWN: {
    status: 503,
    exit: 70,
    text: 'a store does not answer: %s',
    help: 'run castellan doctor; nothing acknowledged is lost, the spool keeps it',
  },
  TOO_LARGE: {
    status: 413,
    exit: 2,
    text: 'too large: %s',
    help: 'split the material; limits are in docs/reference/configuration.md',
  },
  UNAUTHENTICATED: {
    status: 401,
    exit: 3,
    text: 'who are you? %s',
    help: 'log in, or send a token: Authorization: Bearer …',
  },
  UNREADABLE: {
    status: 422,
    exit: 2,
    text: 'cannot read %s',
    help: 'check that the file exists, may be read, and has the expected format',
  },
} as const satisfies Record<string, Entry>

export type ErrorCode = keyof typeof table
export const errorTable: Readonly<Record<ErrorCode, Entry>> = table

/** A broken promise or a refusal that ends the operation: thrown, caught only at the doors. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: ErrorCode
  constructor(code: ErrorCode, what = '', options?: ErrorOptions) {
    super(
      table[code].text.replace('%s', () => what),
      options,
    )
    this.code = code
  }
  /** A fault that another process has put in words already. */
  static retold(code: ErrorCode, text: string): Fault {
    const fault = new Fault(code)
    fault.message = text
    return fault
  }
  get status(): number {
    return table[this.code].status
  }
  get exit(): number {
    return table[this.code].exit
  }
  get help(): string {
    return table[this.code].help
  }
}

/** Ends an exhaustive switch: a forgotten case fails to compile. */
export const never = (value: never): never => {
  throw new Fault('BUG', `case not handled: ${JSON.stringify(value)}`)
}

/** Even what refuses to become a text. */
function textOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown)
  } catch {
    return 'something that cannot be shown was thrown'
  }
}

/** Any thrown thing as a Fault, so that doors handle one type. */
export const asFault = (thrown: unknown): Fault =>
  thrown instanceof Fault ? thrown : new Fault('BUG', textOf(thrown), { cause: thrown })
