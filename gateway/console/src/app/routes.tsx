import { createBrowserRouter } from 'react-router';
import { Invitation } from '../session/invitation.js';
import { Broken } from './broken.js';
import { Missing } from './missing.js';
import { ownRoutes } from './own-routes.js';
import { pageRoutes } from './page-routes.js';
import { Shell } from './shell.js';

/** Each page is loaded when it is first shown. */
export const router = createBrowserRouter([
  {
    path: '/check/:code',
    lazy: async () => ({ Component: (await import('../features/certificates/check.js')).Check }),
    errorElement: <Broken />,
    hydrateFallbackElement: <div role="status" />,
  },
  { path: '/invitation', element: <Invitation />, errorElement: <Broken /> },
  {
    path: '/',
    element: <Shell />,
    errorElement: <Broken />,
    hydrateFallbackElement: <div role="status" />,
    children: [...pageRoutes, ...ownRoutes, { path: '*', element: <Missing /> }],
  },
]);
