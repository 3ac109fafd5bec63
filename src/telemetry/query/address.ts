// Internet addresses as text: whether a text is one, or a network of them.

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const v4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`)

/** Whether a text is an IPv4 address in four decimal parts, or an IPv6 address. */
export const isAddress = (text: string): boolean => v4.test(text) || isV6(text)

const isV6 = (text: string): boolean =>
  text.includes(':') && /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]/`)

/** Whether a text is a network such as `10.0.0.0/8` or `2001:db8::/32`. */
export function isNetwork(text: string): boolean {
  const [address = '', length = '', ...rest] = text.split('/')
  if (rest.length > 0 || !/^\d{1,3}$/.test(length)) return false
  return v4.test(address) ? Number(length) <= 32 : isV6(address) && Number(length) <= 128
}
