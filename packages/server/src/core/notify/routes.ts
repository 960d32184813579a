import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Audit } from '../audit/audit.ts';
import { fromJson } from '../db/columns.ts';
import { okSchema } from '../http/contract.ts';
import { localeOf } from '../http/locale.ts';
import type { ChannelRow } from './channel-store.ts';
import {
  channelBody,
  channelSchema,
  channelsSchema,
  deliveriesPageSchema,
  deliveriesQuery,
  newChannelBody,
} from './contract.ts';
import type { Notifier } from './notifier.ts';

const idParams = z.object({ id: z.string().max(26) });
const tags = ['Notifications'];

export function notifyRoutes(deps: {
  notifier: Notifier;
  audit: Audit;
  /** Address people reach the product under. */
  publicUrl: () => string;
}): FastifyPluginAsyncZod {
  const { notifier } = deps;

  const toChannel = (row: ChannelRow): z.infer<typeof channelSchema> => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    enabled: row.enabled === 1,
    locale: row.locale,
    quietHours: row.quiet_hours === null ? null : fromJson(row.quiet_hours),
    target: row.target,
    options: fromJson(row.options),
    createdAt: row.created_at,
  });

  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/channels',
      config: { permission: 'alerts.read' },
      schema: { summary: 'Notification channels', tags, response: { 200: channelsSchema } },
      handler: async () => ({ items: (await notifier.channels.list()).map(toChannel) }),
    });
    app.route({
      method: 'POST',
      url: '/api/channels',
      config: { permission: 'channels.manage' },
      schema: {
        summary: 'Add a notification channel',
        tags,
        body: newChannelBody,
        response: { 201: channelSchema },
      },
      handler: async (request, reply) => {
        const row = await notifier.channels.create(request.body);
        await record(request, 'channel.create', nameOf(row));
        return reply.code(201).send(toChannel(row));
      },
    });
    app.route({
      method: 'PUT',
      url: '/api/channels/:id',
      config: { permission: 'channels.manage' },
      schema: {
        summary: 'Change a notification channel; empty secrets keep what is stored',
        tags,
        params: idParams,
        body: channelBody,
        response: { 200: channelSchema },
      },
      handler: async (request) => {
        const row = await notifier.channels.update(request.params.id, request.body);
        await record(request, 'channel.change', nameOf(row));
        return toChannel(row);
      },
    });
    app.route({
      method: 'DELETE',
      url: '/api/channels/:id',
      config: { permission: 'channels.manage' },
      schema: {
        summary: 'Remove a notification channel',
        tags,
        params: idParams,
        response: { 200: okSchema },
      },
      handler: async (request) => {
        await notifier.channels.remove(request.params.id);
        await record(request, 'channel.remove', { id: request.params.id });
        return { ok: true as const };
      },
    });
    app.route({
      method: 'POST',
      url: '/api/channels/:id/test',
      config: { permission: 'channels.manage' },
      schema: {
        summary: 'Send a test message now, also when the channel is switched off',
        tags,
        params: idParams,
        response: { 200: okSchema },
      },
      handler: async (request) => {
        const { id } = request.params;
        await record(request, 'channel.test', { id });
        await notifier.test(id, deps.publicUrl(), localeOf(request));
        return { ok: true as const };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/deliveries',
      config: { permission: 'alerts.read' },
      schema: {
        summary: 'What was sent where, newest first',
        tags,
        querystring: deliveriesQuery,
        response: { 200: deliveriesPageSchema },
      },
      handler: async (request) => {
        const locale = localeOf(request);
        const page = await notifier.deliveries.page(request.query);
        return {
          nextCursor: page.nextCursor,
          items: page.items.map((row) => ({
            id: row.id,
            channelId: row.channel_id,
            channelName: row.name ?? row.channel_id,
            kind: row.kind ?? '',
            subject: row.subject,
            state: row.state,
            attempts: row.attempts,
            reason: row.reason === null ? null : fromJson(row.reason)[locale],
            createdAt: row.created_at,
            sentAt: row.sent_at,
          })),
        };
      },
    });
    app.route({
      method: 'POST',
      url: '/api/deliveries/:id/retry',
      config: { permission: 'channels.manage' },
      schema: {
        summary: 'Send a message that failed or was suppressed again',
        tags,
        params: idParams,
        response: { 200: okSchema },
      },
      handler: async (request) => {
        const { id } = request.params;
        await notifier.retry(id);
        await record(request, 'delivery.retry', { id });
        return { ok: true as const };
      },
    });
  };

  function record(
    request: { principal: { actor: string }; ip: string },
    action: string,
    { id, ...details }: { id: string; name?: string; kind?: string },
  ): Promise<void> {
    const { actor } = request.principal;
    return deps.audit.write({ actor, action, target: id, address: request.ip, details });
  }
}

/** What the audit log may hold of a channel: no address, no secret. */
function nameOf({ id, name, kind }: ChannelRow) {
  return { id, name, kind };
}
