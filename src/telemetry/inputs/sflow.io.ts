// sFlow over UDP: each sample is a record in JSON.
import { serveDatagrams } from './datagrams.io.ts'
import { readSflow } from './flow/sflow.ts'
import type { Input } from './input.ts'

export const sflow: Input<'sflow'> = ({ listen }, context) =>
  serveDatagrams(listen, context, {
    read: (datagram, { address }) => {
      const { flows, lost } = readSflow(datagram, address, context.clock.now())
      context.reject(lost)
      return flows.map((flow) => ({ text: JSON.stringify(flow) }))
    },
  })
