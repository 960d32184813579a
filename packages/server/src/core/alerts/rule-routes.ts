import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { fromJson } from '../db/columns.ts';
import type { Locale } from '../errors.ts';
import { callerGone } from '../http/caller-gone.ts';
import { okSchema } from '../http/contract.ts';
import { localeOf } from '../http/locale.ts';
import { measuresErrors } from '../measures/errors.ts';
import type { Measure } from '../measures/measure.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { Alerts } from './alerts.ts';
import { type AlertRule, previewSchema, ruleBody, ruleSchema, rulesSchema } from './contract.ts';
import { alertsErrors } from './errors.ts';
import type { RuleBody, RuleRow } from './rule-store.ts';

const idParams = z.object({ id: z.string().max(26) });
const tags = ['Alerts'];

export interface RuleRouteOptions {
  readonly alerts: Alerts;
  readonly notifier: Pick<Notifier, 'channels'>;
  readonly measure: (id: string) => Measure | undefined;
  /** Notes in the audit log who did what to which rule. */
  readonly record: (request: FastifyRequest, action: string, target: string) => Promise<void>;
}

export function ruleRoutes(deps: RuleRouteOptions): FastifyPluginAsyncZod {
  const { alerts, notifier, record } = deps;
  const { rules } = alerts;

  const knownChannels = async () =>
    new Set((await notifier.channels.list()).map((channel) => channel.id));

  /** A rule tells what its measure was, so whoever makes one must be allowed to see it. @throws ALERTS_MEASURE_UNKNOWN */
  function checkWatched(
    { measure: id, filters }: Pick<RuleBody, 'measure' | 'filters'>,
    { principal }: FastifyRequest,
  ): void {
    const measure = deps.measure(id);
    if (!measure || !principal.permissions.has(measure.permission)) {
      throw alertsErrors.ALERTS_MEASURE_UNKNOWN({ measure: id });
    }
    const { dimensions } = measure;
    const filter = Object.keys(filters).find((name) => !dimensions.includes(name));
    if (filter === undefined) return;
    throw measuresErrors.MEASURE_FILTER_INVALID({ filter, dimensions: dimensions.join(', ') });
  }

  /** @throws ALERTS_MEASURE_UNKNOWN, MEASURE_FILTER_INVALID, ALERTS_CHANNEL_UNKNOWN */
  async function checkRule(request: FastifyRequest & { body: RuleBody }): Promise<void> {
    checkWatched(request.body, request);
    const known = await knownChannels();
    if (!request.body.channelIds.every((id) => known.has(id))) {
      throw alertsErrors.ALERTS_CHANNEL_UNKNOWN();
    }
  }

  async function reply(row: RuleRow, request: FastifyRequest): Promise<AlertRule> {
    return toRule(row, localeOf(request), await knownChannels());
  }

  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/alerts/rules',
      config: { permission: 'alerts.read' },
      schema: { summary: 'Alert rules', tags, response: { 200: rulesSchema } },
      handler: async (request) => {
        const known = await knownChannels();
        const locale = localeOf(request);
        return { items: (await rules.list()).map((row) => toRule(row, locale, known)) };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/alerts/rules/:id',
      config: { permission: 'alerts.read' },
      schema: { summary: 'One alert rule', tags, params: idParams, response: { 200: ruleSchema } },
      handler: async (request) => reply(await rules.read(request.params.id), request),
    });
    app.route({
      method: 'POST',
      url: '/api/alerts/rules',
      config: { permission: 'alerts.write' },
      schema: { summary: 'Add an alert rule', tags, body: ruleBody, response: { 201: ruleSchema } },
      handler: async (request, response) => {
        await checkRule(request);
        const row = await rules.create(request.body, request.principal.actor);
        await record(request, 'alert-rule.create', row.id);
        return response.code(201).send(await reply(row, request));
      },
    });
    app.route({
      method: 'PUT',
      url: '/api/alerts/rules/:id',
      config: { permission: 'alerts.write' },
      schema: {
        summary: 'Change an alert rule',
        tags,
        params: idParams,
        body: ruleBody,
        response: { 200: ruleSchema },
      },
      handler: async (request) => {
        await checkRule(request);
        const row = await rules.update(request.params.id, request.body);
        await record(request, 'alert-rule.change', row.id);
        return reply(row, request);
      },
    });
    app.route({
      method: 'DELETE',
      url: '/api/alerts/rules/:id',
      config: { permission: 'alerts.write' },
      schema: {
        summary: 'Remove an alert rule; its alerts stay',
        tags,
        params: idParams,
        response: { 200: okSchema },
      },
      handler: async (request) => {
        const { id } = request.params;
        await rules.remove(id);
        await record(request, 'alert-rule.remove', id);
        return { ok: true as const };
      },
    });
    app.route({
      method: 'POST',
      url: '/api/alerts/rules/:id/evaluate',
      config: { permission: 'alerts.write' },
      schema: {
        summary: 'Check a rule now against the newest complete period',
        tags,
        params: idParams,
        response: { 200: ruleSchema },
      },
      handler: async (request) => {
        const { id } = request.params;
        await alerts.evaluate(id);
        return reply(await rules.read(id), request);
      },
    });
    app.route({
      method: 'POST',
      url: '/api/alerts/rules/preview',
      config: { permission: 'alerts.read' },
      schema: {
        summary: 'What a rule would have done on the newest 30 periods',
        tags,
        body: ruleBody.pick({ measure: true, bucket: true, filters: true, condition: true }),
        response: { 200: previewSchema },
      },
      handler: async (request, response) => {
        checkWatched(request.body, request);
        return { points: [...(await alerts.preview(request.body, callerGone(response)))] };
      },
    });
  };
}

/** Channels that were removed since are left out, so that what was read can be sent back. */
function toRule(row: RuleRow, locale: Locale, known: ReadonlySet<string>): AlertRule {
  return {
    id: row.id,
    name: row.name,
    measure: row.measure,
    bucket: row.bucket,
    filters: fromJson(row.filters),
    condition: fromJson(row.condition_json),
    severity: row.severity,
    channelIds: fromJson(row.channel_ids).filter((id) => known.has(id)),
    enabled: row.enabled === 1,
    cooldownMinutes: row.cooldown_minutes,
    createdAt: row.created_at,
    createdBy: row.created_by,
    lastEvaluatedAt: row.last_evaluated_at,
    lastFiredAt: row.last_fired_at,
    lastProblem: row.last_problem === null ? null : fromJson(row.last_problem)[locale],
  };
}
