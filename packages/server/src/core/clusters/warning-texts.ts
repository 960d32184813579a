import type { LearningWarning } from '@kizashi/series';
import type { Locale } from '../errors.ts';
import type { ClusterReply } from './cluster-reply.ts';

type Values = LearningWarning['values'];

/** The library speaks English; these are the same sentences in Japanese. Groups have no others. */
const japanese: Partial<Readonly<Record<LearningWarning['code'], (v: Values) => string>>> = {
  'few-distinct-rows': (v) =>
    `異なる行が ${v.distinct} 個しかないため、グループは ${v.k} 個でなく ${v.distinct} 個までです。`,
  'no-clusters': () => 'はっきりしたグループはありません。1 つのグループとして扱います。',
  sampled: (v) => `${v.n} 行のうち、無作為に選んだ ${v.sample} 行で測りました。`,
};

/** The reply with its warnings in a reader's language. */
export function toldClusters(reply: ClusterReply, locale: Locale): ClusterReply {
  if (locale === 'en') return reply;
  return {
    ...reply,
    warnings: reply.warnings.map((warning) => ({
      ...warning,
      message: japanese[warning.code]?.(warning.values) ?? warning.message,
    })),
  };
}
