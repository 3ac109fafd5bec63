// Credentials of sources: never in castellan.yaml itself, but named there as a variable of the environment or a file.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Fault } from '#kernel'
import { systemErrorText } from '#platform'

/** The secret behind `env:NAME` or `file:PATH`, without the line end of a file. Throws Fault CONFIG_INVALID that names the place, never the secret. */
export async function credential(named: string): Promise<string> {
  const [, kind, where = ''] = /^(env|file):(.*)$/s.exec(named) ?? []
  if (kind === 'env') {
    const value = process.env[where]
    if (value === undefined || value === '') throw new Fault('CONFIG_INVALID', `the variable ${where} is not set`)
    return value
  }
  if (kind !== 'file') throw new Fault('CONFIG_INVALID', 'a credential is written env:NAME or file:PATH')
  try {
    return (await readFile(where, 'utf8')).trimEnd()
  } catch (thrown) {
    throw new Fault('CONFIG_INVALID', `credential file ${where}: ${systemErrorText(thrown)}`, { cause: thrown })
  }
}

const AwsText = z.strictObject({
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
  sessionToken: z.string().min(1).optional(),
})
export type AwsKeys = z.output<typeof AwsText>

/** Keys for AWS: `{"accessKeyId": …, "secretAccessKey": …}` behind the credential, else the variables that its own tools read. */
export async function awsKeys(named: string | undefined): Promise<AwsKeys> {
  if (named === undefined) {
    const [id, secret, token] = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].map(
      (name) => process.env[name],
    )
    if (!id || !secret)
      throw new Fault('CONFIG_INVALID', 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a credential')
    return { accessKeyId: id, secretAccessKey: secret, ...(token ? { sessionToken: token } : {}) }
  }
  const read = AwsText.safeParse(jsonOf(await credential(named)))
  if (read.success) return read.data
  throw new Fault('CONFIG_INVALID', 'the credential is no {"accessKeyId": …, "secretAccessKey": …}')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
