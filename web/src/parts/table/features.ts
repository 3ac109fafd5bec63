// Which of TanStack Table's features our tables use: sizes, dragging, sort order. Rows are drawn straight from the data, so their number costs nothing.
import { columnResizingFeature, columnSizingFeature, rowSortingFeature, tableFeatures } from '@tanstack/react-table'

export const features = tableFeatures({ columnSizingFeature, columnResizingFeature, rowSortingFeature })
export type Features = typeof features
