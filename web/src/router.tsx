// Routes, made from the table of pages.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type ErrorComponentProps,
} from '@tanstack/react-router'
import { asTrouble } from './client/client.ts'
import { Root } from './frame/Root.tsx'
import { paramsOf, searchText } from './frame/places.ts'
import { pages } from './pages.ts'
import { Empty, Skeleton, TroubleNote } from './parts/basics.tsx'
import { Go } from './parts/Go.tsx'

const NotFound = () => (
  <Empty title="There is no such page" icon="search">
    The address may be mistyped, or what it named is gone. <Go to="/">Go to the overview</Go>
  </Empty>
)

/** A page that broke: the frame stays, and so do the other pages. */
const Broken = ({ error, reset }: ErrorComponentProps) => <TroubleNote trouble={asTrouble(error)} again={reset} />

const rootRoute = createRootRoute({ component: Root, notFoundComponent: NotFound })
const routes = pages.map(({ path, load }) =>
  createRoute({ getParentRoute: () => rootRoute, path, component: lazyRouteComponent(load, 'Page') }),
)

export const router = createRouter({
  routeTree: rootRoute.addChildren(routes),
  parseSearch: paramsOf,
  stringifySearch: searchText,
  defaultPreload: false,
  defaultPendingMs: 200,
  defaultPendingComponent: () => <Skeleton lines={8} />,
  defaultErrorComponent: Broken,
})
