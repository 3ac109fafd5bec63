export { methodOf, openapi, pathOf } from './openapi.ts'
export { createServer, serve, type ServeOptions } from './server.ts'
