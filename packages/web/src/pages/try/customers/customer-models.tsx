import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { Section } from '../../../ui/section.tsx';
import { valueText } from '../../../ui/value-text.ts';
import type { CustomersFound } from './customers-document.ts';
import { useCustomerWords } from './use-customer-words.ts';

interface Row {
  readonly name: string;
  readonly parameters: Readonly<Record<string, number | null>>;
  readonly fit: Pick<CustomersFound['bgnbd'], 'status' | 'problems' | 'logLikelihood'>;
}

/** The estimated models; of one that means nothing, why. */
export function CustomerModels({ found }: { readonly found: CustomersFound }) {
  const { t, i18n } = useTranslation();
  const language = localeOf(i18n);
  const words = useCustomerWords();
  const { bgnbd, paretoNbd, gammaGamma } = found;
  const { r, alpha, a, b } = bgnbd;
  const { p, q, v } = gammaGamma;
  const rows: Row[] = [
    { name: 'BG/NBD', parameters: { r, alpha, a, b }, fit: bgnbd },
    {
      name: 'Pareto/NBD',
      parameters: {
        ...{ r: paretoNbd.r, alpha: paretoNbd.alpha, s: paretoNbd.s, beta: paretoNbd.beta },
      },
      fit: paretoNbd,
    },
    { name: 'Gamma-Gamma', parameters: { p, q, v }, fit: gammaGamma },
  ];
  const columns: Column<Row>[] = [
    { id: 'name', header: t('try.model'), cell: ({ name }) => name },
    {
      id: 'parameters',
      header: t('try.customers.parameters'),
      cell: ({ parameters, fit }) =>
        fit.status === 'ok'
          ? Object.entries(parameters)
              .map(([name, value]) => `${name} ${valueText(value, language)}`)
              .join(', ')
          : t('try.customers.notUsed', {
              why: fit.problems
                .map(({ code }) => words.problem(code))
                .join(t('try.reasonsBetween')),
            }),
    },
    {
      id: 'likelihood',
      header: t('try.customers.likelihood'),
      align: 'right',
      cell: ({ fit }) => valueText(fit.status === 'ok' ? fit.logLikelihood : null, language),
    },
  ];
  const title = t('try.customers.models');
  return (
    <Section title={title} description={t('try.customers.modelsText')}>
      <DataTable label={title} columns={columns} rows={rows} rowKey={({ name }) => name} />
    </Section>
  );
}
