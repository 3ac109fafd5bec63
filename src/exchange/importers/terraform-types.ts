// Types of Terraform resources → what they are in the model.
import { entryOf } from '../values.ts'

/** What a resource is: a network, something that runs or keeps, a user, a set of rules, or what only leads from one to another. */
export type Role = 'network' | 'subnet' | 'asset' | 'user' | 'rules' | 'link'

// type | kind of its asset
const assets = `
aws_instance virtual-machine
aws_launch_template virtual-machine
aws_autoscaling_group virtual-machine
aws_lambda_function function
aws_ecs_cluster container-host
aws_ecs_service container
aws_eks_cluster kubernetes
aws_eks_node_group kubernetes-node
aws_ecr_repository container-registry
aws_db_instance postgres
aws_rds_cluster postgres
aws_rds_cluster_instance postgres
aws_redshift_cluster data-warehouse
aws_dynamodb_table dynamodb
aws_elasticache_cluster redis
aws_elasticache_replication_group redis
aws_elasticsearch_domain elasticsearch
aws_opensearch_domain elasticsearch
aws_docdb_cluster mongodb
aws_s3_bucket s3-bucket
aws_efs_file_system nfs-server
aws_ebs_volume file-store
aws_sqs_queue message-queue
aws_sns_topic message-queue
aws_kinesis_stream kafka
aws_msk_cluster kafka
aws_mq_broker rabbitmq
aws_lb load-balancer
aws_alb load-balancer
aws_elb load-balancer
aws_api_gateway_rest_api api-gateway
aws_apigatewayv2_api api-gateway
aws_cloudfront_distribution content-delivery
aws_wafv2_web_acl web-application-firewall
aws_nat_gateway nat-gateway
aws_vpn_gateway vpn-gateway
aws_cognito_user_pool single-sign-on
aws_kms_key key-management
aws_secretsmanager_secret secrets-vault
aws_route53_zone dns-zone
azurerm_linux_virtual_machine virtual-machine
azurerm_windows_virtual_machine windows-server
azurerm_virtual_machine virtual-machine
azurerm_linux_virtual_machine_scale_set virtual-machine
azurerm_kubernetes_cluster kubernetes
azurerm_container_registry container-registry
azurerm_container_group container
azurerm_linux_web_app web-application
azurerm_windows_web_app web-application
azurerm_app_service web-application
azurerm_linux_function_app function
azurerm_function_app function
azurerm_mssql_server mssql
azurerm_mssql_database mssql
azurerm_sql_server mssql
azurerm_sql_database mssql
azurerm_postgresql_server postgres
azurerm_postgresql_flexible_server postgres
azurerm_mysql_server mysql
azurerm_mysql_flexible_server mysql
azurerm_cosmosdb_account mongodb
azurerm_redis_cache redis
azurerm_storage_account object-storage
azurerm_servicebus_namespace message-queue
azurerm_eventhub_namespace kafka
azurerm_lb load-balancer
azurerm_application_gateway load-balancer
azurerm_frontdoor content-delivery
azurerm_firewall firewall
azurerm_bastion_host bastion
azurerm_key_vault secrets-vault
google_compute_instance virtual-machine
google_compute_instance_template virtual-machine
google_container_cluster kubernetes
google_container_node_pool kubernetes-node
google_artifact_registry_repository container-registry
google_cloud_run_service container
google_cloud_run_v2_service container
google_cloudfunctions_function function
google_cloudfunctions2_function function
google_app_engine_standard_app_version web-application
google_sql_database_instance postgres
google_spanner_instance postgres
google_bigtable_instance dynamodb
google_redis_instance redis
google_storage_bucket object-storage
google_bigquery_dataset data-warehouse
google_pubsub_topic message-queue
google_compute_forwarding_rule load-balancer
google_compute_global_forwarding_rule load-balancer
google_compute_router_nat nat-gateway
google_secret_manager_secret secrets-vault
google_kms_key_ring key-management
google_dns_managed_zone dns-zone
`
const roles: Readonly<Record<Exclude<Role, 'asset'>, string>> = {
  network: 'aws_vpc azurerm_virtual_network google_compute_network',
  subnet: 'aws_subnet azurerm_subnet google_compute_subnetwork',
  user: 'aws_iam_user azuread_user google_service_account',
  rules:
    'aws_security_group aws_security_group_rule aws_vpc_security_group_ingress_rule aws_vpc_security_group_egress_rule azurerm_network_security_group azurerm_network_security_rule google_compute_firewall',
  link: 'aws_db_subnet_group aws_elasticache_subnet_group aws_network_interface azurerm_network_interface azurerm_subnet_network_security_group_association azurerm_network_interface_security_group_association',
}

const kinds = new Map(
  assets
    .trim()
    .split('\n')
    .map((line) => {
      const [type = '', kind = ''] = line.split(' ')
      return [type, kind] as const
    }),
)
const isRole = (text: string): text is keyof typeof roles => Object.hasOwn(roles, text)
const byType = new Map(
  Object.entries(roles).flatMap(([role, types]) => types.split(' ').map((type) => [type, role] as const)),
)

/** The role of a type; undefined when the model has no place for it. */
export function roleOf(type: string): Role | undefined {
  const role = byType.get(type)
  if (role !== undefined && isRole(role)) return role
  return kinds.has(type) ? 'asset' : undefined
}

/** The kind of an asset by its type alone. */
export const kindOfType = (type: string): string => kinds.get(type) ?? 'virtual-machine'

const providers: Readonly<Record<string, { readonly title: string; readonly account: string }>> = {
  aws: { title: 'Amazon Web Services', account: 'aws-account' },
  azurerm: { title: 'Microsoft Azure', account: 'azure-subscription' },
  azuread: { title: 'Microsoft Azure', account: 'azure-subscription' },
  google: { title: 'Google Cloud', account: 'gcp-project' },
}

/** The provider that a type belongs to, as zone and account. */
export function providerOf(type: string): { readonly id: string; readonly title: string; readonly account: string } {
  const name = type.split('_')[0] ?? ''
  const known = entryOf(providers, name)
  return {
    id: name === 'azuread' ? 'azurerm' : name || 'cloud',
    title: known?.title ?? name,
    account: known?.account ?? 'cloud-account',
  }
}
