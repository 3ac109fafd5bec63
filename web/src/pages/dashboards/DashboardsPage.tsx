// Dashboards: searches that stand side by side.
import { PageFrame } from '../../parts/Panel.tsx'

export const Page = () => <PageFrame title="Dashboards">{null}</PageFrame>
