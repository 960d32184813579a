import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Audit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import { fromJson, toJson } from '../db/columns.ts';
import type { Database } from '../db/database.ts';
import type { Locale } from '../errors.ts';
import { okSchema } from '../http/contract.ts';
import { localeOf } from '../http/locale.ts';
import { decodeCursor, pageOfRows } from '../http/page.ts';
import { createId } from '../ids.ts';
import type { Measure } from '../measures/measure.ts';
import type { Notifier } from '../notify/notifier.ts';
import { type Alerts, type RuleRow, toAlert } from './alerts.ts';
import {
  type AlertRule,
  acknowledgeBody,
  alertSchema,
  alertsPageSchema,
  alertsQuery,
  previewSchema,
  ruleBody,
  ruleSchema,
  rulesSchema,
} from './contract.ts';
import { alertsErrors } from './errors.ts';
import type { AlertsTables } from './tables.ts';

const idParams = z.object({ id: z.string().max(26) });
const tags = ['Alerts'];

export function alertsRoutes(deps: {
  alerts: Alerts;
  notifier: Notifier;
  measure: (id: string) => Measure | undefined;
  db: Database;
  audit: Audit;
  clock: Clock;
}): FastifyPluginAsyncZod {
  const query = deps.db.query.withTables<AlertsTables>();

  async function readRule(id: string): Promise<RuleRow> {
    const row = await query
      .selectFrom('core_alert_rules')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw alertsErrors.ALERTS_RULE_NOT_FOUND();
    return row;
  }

  /** @throws ALERTS_MEASURE_UNKNOWN, ALERTS_CHANNEL_UNKNOWN */
  async function toColumns(body: z.infer<typeof ruleBody>) {
    if (!deps.measure(body.measure)) {
      throw alertsErrors.ALERTS_MEASURE_UNKNOWN({ measure: body.measure });
    }
    const known = new Set((await deps.notifier.channels.list()).map((channel) => channel.id));
    if (!body.channelIds.every((id) => known.has(id))) throw alertsErrors.ALERTS_CHANNEL_UNKNOWN();
    return {
      name: body.name,
      measure: body.measure,
      bucket: body.bucket,
      filters: toJson(body.filters),
      condition_json: toJson(body.condition),
      severity: body.severity,
      channel_ids: toJson<readonly string[]>(body.channelIds),
      enabled: body.enabled ? (1 as const) : (0 as const),
      cooldown_minutes: body.cooldownMinutes,
    };
  }

  function record(
    request: { principal: { actor: string }; ip: string },
    action: string,
    target: string,
  ) {
    const { actor } = request.principal;
    return deps.audit.write({ actor, action, target, address: request.ip, details: {} });
  }

  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/alerts/rules',
      config: { permission: 'alerts.read' },
      schema: { summary: 'Alert rules', tags, response: { 200: rulesSchema } },
      handler: async (request) => {
        const rows = await query
          .selectFrom('core_alert_rules')
          .selectAll()
          .orderBy('name')
          .execute();
        const locale = localeOf(request);
        return { items: rows.map((row) => toRule(row, locale)) };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/alerts/rules/:id',
      config: { permission: 'alerts.read' },
      schema: { summary: 'One alert rule', tags, params: idParams, response: { 200: ruleSchema } },
      handler: async (request) => toRule(await readRule(request.params.id), localeOf(request)),
    });
    app.route({
      method: 'POST',
      url: '/api/alerts/rules',
      config: { permission: 'alerts.write' },
      schema: { summary: 'Add an alert rule', tags, body: ruleBody, response: { 201: ruleSchema } },
      handler: async (request, reply) => {
        const now = deps.clock.now();
        const row: RuleRow = {
          id: createId(now),
          ...(await toColumns(request.body)),
          created_at: now,
          created_by: request.principal.actor,
          last_evaluated_at: null,
          last_fired_at: null,
          last_problem: null,
        };
        await query.insertInto('core_alert_rules').values(row).execute();
        await record(request, 'alert-rule.create', row.id);
        return reply.code(201).send(toRule(row, localeOf(request)));
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
        const row = await readRule(request.params.id);
        const change = await toColumns(request.body);
        await query.updateTable('core_alert_rules').set(change).where('id', '=', row.id).execute();
        await record(request, 'alert-rule.change', row.id);
        return toRule({ ...row, ...change }, localeOf(request));
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
        const { id } = await readRule(request.params.id);
        await query.deleteFrom('core_alert_rules').where('id', '=', id).execute();
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
        await deps.alerts.evaluate(request.params.id);
        return toRule(await readRule(request.params.id), localeOf(request));
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
      handler: async (request) => ({ points: [...(await deps.alerts.preview(request.body))] }),
    });
    app.route({
      method: 'GET',
      url: '/api/alerts',
      config: { permission: 'alerts.read' },
      schema: {
        summary: 'Alerts, newest first',
        tags,
        querystring: alertsQuery,
        response: { 200: alertsPageSchema },
      },
      handler: async ({ query: { cursor, limit, state } }) => {
        let select = query
          .selectFrom('core_alerts')
          .selectAll()
          .orderBy('id', 'desc')
          .limit(limit + 1);
        if (state !== undefined) select = select.where('state', '=', state);
        if (cursor !== undefined)
          select = select.where('id', '<', decodeCursor(cursor, z.string()));
        const page = pageOfRows(await select.execute(), limit, (row) => row.id);
        return { items: page.items.map(toAlert), nextCursor: page.nextCursor };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/alerts/:id',
      config: { permission: 'alerts.read' },
      schema: { summary: 'One alert', tags, params: idParams, response: { 200: alertSchema } },
      handler: async (request) => {
        const row = await query
          .selectFrom('core_alerts')
          .selectAll()
          .where('id', '=', request.params.id)
          .executeTakeFirst();
        if (!row) throw alertsErrors.ALERTS_ALERT_NOT_FOUND();
        return toAlert(row);
      },
    });
    app.route({
      method: 'POST',
      url: '/api/alerts/:id/acknowledge',
      config: { permission: 'alerts.acknowledge' },
      schema: {
        summary: 'Take note of an alert',
        tags,
        params: idParams,
        body: acknowledgeBody,
        response: { 200: alertSchema },
      },
      handler: async (request) => {
        const { id } = request.params;
        const { actor } = request.principal;
        const alert = await deps.alerts.acknowledge(id, actor, request.body.note ?? null);
        await record(request, 'alert.acknowledge', id);
        return alert;
      },
    });
  };
}

function toRule(row: RuleRow, locale: Locale): AlertRule {
  return {
    id: row.id,
    name: row.name,
    measure: row.measure,
    bucket: row.bucket,
    filters: fromJson(row.filters),
    condition: fromJson(row.condition_json),
    severity: row.severity,
    channelIds: [...fromJson(row.channel_ids)],
    enabled: row.enabled === 1,
    cooldownMinutes: row.cooldown_minutes,
    createdAt: row.created_at,
    createdBy: row.created_by,
    lastEvaluatedAt: row.last_evaluated_at,
    lastFiredAt: row.last_fired_at,
    lastProblem: row.last_problem === null ? null : problemText(fromJson(row.last_problem), locale),
  };
}

function problemText(
  problem: { code: string; params: Record<string, string | number> },
  locale: Locale,
): string {
  const error = alertsErrors[problem.code as keyof typeof alertsErrors.catalogue];
  return error === undefined ? problem.code : error(problem.params).text(locale);
}
