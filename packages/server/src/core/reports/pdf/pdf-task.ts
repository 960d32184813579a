import type { ReportDocument } from '../document.ts';
import { reportPdf } from './report-pdf.ts';

/** In a worker thread. */
export function run(document: ReportDocument): Uint8Array {
  return reportPdf(document);
}
