// What charts show, as ECharts takes it: time along the bottom, counts upwards, one look for all.
import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { GridComponentOption, TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import { countText, shortText } from '../../format/number.ts'
import { dayText, minuteText } from '../../format/time.ts'
import { zoneName } from '../../format/zone.ts'

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | TooltipComponentOption
>

/** A chart in the page. */
export interface Drawing {
  readonly show: (option: ChartOption) => void
  /** Called with the time under the pointer when the chart is clicked. */
  readonly onPick: (pick: (at: number) => void) => void
  readonly dispose: () => void
}

export interface Series {
  readonly name: string
  readonly colour: string
  /** Drawn with half its strength. */
  readonly faint?: boolean
  /** Time and count. */
  readonly points: readonly (readonly [number, number])[]
}
export interface Palette {
  readonly 'ink-3': string
  readonly line: string
  readonly hover: string
}
export interface Look {
  readonly kind: 'bars' | 'area'
  readonly series: readonly Series[]
  /** Length of one point's stretch of time, in milliseconds. */
  readonly step: number
  readonly palette: Palette
  readonly still: boolean
}

const font = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

/** The tooltip as elements with classes: text with style attributes would be refused by the content security policy. */
function tip(at: number, step: number, rows: readonly { name: string; colour: string; count: number }[]): HTMLElement {
  const box = document.createElement('div')
  const head = document.createElement('div')
  head.className = 'chart-tip-head'
  head.textContent = `${dayText(at)} ${minuteText(at)}–${minuteText(at + step)}`
  box.append(head)
  for (const { name, colour, count } of rows) {
    const line = document.createElement('div')
    line.className = 'chart-tip-row'
    const dot = document.createElement('span')
    dot.className = 'chart-tip-dot'
    dot.style.background = colour
    const [word, number] = [document.createElement('span'), document.createElement('b')]
    word.textContent = name
    number.textContent = countText(count)
    line.append(dot, word, number)
    box.append(line)
  }
  return box
}

const timeOf = (params: unknown): number => {
  const [first]: unknown[] = Array.isArray(params) ? params : [params]
  const value = typeof first === 'object' && first !== null && 'value' in first ? first.value : undefined
  return Array.isArray(value) ? Number(value[0]) : Number.NaN
}

function seriesOf({ kind, series }: Look): (BarSeriesOption | LineSeriesOption)[] {
  return series.map(({ name, colour, faint = false, points }) => {
    const opacity = faint ? 0.45 : 1
    const data = points.map(([at, count]) => [at, count])
    return kind === 'bars'
      ? {
          type: 'bar',
          name,
          stack: 'all',
          data,
          itemStyle: { color: colour, opacity },
          barCategoryGap: '25%',
          large: true,
        }
      : {
          type: 'line',
          name,
          data,
          showSymbol: false,
          lineStyle: { color: colour, width: 1.5 },
          itemStyle: { color: colour },
          areaStyle: { color: colour, opacity: 0.14 },
        }
  })
}

/** A chart's option. */
export function optionOf(look: Look): ChartOption {
  const { palette, step, series } = look
  const label = { color: palette['ink-3'], fontFamily: font, fontSize: 11 }
  return {
    animation: false,
    useUTC: zoneName() === 'UTC',
    grid: { left: 4, right: 8, top: 8, bottom: 0, containLabel: true },
    tooltip: {
      trigger: 'axis',
      className: 'chart-tip',
      borderWidth: 0,
      padding: 0,
      backgroundColor: 'transparent',
      extraCssText: 'box-shadow:none',
      transitionDuration: look.still ? 0 : 0.1,
      confine: true,
      axisPointer: {
        type: look.kind === 'bars' ? 'shadow' : 'line',
        shadowStyle: { color: palette.hover, opacity: 0.6 },
        lineStyle: { color: palette['ink-3'], type: 'solid' },
      },
      formatter(params: unknown) {
        const at = timeOf(params)
        const rows = series.map(({ name, colour, points }) => ({
          name,
          colour,
          count: points.find(([time]) => time === at)?.[1] ?? 0,
        }))
        return tip(at, step, rows.reverse())
      },
    },
    xAxis: {
      type: 'time',
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        ...label,
        hideOverlap: true,
        formatter: (at: number) => (minuteText(at) === '00:00' ? dayText(at) : minuteText(at)),
      },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 3,
      splitLine: { lineStyle: { color: palette.line } },
      axisLabel: { ...label, formatter: shortText },
    },
    series: seriesOf(look),
  }
}
