// How the console is built: static files that run under the server's content security policy.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env['CASTELLAN_URL'] ?? 'http://127.0.0.1:7600'

/**
 * Libraries get files of their own, so that a release of ours does not make browsers fetch them again. A group takes what its
 * modules import along, so those that others stand on come first.
 */
const groups = [
  { name: 'react', test: /node_modules\/(react|react-dom|scheduler|use-sync-external-store)\//, priority: 40 },
  {
    name: 'tanstack',
    test: /node_modules\/@tanstack\/(react-router|router-core|history|react-query|query-core|react-store|store)\//,
    priority: 30,
  },
  { name: 'table', test: /node_modules\/@tanstack\//, priority: 20 },
  { name: 'echarts', test: /node_modules\/(echarts|zrender)\//, priority: 20 },
  { name: 'flow', test: /node_modules\/(@xyflow|d3-|classcat|zustand)/, priority: 20 },
]

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    // Licences of everything that is bundled go out with it.
    license: { fileName: 'licenses.md' },
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { proxy: { '/api': server, '/health': server } },
})
