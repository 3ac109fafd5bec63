// Where the console starts.
import './design/tokens.css'
import './design/base.css'
import './parts/basics.css'
import './parts/notes.css'
import './parts/panels.css'
import './parts/over.css'
import './parts/table/table.css'
import './frame/frame.css'
import './frame/palette.css'
import './pages/door/door.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from './client/queries.ts'
import { watchSession } from './client/session.ts'
import { router } from './router.tsx'

const client = createQueryClient()
watchSession(client)
const place = document.querySelector('#root')
if (!place) throw new Error('index.html has no #root')
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
