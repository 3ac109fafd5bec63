// What each role may do, so that the console offers only what the server would accept. The server decides all the same.
import { operationRoles } from './generated.ts'
import type { OperationName, Role } from './nouns.ts'

/** Whether a role may run an operation, as the server's own table says. */
export const may = (role: Role, name: OperationName): boolean => operationRoles[name].includes(role)
