// Kubernetes manifests: namespaces, workloads, services, ingresses, network policies, secrets and volume claims.
import { ok, no } from '#kernel'
import type { Drafting } from '../draft.ts'
import { tag } from '../fitting.ts'
import { kindOf } from '../kinds.ts'
import { at, grouped, listOf, mapOf, mapsOf, once, textOf, wholeOf } from '../values.ts'
import { keepsData } from './containers.ts'
import { draftOf, type Importer, internetOf, machinesOf, onDemand } from './importer.ts'
import { draftIngresses, draftPolicies, draftServices, draftSpoken } from './kubernetes-flows.ts'
import {
  type Cluster,
  isKubernetes,
  isOwned,
  isWorkload,
  type KubeObject,
  objectsOf,
  type Workload,
  workloadOf,
} from './kubernetes-objects.ts'

export const kubernetes: Importer = {
  name: 'kubernetes',
  title: 'Kubernetes',
  reads: 'manifests, YAML or JSON, or what `kubectl get all,ing,netpol,secret,pvc -A -o yaml` prints',
  becomes:
    'namespaces → zones, Deployments, StatefulSets, DaemonSets, Jobs and Pods → assets, Secrets and volume claims → data, Services and NetworkPolicies → flows and tags, Ingress paths → flows; every other kind → notes',
  recognises: ({ documents }) => documents.some(({ value }) => isKubernetes(value)),
  read(sources) {
    const documents = sources.flatMap((source) => source.documents).filter(({ value }) => value !== null)
    const wrong = documents.filter(({ value }) => !isKubernetes(value))
    if (wrong.length > 0)
      return no(
        wrong.slice(0, 100).map((document) => ({
          code: 'wrong-type',
          severity: 'error' as const,
          at: document.place([]),
          text: 'this document has no apiVersion and kind',
          help: 'take it out; templates must be rendered first: helm template, kustomize build',
        })),
      )
    const draft = draftOf('Kubernetes', sources)
    draftObjects(objectsOf(documents), draft)
    return ok(draft.finish())
  },
}

const read = new Set(['Namespace', 'Service', 'Ingress', 'NetworkPolicy', 'Secret', 'PersistentVolumeClaim'])

function draftObjects(objects: readonly KubeObject[], draft: Drafting): void {
  const internet = internetOf(draft)
  const zone = onDemand(() => draft.put('zones', { id: 'cluster', values: { title: 'Kubernetes cluster', trust: 60 } }))
  const zones = draftNamespaces(objects, zone, draft)
  const own = objects.filter((object) => isWorkload(object) && !isOwned(object))
  const owned = objects.filter((object) => isWorkload(object) && isOwned(object))
  draft.see('workloads', own.length)
  if (owned.length > 0) {
    draft.see('pods and sets of other workloads', owned.length)
    draft.note(
      `${owned.length} pods and replica sets belong to other workloads`,
      'pods and sets of other workloads',
      owned.length,
    )
  }
  const workloads = own.map((object) => {
    const workload = workloadOf(object)
    return { ...workload, id: draftWorkload(workload, zones.get(object.namespace) ?? zone(), draft) }
  })
  const machines = machinesOf(draft, internet, zone)
  const cluster: Cluster = { draft, objects, workloads, zone, internet, machines }
  draftKept(cluster)
  draftServices(cluster)
  draftIngresses(cluster)
  draftPolicies(cluster)
  draftSpoken(cluster)
  const others = objects.filter((object) => !read.has(object.kind) && !isWorkload(object))
  for (const [kind, some] of grouped(others, (object) => object.kind)) {
    draft.see(kind, some.length)
    const names = some.slice(0, 8).map(({ name }) => name)
    draft.note(`${kind}: ${names.join(', ')}${some.length > 8 ? `, … (${some.length})` : ''}`, kind, some.length)
  }
}

function draftNamespaces(
  objects: readonly KubeObject[],
  zone: () => string,
  draft: Drafting,
): ReadonlyMap<string, string> {
  const declared = objects.filter(({ kind }) => kind === 'Namespace')
  draft.see('namespaces', declared.length)
  const used = objects.filter((object) => isWorkload(object) && !isOwned(object)).map(({ namespace }) => namespace)
  const zones = new Map<string, string>()
  for (const { name, labels } of declared) {
    const remarks = Object.entries(labels).map(([key, value]) => `${key}: ${textOf(value)}`)
    zones.set(
      name,
      draft.put('zones', {
        of: 'namespaces',
        id: name,
        values: { title: `Namespace ${name}`, trust: 65, parent: zone() },
        remarks,
      }),
    )
  }
  for (const name of once(used)) {
    if (!zones.has(name))
      zones.set(
        name,
        draft.put('zones', { id: name, values: { title: `Namespace ${name}`, trust: 65, parent: zone() } }),
      )
  }
  return zones
}

function draftWorkload({ object, pod, containers }: Workload, zone: string, draft: Drafting): string {
  const images = containers.map((container) => textOf(container['image']))
  const [image = ''] = images
  const replicas = wholeOf(object.spec['replicas'], 2, 100_000)
  return draft.put('assets', {
    of: 'workloads',
    id: object.name,
    values: {
      title: `${object.kind} ${object.name}`,
      kind: kindOf(image, kindOf(object.name, 'container')),
      zone,
      hosts: [object.name],
      criticality: keepsData(image) ? 'high' : undefined,
      replicas,
      tags: [
        tag('kind', object.kind.toLowerCase()),
        ...privileges(pod, containers),
        ...(textOf(pod['serviceAccountName']) === ''
          ? []
          : [tag('service-account', textOf(pod['serviceAccountName']))]),
      ],
    },
    remarks: [images.length === 0 ? '' : `images: ${once(images).join(', ')}`],
  })
}

/** What pods may do to their node: one tag each. */
const privileges = (pod: Workload['pod'], containers: Workload['containers']): string[] => [
  ...['hostNetwork', 'hostPID', 'hostIPC'].filter((key) => pod[key] === true).map((key) => tag(key)),
  ...(containers.some((one) => at(one, 'securityContext', 'privileged') === true) ? ['privileged'] : []),
  ...containers.flatMap((one) =>
    listOf(at(one, 'securityContext', 'capabilities', 'add')).map((name) => tag('capability', textOf(name))),
  ),
  ...(at(pod, 'securityContext', 'runAsNonRoot') === true ? ['runs-as-non-root'] : []),
  ...mapsOf(pod['volumes']).flatMap((volume) => {
    const path = textOf(at(volume, 'hostPath', 'path'))
    return path === '' ? [] : [/docker\.sock|containerd\.sock/.test(path) ? 'container-socket' : tag('host-path', path)]
  }),
]

/** Secrets and volume claims as data of the workloads that have them. */
function draftKept({ draft, objects, workloads }: Cluster): void {
  const secrets = objects.filter(({ kind }) => kind === 'Secret')
  const claims = objects.filter(({ kind }) => kind === 'PersistentVolumeClaim')
  const templates = workloads.flatMap((workload) =>
    mapsOf(workload.object.spec['volumeClaimTemplates']).map((claim) => ({ workload, claim })),
  )
  draft.see('secrets', secrets.length)
  draft.see('volume claims', claims.length + templates.length)
  const ids = new Map<string, string>()
  for (const { name, namespace } of secrets)
    ids.set(
      `secret ${namespace} ${name}`,
      draft.put('data', {
        of: 'secrets',
        id: `secret-${name}`,
        values: { title: `Secret ${name}`, confidentiality: 'critical', integrity: 'high' },
      }),
    )
  for (const { name, namespace } of claims)
    ids.set(
      `claim ${namespace} ${name}`,
      draft.put('data', { of: 'volume claims', id: name, values: { title: `Volume ${name}` } }),
    )
  for (const { workload, claim } of templates) {
    const name = textOf(at(claim, 'metadata', 'name')) || 'volume'
    const id = draft.put('data', {
      of: 'volume claims',
      id: `${workload.object.name}-${name}`,
      values: { title: `Volume ${name} of ${workload.object.name}` },
    })
    draft.amend('assets', workload.id, { stores: [id] })
  }
  for (const { id, object, pod, containers } of workloads) {
    const keys = [
      ...secretsOf(pod, containers).map((name) => `secret ${object.namespace} ${name}`),
      ...claimsOf(pod).map((name) => `claim ${object.namespace} ${name}`),
    ]
    draft.amend('assets', id, { stores: keys.flatMap((key) => ids.get(key) ?? []) })
  }
}

const secretsOf = (pod: Workload['pod'], containers: Workload['containers']): string[] => [
  ...mapsOf(pod['volumes']).map((volume) => textOf(at(volume, 'secret', 'secretName'))),
  ...containers.flatMap((one) =>
    mapsOf(one['env']).map((variable) => textOf(at(variable, 'valueFrom', 'secretKeyRef', 'name'))),
  ),
  ...containers.flatMap((one) => mapsOf(one['envFrom']).map((from) => textOf(mapOf(from['secretRef'])['name']))),
]
const claimsOf = (pod: Workload['pod']): string[] =>
  mapsOf(pod['volumes']).map((volume) => textOf(at(volume, 'persistentVolumeClaim', 'claimName')))
