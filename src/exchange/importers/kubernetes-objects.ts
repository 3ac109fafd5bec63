// Kubernetes objects as far as a draft needs them: workloads with their pods, and who selects whom.
import type { Drafting } from '../draft.ts'
import type { SourceDocument } from '../sources.ts'
import { at, type Fields, isMap, listOf, mapOf, mapsOf, textOf } from '../values.ts'
import type { internetOf } from './importer.ts'

export interface KubeObject {
  readonly kind: string
  readonly name: string
  readonly namespace: string
  readonly labels: Fields
  readonly spec: Fields
  readonly all: Fields
}

/** Kinds of objects that live in no namespace. */
const clusterWide =
  /^(Namespace|Node|PersistentVolume|StorageClass|Cluster\w*|CustomResourceDefinition|\w*WebhookConfiguration|IngressClass|PriorityClass)$/

export const isKubernetes = (value: unknown): boolean =>
  isMap(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string'

/** The objects of all documents; a List stands for its items. */
export const objectsOf = (documents: readonly SourceDocument[]): KubeObject[] =>
  documents.flatMap(({ value }) => (isKubernetes(value) ? unlisted(mapOf(value), 0) : []))

function unlisted(value: Fields, depth: number): KubeObject[] {
  const kind = textOf(value['kind'])
  if (kind.endsWith('List') && Array.isArray(value['items']) && depth < 3)
    return mapsOf(value['items']).flatMap((item) => unlisted({ kind: kind.slice(0, -4), ...item }, depth + 1))
  const metadata = mapOf(value['metadata'])
  const namespace = clusterWide.test(kind) ? '' : textOf(metadata['namespace']) || 'default'
  const name = textOf(metadata['name']) || textOf(metadata['generateName']) || kind.toLowerCase()
  return [{ kind, name, namespace, labels: mapOf(metadata['labels']), spec: mapOf(value['spec']), all: value }]
}

/** Something that runs pods. */
export interface Workload {
  readonly object: KubeObject
  readonly pod: Fields
  /** Labels of its pods: what selectors look at. */
  readonly labels: Fields
  readonly containers: readonly Fields[]
}

const workloadKinds = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'Pod',
]

/** Whether an object runs pods of its own; those that another object owns are left to it. */
export const isWorkload = ({ kind }: KubeObject): boolean => workloadKinds.includes(kind)
export const isOwned = ({ all }: KubeObject): boolean => listOf(at(all, 'metadata', 'ownerReferences')).length > 0

export function workloadOf(object: KubeObject): Workload {
  const template =
    object.kind === 'Pod'
      ? object.all
      : object.kind === 'CronJob'
        ? at(object.spec, 'jobTemplate', 'spec', 'template')
        : object.spec['template']
  const pod = mapOf(at(template, 'spec'))
  return {
    object,
    pod,
    labels: mapOf(at(template, 'metadata', 'labels')),
    containers: [...mapsOf(pod['containers']), ...mapsOf(pod['initContainers'])],
  }
}

/** A plain selector (of Services), or one with matchLabels and matchExpressions. An empty one matches everything. */
export function matches(selector: unknown, labels: Fields): boolean {
  const given = mapOf(selector)
  const plain = 'matchLabels' in given || 'matchExpressions' in given ? mapOf(given['matchLabels']) : given
  return (
    Object.entries(plain).every(
      ([key, value]) => Object.hasOwn(labels, key) && textOf(labels[key]) === textOf(value),
    ) && mapsOf(given['matchExpressions']).every((one) => holds(one, labels))
  )
}

function holds(expression: Fields, labels: Fields): boolean {
  const key = textOf(expression['key'])
  const values = listOf(expression['values']).map(textOf)
  const has = Object.hasOwn(labels, key)
  if (expression['operator'] === 'Exists') return has
  if (expression['operator'] === 'DoesNotExist') return !has
  const inside = has && values.includes(textOf(labels[key]))
  return expression['operator'] === 'NotIn' ? !inside : inside
}

/** Workloads with the ids of their assets, and what else flows are made from. */
export interface Cluster {
  readonly draft: Drafting
  readonly objects: readonly KubeObject[]
  readonly workloads: readonly (Workload & { readonly id: string })[]
  readonly zone: () => string
  readonly internet: ReturnType<typeof internetOf>
  readonly machines: (network: string) => string
}
