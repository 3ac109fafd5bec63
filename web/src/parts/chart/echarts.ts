// The parts of ECharts that are used; loaded only when the first chart comes into a page.
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import type { ChartOption, Drawing } from './options.ts'

use([BarChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer])

/** A chart in an element. */
export function drawIn(element: HTMLElement): Drawing {
  const chart = init(element, undefined, { renderer: 'canvas' })
  const observer = new ResizeObserver(() => chart.resize())
  observer.observe(element)
  return {
    show: (option: ChartOption) => chart.setOption(option, { notMerge: true }),
    onPick(pick) {
      chart.getZr().on('click', ({ offsetX, offsetY }) => {
        const [at] = chart.convertFromPixel({ gridIndex: 0 }, [offsetX, offsetY])
        if (at !== undefined && chart.containPixel({ gridIndex: 0 }, [offsetX, offsetY])) pick(at)
      })
    },
    dispose() {
      observer.disconnect()
      chart.dispose()
    },
  }
}
