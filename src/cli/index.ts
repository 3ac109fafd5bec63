export { execute, findWorkspace, runCommandLine } from './main.ts'
