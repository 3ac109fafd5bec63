// What can be done with a hunt as a whole: share it.
import { useState } from 'react'
import { Button } from '../../parts/basics.tsx'
import { copyText } from '../../parts/clipboard.ts'
import type { HuntUrl } from './state.ts'

export function Tools(_props: { readonly hunt: HuntUrl }) {
  const [done, setDone] = useState(false)
  const share = async (): Promise<void> => {
    await copyText(window.location.href)
    setDone(true)
    window.setTimeout(() => setDone(false), 1500)
  }
  return (
    <Button icon={done ? 'check' : 'link'} title="copy a link to this search with its time and columns" onClick={() => void share()}>
      {done ? 'Link copied' : 'Share'}
    </Button>
  )
}
