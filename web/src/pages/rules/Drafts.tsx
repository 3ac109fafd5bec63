// Drafts of rules that wait in this browser, so that what was begun is found again.
import { useState } from 'react'
import { places } from '../../frame/places.ts'
import { useGo } from '../../frame/url.ts'
import { plural } from '../../format/number.ts'
import { Menu, MenuItem } from '../../parts/Menu.tsx'
import { agoText } from '../../format/time.ts'
import { allDrafts, keeper, titleIn } from '../editor/drafts.ts'

export function Drafts() {
  const [drafts] = useState(() => allDrafts(keeper()))
  const go = useGo()
  if (drafts.length === 0) return null
  return (
    <Menu
      label={plural(drafts.length, 'draft')}
      name={`${plural(drafts.length, 'draft')} in this browser`}
      icon="pencil"
      side="right"
    >
      {drafts.map(({ name, text, at }) => (
        <MenuItem
          key={name}
          hint={`${name.startsWith('new') ? 'new rule' : 'change'}, ${agoText(at, Date.now())}`}
          onClick={() => go(places.ruleEditor(name.startsWith('new') ? { draft: name } : { id: name }))}
        >
          {titleIn(text) || 'without a title'}
        </MenuItem>
      ))}
    </Menu>
  )
}
