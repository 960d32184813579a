import { describe, expect, it } from 'vitest';
import { bucket, openTestAlerts, testAlertsMigrations, testMeasure } from '../../testing/alerts.ts';
import { describeDatabases } from '../../testing/databases.ts';
import { computeErrors } from '../compute/errors.ts';
import { fromJson } from '../db/columns.ts';
import { measuresErrors } from '../measures/errors.ts';
import type { AlertsTables } from './tables.ts';

const MINUTE = 60_000;
const below = (value: number) => ({ type: 'threshold', direction: 'below', value }) as const;

describeDatabases('alerts', ({ open }) => {
  const world = async () => {
    const db = await open(testAlertsMigrations);
    const query = db.query.withTables<AlertsTables>();
    return {
      ...(await openTestAlerts(db)),
      query,
      all: () =>
        query.selectFrom('core_alerts').selectAll().orderBy('t').orderBy('revision').execute(),
    };
  };

  describe('a rule that is broken', () => {
    it('is shown live, mailed and posted once each, with a link', async () => {
      const { alerts, queue, outbox, channel, rule, shown } = await world();
      const [first, second] = [await channel(), await channel({ locale: 'ja' })];
      const { id } = await rule({ channelIds: [first.id, second.id] });
      await alerts.evaluate(id);
      await alerts.evaluate(id);
      await queue.runScheduled('core.evaluate-alerts');
      await queue.run();
      await queue.run();
      const { items } = await alerts.fired.page({ limit: 10 });
      expect(items).toHaveLength(1);
      const [alert] = items;
      expect(shown).toEqual([expect.objectContaining({ id: alert?.id, value: 5, lower: 10 })]);
      const link = `https://kizashi.example/alerts/${alert?.id}`;
      expect(outbox.sent.map(({ message }) => message.link)).toEqual([link, link]);
      expect(outbox.sent.map(({ message }) => message.subject).sort()).toEqual([
        '[Kizashi] Warning: Revenue too low — Revenue £5.00 (2026-01-04)',
        '[Kizashi] 警告: Revenue too low — 売上高 £5.00 (2026-01-04)',
      ]);
      expect(await alerts.rules.read(id)).toMatchObject({
        last_fired_at: alert?.fired_at,
        last_evaluated_at: alert?.fired_at,
        last_problem: null,
      });
    });

    it('fires once for a bucket, however many processes look at the same time', async () => {
      const { rule, all, shown, outbox, channel, process } = await world();
      const { id } = await rule({ channelIds: [(await channel()).id] });
      const processes = await Promise.all(Array.from({ length: 5 }, () => process()));
      await Promise.all(processes.map(({ alerts }) => alerts.evaluate(id)));
      await Promise.all(processes.map(({ queue }) => queue.runScheduled('core.deliver-due')));
      await Promise.all(processes.map(({ queue }) => queue.run()));
      expect(await all()).toHaveLength(1);
      expect(shown).toHaveLength(1);
      expect(outbox.sent).toHaveLength(1);
    });

    it('keeps what it saw when newer imports change the bucket, and does not fire for it again', async () => {
      const { alerts, rule, data, all } = await world();
      const { id } = await rule();
      await alerts.evaluate(id);
      data.points = [bucket('2026-01-04', 3)];
      await alerts.evaluate(id);
      data.points = [bucket('2026-01-04', 50)];
      await alerts.evaluate(id);
      data.points = [bucket('2026-01-04', 4)];
      await alerts.evaluate(id);
      expect(await all()).toMatchObject([{ t: '2026-01-04', value: 5, state: 'open' }]);
    });

    it('fires for the next bucket too, without a cool-down', async () => {
      const { alerts, rule, data, all } = await world();
      const { id } = await rule();
      await alerts.evaluate(id);
      data.points.push(bucket('2026-01-05', 0));
      await alerts.evaluate(id);
      expect((await all()).map(({ t, value }) => [t, value])).toEqual([
        ['2026-01-04', 5],
        ['2026-01-05', 0],
      ]);
    });

    it('tells the interval it left', async () => {
      const { alerts, rule, data, all } = await world();
      data.points = [bucket('2026-01-04', 200, { mean: 100, lower: 80.5, upper: 119.25 })];
      const condition = { type: 'outside-forecast', direction: 'above', level: 0.95 } as const;
      const { id } = await rule({ condition });
      await alerts.evaluate(id);
      const [alert] = await all();
      expect(alert).toMatchObject({ value: 200, lower_bound: 80.5, upper_bound: 119.25 });
      expect(fromJson(alert!.condition_json)).toEqual(condition);
    });
  });

  describe('the cool-down', () => {
    it('keeps a rule silent for other buckets while its alert is open', async () => {
      const { alerts, rule, data, all, time } = await world();
      const { id } = await rule({ cooldownMinutes: 60 });
      await alerts.evaluate(id);
      data.points.push(bucket('2026-01-05', 1));
      time.advance(59 * MINUTE);
      await alerts.evaluate(id);
      expect(await all()).toHaveLength(1);
      time.advance(1 * MINUTE);
      await alerts.evaluate(id);
      expect((await all()).map(({ t }) => t)).toEqual(['2026-01-04', '2026-01-05']);
    });

    it('ends when somebody acknowledges', async () => {
      const { alerts, rule, data, all } = await world();
      const { id } = await rule({ cooldownMinutes: 60 });
      await alerts.evaluate(id);
      const [first] = await all();
      await alerts.acknowledge(first!.id, 'a@example.org', null);
      await alerts.evaluate(id);
      expect(await all()).toHaveLength(1);
      data.points.push(bucket('2026-01-05', 1));
      await alerts.evaluate(id);
      expect(await all()).toHaveLength(2);
    });

    it('of one rule does not silence another', async () => {
      const { alerts, rule, all } = await world();
      for (const { id } of [
        await rule({ cooldownMinutes: 60 }),
        await rule({ cooldownMinutes: 60 }),
      ])
        await alerts.evaluate(id);
      expect(await all()).toHaveLength(2);
    });
  });

  describe('a rule that was changed', () => {
    const body = (value: number, change = {}) => ({
      name: 'Revenue too low',
      measure: testMeasure.id,
      bucket: 'day' as const,
      filters: {},
      condition: below(value),
      severity: 'warning' as const,
      channelIds: [],
      enabled: true,
      cooldownMinutes: 600,
      ...change,
    });

    it('starts afresh when it watches something else: same bucket, no cool-down, no old problem', async () => {
      const { alerts, rule, all, data } = await world();
      const { id } = await rule({ cooldownMinutes: 600 });
      await alerts.evaluate(id);
      data.points = [];
      await alerts.evaluate(id);
      expect((await alerts.rules.read(id)).last_problem).toContain('ALERTS_NO_DATA');
      data.points = [bucket('2026-01-04', 5)];
      expect(await alerts.rules.update(id, body(7))).toMatchObject({ last_problem: null });
      await alerts.evaluate(id);
      expect((await all()).map(({ t, lower_bound }) => [t, lower_bound])).toEqual([
        ['2026-01-04', 10],
        ['2026-01-04', 7],
      ]);
    });

    it('goes on as before when only its name, severity or channels changed', async () => {
      const { alerts, rule, all } = await world();
      const { id } = await rule({ cooldownMinutes: 600 });
      await alerts.evaluate(id);
      await alerts.rules.update(id, body(10, { name: 'Renamed', severity: 'critical' }));
      await alerts.evaluate(id);
      expect(await all()).toHaveLength(1);
    });

    it('while it was being checked keeps no word of the old check', async () => {
      const { alerts, rule, data } = await world();
      const { id } = await rule();
      data.points = [];
      data.before = async () => void (await alerts.rules.update(id, body(7)));
      await alerts.evaluate(id);
      expect(await alerts.rules.read(id)).toMatchObject({
        last_problem: null,
        last_evaluated_at: null,
      });
    });
  });

  describe('after a crash', () => {
    it('between the alert and its deliveries, the next evaluation anywhere tells everybody', async () => {
      const { rule, channel, outbox, shown, process, all } = await world();
      const { id } = await rule({ channelIds: [(await channel()).id] });
      const doomed = await process({
        notifier: {
          async notify() {
            throw new Error('killed');
          },
        },
      });
      await doomed.alerts.evaluate(id);
      expect(await all()).toMatchObject([{ notified: 0 }]);
      expect([shown, outbox.sent]).toEqual([[], []]);

      const next = await process();
      await next.queue.runScheduled('core.evaluate-alerts');
      await next.queue.run();
      await next.queue.runScheduled('core.evaluate-alerts');
      await next.queue.run();
      expect(shown).toHaveLength(1);
      expect(outbox.sent).toHaveLength(1);
      expect((await next.alerts.rules.read(id)).last_fired_at).not.toBeNull();
    });

    it('between deliveries and the note of them, nobody hears of it twice', async () => {
      const { alerts, queue, rule, channel, outbox, query } = await world();
      const { id } = await rule({ channelIds: [(await channel()).id] });
      await alerts.evaluate(id);
      await queue.run();
      await query.updateTable('core_alerts').set({ notified: 0 }).execute();
      await queue.runScheduled('core.evaluate-alerts');
      await queue.run();
      expect(outbox.sent).toHaveLength(1);
    });

    it('between deliveries and jobs, the sweep sends', async () => {
      const { alerts, queue, rule, channel, outbox } = await world();
      const { id } = await rule({ channelIds: [(await channel()).id] });
      await alerts.evaluate(id);
      queue.forget();
      await queue.runScheduled('core.deliver-due');
      await queue.run();
      expect(outbox.sent).toHaveLength(1);
    });
  });

  describe('what cannot be checked', () => {
    it('is told at the rule in both languages until it can', async () => {
      const { alerts, rule, data } = await world();
      const { id } = await rule({ measure: 'sales.gone' });
      await alerts.evaluate(id);
      const { last_problem } = await alerts.rules.read(id);
      expect(fromJson(last_problem!)).toEqual({
        code: 'ALERTS_MEASURE_UNKNOWN',
        en: expect.stringContaining('no measure sales.gone'),
        ja: expect.stringContaining('指標 sales.gone'),
      });
      const other = await rule();
      data.points = [];
      await alerts.evaluate(other.id);
      expect((await alerts.rules.read(other.id)).last_problem).toContain('ALERTS_NO_DATA');
      data.points = [bucket('2026-01-04', 50)];
      await alerts.evaluate(other.id);
      expect((await alerts.rules.read(other.id)).last_problem).toBeNull();
    });

    it('keeps its words even when they come from another part', async () => {
      const { alerts, rule, data } = await world();
      const { id } = await rule();
      data.before = () => {
        throw measuresErrors.MEASURE_FILTER_INVALID({ filter: 'planet', dimensions: 'country' });
      };
      await alerts.evaluate(id);
      const { last_problem } = await alerts.rules.read(id);
      expect(fromJson(last_problem!).ja).toContain('planet');
    });

    it.each([
      ['a defect', new TypeError('x is not a function')],
      ['a calculation that died', computeErrors.COMPUTE_WORKER_DIED({ reason: 'out of memory' })],
    ])('because of %s does not keep other rules from being checked', async (_what, error) => {
      const { alerts, queue, rule, data, all } = await world();
      const broken = await rule({ name: 'broken' });
      const whole = await rule({ name: 'whole' });
      let first = true;
      data.before = () => {
        if (!first) return;
        first = false;
        throw error;
      };
      await queue.runScheduled('core.evaluate-alerts');
      expect((await all()).map(({ rule_name }) => rule_name)).toEqual(['whole']);
      const { last_problem } = await alerts.rules.read(broken.id);
      expect(fromJson(last_problem!).code).toBe('ALERTS_CHECK_FAILED');
      expect((await alerts.rules.read(whole.id)).last_problem).toBeNull();
    });

    it('because the rule was removed meanwhile is no failure of the evaluation', async () => {
      const { alerts, queue, rule, data, all } = await world();
      const [a, b] = [await rule({ name: 'a' }), await rule({ name: 'b' })];
      data.before = async () => {
        delete data.before;
        const { length } = await all();
        await alerts.rules.remove(length === 0 ? b.id : a.id);
      };
      await queue.runScheduled('core.evaluate-alerts');
      expect(await all()).toHaveLength(1);
    });
  });

  it('fires and delivers when live messages cannot be published', async () => {
    const { alerts, queue, rule, channel, live, outbox, all } = await world();
    live.before = () => {
      throw new Error('Redis is away');
    };
    const { id } = await rule({ channelIds: [(await channel()).id] });
    await alerts.evaluate(id);
    await queue.run();
    expect(outbox.sent).toHaveLength(1);
    const [alert] = await all();
    const acknowledged = await alerts.acknowledge(alert!.id, 'a@example.org', 'seen');
    expect(acknowledged.state).toBe('acknowledged');
  });

  it('stops between two rules when the process stops', async () => {
    const { alerts, queue, rule, data, all } = await world();
    await rule();
    await rule();
    const stop = new AbortController();
    data.before = () => stop.abort();
    await queue.enqueue('core.evaluate-alerts', {});
    await queue.run(stop.signal);
    expect(await all()).toHaveLength(1);
    alerts.stop();
  });

  it('checks only rules that are switched on', async () => {
    const { queue, rule, all } = await world();
    await rule({ enabled: false });
    await queue.runScheduled('core.evaluate-alerts');
    expect(await all()).toEqual([]);
  });

  it('looks again when facts change, once for many changes, until it is stopped', async () => {
    const { alerts, queue, events } = await world();
    for (let i = 0; i < 3; i++) events.emit('facts.changed', { workspace: 'sales' });
    await expect
      .poll(() => queue.waiting.map(({ name }) => name))
      .toEqual(['core.evaluate-alerts']);
    queue.forget();
    alerts.stop();
    events.emit('facts.changed', { workspace: 'sales' });
    expect(queue.waiting).toEqual([]);
  });

  it('is acknowledged by the first who does', async () => {
    const { alerts, rule, shown, time } = await world();
    await alerts.evaluate((await rule()).id);
    const { id } = shown[0]!;
    time.advance(MINUTE);
    const results = await Promise.all([
      alerts.acknowledge(id, 'first@example.org', 'mine'),
      alerts.acknowledge(id, 'second@example.org', null),
    ]);
    const by = results[0].acknowledgedBy;
    expect(results.map(({ acknowledgedBy }) => acknowledgedBy)).toEqual([by, by]);
    time.advance(MINUTE);
    await alerts.acknowledge(id, 'third@example.org', 'late');
    expect(await alerts.fired.read(id)).toMatchObject({
      state: 'acknowledged',
      acknowledged_by: by,
      acknowledged_at: time.clock.now() - MINUTE,
    });
    // Shown when it fired and when it was acknowledged.
    expect(shown.map(({ state }) => state)).toEqual(['open', 'acknowledged']);
    await expect(alerts.acknowledge('nobody', 'a', null)).rejects.toMatchObject({
      code: 'ALERTS_ALERT_NOT_FOUND',
    });
  });

  it('lists alerts newest first, page by page and by state', async () => {
    const { alerts, rule, data, time } = await world();
    const { id } = await rule();
    for (const t of ['2026-01-01', '2026-01-02', '2026-01-03']) {
      data.points = [bucket(t, 1)];
      await alerts.evaluate(id);
      time.advance(1);
    }
    const first = await alerts.fired.page({ limit: 2 });
    expect(first.items.map(({ t }) => t)).toEqual(['2026-01-03', '2026-01-02']);
    const second = await alerts.fired.page({ limit: 2, cursor: first.nextCursor! });
    expect(second.items.map(({ t }) => t)).toEqual(['2026-01-01']);
    expect(second.nextCursor).toBeNull();
    await alerts.acknowledge(first.items[0]!.id, 'a@example.org', null);
    const open = await alerts.fired.page({ limit: 10, state: 'open' });
    expect(open.items.map(({ t }) => t)).toEqual(['2026-01-02', '2026-01-01']);
    await expect(alerts.fired.page({ limit: 2, cursor: 'nonsense' })).rejects.toMatchObject({
      status: 400,
    });
  });

  it('keeps alerts of rules that are removed', async () => {
    const { alerts, rule, all } = await world();
    const { id } = await rule();
    await alerts.evaluate(id);
    await alerts.rules.remove(id);
    expect(await all()).toHaveLength(1);
    const gone = { code: 'ALERTS_RULE_NOT_FOUND' };
    await expect(alerts.evaluate(id)).rejects.toMatchObject(gone);
    await expect(alerts.rules.remove(id)).rejects.toMatchObject(gone);
  });

  it('previews what a condition would have done, and changes nothing', async () => {
    const { alerts, data, all } = await world();
    data.points = [bucket('2026-01-03', 4), bucket('2026-01-04', null), bucket('2026-01-05', 40)];
    const points = await alerts.preview({
      measure: testMeasure.id,
      bucket: 'day',
      filters: {},
      condition: below(10),
    });
    expect(points).toEqual([
      { t: '2026-01-03', y: 4, fires: true, lower: 10, upper: null },
      { t: '2026-01-04', y: null, fires: false, lower: 10, upper: null },
      { t: '2026-01-05', y: 40, fires: false, lower: 10, upper: null },
    ]);
    expect(await all()).toEqual([]);
  });
});
