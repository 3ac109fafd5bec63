// What a password must be: long, not the name, not among the commonest (after NIST SP 800-63B, section 3.1.1).
import { nameKey } from './types.ts'

export const shortestPassword = 12
export const longestPassword = 1000
const fewestCharacters = 5

/** The commonest ones that would be long enough, in lower case; shorter ones fall to the length. */
const common = new Set(
  `123456123456 123456789012 1234567890123 1234567890qw 12345678910a 123456789abc 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc
  1qaz2wsx3edc4rfv abc123abc123 abcd1234abcd abcdefghijkl abcdefg12345 admin1234567 admin123admin administrator administrator1
  adminadminadmin changeme1234 changemechangeme changethisnow correcthorsebatterystaple defaultpassword football1234
  helloworld123 iloveyou1234 iloveyouforever iloveyousomuch letmein12345 letmeinletmein liverpool123 manchester1 manchesterunited
  password1234 password12345 password123! password1234! passwordpassword p@ssw0rd1234 passw0rd1234 qazwsxedcrfv qazwsxedc123
  qwerty123456 qwertyqwerty qwertyuiop12 qwertyuiop123 qwertyuiop[] qwertyuiopasdf asdfghjkl123 asdfghjklqwe zxcvbnm12345
  secret123456 secretsecret summer2024!! summer2025!! summer2026!! sunshine1234 superman1234 thisismypassword trustno1trustno1
  welcome12345 welcome2025! welcome2026! winter2025!! winter2026!! castellan123 castellan1234`
    .split(/\s+/)
    .filter(Boolean),
)

/** The text that is hashed: however a keyboard composes its letters, it is the same password. */
export const passwordText = (password: string): string => password.normalize('NFKC')

/** What is wrong with a new password for this name; undefined when nothing is. */
export function passwordComplaint(password: string, name: string): string | undefined {
  const characters = Array.from(passwordText(password))
  const lower = passwordText(password).toLowerCase()
  const key = nameKey(name)
  if (characters.length < shortestPassword)
    return `at least ${shortestPassword} characters; this has ${characters.length}`
  if (characters.length > longestPassword) return `at most ${longestPassword} characters`
  if (new Set(characters).size < fewestCharacters) return 'too few different characters'
  if (common.has(lower)) return 'this is one of the commonest passwords'
  if (key.length >= 4 ? lower.includes(key) : lower === key) return 'must not contain the name'
  return undefined
}
