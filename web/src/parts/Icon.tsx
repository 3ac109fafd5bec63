// Our own small set of line icons on a 16-pixel grid; one path each, drawn in the colour of the text.

const paths = {
  alerts: 'M4 11.5V7a4 4 0 0 1 8 0v4.5M2.5 11.5h11M6.6 13.6a1.5 1.5 0 0 0 2.8 0',
  arrow: 'M3 8h10M9 4l4 4-4 4',
  auto: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM8 2.5v11M9.5 5h2.7M9.5 8h4M9.5 11h2.7',
  bookmark: 'M4.5 2.5h7v11L8 10.7l-3.5 2.8v-11Z',
  box: 'M2.5 5 8 2l5.5 3v6L8 14l-5.5-3V5ZM2.5 5 8 8l5.5-3M8 8v6',
  check: 'm3 8.5 3.2 3.2L13 5',
  chevron: 'm6 3.5 4.5 4.5L6 12.5',
  clock: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM8 5v3.2l2.2 1.5',
  close: 'm4 4 8 8M12 4l-8 8',
  cloud: 'M4.5 12.5a2.8 2.8 0 0 1-.3-5.6 4 4 0 0 1 7.7.6 2.5 2.5 0 0 1-.4 5H4.5Z',
  columns: 'M2.5 3h11v10h-11V3ZM6.2 3v10M9.8 3v10',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8v-8Z',
  database:
    'M3 4c0-1.1 2.2-2 5-2s5 .9 5 2-2.2 2-5 2-5-.9-5-2ZM3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2',
  down: 'm3.5 6 4.5 4.5L12.5 6',
  download: 'M8 2.5v7.5M5 7l3 3 3-3M2.5 13.5h11',
  estate: 'M6 2.5h4v3H6v-3ZM2 10.5h4v3H2v-3ZM10 10.5h4v3h-4v-3ZM8 5.5V8M4 10.5V8h8v2.5',
  events: 'M2.5 4h11M2.5 8h11M2.5 12h7',
  external: 'M9 3h4v4M13 3 7.5 8.5M11 9.5V13H3V5h3.5',
  filter: 'M2 3.5h12L9.5 8.5v4L6.5 14V8.5L2 3.5Z',
  globe:
    'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM2.5 8h11M8 2.5c2 1.7 2.5 3.5 2.5 5.5S10 12 8 13.5C6 12 5.5 10 5.5 8S6 4.2 8 2.5Z',
  help: 'M2 4.5h12v7H2v-7ZM4.5 7h.01M7 7h.01M9.5 7h.01M11.7 7h.01M5 9.3h6',
  incidents: 'M8 2 2.5 4v4c0 3 2.3 4.9 5.5 6 3.2-1.1 5.5-3 5.5-6V4L8 2ZM8 5.3v3.2M8 10.7v.1',
  key: 'M5.5 13a3 3 0 1 1 2.6-4.5H14v2h-1.5V12h-2v-1.5H8.1A3 3 0 0 1 5.5 13Z',
  laptop: 'M3.5 3.5h9v6.5h-9V3.5ZM1.5 12.5h13',
  ledger: 'M3.5 2.5h8a1 1 0 0 1 1 1v10h-8a1 1 0 0 1-1-1v-10ZM6 5.5h4M6 8h4M3.5 11.5a1 1 0 0 1 1-1h8',
  link: 'M6.5 9.5 9.5 6.5M7 4.5l1.5-1.5a2.8 2.8 0 0 1 4 4L11 8.5M9 11.5 7.5 13a2.8 2.8 0 0 1-4-4L5 7.5',
  lock: 'M4 7.5h8v6H4v-6ZM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2',
  matrix:
    'M2.5 2.5h3v3h-3v-3ZM6.5 2.5h3v3h-3v-3ZM10.5 2.5h3v3h-3v-3ZM2.5 6.5h3v3h-3v-3ZM6.5 6.5h3v3h-3v-3ZM2.5 10.5h3v3h-3v-3Z',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  minus: 'M3.5 8h9',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5Z',
  note: 'M3 3h10v7l-3 3H3V3ZM10 13v-3h3M5.5 6h5M5.5 8.5h3',
  out: 'M9.5 3.5v-1h-6v11h6v-1M6.5 8h7M11 5.5 13.5 8 11 10.5',
  overview: 'M2.5 2.5h4.5v4.5H2.5v-4.5ZM9 2.5h4.5v3H9v-3ZM9 7.5h4.5v6H9v-6ZM2.5 9H7v4.5H2.5V9Z',
  paths:
    'M3.5 10.4a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4ZM12.5 2.2a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4ZM3.5 10.4V9.3c0-1 .8-1.8 1.8-1.8h5.4c1 0 1.8-.8 1.8-1.9',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  person: 'M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8ZM3 13.5c.3-2.3 2.3-3.7 5-3.7s4.7 1.4 5 3.7',
  play: 'M4.5 3v10l8-5-8-5Z',
  plus: 'M8 3.5v9M3.5 8h9',
  pencil: 'm3 13 .8-3.2L10.6 3l2.4 2.4-6.8 6.8L3 13ZM9.2 4.4l2.4 2.4',
  pulse: 'M1.5 8.5h3l1.7-5 3.2 9 1.8-4h3.3',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.6M13 2.5v2.7h-2.7',
  rules: 'm2.5 4 1.2 1.2L6 3M2.5 9l1.2 1.2L6 8M8 4.5h5.5M8 9.5h5.5M8 13h5.5M2.5 13h3',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3 14 14',
  server: 'M2.5 3h11v4h-11V3ZM2.5 9h11v4h-11V9ZM5 5h.01M5 11h.01',
  settings: 'M2.5 4.5h5M10.5 4.5h3M2.5 11.5h3M8.5 11.5h5M9 3v3M7 10v3',
  sources: 'M8 2v7M5 6.3 8 9.3l3-3M2.5 10v3.5h11V10',
  sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7',
  table: 'M2.5 3h11v10h-11V3ZM2.5 6.3h11M2.5 9.7h11M6.5 6.3V13',
  threats: 'M8 2.5 14 13H2L8 2.5ZM8 6.5v3M8 11.2v.1',
  tree: 'M2.5 2.5h4v3h-4v-3ZM9.5 6.5h4v3h-4v-3ZM9.5 11.5h4v3h-4v-3ZM4.5 5.5V13h5M4.5 8h5',
  unlock: 'M4 7.5h8v6H4v-6ZM5.5 7.5v-2a2.5 2.5 0 0 1 4.8-1',
} as const satisfies Record<string, string>

export type IconName = keyof typeof paths

interface IconProps {
  readonly name: IconName
  readonly size?: number
  readonly className?: string
}

/** A picture beside a word; where it stands alone, the control around it carries the name. */
export function Icon({ name, size = 16, className }: IconProps) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}

/** The mark: a shield whose upper edge is a battlement, with a keyhole. */
export function Mark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path className="mark-shield" d="M3 3h4v3h3V3h4v3h3V3h4v7.5c0 5.2-3.6 8.7-9 11-5.4-2.3-9-5.8-9-11V3Z" />
      <path className="mark-hole" d="M12 9a2.3 2.3 0 0 0-1.2 4.3L10.2 17h3.6l-.6-3.7A2.3 2.3 0 0 0 12 9Z" />
    </svg>
  )
}
