// The bar on top: whose estate this is, search, connection, look, and who is logged in.
import { useLogout, type Session } from '../client/session.ts'
import { chooseTheme, themes, useTheme, type Theme } from '../design/theme.ts'
import { roleWords } from '../format/words.ts'
import { IconButton, Keys } from '../parts/basics.tsx'
import { Icon, type IconName } from '../parts/Icon.tsx'
import { Menu, MenuItem } from '../parts/Menu.tsx'
import { LiveMark } from './LiveMark.tsx'
import { places } from './places.ts'
import { useGo } from './url.ts'

interface TopBarProps {
  readonly session: Session
  readonly onMenu: () => void
  readonly onPalette: () => void
  readonly onKeys: () => void
}

const themeIcons: Readonly<Record<Theme, IconName>> = { auto: 'auto', light: 'sun', dark: 'moon' }
const themeNames: Readonly<Record<Theme, string>> = { auto: 'As the system says', light: 'Light', dark: 'Dark' }

export function TopBar({ session, onMenu, onPalette, onKeys }: TopBarProps) {
  const theme = useTheme()
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto'
  return (
    <header className="bar">
      <IconButton icon="menu" name="Pages" className="bar-menu" onClick={onMenu} />
      <span className="bar-workspace cut" title="The workspace this server watches">
        {session.workspace}
      </span>
      <button type="button" className="bar-search" onClick={onPalette}>
        <Icon name="search" size={14} />
        <span className="fill cut">Search or go to…</span>
        <Keys keys="mod+k" />
      </button>
      <div className="bar-end">
        <LiveMark />
        <IconButton icon="help" name="Keys (?)" className="bar-keys" onClick={onKeys} />
        <IconButton
          icon={themeIcons[theme]}
          name={`Look: ${themeNames[theme].toLowerCase()}. Click for: ${themeNames[next].toLowerCase()}`}
          onClick={() => chooseTheme(next)}
        />
        <UserMenu session={session} />
      </div>
    </header>
  )
}

function UserMenu({ session }: { readonly session: Session }) {
  const logout = useLogout()
  const go = useGo()
  const actor = session.actor
  if (!actor) return null
  return (
    <Menu
      name={`Logged in as ${actor.name}`}
      side="right"
      label={
        <>
          <span className="avatar" aria-hidden="true">
            {String.fromCodePoint(actor.name.codePointAt(0) ?? 63).toUpperCase()}
          </span>
          <span className="bar-user cut">{actor.name}</span>
        </>
      }
    >
      {(close) => (
        <>
          <div className="menu-about">
            <strong className="wrap">{actor.name}</strong>
            <span>
              {actor.role}: {roleWords[actor.role]}
            </span>
          </div>
          <MenuItem
            icon="settings"
            onClick={() => {
              go(places.settings)
              close()
            }}
          >
            Settings
          </MenuItem>
          <MenuItem icon="out" onClick={() => logout.mutate()}>
            Log out
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
