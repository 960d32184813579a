import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Audit } from '../audit/audit.ts';
import { fromJson } from '../db/columns.ts';
import type { Database } from '../db/database.ts';
import { okSchema } from '../http/contract.ts';
import { localeOf } from '../http/locale.ts';
import { decodeCursor, pageOfRows } from '../http/page.ts';
import type { ChannelRow } from './channel-store.ts';
import {
  channelBody,
  channelSchema,
  channelsSchema,
  deliveriesPageSchema,
  deliveriesQuery,
} from './contract.ts';
import { deliveryReason } from './errors.ts';
import type { Notifier } from './notifier.ts';
import type { NotifyTables } from './tables.ts';

const idParams = z.object({ id: z.string().max(26) });
const tags = ['Notifications'];

export function notifyRoutes(deps: {
  notifier: Notifier;
  db: Database;
  audit: Audit;
  /** Address people reach the product under. */
  publicUrl: () => string;
}): FastifyPluginAsyncZod {
  const { notifier } = deps;
  const query = deps.db.query.withTables<NotifyTables>();

  const toChannel = (row: ChannelRow): z.infer<typeof channelSchema> => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    enabled: row.enabled === 1,
    locale: row.locale,
    quietHours: row.quiet_hours === null ? null : fromJson(row.quiet_hours),
    target: notifier.channels.target(row),
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
        body: channelBody,
        response: { 201: channelSchema },
      },
      handler: async (request, reply) => {
        const row = await notifier.channels.create(request.body);
        await record(request, 'channel.create', row);
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
        await record(request, 'channel.change', row);
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
        summary: 'Send a test message',
        tags,
        params: idParams,
        response: { 200: okSchema },
      },
      handler: async (request) => {
        await notifier.test(request.params.id, deps.publicUrl(), localeOf(request));
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
        const { cursor, limit } = request.query;
        const locale = localeOf(request);
        let select = query
          .selectFrom('core_deliveries as d')
          .leftJoin('core_channels as c', 'c.id', 'd.channel_id')
          .select(['d.id', 'd.channel_id', 'd.subject', 'd.state', 'd.attempts', 'd.reason'])
          .select(['d.created_at', 'd.sent_at', 'c.name', 'c.kind'])
          .orderBy('d.id', 'desc')
          .limit(limit + 1);
        if (cursor !== undefined)
          select = select.where('d.id', '<', decodeCursor(cursor, z.string()));
        const page = pageOfRows(await select.execute(), limit, (row) => row.id);
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
            reason: row.reason === null ? null : deliveryReason(fromJson(row.reason), locale),
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
        summary: 'Send a failed message again',
        tags,
        params: idParams,
        response: { 200: okSchema },
      },
      handler: async (request) => {
        await notifier.retry(request.params.id);
        return { ok: true as const };
      },
    });
  };

  function record(
    request: { principal: { actor: string }; ip: string },
    action: string,
    channel: { id: string; name?: string; kind?: string },
  ): Promise<void> {
    return deps.audit.write({
      actor: request.principal.actor,
      action,
      target: channel.id,
      address: request.ip,
      details: { name: channel.name ?? null, kind: channel.kind ?? null },
    });
  }
}
