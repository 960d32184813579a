import type { AlertRule, ruleBody } from '@kizashi/server/contract/alerts';
import type { z } from 'zod';

export type RuleBody = z.infer<typeof ruleBody>;

/** What the form holds: both kinds of condition, so that switching between them loses nothing. */
export interface RuleDraft {
  readonly name: string;
  readonly measure: string;
  readonly bucket: RuleBody['bucket'];
  readonly filters: RuleBody['filters'];
  readonly type: RuleBody['condition']['type'];
  readonly direction: 'above' | 'below' | 'either';
  /** As typed; a ratio in percent. */
  readonly value: number | string;
  readonly level: number;
  readonly severity: RuleBody['severity'];
  readonly channelIds: readonly string[];
  readonly enabled: boolean;
  readonly cooldownMinutes: number;
}

export function newRuleDraft(measure: string): RuleDraft {
  return {
    name: '',
    measure,
    bucket: 'day',
    filters: {},
    type: 'outside-forecast',
    direction: 'below',
    value: '',
    level: 0.95,
    severity: 'warning',
    channelIds: [],
    enabled: true,
    cooldownMinutes: 1440,
  };
}

export function draftOfRule(rule: AlertRule, isRatio: boolean): RuleDraft {
  const { condition } = rule;
  return {
    ...newRuleDraft(rule.measure),
    name: rule.name,
    bucket: rule.bucket,
    filters: rule.filters,
    severity: rule.severity,
    channelIds: rule.channelIds,
    enabled: rule.enabled,
    cooldownMinutes: rule.cooldownMinutes,
    type: condition.type,
    direction: condition.direction,
    ...(condition.type === 'threshold'
      ? { value: isRatio ? toPercent(condition.value) : condition.value }
      : { level: condition.level }),
  };
}

/** The condition to send; undefined while the threshold is not a number yet. */
export function conditionOf(draft: RuleDraft, isRatio: boolean): RuleBody['condition'] | undefined {
  if (draft.type === 'outside-forecast') {
    return { type: 'outside-forecast', direction: draft.direction, level: draft.level };
  }
  const value = typeof draft.value === 'number' ? draft.value : Number.parseFloat(draft.value);
  if (!Number.isFinite(value)) return undefined;
  return {
    type: 'threshold',
    direction: draft.direction === 'above' ? 'above' : 'below',
    value: isRatio ? value / 100 : value,
  };
}

export function bodyOfRule(draft: RuleDraft, isRatio: boolean): RuleBody | undefined {
  const condition = conditionOf(draft, isRatio);
  if (condition === undefined) return undefined;
  const { name, measure, bucket, severity, enabled, cooldownMinutes } = draft;
  const filters = Object.fromEntries(
    Object.entries(draft.filters).filter(([, values]) => values.length > 0),
  );
  const channelIds = [...draft.channelIds];
  return {
    name,
    measure,
    bucket,
    filters,
    condition,
    severity,
    channelIds,
    enabled,
    cooldownMinutes,
  };
}

/** 0.07 × 100 is 7.000000000000001 in floating point. */
function toPercent(fraction: number): number {
  return Number((fraction * 100).toPrecision(12));
}
