import { useState } from 'react';
import { SingleAnalysisPage } from '../single-analysis-page.tsx';
import { exampleItems } from './example-items.ts';
import { stockDocumentSchema } from './stock-document.ts';
import { emptyStockDraft, guessStockDraft, stockOptions } from './stock-draft.ts';
import { StockFields } from './stock-fields.tsx';
import { StockView } from './stock-view.tsx';

/** Demand in; what to order of each series, and when. */
export function StockPage() {
  const [draft, setDraft] = useState(emptyStockDraft);
  return (
    <SingleAnalysisPage
      kind="stock"
      draft={draft}
      onDraft={setDraft}
      guess={guessStockDraft}
      isReady={({ leadTime }) => leadTime.trim() !== ''}
      options={stockOptions}
      example={exampleItems}
      schema={stockDocumentSchema}
      fields={(columns, asked) => (
        <StockFields draft={draft} onChange={setDraft} columns={columns} asked={asked} />
      )}
    >
      {(found, name) => <StockView found={found} name={name} />}
    </SingleAnalysisPage>
  );
}
