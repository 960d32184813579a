import { Skeleton } from '@mantine/core';
import { Component, lazy, type ReactNode, Suspense } from 'react';
import type { EChartProps } from './EChart.tsx';

// ECharts is larger than the rest of the page together: it comes when the first chart is shown.
const load = () => import('./EChart.tsx').then((module) => ({ default: module.EChart }));
const EChart = lazy(load);

/** Fetches the drawing library while a page still waits for its figures. A failure shows with the chart itself. */
export function preloadCharts(): void {
  load().catch(() => undefined);
}

/** A chart that loads its drawing library when it is first shown; `fallback` stands in when that fails. */
export function Chart({ fallback, ...props }: EChartProps & { readonly fallback: ReactNode }) {
  return (
    <DrawingBoundary fallback={fallback}>
      <Suspense fallback={<Skeleton height={props.height} />}>
        <EChart {...props} />
      </Suspense>
    </DrawingBoundary>
  );
}

/** A chart that cannot be drawn must not take the page with it: its table has the same numbers. */
class DrawingBoundary extends Component<
  { readonly fallback: ReactNode; readonly children: ReactNode },
  { readonly failed: boolean }
> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
