import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, Suspense } from 'react';
import { I18nextProvider } from 'react-i18next';
import { PageChangeContext } from '../ui/page-header.tsx';
import { Look } from './look.tsx';
import { PageLoading } from './page-states.tsx';
import { ServicesProvider } from './services.tsx';
import type { startApp } from './start.ts';

const pageChange = { pagesShown: 0 };

export function App({ services, router, i18n }: Awaited<ReturnType<typeof startApp>>) {
  return (
    <StrictMode>
      <I18nextProvider i18n={i18n}>
        <Look>
          <QueryClientProvider client={services.queryClient}>
            <ServicesProvider services={services}>
              <PageChangeContext value={pageChange}>
                <Notifications position="bottom-right" />
                <Suspense fallback={<PageLoading />}>
                  <RouterProvider router={router} />
                </Suspense>
              </PageChangeContext>
            </ServicesProvider>
          </QueryClientProvider>
        </Look>
      </I18nextProvider>
    </StrictMode>
  );
}
