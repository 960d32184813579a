import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Audit } from '../audit/audit.ts';
import { toAlert } from './alert-store.ts';
import { acknowledgeBody, alertSchema, alertsPageSchema, alertsQuery } from './contract.ts';
import { type RuleRouteOptions, ruleRoutes } from './rule-routes.ts';

const idParams = z.object({ id: z.string().max(26) });
const tags = ['Alerts'];

export function alertsRoutes(
  deps: Omit<RuleRouteOptions, 'record'> & { readonly audit: Audit },
): FastifyPluginAsyncZod {
  const { alerts } = deps;

  const record: RuleRouteOptions['record'] = ({ principal: { actor }, ip }, action, target) =>
    deps.audit.write({ actor, action, target, address: ip });

  return async (app) => {
    await app.register(ruleRoutes({ ...deps, record }));
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
      handler: async ({ query }) => {
        const page = await alerts.fired.page(query);
        return { items: page.items.map(toAlert), nextCursor: page.nextCursor };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/alerts/:id',
      config: { permission: 'alerts.read' },
      schema: { summary: 'One alert', tags, params: idParams, response: { 200: alertSchema } },
      handler: async ({ params }) => toAlert(await alerts.fired.read(params.id)),
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
        const alert = await alerts.acknowledge(id, actor, request.body.note ?? null);
        await record(request, 'alert.acknowledge', id);
        return alert;
      },
    });
  };
}
