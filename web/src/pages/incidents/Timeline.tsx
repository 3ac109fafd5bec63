// The story of an incident, to be read from top to bottom: chapters by host, lines by time.
import { useMemo, useState } from 'react'
import type { TimelineEntry } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { countText, plural } from '../../format/number.ts'
import { clockText, durationText, longDayText, minuteText, sameDay } from '../../format/time.ts'
import { tacticTitle } from '../../format/words.ts'
import { Empty } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import { LevelMark } from '../../parts/Level.tsx'
import { Time } from '../../parts/Time.tsx'
import { chaptersOf, repeats, type Chapter, type Line } from './story.ts'

interface TimelineProps {
  readonly timeline: readonly TimelineEntry[]
  readonly onAlert: (id: string) => void
}

export function Timeline({ timeline, onAlert }: TimelineProps) {
  const chapters = useMemo(() => chaptersOf(timeline, sameDay), [timeline])
  if (chapters.length === 0) return <Empty title="Nothing in the timeline yet" icon="clock" />
  return (
    <ol className="story">
      {chapters.map((chapter, at) => (
        <li key={`${chapter.at}${at}`} className="chapter">
          <ChapterHead chapter={chapter} />
          <ol>
            {chapter.lines.map((line, index) => (
              <StoryLine
                key={`${line.entry.at}${line.entry.title}${index}`}
                line={line}
                leads={index === 0}
                onAlert={onAlert}
              />
            ))}
          </ol>
        </li>
      ))}
    </ol>
  )
}

function ChapterHead({ chapter }: { readonly chapter: Chapter }) {
  const [first] = chapter.lines
  const span =
    minuteText(chapter.at) === minuteText(chapter.until)
      ? minuteText(chapter.at)
      : `${minuteText(chapter.at)}–${minuteText(chapter.until)}`
  return (
    <>
      {first?.newDay ? <h3 className="story-day">{longDayText(chapter.at)}</h3> : null}
      {first && first.pause > 0 ? <p className="story-pause">{durationText(first.pause)} later</p> : null}
      <h4 className="chapter-head">
        <Icon name={chapter.host === '' ? 'globe' : 'server'} size={14} />
        <span className="mono">{chapter.host === '' ? 'No host' : chapter.host}</span>
        {chapter.asset === '' ? null : <Go to={places.asset(chapter.asset)}>{chapter.asset}</Go>}
        <span className="faint number">{span}</span>
      </h4>
    </>
  )
}

const kindIcons: Readonly<Record<Exclude<TimelineEntry['kind'], 'alert'>, IconName>> = {
  note: 'note',
  state: 'refresh',
  assigned: 'person',
  merged: 'link',
}

interface StoryLineProps {
  readonly line: Line
  /** The first of its chapter, whose head says the pause and the day. */
  readonly leads: boolean
  readonly onAlert: (id: string) => void
}
function StoryLine({ line, leads, onAlert }: StoryLineProps) {
  const { entry } = line
  const [open, setOpen] = useState(false)
  const isAlert = entry.kind === 'alert'
  const again = repeats(entry)
  return (
    <li className="story-line" data-kind={entry.kind}>
      {line.pause > 0 && !leads ? (
        <p className="story-pause">
          {line.newDay ? `${longDayText(entry.at)}, ` : ''}
          {durationText(line.pause)} later
        </p>
      ) : null}
      <span className="story-time">
        <Time at={entry.at} as="clock" />
      </span>
      <span className="story-mark">
        {entry.kind === 'alert' ? (
          <LevelMark level={entry.level ?? 'informational'} size={14} />
        ) : (
          <Icon name={kindIcons[entry.kind]} size={14} />
        )}
      </span>
      <div className="story-what">
        <p className="story-title">
          {isAlert ? (
            <button type="button" className="story-open" aria-expanded={open} onClick={() => setOpen(!open)}>
              {entry.title}
            </button>
          ) : (
            <span>{entry.title}</span>
          )}
          {again ? (
            <span
              className="story-count number"
              title={`${countText(again.count)} times, until ${clockText(entry.until)}`}
            >
              ×{countText(again.count)}
              {again.over > 0 ? ` over ${durationText(again.over)}` : ''}
            </span>
          ) : null}
          {entry.by === '' ? null : <span className="story-by">{entry.by}</span>}
        </p>
        {entry.detail === '' ? null : <p className="story-detail wrap">{entry.detail}</p>}
        <p className="story-more">
          {entry.user === '' ? null : <span className="mono">{entry.user}</span>}
          {entry.tactics.slice(0, 2).map((tactic) => (
            <span key={tactic}>{tacticTitle(tactic)}</span>
          ))}
          {entry.techniques.length === 0 ? null : (
            <span className="mono">{entry.techniques.slice(0, 3).join(' ')}</span>
          )}
          {entry.why === '' ? null : (
            <span className="story-why" title="what ties this line to the incident">
              <Icon name="link" size={12} /> {entry.why}
            </span>
          )}
        </p>
        {open ? <Behind entry={entry} onAlert={onAlert} /> : null}
      </div>
    </li>
  )
}

/** The alerts and the event behind a line. */
const Behind = ({ entry, onAlert }: { readonly entry: TimelineEntry; readonly onAlert: (id: string) => void }) => (
  <div className="story-behind">
    <span className="faint">{plural(entry.alerts.length, 'alert')} behind this line:</span>
    {entry.alerts.slice(0, 12).map((id, at) => (
      <button key={id} type="button" className="value-button mono" onClick={() => onAlert(id)}>
        {at === 0 ? 'first alert' : `alert ${at + 1}`}
      </button>
    ))}
    {entry.event === '' ? null : <Go to={places.event(entry.event)}>first event</Go>}
  </div>
)
