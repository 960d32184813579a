import {
  type AssociationRule,
  associationRules,
  type Baskets,
  fitAls,
  fitEase,
  fitItemKnn,
  type Interactions,
  interactions,
  isoDate,
  type Recommendations,
  type Recommender,
  recommendations,
} from '@kizashi/series';
import { customersErrors } from './errors.ts';
import type { PurchaseFile } from './read-purchases.ts';

export const recommenderNames = ['ease', 'als', 'item-knn'] as const;
export type RecommenderName = (typeof recommenderNames)[number];

export interface RecommendOptions {
  readonly until?: number | undefined;
  /** Length of each list. */
  readonly count: number;
  readonly model: RecommenderName;
  /** Only these customers, by name; all where there is none. */
  readonly customers: readonly string[];
  /** Items of EASE at most. */
  readonly maxItems: number;
  readonly minSupport: number;
  readonly minConfidence: number;
  readonly maxRules: number;
  /** Told the share of the work done, in (0, 1]. */
  readonly onProgress?: (done: number) => void;
}

export interface RecommendReply {
  /** Null where the file holds no dates. */
  readonly until: string | null;
  readonly model: RecommenderName;
  readonly items: number;
  /** Items the model knows nothing about. */
  readonly itemsIgnored: number;
  readonly customers: readonly {
    readonly id: string;
    readonly status: Recommendations['status'];
    readonly buyAgain: readonly {
      readonly item: string;
      readonly score: number;
      readonly times: number;
      readonly lastDate: string | null;
      readonly demand: number;
    }[];
    readonly discover: readonly {
      readonly item: string;
      readonly score: number;
      readonly because: string | null;
      readonly demand: number;
    }[];
  }[];
  readonly baskets: number;
  /** False where the least support is so low that not all sets of items were looked at. */
  readonly rulesComplete: boolean;
  readonly rules: readonly (Omit<AssociationRule, 'antecedent' | 'consequent'> & {
    readonly antecedent: readonly string[];
    readonly consequent: string;
  })[];
  readonly rows: {
    readonly read: number;
    readonly rejected: number;
    readonly returns: number;
    readonly later: number;
  };
}

/** Share of the bar that the model takes; the rest is the customers'. */
const TRAINING = 0.6;

/** @throws CUSTOMERS_NO_PURCHASES, CUSTOMERS_UNKNOWN */
export function recommendReply(file: PurchaseFile, options: RecommendOptions): RecommendReply {
  const codes = customerCodes(file, options.customers);
  const data = interactions(
    {
      customer: file.customer,
      item: file.item!,
      day: file.day ?? undefined,
      quantity: file.quantity ?? undefined,
      customers: file.customers.length,
      items: file.items.length,
    },
    { until: options.until },
  );
  if (data.item.length === 0) {
    const until = data.until === null ? '—' : isoDate(data.until);
    const leftOut = { ...data.leftOut, unreadable: 0 };
    throw customersErrors.CUSTOMERS_NO_PURCHASES({ name: file.name, until, ...leftOut });
  }
  const { onProgress = () => {} } = options;
  const model = train(data, options, (done) => onProgress(TRAINING * done));
  onProgress(TRAINING);
  const itemName = (code: number) => file.items[code]!;
  const found = associationRules(basketsOf(file, data.until), options);
  return {
    until: data.until === null ? null : isoDate(data.until),
    model: options.model,
    items: file.items.length,
    itemsIgnored: model.ignored,
    customers: codes.map((code, i) => {
      if (i % 100 === 0) onProgress(TRAINING + ((1 - TRAINING) * (i + 1)) / codes.length);
      const { status, buyAgain, discover } = recommendations(data, model, code, options);
      return {
        id: file.customers[code]!,
        status,
        buyAgain: buyAgain.map(({ item, score, times, lastDay, demand }) => ({
          item: itemName(item),
          ...{ score, times, demand },
          lastDate: lastDay === null ? null : isoDate(lastDay),
        })),
        discover: discover.map(({ item, score, because, demand }) => ({
          item: itemName(item),
          ...{ score, demand },
          because: because === null ? null : itemName(because),
        })),
      };
    }),
    baskets: found.baskets,
    rulesComplete: found.complete,
    rules: found.rules.map(({ antecedent, consequent, ...figures }) => ({
      antecedent: antecedent.map(itemName),
      consequent: itemName(consequent),
      ...figures,
    })),
    rows: {
      read: file.rowsRead,
      rejected: file.rowsRejected,
      returns: data.leftOut.returns,
      later: data.leftOut.later,
    },
  };
}

function train(
  data: Interactions,
  { model, maxItems }: RecommendOptions,
  onProgress: (done: number) => void,
): Recommender {
  if (model === 'als') return fitAls(data, { onProgress });
  return model === 'ease' ? fitEase(data, { maxItems, onProgress }) : fitItemKnn(data);
}

function customerCodes(file: PurchaseFile, wanted: readonly string[]): number[] {
  if (wanted.length === 0) return file.customers.map((_, code) => code);
  return wanted.map((customer) => {
    const code = file.customers.indexOf(customer);
    if (code < 0) throw customersErrors.CUSTOMERS_UNKNOWN({ customer, name: file.name });
    return code;
  });
}

/** What was bought together: by order where a column names it, else by customer and day. */
function basketsOf(file: PurchaseFile, until: number | null): Baskets {
  const lists = new Map<string, number[]>();
  file.customer.forEach((customer, i) => {
    if (file.quantity !== null && !(file.quantity[i]! > 0)) return;
    const day = file.day?.[i] ?? 0;
    if (until !== null && day > until) return;
    const key = file.order === null ? `${customer} ${day}` : String(file.order[i]);
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [file.item![i]!]);
    else list.push(file.item![i]!);
  });
  const offsets = new Int32Array(lists.size + 1);
  let b = 0;
  for (const list of lists.values()) {
    offsets[b + 1] = offsets[b]! + list.length;
    b++;
  }
  return { offsets, item: Int32Array.from([...lists.values()].flat()), items: file.items.length };
}
