// NetFlow and IPFIX over UDP: each flow is a record in JSON.
import { serveDatagrams } from './datagrams.io.ts'
import { NetflowReader } from './flow/netflow.ts'
import type { Input } from './input.ts'

export const netflow: Input<'netflow'> = ({ listen }, context) => {
  const reader = new NetflowReader()
  return serveDatagrams(listen, context, {
    read: (datagram, { address }) => {
      const { flows, lost } = reader.read(datagram, address)
      context.reject(lost)
      return flows.map((flow) => ({ text: JSON.stringify(flow) }))
    },
  })
}
