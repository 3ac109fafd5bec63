// The tables of OCSF held against the schema: a small checkout made by hand shows how one is resolved and that differences are found; counts by class hold the tables still.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { readCheckout } from '../scripts/_ocsf-checkout.mjs'

const { ocsfSchema, ocsfVersion } = await import('../dist/standards/index.js')
const script = join(import.meta.dirname, '../scripts/ocsf-schema.mjs')

/** The structure of the real repository, with one class of each kind of inheritance. */
const checkout = {
  'version.json': { version: ocsfVersion },
  'categories.json': { attributes: { system: { uid: 1 }, iam: { uid: 3 } } },
  'dictionary.json': {
    attributes: {
      activity_id: { type: 'integer_t', enum: { 0: { caption: 'Unknown' }, 99: { caption: 'Other' } } },
      user: { type: 'user' },
      group: { type: 'group' },
      session: { type: 'session' },
      privileges: { type: 'string_t', is_array: true },
      dst_endpoint: { type: 'network_endpoint' },
      src_endpoint: { type: 'network_endpoint' },
      actor: { type: 'actor' },
      name: { type: 'string_t' },
      uid: { type: 'string_t' },
    },
  },
  'profiles/host.json': { meta: 'profile', name: 'host', attributes: { actor: { requirement: 'optional' } } },
  'events/base_event.json': {
    name: 'base_event',
    category: 'other',
    attributes: { $include: ['profiles/host.json'], activity_id: { requirement: 'required' } },
  },
  'events/iam/iam.json': {
    name: 'iam',
    category: 'iam',
    extends: 'base_event',
    attributes: { actor: { requirement: 'recommended', profile: null }, src_endpoint: { requirement: 'recommended' } },
  },
  'events/iam/authorize_session.json': {
    uid: 3,
    name: 'authorize_session',
    extends: 'iam',
    attributes: {
      activity_id: { enum: { 1: { caption: 'Assign Privileges' }, 2: { caption: 'Assign Groups' } } },
      dst_endpoint: { requirement: 'optional' },
      group: { requirement: 'recommended' },
      privileges: { requirement: 'recommended' },
      session: { requirement: 'recommended' },
      user: { requirement: 'required' },
    },
    constraints: { just_one: ['privileges', 'group'] },
  },
  'objects/object.json': { name: 'object', attributes: {} },
  'objects/_entity.json': {
    name: '_entity',
    extends: 'object',
    attributes: { name: { requirement: 'recommended' }, uid: { requirement: 'recommended' } },
    constraints: { at_least_one: ['name', 'uid'] },
  },
  'objects/feature.json': { name: 'feature', extends: '_entity', attributes: {} },
  ...Object.fromEntries(
    ['actor', 'group', 'network_endpoint', 'session'].map((name) => [
      `objects/${name}.json`,
      { name, extends: 'object', attributes: {} },
    ]),
  ),
  'objects/user.json': { name: 'user', extends: '_entity', attributes: {} },
  'extensions/windows/extension.json': { uid: 2, name: 'win' },
  'extensions/windows/dictionary.json': { attributes: { reg_key: { type: 'reg_key' } } },
  'extensions/windows/objects/user.json': { extends: 'user', attributes: { reg_key: { requirement: 'optional' } } },
  'extensions/windows/events/registry_key_activity.json': {
    uid: 1,
    name: 'registry_key_activity',
    category: 'system',
    extends: 'base_event',
    attributes: { reg_key: { requirement: 'required' } },
  },
}
function writeCheckout(t, files) {
  const root = mkdtempSync(join(tmpdir(), 'castellan-ocsf-'))
  t.after(() => rmSync(root, { recursive: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), JSON.stringify(content))
  }
  return root
}

test('A checkout is resolved: inheritance, inclusions, the dictionary, extensions', (t) => {
  const { version, classes, objects } = readCheckout(writeCheckout(t, checkout))
  const { authorize_session: session, registry_key_activity: registry } = classes
  assert.equal(version, ocsfVersion)
  assert.equal(session.uid, 3003)
  assert.equal(registry.uid, 201001)
  assert.deepEqual(Object.keys(session.attributes.activity_id.enum), ['0', '1', '2', '99'])
  assert.equal(session.attributes.activity_id.requirement, 'required')
  assert.equal(session.attributes.actor.profile, undefined)
  assert.equal(registry.attributes.actor.profile, 'host')
  assert.equal(session.attributes.user.object_type, 'user')
  assert.deepEqual(session.constraints, { just_one: ['privileges', 'group'] })
  assert.deepEqual(objects.feature.constraints, { at_least_one: ['name', 'uid'] })
  assert.ok('reg_key' in objects.user.attributes, 'an extension adds to an object of the core')
  assert.ok(!('_entity' in objects))
})

const differencesOf = (root) =>
  spawnSync(process.execPath, [script, root], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => /^(?:authorize_session|feature)\b/.test(line) && !line.endsWith(': not in the schema'))

test('The comparison finds what differs, and nothing in what does not', (t) => {
  assert.deepEqual(differencesOf(writeCheckout(t, checkout)), [])
  const other = structuredClone(checkout)
  const session = other['events/iam/authorize_session.json']
  session.attributes.activity_id.enum[2].caption = 'Assign Roles'
  session.attributes.group.requirement = 'required'
  session.constraints = { at_least_one: ['privileges'] }
  other['dictionary.json'].attributes.privileges.is_array = false
  assert.deepEqual(differencesOf(writeCheckout(t, other)).sort(), [
    'authorize_session.activity_id: 2 is Assign Groups, in the schema Assign Roles',
    'authorize_session.group: recommended, in the schema required',
    'authorize_session.privileges: a list, in the schema the opposite',
    'authorize_session: at least one of [], in the schema [privileges]',
    'authorize_session: exactly one of [group privileges], in the schema []',
  ])
})

/** Counted in the schema's own files: required attributes beyond those of every event; captions of the activity beside Unknown and Other. */
const counts = `
1001 file_activity 3 14|1002 kernel_extension_activity 3 2|1004 memory_activity 3 9|1005 module_activity 3 3|1006 scheduled_job_activity 2 6|1007 process_activity 3 5|1008 event_log_activity 0 10|1009 script_activity 3 1
1003 kernel_activity 3 4|2006 data_security_finding 1 4|6004 web_resource_access_activity 2 4|6008 application_error 0 2|201002 registry_value_activity 3 4|201001 registry_key_activity 3 9|201004 windows_service_activity 3 7|2001 security_finding 2 3|2002 vulnerability_finding 2 3|2003 compliance_finding 2 3|2004 detection_finding 1 3|2005 incident_finding 2 3
3001 account_change 1 12|3002 authentication 1 7|3003 authorize_session 1 2|3004 entity_management 1 13|3005 user_access 2 2|3006 group_management 1 8
4001 network_activity 0 7|4002 http_activity 0 9|4003 dns_activity 0 3|4004 dhcp_activity 0 9|4005 rdp_activity 0 8|4006 smb_activity 0 6|4007 ssh_activity 0 7|4008 ftp_activity 0 6|4009 email_activity 2 5|4010 network_file_activity 3 16|4013 ntp_activity 1 7|4014 tunnel_activity 0 3
6001 web_resources_activity 1 8|6002 application_lifecycle 1 8|6003 api_activity 3 4|6005 datastore_activity 2 10|6006 file_hosting 3 17|6007 scan_activity 1 10
`
const ofEveryEvent = new Set([
  'activity_id',
  'category_uid',
  'class_uid',
  'metadata',
  'severity_id',
  'time',
  'type_uid',
])

for (const line of counts.trim().split(/[|\n]/)) {
  const [uid, name, required, activities] = line.split(' ')
  test(`${name} requires as much as the schema and has its activities`, () => {
    const shape = ocsfSchema().classes.get(Number(uid))
    assert.equal(shape?.name, name)
    const needed = [...shape.attributes.values()]
      .filter((one) => one.need === 'required' && !ofEveryEvent.has(one.name))
      .map((one) => one.name)
    assert.equal(needed.length, Number(required), needed.join(' '))
    assert.equal([...shape.activities.keys()].filter((id) => id !== 0 && id !== 99).length, Number(activities))
  })
}

test('Constraints of the schema: at least one, exactly one', () => {
  const { classes, objects } = ocsfSchema()
  assert.deepEqual(classes.get(3003)?.justOne, [['privileges', 'group']])
  assert.deepEqual(classes.get(3002)?.anyOf, [['service', 'dst_endpoint']])
  assert.deepEqual(classes.get(4014)?.anyOf[0]?.length, 6)
  assert.deepEqual(objects.get('actor')?.anyOf, [['process', 'user', 'invoked_by', 'session', 'app_name', 'app_uid']])
})
