// What Azure's and Entra's logs share: categories, severities, where names stand in Graph's, diagnostic settings' and Log Analytics' form.
import { ocsfSeverity, type OcsfSeverity } from '#standards'
import type { JsonObject, OcsfMapping } from '../parser.ts'
import { isObject } from '../values.ts'

/** A text in lower case; nothing is empty. */
export const lower = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '')
/** A member that is an object, else an empty one. */
export const inside = (object: JsonObject, name: string): JsonObject => {
  const part = object[name]
  return isObject(part) ? part : {}
}
/** The category of a diagnostic setting, or the table. */
export const categoryOf = (object: JsonObject): string =>
  lower(object['category'] ?? object['Category'] ?? object['Type'])

/** Azure's words of severity. */
export const levels: Readonly<Record<string, OcsfSeverity>> = {
  critical: ocsfSeverity.critical, error: ocsfSeverity.medium, warning: ocsfSeverity.low, high: ocsfSeverity.high, medium: ocsfSeverity.medium, low: ocsfSeverity.low,
} // prettier-ignore

/** What all of Azure's records have. */
export const common: OcsfMapping = {
  'metadata.uid': ['id', 'properties.id', 'Id'],
  'metadata.correlation_uid': ['correlationId', 'properties.correlationId', 'CorrelationId'],
  'metadata.tenant_uid': ['tenantId', 'properties.tenantId', 'TenantId', 'AADTenantId'],
  'metadata.log_name': ['category', 'Category'],
}

/** Where the names of the one who signs in may stand. */
export const principal =
  'userPrincipalName properties.userPrincipalName identity.userPrincipalName UserPrincipalName userDisplayName properties.userDisplayName servicePrincipalName properties.servicePrincipalName ServicePrincipalName identity Identity'
