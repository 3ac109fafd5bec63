// The way to every page; narrow on middle screens, a drawer on small ones.
import { useLive } from '../client/queries.ts'
import { pages, type PageEntry } from '../pages.ts'
import { IconButton } from '../parts/basics.tsx'
import { Go } from '../parts/Go.tsx'
import { Icon, Mark } from '../parts/Icon.tsx'
import { countText } from '../format/number.ts'

const groups = ['Watch', 'Know', 'Keep'] as const

interface NavigationProps {
  readonly path: string
  readonly version: string
  readonly onClose: () => void
}

export const Navigation = ({ path, version, onClose }: NavigationProps) => (
  <>
    <div className="veil" onClick={onClose} aria-hidden="true" />
    <nav className="nav" aria-label="Pages">
      <div className="nav-brand">
        <Go to="/" className="nav-mark" aria-label="Castellan: overview">
          <Mark />
          <span className="nav-name">Castellan</span>
        </Go>
        <IconButton icon="close" name="Close" className="nav-close" onClick={onClose} />
      </div>
      {groups.map((group) => (
        <div key={group} className="nav-group">
          <h2 className="nav-title">{group}</h2>
          <ul>
            {pages
              .filter((page) => page.group === group)
              .map((page) => (
                <NavItem key={page.path} page={page} here={isHere(page.path, path)} />
              ))}
          </ul>
        </div>
      ))}
      <p className="nav-version number" title="Version of the server">
        {version}
      </p>
    </nav>
  </>
)

const isHere = (page: string, path: string): boolean =>
  page === '/' ? path === '/' : path === page || path.startsWith(`${page}/`)

const NavItem = ({ page, here }: { readonly page: PageEntry; readonly here: boolean }) => (
  <li>
    <Go
      to={page.path}
      className="nav-item"
      aria-current={here ? 'page' : undefined}
      title={`${page.title}: ${page.does}${page.key ? ` (g ${page.key})` : ''}`}
    >
      <Icon name={page.icon} />
      <span className="nav-word">{page.title}</span>
      {page.path === '/incidents' ? <OpenIncidents /> : null}
    </Go>
  </li>
)

/** How many incidents wait, as the server says each second. */
function OpenIncidents() {
  const open = useLive((view) => view.pulse?.incidentsOpen ?? 0)
  return open > 0 ? (
    <span className="nav-count number" title={`${countText(open)} incidents are not closed`}>
      {countText(open)}
    </span>
  ) : null
}
