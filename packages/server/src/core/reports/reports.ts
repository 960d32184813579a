import type { Compute } from '../compute/compute.ts';
import type { ReportDocument } from './document.ts';

export {
  chartTicks,
  type KeyFigure,
  type ReportBlock,
  type ReportDocument,
} from './document.ts';
export { type ReportFormat, reportFormat } from './format.ts';
export { REPORT_POLICY, reportHtml } from './html.ts';

/** The report as a PDF file, made in a worker thread. */
export function createPdf(compute: Compute, document: ReportDocument): Promise<Uint8Array> {
  return compute.run(new URL('./pdf/pdf-task.ts', import.meta.url), document);
}
